// The floating button, and the frame of the panel that it opens.

import { launcher as markup } from '../tables/trees.js';
import { build } from './tree.js';
import { embed, inline, root, settings } from './widget.js';

build(markup, /** @type {any} */ (root));
build('{div|class|frame|hidden|}', /** @type {any} */ (root));

export const launcher = /** @type {HTMLElement} */ (root.firstChild);
export const frame = /** @type {HTMLElement} */ (root.lastChild);
embed.frame = frame;

const { launcher: mode, position, theme } = settings;
for (const part of [frame, launcher]) {
  part.className += ' ' + position + ' ' + mode;
  if (theme == 'light' || theme == 'dark') part.style.colorScheme = theme;
}
let hidden;
try {
  hidden = sessionStorage.saySo;
} catch {
  // Where nothing can be stored, the button comes again with the next page.
}
if (inline || mode == 'none' || hidden) launcher.remove();
