// What the fields above the list say.

import {$} from './dom.js';
import {contains} from './event.js';
import {matches, patternFault} from './pattern.js';
import {parseTime} from './from.js';
import {status} from './status.js';
import {t} from './words.js';

export const FIELDS = ['name-filter', 'header-filter', 'search', 'from'];

const value = id => $(id).value.trim();

/** Whether a pattern is one of subjects: it begins as the subjects do that are shown, and names do not. */
function isSubject(pattern) {
  const subjects = (status && status.stream.subjects) || [];
  const prefixes = subjects.map(subject => subject.replace(/\.?[*>].*$/, ''));
  return prefixes.some(prefix => prefix && (pattern === prefix || pattern.startsWith(prefix + '.')));
}

function fault(id, key) {
  $(id).setAttribute('aria-invalid', String(key !== null));
  const error = $(id + '-error');
  error.textContent = key === null ? '' : t(key);
  error.hidden = key === null;
}

function header() {
  const [, name, wanted] = /^([^:]*?)\s*(?::\s*(.*))?$/.exec(value('header-filter'));
  return {name, wanted};
}

/** Says what is wrong in the fields; whether nothing is. */
export function check() {
  const pattern = value('name-filter');
  const faults = {
    'name-filter': pattern ? patternFault(pattern) : null,
    'header-filter': /^:/.test(value('header-filter')) ? 'header.unnamed' : null,
    from: value('from') && !parseTime(value('from')) ? 'from.unknown' : null,
  };
  for (const [id, key] of Object.entries(faults)) fault(id, key);
  return Object.values(faults).every(key => key === null);
}

/** Whether an event is one that the fields ask for. Of a field with a fault nothing is asked. */
export function predicate() {
  const pattern = value('name-filter') && !patternFault(value('name-filter')) ? value('name-filter') : null;
  const words = value('search').toLowerCase();
  const {name, wanted} = header();
  const bySubject = pattern !== null && isSubject(pattern);
  const hasHeader = event => Object.entries(event.headers).some(([each, values]) =>
    each.toLowerCase() === name.toLowerCase() && (!wanted || values.some(one => one.trim() === wanted)));
  return event => Boolean(event.gap)
    || ((pattern === null || matches(pattern, bySubject ? event.subject : event.name))
    && (!name || hasHeader(event))
    && (!words || contains(event, words)));
}

export const isAny = () => FIELDS.some(id => value(id) !== '');

/** Where to look: {at, isSequence}; null for the newest. */
export const from = () => (value('from') ? parseTime(value('from')) : null);

/** The parameters of /history for what the fields ask for, apart from the words, which the page looks for itself. */
export function query(more) {
  const parameters = new URLSearchParams();
  const pattern = value('name-filter');
  if (pattern && !patternFault(pattern)) parameters.set(isSubject(pattern) ? 'subject' : 'name', pattern);
  const {name, wanted} = header();
  if (name) parameters.set('header', wanted ? `${name}:${wanted}` : name);
  for (const [key, each] of Object.entries(more)) if (each !== null && each !== undefined) parameters.set(key, each);
  return parameters;
}
