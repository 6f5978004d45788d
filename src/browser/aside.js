// The panel steps aside for what the page has to show.

/** @import { Embed } from '../shapes' */

/**
 * How much of one place is covered by another: between 0 and 1.
 *
 * @param {Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom' | 'width' | 'height'>} place
 * @param {Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>} other
 */
export const covered = (place, other) => {
  const width = Math.min(place.right, other.right) - Math.max(place.left, other.left);
  const height = Math.min(place.bottom, other.bottom) - Math.max(place.top, other.top);
  return width > 0 && height > 0 ? (width * height) / (place.width * place.height) : 0;
};

/**
 * Folds the panel up where an element of the page gets the focus that is mostly behind it. What is being written stays,
 * and the focus stays where it is.
 *
 * @param {Embed} embed
 */
export const stepAside = ({ frame, fold }) => {
  const root = /** @type {ShadowRoot} */ (frame.parentNode);
  document.addEventListener('focusin', ({ target }) => {
    const element = /** @type {Element} */ (target);
    // A browser brings it into view first.
    setTimeout(() => {
      if (frame.hidden || element == root.host || element != document.activeElement) return;
      if (covered(element.getBoundingClientRect(), frame.getBoundingClientRect()) >= 0.5) fold();
    });
  });
};
