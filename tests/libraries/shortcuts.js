// Shortcuts of a page's own, by three libraries; `shortcuts` has what they took.

import hotkeys from 'hotkeys-js';
import Mousetrap from 'mousetrap';

const shortcuts = (window.shortcuts = []);
for (const key of ['/', 'j', 'k', 'e']) Mousetrap.bind(key, () => (shortcuts.push('mousetrap ' + key), false));
Mousetrap.bind('esc', () => void shortcuts.push('mousetrap escape'));
hotkeys('j,k,e,esc', { capture: true }, (event, { key }) => {
  event.preventDefault();
  shortcuts.push('hotkeys ' + key);
});
