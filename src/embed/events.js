// What visitors do: clicks, keys, and what shows that they are about to.

import { again, problem, sending } from '../tables/words.js';
import { launcher } from './launcher.js';
import { load, warm } from './loading.js';
import { close, open } from './opening.js';
import { fill } from './tree.js';
import { embed, find, focus, host, inline, root } from './widget.js';

/** @import { Kind } from '../shapes' */

/** @param {HTMLButtonElement} button */
const press = (button) => {
  /** @type {Kind | false} */
  const kind = button.name == 'kind' && !find('[data-phase=sending]') && /** @type {Kind} */ (button.value);
  if (kind) {
    embed.kind = kind;
    if (!embed.live) embed.show();
  }
  if (kind && matchMedia('(pointer:fine)').matches) setTimeout(() => focus('#message'));
  load().then((aid) => aid.act(button, kind), () => {});
};

const send = () => {
  if (embed.live) return;
  fill('.send', embed.words[sending]);
  load().then(
    (aid) => aid.send(),
    () => {
      fill('.send', embed.words[again]);
      fill('.note', embed.words[problem]);
    },
  );
};

export const listen = () => {
  /** The last click: when and where it was, on what, and whether that is ours. @type {any} */
  let last = {};
  document.addEventListener(
    'click',
    (event) => {
      const { timeStamp: time, x, y } = event;
      /** @type {any[]} */
      const [at] = event.composedPath();
      const ours = event.target == host;
      // A finger that taps twice means it once, also where the panel has just come or gone. Keys, scripts and assistive
      // tools are exact, and a label passes its click on.
      const again = event.detail && time - last.time < 500 && Math.hypot(x - last.x, y - last.y) < 24 && (ours || last.ours) && last.at.closest?.('label')?.control != at;
      last = { time, x, y, at, ours };
      if (again) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    true,
  );
  root.addEventListener('click', (event) => {
    /** @type {HTMLButtonElement | null} */
    const button = /** @type {Element} */ (event.target).closest('button,[data-go]');
    const what = button?.dataset.do;
    if (what == 'open') open();
    else if (what == 'close') close();
    else if (what == 'send') send();
    else if (button) {
      if (what == 'dismiss') launcher.remove();
      press(button);
    }
  });
  for (const kind of /** @type {const} */ (['keydown', 'keyup', 'keypress'])) {
    host.addEventListener(kind, (event) => {
      // The host page's shortcuts are not meant for what is typed here.
      event.stopPropagation();
      if (event.key == 'Escape' && !event.isComposing && !inline) close();
    });
  }
  // A finger, too, comes over the button before it presses it.
  for (const kind of ['focusin', 'pointerover']) host.addEventListener(kind, warm, { once: true });
  document.addEventListener('click', (event) => {
    /** @type {HTMLElement | undefined} */
    const trigger = /** @type {any} */ (event.composedPath().find((node) => /** @type {Element} */ (node).matches?.('[data-say-so-open]')));
    if (!trigger) return;
    event.preventDefault();
    open(trigger.dataset.saySoOpen, trigger);
  });
};
