// Everything that comes from events goes into the page as text, never as markup.

export const $ = id => document.getElementById(id);

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Fills a list of terms with pairs of a term and its text, and the text's language if it is not the page's. */
export function facts(list, pairs) {
  list.replaceChildren(...pairs.flatMap(([name, value, lang]) => {
    const text = element('dd', '', value);
    if (lang) text.lang = lang;
    return [element('dt', '', name), text];
  }));
}

/** Sets the text of an element if it is another one, so that screen readers do not repeat what they have said. */
export function say(id, text) {
  if ($(id).textContent !== text) $(id).textContent = text;
}

/** Has a screen reader say this once. */
export function announce(text) {
  const region = $('announcement');
  region.textContent = '';
  setTimeout(() => { region.textContent = text; }, 50); // a change in the same turn would not be noticed
}

/** What a reader has chosen, kept in the browser where it allows that. */
export const choices = {
  get(name) {
    try { return localStorage.getItem('event-logger.' + name); } catch (e) { return null; }
  },
  set(name, value) {
    try { localStorage.setItem('event-logger.' + name, value); } catch (e) { /* it holds until the page is left */ }
  },
};
