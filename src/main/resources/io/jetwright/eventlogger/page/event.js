// An event as the page keeps it: what it shows at once, and as much of the payload as it shows first.

import {members} from './json.js';

/** What is kept of an event's data, in characters; the whole is read again when somebody asks for it. */
export const KEPT_DATA = 65536;

/** How much of it a row shows. */
const PREVIEW = 300;

const STRUCTURED = new Set(['protobuf', 'msgpack']);

/**
 * Reads an event.
 *
 * @param text its JSON
 * @param id the id of the server-sent event that it came with; null for one that has its sequence in it
 * @param most characters of the data that are kept
 */
export function parseEvent(text, id, most = KEPT_DATA) {
  const found = members(text);
  const read = name => (found.has(name) ? JSON.parse(found.get(name)) : undefined);
  const encoding = read('encoding');
  const isJson = encoding === undefined || STRUCTURED.has(encoding);
  const written = found.get('data') || 'null';
  // the server has cut what it says is truncated, and gives it as a string
  const isTruncated = found.get('truncated') === 'true';
  const whole = isJson && !(isTruncated && written.startsWith('"')) ? written : String(JSON.parse(written) ?? '');
  const isCut = whole.length > most;
  return {
    sequence: found.get('sequence') || /^\d+/.exec(id)[0],
    name: read('name'), subject: read('subject'), timestamp: read('timestamp'), headers: read('headers') || {},
    encoding, isJson, type: read('type'), unknownFields: read('unknownFields'),
    decodeError: read('decodeError'), size: read('size'),
    data: isCut ? copy(whole.slice(0, most)) : whole,
    length: whole.length,
    isTruncated: isTruncated || isCut,
    json: isCut || isTruncated ? null : text,
  };
}

/** A text of its own: a part of a text keeps the whole in memory. */
function copy(text) {
  return JSON.parse(JSON.stringify(text));
}

/** The beginning of the data on one line; a string without its quotation marks. */
export function preview(event) {
  if (!event.isJson || !event.data.startsWith('"')) return event.data.slice(0, PREVIEW);
  if (event.data.length > PREVIEW) return event.data.slice(1, PREVIEW);
  try { return JSON.parse(event.data); } catch (e) { return event.data; }
}

/** Whether all these words, in lower case, are in what the page has of the event. */
export function contains(event, words) {
  return (event.subject + ' ' + event.data + ' ' + JSON.stringify(event.headers)).toLowerCase().includes(words);
}
