// Names with the wildcards of NATS.

/** The key of the text that says what is wrong with a pattern; null if nothing is. */
export function patternFault(pattern) {
  const tokens = pattern.split('.');
  if (/\s/.test(pattern)) return 'pattern.space';
  if (tokens.some(token => token === '')) return 'pattern.empty';
  if (tokens.some((token, i) => token.includes('>') && (token !== '>' || i < tokens.length - 1))) return 'pattern.rest';
  if (tokens.some(token => token.includes('*') && token !== '*')) return 'pattern.token';
  return null;
}

export function matches(pattern, name) {
  const wanted = pattern.split('.');
  const tokens = name.split('.');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '>') return tokens.length > i;
    if (i >= tokens.length || (wanted[i] !== '*' && wanted[i] !== tokens[i])) return false;
  }
  return wanted.length === tokens.length;
}
