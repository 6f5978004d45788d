// The floating button that opens the panel.

import { launcher as markup } from '../tables/trees.js';
import { build } from './tree.js';
import { frame, root, settings } from './widget.js';

build(markup, /** @type {any} */ (root));

export const launcher = /** @type {HTMLElement} */ (root.firstChild);
frame.className = 'frame';
frame.hidden = true;
root.append(frame);

const { launcher: mode = 'button', position = 'end', theme = 'auto' } = settings;
for (const part of [frame, launcher]) {
  part.classList.add(position, mode);
  if (theme != 'auto') part.style.colorScheme = theme;
}
if (mode != 'button') launcher.remove();
