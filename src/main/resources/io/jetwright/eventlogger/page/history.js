// What the server reads from the stream itself.

import {elements, members} from './json.js';
import {parseEvent} from './event.js';
import {t} from './words.js';

async function get(path) {
  let answer;
  try {
    answer = await fetch(path, {cache: 'no-store'});
  } catch (e) {
    throw new Error(t('error.away'));
  }
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail || `${answer.status} ${answer.statusText}`);
}

const cursor = text => (text === undefined || text === 'null' ? null : text);

/**
 * Reads events of the stream.
 *
 * @param query parameters of /history, without those that are empty
 * @return events, newest first; where to go on with older and newer ones, null at the stream's ends; isComplete false
 *     where the server has stopped before it had found as many as were asked for; epoch for the next query; isReset where the
 *     stream was set back or created again since the query's epoch
 */
export async function read(query) {
  const found = members(await (await get('history?' + query)).text());
  return {
    events: elements(found.get('events') || '[]').map(text => parseEvent(text, null)).reverse(),
    older: cursor(found.get('older')),
    newer: cursor(found.get('newer')),
    isComplete: found.get('complete') !== 'false',
    epoch: JSON.parse(found.get('epoch')),
    isReset: found.get('reset') === 'true',
  };
}

/** The JSON of an event with its whole data. */
export async function readEvent(sequence) {
  return (await get('events/' + sequence)).text();
}

export const payloadPath = sequence => `events/${sequence}/payload`;

export async function readPayload(sequence) {
  return new Uint8Array(await (await get(payloadPath(sequence))).arrayBuffer());
}
