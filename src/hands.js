// What a visitor's hands do in the panel, on pages that would take it for themselves.
//
// The embed lets nothing out of the widget. But a page may listen before an event comes in, and then sees no more of it
// than the element that the widget stands in. So: that element says that it is typed in; the page's listeners on the way
// in come too late; what an earlier one has prevented is done here; and where even that is not possible, it is said.

/** @import { Hold } from './shapes' */

/** Events that nobody on the way in has to hear of. */
const UNHEARD = ['keypress', 'beforeinput', 'focus', 'blur', 'focusin', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'selectstart', 'dragstart', 'contextmenu'];

/** Events that come out of the widget, and for which elements have no property. */
const UNNAMED = ['compositionstart', 'compositionupdate', 'compositionend', 'textInput', 'DOMActivate', 'DOMMouseScroll', 'MozMousePixelScroll', 'dragexit', 'gesturestart', 'gesturechange', 'gestureend', 'mousewheel', 'beforecopy', 'beforecut', 'beforepaste', 'touchstart', 'touchmove', 'touchend', 'touchcancel'];

/** How many keys may come up without a letter, and how often the focus may go from where it was just put. */
const PATIENCE = { keys: 4, focus: 2 };

/** How soon after it was put there, in milliseconds. */
const SOON = 300;

/** @param {Event} event */
const stop = (event) => event.stopPropagation();

/**
 * Holds what hands do in the widget.
 *
 * @type {Hold}
 */
export const hold = ({ root, inline, press, close, refused }) => {
  const { host } = root;
  const field = () => {
    const at = /** @type {any} */ (root.activeElement);
    return /^(textarea|input)$/.test(at?.localName) && at.type != 'checkbox' ? /** @type {HTMLTextAreaElement} */ (at) : null;
  };

  // What asks whether somebody is typing asks an element whether it is a field.
  const mark = () => {
    // What has the focus would lose it.
    if (!root.activeElement) host.setAttribute('contenteditable', 'false');
    else root.addEventListener('focusout', () => setTimeout(mark), { once: true });
  };
  mark();
  Object.defineProperty(host, 'isContentEditable', { value: true });
  Object.defineProperty(host, 'tagName', { get: () => field()?.tagName || 'SAY-SO' });

  for (const kind of UNNAMED) host.addEventListener(kind, stop, { passive: true });

  /**
   * Before everybody who begins to listen later, and who listens further in.
   *
   * @param {string} kind
   * @param {(event: any) => void} [act]
   */
  const first = (kind, act) =>
    window.addEventListener(
      kind,
      (event) => {
        if (event.target != host) return;
        event.stopImmediatePropagation();
        act?.(event);
      },
      true,
    );
  for (const kind of UNHEARD) first(kind);

  /** Writes where the caret is. @param {string} text */
  const insert = (text) => {
    const at = field();
    if (!at || at.readOnly || document.execCommand(text ? 'insertText' : 'delete', false, text)) return;
    at.setRangeText(text, at.selectionStart, at.selectionEnd, 'end');
    at.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  /** @param {KeyboardEvent} event */
  const letter = ({ key, ctrlKey, metaKey, isComposing }) => field() && !ctrlKey && !metaKey && !isComposing && [...key].length == 1 && key;

  let [keys, losses, put] = [0, 0, -Infinity];
  root.addEventListener('input', () => (keys = losses = 0));
  const say = () => {
    keys = losses = 0;
    refused();
  };

  first('keydown', (event) => {
    const { key, isComposing, defaultPrevented } = event;
    if (key == 'Escape' && !isComposing && !inline) {
      event.preventDefault();
      return close();
    }
    if (!defaultPrevented) return press(event);
    if (letter(event)) insert(key);
    else if (key == 'Enter' && field()?.localName == 'textarea') insert('\n');
    else if (key == 'Backspace') insert('');
  });
  first('keyup', (event) => {
    if (letter(event) && !field()?.readOnly && ++keys >= PATIENCE.keys) say();
  });
  first('paste', (event) => event.defaultPrevented && insert(event.clipboardData.getData('text/plain')));
  for (const kind of ['copy', 'cut']) {
    first(kind, ({ defaultPrevented, clipboardData }) => {
      const at = field();
      if (!defaultPrevented || !at) return;
      clipboardData.setData('text/plain', at.value.slice(at.selectionStart, at.selectionEnd));
      if (kind == 'cut') insert('');
    });
  }

  // A trap takes the focus from where a finger has just put it.
  root.addEventListener('click', ({ timeStamp }) => {
    if (field()) put = timeStamp;
  });
  first('focusout', ({ timeStamp }) => {
    if (timeStamp - put < SOON && ++losses >= PATIENCE.focus) say();
  });

  if (inline) return;
  // The wheel and the finger scroll the panel, wherever they are over it, and never the page behind it.
  /**
   * @param {any} event
   * @param {number} by
   */
  const scroll = (event, by) => {
    const box = root.querySelector('.sent') || root.querySelector('.body');
    if (!box || !event.cancelable || (!event.defaultPrevented && event.composedPath().includes(box))) return;
    event.preventDefault();
    box.scrollTop += by;
  };
  root.addEventListener('wheel', (/** @type {any} */ event) => event.ctrlKey || scroll(event, event.deltaY * (event.deltaMode ? 16 : 1)), { passive: false });
  let y = 0;
  root.addEventListener('touchstart', (/** @type {any} */ { touches }) => (y = touches[0].clientY), { passive: true });
  root.addEventListener(
    'touchmove',
    (/** @type {any} */ event) => {
      const { length, 0: touch } = event.touches;
      if (length == 1) scroll(event, y - touch.clientY);
      y = touch.clientY;
    },
    { passive: false },
  );
};
