// Looking back: while it is open, the list shows a part of the stream and not what arrives.

import {$, announce} from './dom.js';
import {read} from './history.js';
import * as filters from './filters.js';
import * as list from './list.js';
import {count, t} from './words.js';

const LIMIT = 50;    // events of one request
const KEPT = 1000;   // events that are kept
const BEFORE = 20;   // events that are shown before the one that is looked for

export let isOpen = false;
let older = null;    // where to go on; null at the end
let newer = null;
let epoch = null;    // of the stream when it was last read
let isReading = false;
let isStopped = false;  // the server has read as much as it does for one request
let turn = 0;
let onState = () => {};
let onReset = () => {};

/**
 * @param changed called when it opens, closes or shows other events
 * @param reset called when it cannot go on, since the stream was set back or created again
 */
export function startBack(changed, reset) {
  onState = changed;
  onReset = reset;
  $('older').addEventListener('click', more);
  $('newer').addEventListener('click', moreNew);
}

/** Reads one page of history, unless something else was asked for in the meantime: then null. */
async function page(more) {
  const mine = turn;
  isReading = true;
  $('scroll').setAttribute('aria-busy', 'true');
  $('history-error').hidden = true;
  try {
    const answer = await read(filters.query({limit: LIMIT, epoch, ...more}));
    if (mine !== turn) return null;
    if (answer.isReset) {
      onReset();
      return null;
    }
    ({epoch} = answer);
    return answer;
  } catch (e) {
    if (mine !== turn) return null;
    $('history-error').hidden = false;
    $('history-error').textContent = t('history.failed', {reason: e.message});
    return null;
  } finally {
    if (mine === turn) {
      isReading = false;
      $('scroll').removeAttribute('aria-busy');
    }
  }
}

/**
 * Opens it at a place; around a sequence, from a time on.
 *
 * @return {event}: the one with that sequence, null if there is none; null if the stream was not read
 */
export async function openAt({at, isSequence}) {
  turn++;
  epoch = null;
  const later = await page({at, direction: 'newer'});
  if (!later) return null;
  const earlier = isSequence ? await page({at, direction: 'older', limit: BEFORE}) : {events: [], older: at, isComplete: true};
  if (!earlier) return null;
  isOpen = true;
  ({older} = earlier);
  ({newer} = later);
  isStopped = !earlier.isComplete;
  const wanted = filters.predicate();
  list.show([...later.events, ...earlier.events].filter(wanted), LIMIT + BEFORE);
  state();
  announce(t('back.shown', {n: count(later.events.length + earlier.events.length)}));
  return {event: later.events.find(event => isSequence && event.sequence === at) || null};
}

/** Older events after those that are shown: when somebody has scrolled to the end, or asks for them. */
export async function more() {
  if (isReading) return;
  if (!isOpen) {
    const last = list.listed().filter(item => !item.gap).at(-1);
    older = last ? last.sequence : undefined;
    epoch = null;
    turn++;
  }
  if (older === null) return;
  const answer = await page({at: older, direction: 'older'});
  if (!answer) return;
  if (!isOpen) {
    isOpen = true;
    newer = list.first() ? after(list.first()) : null;
  }
  ({older} = answer);
  isStopped = !answer.isComplete;
  list.append(answer.events.filter(filters.predicate()));
  state();
}

async function moreNew() {
  if (isReading || newer === null) return;
  const answer = await page({at: newer, direction: 'newer'});
  if (!answer) return;
  ({newer} = answer);
  list.prepend(answer.events.filter(filters.predicate()), false, list.MAX_ROWS);
  if (list.bound(KEPT)) {
    older = list.listed().at(-1).sequence;
    isStopped = false;
  }
  state();
}

const after = event => String(BigInt(event.sequence) + 1n);

/** The first rows have made room for others: they are read again when somebody goes back to them. */
export function dropped() {
  if (isOpen && list.first()) newer = after(list.first());
}

/** Whether scrolling to the end reads on by itself. */
export const goesOn = () => !isReading && !isStopped && older !== null && list.isScrolled();

export function close() {
  turn++;
  isOpen = isReading = isStopped = false;
  older = newer = epoch = null;
  $('history-error').hidden = true;
  $('scroll').removeAttribute('aria-busy');
  state();
}

function state() {
  $('back-bar').hidden = !isOpen;
  $('newer').hidden = newer === null;
  $('older').hidden = isOpen && older === null;
  $('beginning').hidden = !isOpen || older !== null;
  $('stopped').hidden = !isOpen || !isStopped;
  onState();
}
