// Opens and closes the panel.

import { launcher } from './launcher.js';
import { aid, load } from './loading.js';
import { draw } from './screens.js';
import { find, focus, frame, host, inline } from './widget.js';

/** What had the focus before. @type {Element | null | undefined} */
let opener;

/**
 * @param {string} [kind] is chosen at once
 * @param {Element} [trigger] gets the focus back
 */
export const open = (kind, trigger) => {
  opener = trigger || opener || document.activeElement;
  if (kind) aid?.closed();
  const first = !frame.firstChild;
  if (first) draw();
  launcher.hidden = true;
  // In the frame itself: after a click a browser lays out what is there already.
  requestAnimationFrame(() => {
    frame.hidden = !launcher.hidden;
    if (frame.hidden) return; // closed again
    setTimeout(() => focus('#title'));
    find('[value="' + kind + '"]')?.click();
  });
  load().then((aid) => aid.open(first), () => {});
};

export const close = () => {
  if (!inline && !launcher.hidden) return;
  aid?.closed();
  if (inline) return focus('#title');
  frame.hidden = true;
  launcher.hidden = false;
  const back = opener?.isConnected && opener != host && opener != document.body ? opener : find('.open');
  /** @type {HTMLElement | null} */ (back)?.focus();
  opener = undefined;
};
