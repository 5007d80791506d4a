// What a row shows of an event's data: what it is, and its beginning.

import {element} from './dom.js';
import {preview} from './event.js';
import {letterOf} from './letter.js';

/** The parts of the row, in their order. */
export function summary(event) {
  const letter = letterOf(event);
  const kind = event.type ? event.type.split('.').pop() : event.encoding;
  const tags = letter ? [letter.reason, letter.missing || kind] : [kind];
  return [
    ...tags.filter(Boolean).map(tag => element('span', 'tag', tag)),
    letter && letter.missing ? english(letter.why) : preview(event),
  ];
}

/** What the relay of dead letters says, whatever the page's language. */
function english(text) {
  const said = element('span', '', text);
  said.lang = 'en';
  return said;
}
