// Dead letters: what their headers say of the message that died.

import {fullTime, t} from './words.js';

const REASONS = new Map([['MaxDeliveries', 'letter.exhausted'], ['Terminated', 'letter.terminated']]);
const MISSING = new Map([['gone', 'letter.gone'], ['too-large', 'letter.too-large']]);

/** What the headers of an event say of its death; null if it is no dead letter. */
export function letterOf(event) {
  const read = name => decoded((event.headers['Dead-Letter-' + name] || [])[0]);
  const reason = read('Reason');
  return reason && read('Stream') ? {reason, missing: read('Payload'), why: read('Payload-Reason'), read} : null;
}

/** The text of an encoded word of RFC 2047, as the relay writes what is no ASCII; any other text as it is. */
function decoded(text) {
  const word = /^=\?UTF-8\?B\?([A-Za-z0-9+/=]*)\?=$/.exec(text || '');
  if (!word) return text;
  try { return new TextDecoder().decode(Uint8Array.from(atob(word[1]), each => each.charCodeAt(0))); } catch (e) { return text; }
}

const time = text => (Number.isNaN(Date.parse(text)) ? text : fullTime(new Date(text)));

/** What is known of a death: pairs of a term and its text, and the text's language if it is not the page's. */
export function letterFacts({reason, missing, why, read}) {
  const known = (key, text, show = each => each) => (text === undefined ? [] : [[t(key), show(text)]]);
  const explain = (texts, word) => (texts.has(word) ? `${word}: ${t(texts.get(word))}` : word);
  const pairs = [
    ...known('letter.reason', reason, word => explain(REASONS, word)),
    ...known('letter.description', read('Description')),
    ...known('letter.payload', missing, word => explain(MISSING, word)),
    ...known('letter.why', why).map(pair => [...pair, 'en']),
    ...known('letter.consumer', read('Consumer')),
    ...known('letter.stream', read('Stream')),
    ...known('letter.subject', read('Subject')),
    ...known('letter.sequence', read('Sequence')),
    ...known('letter.deliveries', read('Deliveries')),
    ...known('letter.time', read('Time'), time),
    ...known('letter.published', read('Published'), time),
  ];
  const redrives = read('Redrives');
  return redrives && redrives !== '0' ? [...pairs, [t('letter.redrives'), redrives]] : pairs;
}
