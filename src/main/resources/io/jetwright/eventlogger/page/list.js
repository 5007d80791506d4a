// The rows. Only so many are in the page as are looked at: further ones are made when somebody scrolls to them.

import {$, element} from './dom.js';
import {summary} from './summary.js';
import {count, plural, shortTime, t} from './words.js';

export const ROWS = 50;        // rows that are made at once
export const MAX_ROWS = 300;   // rows that are in the page, whatever is scrolled

const ANIMATED = 10;           // more new rows than these at once do not light up

let shown = [];                // the events of the rows, newest first
let further = [];              // events that follow them and have no row yet
let current = null;            // the event whose detail is shown
let handlers = {};
let ends = [];                 // observers of the end of the list: in the list, and in the window

/** @param all onOpen(event), onGap(gap), onEnd() when the last row is seen, onDropped(events) when first rows make room */
export function startList(all) {
  handlers = all;
  $('events').addEventListener('keydown', move);
  $('events').addEventListener('focusin', focus => stop(focus.target.closest('button')));
  const observe = root => new IntersectionObserver(entries => {
    if (entries.at(-1).isIntersecting && (root !== null) === isScrollable()) extend();
  }, {root});
  ends = [observe($('scroll')), observe(null)];
  watchEnd();
}

/** Whether the list scrolls by itself; on a phone the page does. */
const isScrollable = () => $('scroll').scrollHeight > $('scroll').clientHeight + 1;

/** Has the observers tell whether the end is seen, also if it still is. */
function watchEnd() {
  for (const each of ends) {
    each.unobserve($('end'));
    each.observe($('end'));
  }
}

/** Whether somebody looks at other rows than the first ones: in the list, or on a phone, where the page scrolls. */
export const isScrolled = () => $('scroll').scrollTop > 0 || $('scroll').getBoundingClientRect().top < 0;

const key = item => (item.gap ? 'gap' : '') + item.sequence;

function row(item, isFresh) {
  const line = document.createElement('li');
  const button = element('button', item.gap ? 'gap' : 'event' + (isFresh ? ' fresh' : ''));
  button.type = 'button';
  button.tabIndex = -1;
  button.dataset.key = key(item);
  if (item.gap) {
    button.textContent = plural('gap', item.gap);
    button.addEventListener('click', () => handlers.onGap(item));
  } else {
    const time = element('time', '', shortTime(new Date(item.timestamp)));
    time.dateTime = item.timestamp;
    const data = element('span', 'data');
    data.append(...summary(item));
    button.append(time, element('span', 'name', item.name), data);
    button.addEventListener('click', () => handlers.onOpen(item));
  }
  line.append(button);
  return line;
}

/** Shows these events, newest first, from the first on, and makes so many rows. */
export function show(events, rows = ROWS) {
  further = events.slice(rows);
  shown = events.slice(0, rows);
  $('events').replaceChildren(...shown.map(event => row(event, false)));
  $('scroll').scrollTop = 0;
  settle();
}

/** Adds events that have arrived, newest first; the rows that are looked at stay where they are. */
export function arrive(events, isFresh) {
  const isRead = isScrolled() || $('events').contains(document.activeElement);
  if (!isRead && events.length >= ROWS) show([...events, ...shown, ...further]);
  else prepend(events, isFresh, isRead ? MAX_ROWS : ROWS);
}

/**
 * Adds events before the first one, newest first.
 *
 * @param limit rows that are left
 */
export function prepend(events, isFresh, limit) {
  if (events.length === 0) return;
  const scroll = $('scroll');
  const top = scroll.scrollTop, before = scroll.scrollHeight;
  const rows = events.map(event => row(event, isFresh && events.length <= ANIMATED));
  shown.unshift(...events);
  $('events').prepend(...rows);
  if (top > 0) scroll.scrollTop = top + scroll.scrollHeight - before;
  if (shown.length > limit) cut(limit);
  settle();
}

/** Forgets the oldest of more events than these; whether there were any. */
export function bound(most) {
  const excess = shown.length + further.length - most;
  if (excess <= 0) return false;
  further.splice(Math.max(further.length - excess, 0));
  return true;
}

/** Takes the rows after these away; their events follow when somebody scrolls there. */
function cut(rows) {
  further.unshift(...shown.splice(rows));
  trim(rows);
}

