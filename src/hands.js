// What a visitor's hands do in the panel, on pages that would take it for themselves.
//
// The embed lets nothing out of the widget. But a page may listen before an event comes in, and then sees no more of it
// than the element that the widget stands in. So: that element says that it is typed in; the page's listeners on the way
// in come too late; what an earlier one has prevented is done here; and where even that is not possible, it is said.

/** @import { Hold } from './shapes' */

/** Events that nobody on the way in has to hear of. */
const UNHEARD = ['keypress', 'beforeinput', 'focus', 'blur', 'pointerdown', 'pointerup', 'mousedown', 'mouseup', 'selectstart', 'dragstart', 'contextmenu'];

/** Events that come out of the widget, and for which elements have no property. */
const UNNAMED = ['compositionstart', 'compositionupdate', 'compositionend', 'textInput', 'DOMActivate', 'DOMMouseScroll', 'MozMousePixelScroll', 'dragexit', 'gesturestart', 'gesturechange', 'gestureend', 'mousewheel', 'beforecopy', 'beforecut', 'beforepaste', 'webkitmouseforcedown', 'webkitmouseforceup', 'touchstart', 'touchmove', 'touchend', 'touchcancel'];

/** How many keys may come up without a letter, and how often the focus may go where nobody has put it. */
const PATIENCE = { keys: 4, focus: 2 };

/** What may hold the focus. */
const TRAPS = '[role=dialog],[role=alertdialog],[aria-modal=true],dialog';

/** @param {Event} event */
const stop = (event) => event.stopPropagation();

/**
 * Holds what hands do in the widget.
 *
 * @type {Hold}
 */
export const hold = ({ root, inline, press, close, stand, refused }) => {
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
  // Pages put things on the prototype of all objects.
  Object.defineProperty(host, 'isContentEditable', /** @type {any} */ ({ __proto__: null, value: true }));
  Object.defineProperty(host, 'tagName', /** @type {any} */ ({ __proto__: null, get: () => field()?.tagName || 'SAY-SO' }));

  for (const kind of UNNAMED) host.addEventListener(kind, stop, { passive: true });

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
  const letter = ({ key, ctrlKey, metaKey, isComposing }) => field() && key && !ctrlKey && !metaKey && !isComposing && [...key].length == 1;

  let [keys, losses] = [0, 0];
  root.addEventListener('input', () => (keys = losses = 0));
  const say = () => {
    keys = losses = 0;
    refused();
  };

  first('keydown', (event) => {
    const { key, isComposing, defaultPrevented } = event;
    if (key == 'Escape' && !isComposing && !inline && !root.querySelector('.frame')?.hasAttribute('hidden')) {
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

  // A trap takes the focus back that nobody has moved. In what holds it, the widget may have it.
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
  if (follow()) enter();
  first('focusin', () => (moved = false));
  first('focusout', ({ relatedTarget }) => {
    if (moved || !relatedTarget) return;
    if (follow()) setTimeout(enter);
    else if (++losses >= PATIENCE.focus) say();
  });
  // Some take it back before it has come.
  window.addEventListener(
    'focusout',
    ({ target, relatedTarget }) => {
      if (target != host && relatedTarget == host) setTimeout(() => document.activeElement != host && follow() && enter());
    },
    true,
  );

  if (inline) return;
  // The wheel and the finger scroll the panel, wherever they are over it, and never the page behind it.
  /**
   * @param {any} event
   * @param {number} by
   */
  const scroll = (event, by) => {
    const box = root.querySelector('.sent') || root.querySelector('.body');
    const path = event.composedPath();
    if (!box || (!event.defaultPrevented && path.includes(box))) return;
    if (event.cancelable) event.preventDefault();
    for (const node of [...path, box]) {
      const { scrollTop } = node;
      if (!(node.scrollHeight > node.clientHeight) || !root.contains(node)) continue;
      node.scrollTop += by;
      if (node.scrollTop != scrollTop) return;
    }
  };
  root.addEventListener('wheel', (/** @type {any} */ event) => event.ctrlKey || scroll(event, event.deltaY * (event.deltaMode ? 16 : 1)), { passive: false });
  let y = 0;
  root.addEventListener('touchstart', (/** @type {any} */ { touches }) => (y = touches?.[0].clientY), { passive: true });
  root.addEventListener(
    'touchmove',
    (/** @type {any} */ event) => {
      const [touch, other] = event.touches || [];
      if (touch && !other) scroll(event, y - touch.clientY);
      y = touch?.clientY;
    },
    { passive: false },
  );
};
