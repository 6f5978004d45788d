// Where the widget stands in the page.

import { clickOff } from '../tables/words.js';
import { listen } from './events.js';
import { look } from './language.js';
import { frame, launcher } from './launcher.js';
import { warm } from './loading.js';
import { draw } from './screens.js';
import { embed, host, inline, later } from './widget.js';

/**
 * Puts the widget where it can be seen and reached. An inline one stands behind its tag. A floating one stands in the
 * dialog that is open, for the rest of the page is out of reach then; else beside the body, where what pages do to
 * that, and with it, passes by.
 */
export const place = () => {
  if (inline) return host.isConnected || embed.script.after(host);
  let parent = document.documentElement;
  for (const dialog of [embed.trap, ...document.querySelectorAll('dialog:modal,[aria-modal=true]')]) if (dialog?.getClientRects()[0]) parent = /** @type {HTMLElement} */ (dialog);
  // What document.open() has taken the listeners of is dead.
  if (host.parentNode == parent || !host.onpointerenter) return;
  // Whoever takes it out again before it is drawn is noticed by nothing else.
  later(soon);
  parent.append(host);
  // Above all else, whatever styles around it make of places and layers.
  host.popover = 'manual';
  host.showPopover?.();
};

/** Draws what a tag asks for: at first, and where it runs again. @param {HTMLScriptElement} tag */
export const attach = (tag) => {
  embed.script = tag;
  listen();
  place();
  if (!inline || frame.firstChild) return;
  draw();
  frame.hidden = false;
  // What the first screen says may not be here yet.
  if (!embed.words[clickOff]) warm();
};

/** In a task of its own, so that nobody can keep the page busy by taking out what is put in. */
const soon = () => void setTimeout(() => {
  look();
  place();
});

/** Watches what takes the widget out of sight, and what the page says of its language and its dialogs. */
export const watch = () => {
  const sight = new IntersectionObserver(soon);
  sight.observe(launcher);
  sight.observe(frame);
  new MutationObserver(soon).observe(document, { subtree: true, attributeFilter: ['lang', 'open'] });
};
