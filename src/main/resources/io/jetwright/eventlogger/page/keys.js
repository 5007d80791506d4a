// Keys of one letter, which can be switched off: to speech input every word is a row of them.

import {$, choices} from './dom.js';

/** @param actions by key; escape() is called for Esc, whether letters are on or off */
export function startKeys(actions, escape) {
  const box = $('keys');
  box.checked = choices.get('keys') !== 'off';
  box.addEventListener('change', () => choices.set('keys', box.checked ? 'on' : 'off'));
  document.addEventListener('keydown', press => {
    const isTyping = /^(TEXTAREA|SELECT)$/.test(press.target.tagName)
      || (press.target.tagName === 'INPUT' && !/^(checkbox|radio)$/.test(press.target.type));
    if (press.key === 'Escape') {
      if (isTyping) press.target.blur();
      else escape();
      return;
    }
    if (!box.checked || isTyping || press.ctrlKey || press.metaKey || press.altKey) return;
    const action = actions[press.key];
    if (action) { press.preventDefault(); action(); }
  });
}
