// What /status says: numbers of the stream, what is missing, and whether publishing is allowed.

import {$, say} from './dom.js';
import {bytes, count, quote, t} from './words.js';
import {isOpen} from './live.js';

const NONE = '–';
const EVERY = 2000, IN_THE_BACKGROUND = 10000; // ms

/** The last answer; null until there is one. */
export let status = null;

export function showState() {
  const isAway = status && !status.nats.connected;
  const kind = !isOpen() || isAway ? 'away' : status && status.ready ? 'live' : 'waiting';
  const text = !isOpen() ? (status ? 'state.reconnecting' : 'state.connecting')
    : !status ? 'state.connecting' : isAway ? 'state.nats' : status.ready ? 'state.live' : 'state.unready';
  $('connection').dataset.state = kind;
  say('connection-text', t(text));
  const notice = isOpen() && status ? status.reasons.join('; ') : '';
  $('notice').hidden = !notice;
  quote('notice', notice);
}

/** @param onStatus called after each answer */
export async function poll(onStatus) {
  try {
    status = await (await fetch('status', {cache: 'no-store'})).json();
    showStatus();
    onStatus();
  } catch (e) {
    // the connection's state tells it
  }
  showState();
  setTimeout(poll, document.hidden ? IN_THE_BACKGROUND : EVERY, onStatus);
}

function showStatus() {
  const {stream, consumer, publish} = status;
  say('stream-name', stream.subjects ? `${stream.name} · ${stream.subjects.join(', ')}` : stream.name);
  say('instance', status.instance);
  say('messages', stream.messages === undefined ? NONE : count(stream.messages));
  say('bytes', stream.bytes === undefined ? NONE : bytes(stream.bytes));
  say('lag', consumer.pending === undefined ? NONE : count(consumer.pending + consumer.unacknowledged));
  $('publish').hidden = !publish.allowed;
  $('publish-denied').hidden = publish.allowed;
  say('publish-off', publish.allowed ? '' : t('publish.off'));
  quote('publish-reason', publish.allowed ? '' : publish.reason);
  $('publish-token-field').hidden = !publish.token;
}
