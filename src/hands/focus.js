// Where the focus is.

import { first } from './typing.js';

/** @import { Held } from '../shapes' */

/** What may hold the focus. */
const TRAPS = '[role=dialog],[role=alertdialog],[aria-modal=true],dialog';

/**
 * Holds the focus: a trap takes it back that nobody has moved. In what holds it, the widget may have it.
 *
 * @param {Held} held
 * @param {(what: 'keys' | 'focus') => void} lose
 * @returns goes into what holds the focus, if something does
 */
export const keep = ({ root, stand }, lose) => {
  const { host } = root;
  /** Whether somebody has moved the focus since it came here: by pressing something of the page's, or by Tab. */
  let moved = false;
  /** What was pressed last. @type {any} */
  let pressed;
  for (const kind of ['pointerdown', 'keydown']) {
    window.addEventListener(
      kind,
      (/** @type {any} */ event) => {
        moved ||= event.target != host || event.key == 'Tab';
        pressed = event.target == host ? event.composedPath()[0] : undefined;
      },
      true,
    );
  }
  /** Goes where the focus is, if something may hold it there. */
  const follow = () => {
    const trap = document.activeElement?.closest(TRAPS);
    if (!trap || trap.contains(host)) return false;
    stand(trap);
    return true;
  };
  const enter = () => {
    /** @type {HTMLElement | null} */
    const at = pressed?.closest('textarea,input,summary,a') || root.querySelector('#title');
    at?.focus();
  };
  host.addEventListener('pointerenter', follow);
  first(host, 'focusin', () => (moved = false));
  first(host, 'focusout', ({ relatedTarget }) => {
    if (moved || !relatedTarget) return;
    if (follow()) setTimeout(enter);
    else lose('focus');
  });
  // Some take it back before it has come.
  window.addEventListener(
    'focusout',
    ({ target, relatedTarget }) => {
      if (target != host && relatedTarget == host) setTimeout(() => document.activeElement != host && follow() && enter());
    },
    true,
  );
  return () => follow() && enter();
};
