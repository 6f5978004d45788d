// Opens and closes the panel.

import { frame, launcher } from './launcher.js';
import { aid, load } from './loading.js';
import { place } from './place.js';
import { choose, draw } from './screens.js';
import { focus, inline, later } from './widget.js';

/** What had the focus before. @type {Element | null | undefined} */
let opener;

/**
 * @param {string} [kind] is chosen, and nothing is posted for that
 * @param {Element} [trigger] gets the focus back
 */
export const open = (kind = '', trigger) => {
  opener = trigger || opener || document.activeElement;
  // A confirmation makes room for what the visitor has come for.
  if (kind) aid?.closed();
  const first = !frame.firstChild;
  if (first) draw();
  const chosen = choose(kind);
  launcher.hidden = true;
  place();
  // In the frame itself: after a click a browser lays out what is there already.
  requestAnimationFrame(() => {
    frame.hidden = !launcher.hidden;
  });
  later(() => focus('#title'));
  load((aid) => aid.open(first, chosen));
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
  // Where nothing had it, or what had it is gone, it stays at the button.
  focus('.open');
  /** @type {HTMLElement | undefined} */ (opener)?.focus();
  opener = undefined;
};
