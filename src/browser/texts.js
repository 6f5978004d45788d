// What the panel says, where a translator has put words of its own in the place of ours.
//
// Its words may stay while ours are the same. When ours change, they come back: else a visitor reads one thing and sends
// another.

/**
 * Watches the texts below an element.
 *
 * @param {Element} frame
 */
export const mind = (frame) => {
  /** What stands in the place of a text. @type {WeakMap<Node, Node>} */
  const instead = new WeakMap();
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of records) {
      if (type == 'characterData') {
        const other = /** @type {ChildNode | undefined} */ (instead.get(target));
        if (other?.isConnected && !target.isConnected) other.replaceWith(target);
        continue;
      }
      // Some replace a text at once, others put theirs beside it before they take it out.
      const beside = [addedNodes[0], previousSibling, nextSibling];
      for (const text of removedNodes) {
        if (text.nodeType != 3 || text.isConnected) continue;
        for (const other of beside) {
          if (other?.nodeName.toUpperCase() != 'FONT') continue;
          instead.set(text, other);
          observer.observe(text, { characterData: true });
        }
      }
    }
  });
  observer.observe(frame, { childList: true, subtree: true });
};
