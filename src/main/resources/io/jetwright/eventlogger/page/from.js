// A place in the stream as people say it: a sequence, a time, or how long ago.

import {isUtc, t} from './words.js';

const SECONDS = {s: 1, m: 60, min: 60, h: 3600, d: 86400};

/** Of these parts of a date, in UTC or in the browser's zone. */
function moment(year, month, day, hour, minute, second) {
  return isUtc ? new Date(Date.UTC(year, month, day, hour, minute, second)) : new Date(year, month, day, hour, minute, second);
}

function clock(now, daysAgo, hour, minute, second) {
  const at = days => isUtc
    ? moment(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days, hour, minute, second)
    : moment(now.getFullYear(), now.getMonth(), now.getDate() - days, hour, minute, second);
  if (daysAgo !== null) return at(daysAgo);
  return at(0) > now ? at(1) : at(0); // a time that is still to come was yesterday's
}

function time(text, now) {
  const ago = /^-?\s*(\d{1,6})\s*(s|min|m|h|d)$/.exec(text);
  if (ago) return new Date(now - ago[1] * SECONDS[ago[2]] * 1000);
  const days = {[t('from.today')]: 0, [t('from.yesterday')]: 1};
  const said = /^(?:(\p{L}+)\s*)?(?:(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/u.exec(text);
  if (said && (said[1] || said[2]) && (!said[1] || said[1] in days) && (said[2] || 0) < 24 && (said[3] || 0) < 60) {
    return clock(now, said[1] ? days[said[1]] : null, said[2] || 0, said[3] || 0, said[4] || 0);
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{2}):(\d{2})(?::(\d{2}))?(\.\d{1,9})?)?$/.exec(text);
  if (iso) return moment(iso[1], iso[2] - 1, iso[3], iso[4] || 0, iso[5] || 0, iso[6] || 0);
  return /^\d{4}-\d{2}-\d{2}t.+(z|[+-]\d{2}:?\d{2})$/.test(text) ? new Date(text.toUpperCase()) : null;
}

/** Reads a sequence (35,102), a time (yesterday 14:00) or how long ago (15 m): {at, isSequence}; null if it is none. */
export function parseTime(text, now = new Date()) {
  if (/^#?(\d{1,15}|\d{1,3}([.,\s]\d{3}){1,4})$/.test(text)) return {at: text.replace(/\D/g, ''), isSequence: true};
  const found = time(text.toLowerCase(), now);
  return found && !Number.isNaN(found.getTime()) ? {at: found.toISOString(), isSequence: false} : null;
}
