// JSON as it was written. JSON.parse would round long integers, cut 1.50 to 1.5, and drop members that are there twice.
// Everything here works on texts, and bears one that was cut off.

const QUOTE = 34, BACKSLASH = 92, OPEN_ARRAY = 91, CLOSE_ARRAY = 93, OPEN_OBJECT = 123, CLOSE_OBJECT = 125;

/** The index after the string that begins at i. */
function stringEnd(text, i) {
  for (let end = text.indexOf('"', i + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** The index of the first character from i on that is no white space. */
function skipSpace(text, i) {
  while (i < text.length && text.charCodeAt(i) <= 32) i++;
  return i;
}

/** The index after the number, true, false or null that begins at i. */
function wordEnd(text, i) {
  while (i < text.length && text.charCodeAt(i) > 32 && !',:]}"[{'.includes(text[i])) i++;
  return i;
}

/** The index after the value that begins at i. */
function valueEnd(text, i) {
  const first = text.charCodeAt(i);
  if (first === QUOTE) return stringEnd(text, i);
  if (first !== OPEN_ARRAY && first !== OPEN_OBJECT) return wordEnd(text, i);
  let depth = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) { i = stringEnd(text, i); continue; }
    i++;
    if (c === OPEN_ARRAY || c === OPEN_OBJECT) depth++;
    else if ((c === CLOSE_ARRAY || c === CLOSE_OBJECT) && --depth === 0) return i;
  }
  return i;
}

/** The values of an object's members, each as it is written, by the member's name. */
export function members(text) {
  const found = new Map();
  let i = skipSpace(text, skipSpace(text, 0) + 1);
  while (text.charCodeAt(i) === QUOTE) {
    const nameEnd = stringEnd(text, i);
    const name = JSON.parse(text.slice(i, nameEnd));
    const start = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = valueEnd(text, start);
    found.set(name, text.slice(start, end));
    i = skipSpace(text, skipSpace(text, end) + 1);
  }
  return found;
}

/** The elements of an array, each as it is written. */
export function elements(text) {
  const found = [];
  let i = skipSpace(text, skipSpace(text, 0) + 1);
  while (i < text.length && text.charCodeAt(i) !== CLOSE_ARRAY) {
    const end = valueEnd(text, i);
    if (end === i) break;
    found.push(text.slice(i, end));
    i = skipSpace(text, skipSpace(text, end) + 1);
  }
  return found;
}

/**
 * The text with a line for each member and element, in pieces: [kind, text], where the kind is 'key', 'string', 'number',
 * 'word', or empty for what is between them.
 */
export function* pretty(text) {
  let depth = 0;
  let i = skipSpace(text, 0);
  while (i < text.length) {
    const c = text.charCodeAt(i);
    if (c === QUOTE) {
      const end = stringEnd(text, i);
      const next = skipSpace(text, end);
      const isKey = text[next] === ':';
      yield [isKey ? 'key' : 'string', text.slice(i, end)];
      if (isKey) yield ['', ': '];
      i = isKey ? next + 1 : end;
    } else if (c === OPEN_ARRAY || c === OPEN_OBJECT) {
      const next = skipSpace(text, i + 1);
      const isEmpty = text.charCodeAt(next) === c + 2; // ] and } follow their openings by two
      if (!isEmpty) depth++;
      yield ['', isEmpty ? text[i] + text[next] : text[i] + line(depth)];
      i = isEmpty ? next + 1 : i + 1;
    } else if (c === CLOSE_ARRAY || c === CLOSE_OBJECT) {
      depth = Math.max(depth - 1, 0);
      yield ['', line(depth) + text[i++]];
    } else if (text[i] === ',') {
      yield ['', ',' + line(depth)];
      i++;
    } else {
      const end = Math.max(wordEnd(text, i), i + 1);
      yield [/[-0-9]/.test(text[i]) ? 'number' : 'word', text.slice(i, end)];
      i = end;
    }
    i = skipSpace(text, i);
  }
}

function line(depth) {
  return '\n' + '  '.repeat(depth);
}

/** All of {@link pretty} as one text. */
export function prettyText(text) {
  let all = '';
  for (const [, piece] of pretty(text)) all += piece;
  return all;
}
