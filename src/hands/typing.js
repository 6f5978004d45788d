// Keys, letters and the clipboard.

/** @import { Held } from '../shapes' */

/**
 * The field of the panel's that has the focus.
 *
 * @param {ShadowRoot} root
 */
const fieldOf = (root) => {
  const at = /** @type {any} */ (root.activeElement);
  return /^(textarea|input)$/.test(at?.localName) && at.type != 'checkbox' ? /** @type {HTMLTextAreaElement} */ (at) : null;
};

/**
 * Before everybody who begins to listen later, and who listens further in.
 *
 * @param {Element} host
 * @param {string} kind
 * @param {(event: any) => void} [act]
 */
export const first = (host, kind, act) =>
  window.addEventListener(
    kind,
    (event) => {
      if (event.target != host) return;
      event.stopImmediatePropagation();
      act?.(event);
    },
    true,
  );

/**
 * Says that somebody is typing to what asks an element whether it is a field.
 *
 * @param {ShadowRoot} root
 */
export const pose = (root) => {
  const { host } = root;
  const mark = () => {
    // What has the focus would lose it.
    if (!root.activeElement) host.setAttribute('contenteditable', 'false');
    else root.addEventListener('focusout', () => setTimeout(mark), { once: true });
  };
  mark();
  // Pages put things on the prototype of all objects.
  Object.defineProperty(host, 'isContentEditable', /** @type {any} */ ({ __proto__: null, value: true }));
  Object.defineProperty(host, 'tagName', /** @type {any} */ ({ __proto__: null, get: () => fieldOf(root)?.tagName || 'SAY-SO' }));
};

/**
 * Writes where the caret is, or deletes what stands before it.
 *
 * @param {ShadowRoot} root
 * @param {string} text
 */
const insert = (root, text) => {
  const at = fieldOf(root);
  if (!at || at.readOnly || document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
  at.setRangeText(text, at.selectionStart, at.selectionEnd, 'end');
  at.dispatchEvent(new InputEvent('input', { bubbles: true }));
};

/**
 * Does what keys and the clipboard do in a field, where somebody has prevented it.
 *
 * @param {Held} held
 * @param {(what: 'keys' | 'focus') => void} lose
 */
export const type = ({ root, inline, press, close }, lose) => {
  const { host } = root;
  /** @param {KeyboardEvent} event */
  const isLetter = ({ key, ctrlKey, metaKey, isComposing }) => fieldOf(root) && key && !ctrlKey && !metaKey && !isComposing && [...key].length == 1;
  first(host, 'keydown', (event) => {
    const { key, isComposing, defaultPrevented } = event;
    if (key == 'Escape' && !isComposing && !inline && !root.querySelector('.frame')?.hasAttribute('hidden')) {
      event.preventDefault();
      return close();
    }
    if (!defaultPrevented) return press(event);
    if (isLetter(event)) insert(root, key);
    else if (key == 'Enter' && fieldOf(root)?.localName == 'textarea') insert(root, '\n');
    else if (key == 'Backspace') insert(root, '');
  });
  first(host, 'keyup', (event) => {
    if (isLetter(event) && !fieldOf(root)?.readOnly) lose('keys');
  });
  first(host, 'paste', (event) => event.defaultPrevented && insert(root, event.clipboardData.getData('text/plain')));
  for (const kind of ['copy', 'cut']) {
    first(host, kind, ({ defaultPrevented, clipboardData }) => {
      const at = fieldOf(root);
      if (!defaultPrevented || !at) return;
      clipboardData.setData('text/plain', at.value.slice(at.selectionStart, at.selectionEnd));
      if (kind == 'cut') insert(root, '');
    });
  }
};
