// What visitors do: clicks, keys, and what shows that they are about to.

import { again, problem, sending } from '../tables/words.js';
import { launcher } from './launcher.js';
import { load, warm } from './loading.js';
import { close, open } from './opening.js';
import { place } from './place.js';
import { choose } from './screens.js';
import { fill } from './tree.js';
import { embed, focus, host, inline, root } from './widget.js';

/**
 * @param {HTMLButtonElement} button
 * @param {any} event
 */
const press = (button, { pointerType }) => {
  if (button.dataset.do == 'dismiss') launcher.remove();
  const kind = choose(button.value);
  // A finger has not asked for a keyboard on the screen.
  if (kind && pointerType != 'touch') setTimeout(() => focus('#message'));
  load((aid) => aid.act(button, kind));
};

const send = () => {
  if (embed.live) return;
  fill('.send', embed.words[sending]);
  load(
    (aid) => aid.send(),
    () => {
      fill('.send', embed.words[again]);
      fill('.note', embed.words[problem]);
    },
  );
};

/** The last click: when and where it was, on what, and whether that is ours. @type {any} */
let last = {};

/**
 * Every click on the page, before anybody else has it.
 *
 * @param {MouseEvent} event
 */
const click = (event) => {
  const { timeStamp: time, x, y } = event;
  /** @type {any[]} */
  const path = event.composedPath();
  const [at] = path;
  const ours = event.target == host;
  // A finger that taps twice means it once, also where the panel has just come or gone. Keys, scripts and assistive
  // tools are exact, and a label passes its click on.
  const again = event.detail && time - last.time < 500 && Math.hypot(x - last.x, y - last.y) < 24 && (ours || last.ours) && last.at.closest?.('label')?.control != at;
  last = { time, x, y, at, ours };
  if (again) {
    event.preventDefault();
    return event.stopPropagation();
  }
  // A link that is to open elsewhere does.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  for (const node of path) {
    if (node.dataset?.saySoOpen != undefined) {
      event.preventDefault();
      return open(node.dataset.saySoOpen, node);
    }
  }
};

root.addEventListener('click', (event) => {
  /** @type {HTMLButtonElement | null} */
  const button = /** @type {Element} */ (event.target).closest('button,[data-go]');
  const act = /** @type {Record<string, () => void>} */ ({ open, close, send })[button?.dataset.do || ''];
  if (act) act();
  else if (button) press(button, event);
});
// A finger, too, comes over the button before it presses it.
host.addEventListener('focusin', warm, { once: true });
host.onpointerenter = () => {
  place();
  warm();
};

// What a hand, a keyboard or a clipboard does in here is no business of the page's: not of its shortcuts, and not of
// what it does to hold the focus or the wheel.
for (const name in { onfocusin: 0, onfocusout: 0, __proto__: host }) {
  // What is left of other names is no event's, and heard by nobody.
  const kind = name.slice(2);
  const key = kind == 'keydown';
  host.addEventListener(
    kind,
    (/** @type {any} */ event) => {
      event.stopPropagation();
      if (key && event.key == 'Escape' && launcher.hidden && !event.isComposing && !inline) {
        // Nor does it close the dialog that the panel stands in.
        event.preventDefault();
        close();
      }
    },
    { passive: !key },
  );
}

/** Listens to the page: once, however often it is called. */
export const listen = () => {
  document.addEventListener('click', click, true);
};
