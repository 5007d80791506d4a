// A payload on the page: its beginning at once, the rest when asked for, and never so much in one turn that the page stands still.

import {$, announce, element} from './dom.js';
import {bytes, t} from './words.js';

const FIRST = 16384;   // characters that are shown at once
const PART = 16384;    // characters that are added in one turn

let turn = 0;

/**
 * Shows pieces of text: [kind, text].
 *
 * @param size of the whole, in bytes, for the button that shows the rest
 * @param isCut whether the pieces are only the beginning
 * @param readAll gives the pieces of the whole where they are
 */
export function showPieces(pieces, size, isCut, readAll) {
  const mine = ++turn;
  const box = $('detail-data');
  const {part, isEnd} = take(pieces, FIRST);
  box.replaceChildren(part);
  box.scrollTop = 0;
  const button = $('show-all');
  button.hidden = isEnd && !isCut;
  button.disabled = false;
  button.textContent = t('data.all', {size: bytes(size)});
  button.onclick = async () => {
    button.disabled = true;
    try {
      const rest = isCut ? await readAll() : pieces;
      if (mine !== turn) return;
      if (isCut) box.replaceChildren();
      await addAll(box, rest, () => mine === turn);
      if (mine !== turn) return;
      button.hidden = true;
      announce(t('data.complete'));
      box.focus({preventScroll: true});
    } catch (e) {
      button.disabled = false;
      button.textContent = t('data.failed', {reason: e.message});
    }
  };
}

async function addAll(box, pieces, isWanted) {
  for (let isEnd = false; !isEnd && isWanted();) {
    const next = take(pieces, PART);
    box.append(next.part);
    isEnd = next.isEnd;
    await new Promise(resolve => setTimeout(resolve));
  }
}

/** The next so many characters as an element, which ends with a line where lines are not longer than that. */
function take(pieces, most) {
  const part = element('span', 'part');
  let length = 0;
  for (let next = pieces.next(); !next.done; next = pieces.next()) {
    const [kind, text] = next.value;
    // a number or a string can be as long as the whole payload
    for (let from = 0; from < text.length; from += PART) {
      const piece = text.length <= PART ? text : text.slice(from, from + PART);
      part.append(kind ? element('span', 'j-' + kind, piece) : piece);
    }
    length += text.length;
    if (length >= most && (text.includes('\n') || length >= 2 * most)) return {part, isEnd: false};
  }
  return {part, isEnd: true};
}

/** A text in pieces. */
export function* plain(text) {
  for (let start = 0; start < text.length;) {
    const line = text.indexOf('\n', start + PART / 2) + 1;
    const end = line > 0 && line <= start + PART ? line : Math.min(start + PART, text.length);
    yield ['', text.slice(start, end)];
    start = end;
  }
}

/** Bytes as offsets, hexadecimal numbers and characters. */
export function* hex(payload) {
  const WIDTH = 16;
  for (let start = 0; start < payload.length; start += WIDTH) {
    const line = [...payload.subarray(start, start + WIDTH)];
    const numbers = line.map(each => each.toString(16).padStart(2, '0')).join(' ').padEnd(WIDTH * 3);
    const characters = line.map(each => (each > 31 && each < 127 ? String.fromCharCode(each) : '.')).join('');
    yield ['', `${start.toString(16).padStart(8, '0')}  ${numbers} ${characters}\n`];
  }
}
