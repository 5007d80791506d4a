// The page's texts, numbers and times in the reader's language: one file for each language, all with the same keys.

import {$, choices} from './dom.js';

const LANGUAGES = ['en', 'es'];

const locale = navigator.languages.find(each => LANGUAGES.includes(each.split('-')[0].toLowerCase())) || 'en';
export const language = locale.split('-')[0].toLowerCase();
const words = await (await fetch(language + '.json')).json();
const plurals = new Intl.PluralRules(locale);

/** The text with this key; {name} in it stands for the value with that name. */
export function t(key, values = {}) {
  const text = words[key];
  if (text === undefined) throw new Error('no text for ' + key);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** The text for this number of things, of the keys `<key>.one` and `<key>.other`; {n} in it stands for the number. */
export function plural(key, number, values = {}) {
  return t(key + (plurals.select(number) === 'one' ? '.one' : '.other'), {n: count(number), ...values});
}

/** Puts texts where the markup names their keys. */
export function translate() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll('[data-t]')) each.textContent = t(each.dataset.t);
  for (const each of document.querySelectorAll('[data-t-label]')) each.setAttribute('aria-label', t(each.dataset.tLabel));
  for (const each of document.querySelectorAll('[data-t-placeholder]')) each.placeholder = t(each.dataset.tPlaceholder);
}

/** Shows what the server says, which is English whatever the page's language. */
export function quote(id, text) {
  const shown = $(id);
  if (shown.textContent === text) return;
  shown.lang = 'en';
  shown.textContent = text;
}

// --- numbers ----------------------------------------------------------------------------------------------------

const plain = new Intl.NumberFormat(locale);
const short = new Intl.NumberFormat(locale, {notation: 'compact', maximumFractionDigits: 1});
const decimal = new Intl.NumberFormat(locale, {minimumFractionDigits: 1, maximumFractionDigits: 1});

export const count = number => plain.format(number);
export const compact = number => short.format(number);

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (number >= 1024 && unit < units.length - 1) { number /= 1024; unit++; }
  return (unit === 0 || number >= 100 ? plain.format(Math.round(number)) : decimal.format(number)) + ' ' + units[unit];
}

// --- times ------------------------------------------------------------------------------------------------------

const CLOCK = {hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23'};
const DAY = {month: 'short', day: '2-digit'};
let clock, day, date, full;

export let isUtc = choices.get('zone') === 'utc';

/** Shows times in UTC, or in the zone of the browser. */
export function setUtc(wanted) {
  isUtc = wanted;
  choices.set('zone', wanted ? 'utc' : 'local');
  const zone = wanted ? {timeZone: 'UTC'} : {};
  clock = new Intl.DateTimeFormat(locale, {...CLOCK, ...zone});
  day = new Intl.DateTimeFormat(locale, {...DAY, ...zone});
  date = new Intl.DateTimeFormat('en-CA', {year: 'numeric', month: '2-digit', day: '2-digit', ...zone});
  full = new Intl.DateTimeFormat(locale, {...DAY, year: 'numeric', ...CLOCK, timeZoneName: 'short', ...zone});
}
setUtc(isUtc);

let today = '', todayUntil = 0;

/** A time in a row: with its day if that is not today. */
export function shortTime(time) {
  const now = Date.now();
  if (now > todayUntil) { today = date.format(now); todayUntil = now + 1000; }
  return date.format(time) === today ? clock.format(time) : day.format(time) + ' ' + clock.format(time).replace(/[.,]\d+$/, '');
}

export const fullTime = time => full.format(time);
