// Opens and closes the panel.

import { launcher } from './launcher.js';
import { aid, load } from './loading.js';
import { draw } from './screens.js';
import { promptOf } from '../tables/words.js';
import { embed, find, focus, frame, host, inline } from './widget.js';

/** @import { Kind } from '../shapes' */

/** What had the focus before. @type {Element | null | undefined} */
let opener;

/**
 * @param {string} [kind] is chosen, and nothing is posted for that
 * @param {Element} [trigger] gets the focus back
 */
export const open = (kind = '', trigger) => {
  opener = trigger || opener || document.activeElement;
  // While words are on their way, their kind stays.
  const known = promptOf[/** @type {Kind} */ (kind)] > 0 && !find('[data-phase=sending]');
  if (known) aid?.closed();
  const first = !frame.firstChild;
  if (first) draw();
  if (known) {
    embed.kind = /** @type {Kind} */ (kind);
    if (!embed.live) embed.show();
  }
  launcher.hidden = true;
  // In the frame itself: after a click a browser lays out what is there already.
  requestAnimationFrame(() => {
    frame.hidden = !launcher.hidden;
    if (frame.hidden) return; // closed again
    setTimeout(() => focus('#title'));
  });
  load().then((aid) => aid.open(first, known && embed.kind), () => {});
};

/** Closes the panel, wherever the focus is. */
export const fold = () => {
  frame.hidden = true;
  launcher.hidden = false;
};

export const close = () => {
  if (!inline && !launcher.hidden) return;
  aid?.closed();
  if (inline) return focus('#title');
  fold();
  const back = opener?.isConnected && opener != host && opener != document.body ? opener : find('.open');
  /** @type {HTMLElement | null} */ (back)?.focus();
  opener = undefined;
};
