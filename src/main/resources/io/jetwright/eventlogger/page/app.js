// Puts the parts of the page together.

import {$, announce} from './dom.js';
import {count, isUtc, setUtc, shortTime, t, translate} from './words.js';
import {Intake, add, clear, newest} from './buffer.js';
import {counted, draw} from './chart.js';
import {listen} from './live.js';
import {poll, showState, status} from './status.js';
import {readEvent} from './history.js';
import {parseEvent} from './event.js';
import {startKeys} from './keys.js';
import {fill, startPublishing} from './publish.js';
import * as back from './back.js';
import * as detail from './detail.js';
import * as filters from './filters.js';
import * as list from './list.js';

const TYPING = 300; // ms after the last key until the stream is asked

let filter = () => true;
let isLive = false;     // the history has come, and what comes now is new
let asked = null;

// --- the list ---------------------------------------------------------------------------------------------------

const intake = new Intake(counted, (batch, isReset) => {
  if (isReset) forgetAll();
  const gone = add(batch);
  if (!back.isOpen) {
    list.arrive(batch.filter(filter).reverse(), isLive);
    list.forget(gone);
  }
  tell();
}, tell);

/** The stream was set back or created again: what has arrived before is not there any more. */
function forgetAll() {
  clear();
  if (!back.isOpen) list.show([]);
  tellReset();
}

function tellReset() {
  $('reset').hidden = false;
  $('reset').textContent = t('reset', {time: shortTime(new Date())});
}

function redraw() {
  list.show(newest.filter(filter));
  list.setCurrent(detail.current());
  tell();
}

function tell() {
  const total = newest.filter(item => !item.gap).length;
  const mayPublish = status === null || status.publish.allowed;
  if (back.isOpen) list.tell(null, true, mayPublish);
  else list.tell(total, filters.isAny() && total > 0, mayPublish);
  const held = intake.held;
  $('pause').textContent = intake.isPaused ? (held > 0 ? t('pause.held', {n: count(held)}) : t('pause.end')) : t('pause');
  $('download').href = 'history?' + filters.query({format: 'jsonl', limit: 10000, at: filters.from()?.at});
}

function pause() {
  intake.isPaused = !intake.isPaused;
  $('pause').setAttribute('aria-pressed', String(intake.isPaused));
  if (!intake.isPaused) intake.flush();
  tell();
}

async function lookAt(place) {
  const found = await back.openAt(place);
  if (!found) return;
  list.setCurrent(found.event || detail.current());
  list.reveal(found.event);
}

/** Shows what the fields ask for: of what the page has at once, of the stream when nobody types any more. */
function ask() {
  clearTimeout(asked);
  const isRight = filters.check();
  filter = filters.predicate();
  if (!back.isOpen && !filters.from()) redraw();
  if (!isRight) return;
  if (filters.from()) asked = setTimeout(() => lookAt(filters.from()), TYPING);
  else if (back.isOpen) goLive();
}

function goLive() {
  $('from').value = '';
  back.close();
  filters.check();
  redraw();
}

// --- one event --------------------------------------------------------------------------------------------------

function show(event, isFocused) {
  list.setCurrent(event);
  detail.open(event, isFocused);
}

function step(by) {
  const next = list.neighbour(by);
  if (!next) return;
  show(next, false);
  list.focusRow(next);
}

async function follow() {
  const sequence = detail.linked();
  if (!sequence || detail.current()?.sequence === sequence) return;
  try {
    show(parseEvent(await readEvent(sequence), null), true);
    await back.openAt({at: sequence, isSequence: true});
    list.setCurrent(detail.current());
    list.reveal(detail.current());
  } catch (e) {
    $('history-error').hidden = false;
    $('history-error').textContent = t('history.failed', {reason: e.message});
  }
}

// --- start ------------------------------------------------------------------------------------------------------

translate();
list.startList({
  onOpen: event => show(event, true),
  onGap: gap => lookAt({at: gap.sequence || '1', isSequence: true}),
  onEnd: () => { if (list.isScrolled() && (!back.isOpen || back.goesOn())) back.more(); },
  onDropped: () => back.dropped(),
});
back.startBack(tell, () => { goLive(); tellReset(); });
detail.startDetail({
  onClose: event => { list.setCurrent(null); list.focusRow(event); },
  onAgain: fill,
});
startPublishing();
startKeys({
  '/': () => $('search').focus(),
  n: () => $('publish-name').focus(),
  j: () => step(1),
  k: () => step(-1),
  p: pause,
}, detail.close);

$('pause').addEventListener('click', pause);
$('live').addEventListener('click', () => { goLive(); announce(t('live.shown')); list.focusRow(null); });
for (const id of filters.FIELDS) $(id).addEventListener('input', ask);
$('utc').checked = isUtc;
$('utc').addEventListener('change', () => {
  setUtc($('utc').checked);
  list.refreshTimes();
  detail.showFacts();
});
addEventListener('hashchange', follow);
addEventListener('resize', draw);

listen((text, id) => intake.push(text, id), () => {
  showState();
  setTimeout(() => { isLive = true; }, 500);
});
poll(tell);
tell();
follow();
setInterval(draw, 1000);
draw();
