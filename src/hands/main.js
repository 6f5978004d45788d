// What a visitor's hands do in the panel, on pages that would take it for themselves.
//
// The embed lets nothing out of the widget. But a page may listen before an event comes in, and then sees no more of it
// than the element that the widget stands in. So: that element says that it is typed in; the page's listeners on the way
// in come too late; what an earlier one has prevented is done here; and where even that is not possible, it is said.

import { keep } from './focus.js';
import { scrollInside } from './scrolling.js';
import { first, pose, type } from './typing.js';

/** @import { Hold } from '../shapes' */

/** Events that nobody on the way in has to hear of. */
const UNHEARD = ['keypress', 'beforeinput', 'focus', 'blur', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'selectstart', 'dragstart', 'contextmenu'];

/** Events that come out of the widget, and for which elements have no property. */
const UNNAMED = ['compositionstart', 'compositionupdate', 'compositionend', 'textInput', 'DOMActivate', 'DOMMouseScroll', 'MozMousePixelScroll', 'dragexit', 'gesturestart', 'gesturechange', 'gestureend', 'mousewheel', 'beforecopy', 'beforecut', 'beforepaste', 'webkitmouseforcedown', 'webkitmouseforceup', 'touchstart', 'touchmove', 'touchend', 'touchcancel'];

/** How many keys may come up without a letter, and how often the focus may go where nobody has put it. */
const PATIENCE = { keys: 4, focus: 2 };

/** @param {Event} event */
const stop = (event) => event.stopPropagation();

/**
 * Holds what hands do in the widget.
 *
 * @type {Hold}
 */
export const hold = (held) => {
  const { root, inline, refused } = held;
  const { host } = root;
  pose(root);
  for (const kind of UNNAMED) host.addEventListener(kind, stop, { passive: true });
  const losses = { keys: 0, focus: 0 };
  const begin = () => (losses.keys = losses.focus = 0);
  root.addEventListener('input', begin);
  /** @param {'keys' | 'focus'} what */
  const lose = (what) => {
    if (++losses[what] < PATIENCE[what]) return;
    begin();
    refused();
  };
  // It hears of what nobody after it does.
  const enter = keep(held, lose);
  for (const kind of UNHEARD) first(host, kind);
  type(held, lose);
  enter();
  if (!inline) scrollInside(root);
};
