// One event: what is known of it, its data in three views, and what can be done with it.

import {$, announce, element, facts} from './dom.js';
import {pretty, prettyText} from './json.js';
import {copyText} from './clipboard.js';
import {parseEvent} from './event.js';
import {payloadPath, readEvent, readPayload} from './history.js';
import {letterFacts, letterOf} from './letter.js';
import {hex, plain, showPieces} from './payload.js';
import {bytes, fullTime, t} from './words.js';

/** Headers that tell most; the others follow in their order. */
const FIRST = [/reason/i, /origin/i, /deliver/i, /dead.?letter|dlq/i, /^Nats-Msg-Id$/i];

let shown = null;
let onClose = () => {};

/** The event that is shown; null if there is none. */
export const current = () => shown;

/** @param all onClose(event) after the detail was closed, onAgain(event) to publish an event again */
export function startDetail(all) {
  onClose = all.onClose;
  $('close-detail').addEventListener('click', close);
  $('again').addEventListener('click', async () => { await whole($('again'), event => all.onAgain(event)); });
  $('copy').addEventListener('click', () => whole($('copy'), event => copied($('copy'), prettyText(event.json))));
  $('copy-link').addEventListener('click', () => copied($('copy-link'), link(shown)));
  for (const view of document.querySelectorAll('input[name="view"]')) view.addEventListener('change', showData);
}

export const link = event => `${location.href.split('#')[0]}#sequence=${event.sequence}`;

/** The sequence that the page's address names; null if it names none. */
export function linked() {
  const found = /^#sequence=(\d{1,18})$/.exec(location.hash);
  return found && found[1];
}

/**
 * Shows an event.
 *
 * @param isFocused whether the focus goes there; else a screen reader is told
 */
export function open(event, isFocused) {
  shown = event;
  $('detail').hidden = false;
  $('detail-title').textContent = event.name;
  // again, a dead letter would be a second one of the same death: a Redrive sends its message back
  $('again').hidden = letterOf(event) !== null || !event.isJson && event.encoding !== 'text' || Boolean(event.type) || event.encoding === 'msgpack';
  $('payload').href = payloadPath(event.sequence);
  $('payload').download = `${event.subject}-${event.sequence}`;
  showFacts();
  $('view-text').checked = true;
  showData();
  history.replaceState(null, '', link(event));
  if (isFocused) $('detail-title').focus({preventScroll: true});
  else announce(t('detail.shown', {name: event.name, sequence: event.sequence}));
  if (matchMedia('(max-width: 980px)').matches) $('detail').scrollIntoView({block: 'start'});
  else document.querySelector('.side').scrollTop = 0;
}

export function close() {
  const last = shown;
  if (!last) return;
  shown = null;
  $('detail').hidden = true;
  history.replaceState(null, '', location.href.split('#')[0]);
  onClose(last);
}

/** Shows what is known of the event, with its time in the zone that is chosen. */
export function showFacts() {
  const event = shown;
  if (!event) return;
  const pairs = [
    [t('detail.subject'), event.subject],
    [t('detail.time'), fullTime(new Date(event.timestamp))],
    [t('detail.sequence'), event.sequence],
  ];
  if (event.size !== undefined) pairs.push([t('detail.size'), bytes(event.size)]);
  if (event.encoding) pairs.push([t('detail.encoding'), event.encoding]);
  if (event.type) pairs.push([t('detail.type'), event.type]);
  if (event.unknownFields) pairs.push([t('detail.unknown'), event.unknownFields.join(', ')]);
  if (event.decodeError) pairs.push([t('detail.undecoded'), event.decodeError]);
  const letter = letterOf(event);
  $('detail-letter-part').hidden = !letter;
  facts($('detail-letter'), letter ? letterFacts(letter) : []);
  facts($('detail-facts'), pairs);
  const isOfLetter = name => letter !== null && /^(Dead-Letter-(?!Original-)|Nats-)/i.test(name);
  const rank = name => (isOfLetter(name) ? FIRST.length + 2 : (FIRST.findIndex(each => each.test(name)) + 1) || FIRST.length + 1);
  const headers = Object.entries(event.headers).sort(([a], [b]) => rank(a) - rank(b));
  $('detail-headers-part').hidden = headers.length === 0;
  facts($('detail-headers'), headers.flatMap(([name, values]) => values.map(value => [name, value])));
}

// --- the data ---------------------------------------------------------------------------------------------------

const pieces = event => (event.isJson ? pretty(event.data) : plain(event.data));

async function showData() {
  const event = shown;
  const view = document.querySelector('input[name="view"]:checked').value;
  $('detail-data').classList.toggle('hex', view === 'hex');
  if (view === 'text') {
    showPieces(pieces(event), event.size === undefined ? event.length : event.size, event.isTruncated, async () => pieces(await readWhole(event)));
    return;
  }
  $('detail-data').setAttribute('aria-busy', 'true');
  try {
    const payload = await readPayload(event.sequence);
    if (shown !== event || !$('view-' + view).checked) return;
    const text = view === 'hex' ? hex(payload) : plain(new TextDecoder().decode(payload));
    showPieces(text, payload.length, false, null);
  } catch (e) {
    if (shown === event) $('detail-data').replaceChildren(element('span', 'error', e.message));
  } finally {
    $('detail-data').removeAttribute('aria-busy');
  }
}

/** The event with all its data, of which the page may have only the beginning. */
async function readWhole(event) {
  const text = await readEvent(event.sequence);
  return {...parseEvent(text, event.sequence, Infinity), json: text};
}

// --- what can be done with it -----------------------------------------------------------------------------------

async function whole(button, action) {
  try {
    await action(shown.json === null ? await readWhole(shown) : shown);
  } catch (e) {
    brief(button, e.message);
  }
}

async function copied(button, text) {
  const done = t((await copyText(text)) ? 'copy.done' : 'copy.refused');
  brief(button, done);
  announce(done);
}

function brief(button, text) {
  button.textContent = text;
  setTimeout(() => { button.textContent = t(button.dataset.t); }, 2000);
}
