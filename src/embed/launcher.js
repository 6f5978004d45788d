// The floating button that opens the panel.

import { launcher as markup } from '../tables/trees.js';
import { build } from './tree.js';
import { frame, inline, root, settings } from './widget.js';

build(markup, /** @type {any} */ (root));

export const launcher = /** @type {HTMLElement} */ (root.firstChild);
frame.className = 'frame';
frame.hidden = true;
root.append(frame);

const { launcher: mode, position, theme } = settings;
for (const part of [frame, launcher]) {
  part.classList.toggle('start', position == 'start');
  part.classList.toggle('inline', inline);
  if (/^(light|dark)$/.test('' + theme)) part.style.colorScheme = '' + theme;
}
let hidden;
try {
  hidden = sessionStorage.saySo;
} catch {
  // Where nothing can be stored, the button comes again with the next page.
}
if (inline || mode == 'none' || hidden) launcher.remove();
