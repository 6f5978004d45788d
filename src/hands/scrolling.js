// The wheel and the finger.

/**
 * Scrolls the panel with the wheel and the finger, wherever they are over it, and never the page behind it.
 *
 * @param {ShadowRoot} root
 */
export const scrollInside = (root) => {
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