function trim(rows) {
  const list = $('events');
  const hadFocus = list.contains(document.activeElement);
  while (list.children.length > rows) list.lastElementChild.remove();
  if (hadFocus && !list.contains(document.activeElement) && list.lastElementChild) list.lastElementChild.firstElementChild.focus();
}

/** Adds events after the last one, newest first. */
export function append(events) {
  further.push(...events);
  extend();
}

/** Forgets these events, which the page no longer keeps. */
export function forget(events) {
  if (events.length === 0) return;
  const gone = new Set(events);
  further = further.filter(event => !gone.has(event));
  let left = shown.length;
  while (left > 0 && gone.has(shown[left - 1])) left--;
  shown.length = left;
  trim(left);
}

/** Makes further rows, as long as the end of the list is seen. */
function extend() {
  if (further.length === 0) { handlers.onEnd(); return; }
  const next = further.splice(0, ROWS);
  shown.push(...next);
  $('events').append(...next.map(event => row(event, false)));
  const excess = shown.length - MAX_ROWS;
  if (excess > 0) {
    handlers.onDropped(shown.splice(0, excess));
    const scroll = $('scroll');
    const before = scroll.scrollHeight;
    for (let i = 0; i < excess; i++) $('events').firstElementChild.remove();
    scroll.scrollTop -= before - scroll.scrollHeight;
  }
  settle();
  watchEnd();
}

/** The events that are shown, newest first, with those that have no row yet. */
export const listed = () => [...shown, ...further];

export const first = () => shown.find(item => !item.gap);

/** Shows the times of the rows anew. */
export function refreshTimes() {
  $('events').querySelectorAll('.event time').forEach(time => { time.textContent = shortTime(new Date(time.dateTime)); });
}

// --- one tab stop -----------------------------------------------------------------------------------------------

const buttons = () => [...$('events').querySelectorAll('button')];

function stop(button) {
  if (!button) return;
  const old = $('events').querySelector('button[tabindex="0"]');
  if (old) old.tabIndex = -1;
  button.tabIndex = 0;
}

/** After a change of the rows: one of them is the tab stop, one is marked as the current one. */
function settle() {
  mark();
  if (!$('events').querySelector('button[tabindex="0"]')) stop($('events').querySelector('button'));
}

function move(press) {
  const all = buttons();
  const at = all.indexOf(document.activeElement);
  const page = 10;
  const to = {ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: all.length - 1}[press.key];
  if (at < 0 || to === undefined || press.ctrlKey || press.metaKey || press.altKey) return;
  press.preventDefault();
  all[Math.min(Math.max(to, 0), all.length - 1)].focus();
}

// --- the current event ------------------------------------------------------------------------------------------

export function setCurrent(event) {
  current = event;
  mark();
}

function mark() {
  const marked = $('events').querySelector('[aria-current]');
  if (marked) marked.removeAttribute('aria-current');
  const button = current && rowOf(current);
  if (button) { button.setAttribute('aria-current', 'true'); stop(button); }
}

function rowOf(event) {
  return $('events').querySelector(`[data-key="${CSS.escape(key(event))}"]`);
}

/** Moves the focus to an event's row, or else to the first one. */
export function focusRow(event) {
  const button = (event && rowOf(event)) || $('events').querySelector('button[tabindex="0"]');
  if (button) { button.focus({preventScroll: true}); button.scrollIntoView({block: 'nearest'}); }
}

/** The event that is so many rows after the current one; null if there is none. */
export function neighbour(by) {
  const events = shown.filter(item => !item.gap);
  const at = events.findIndex(event => current && event.sequence === current.sequence);
  return events[Math.min(Math.max(at + by, 0), events.length - 1)] || null;
}

/** Scrolls to the row of an event, or else to the last one. */
export function reveal(event) {
  const button = event ? rowOf(event) : $('events').querySelector('li:last-child button');
  if (button) button.scrollIntoView({block: 'nearest'});
}

/**
 * Tells how many events there are.
 *
 * @param total how many would be listed without a filter; null if that is unknown
 * @param mayPublish whether it is told how to where there are none
 */
export function tell(total, hasFilter, mayPublish) {
  const number = listed().filter(item => !item.gap).length;
  $('count').textContent = number === total || total === null ? count(number) : t('count.of', {n: count(number), total: count(total)});
  $('empty').hidden = number > 0;
  $('empty-title').textContent = t(hasFilter ? 'empty.filtered' : 'empty.none');
  $('empty-hint').hidden = $('curl').hidden = hasFilter || !mayPublish;
}
