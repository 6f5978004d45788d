// Sets right what the page, or something in the browser, has done to the nodes that were drawn.

/**
 * Takes out of an element what is not ours, and puts back what is missing or misplaced. What stands right is not
 * moved: it would lose the focus.
 *
 * @param {Node} parent
 * @param {Map<Node, Node[]>} tree the children of each element
 */
export const repair = (parent, tree) => {
  const ours = tree.get(parent) || [];
  for (const child of [...parent.childNodes]) if (!ours.includes(child)) child.remove();
  let at = parent.firstChild;
  for (const child of ours) {
    // What stands before it has come from further down.
    if (at != child && at?.nextSibling == child) at = /** @type {ChildNode} */ (child);
    if (at == child) at = child.nextSibling;
    else parent.insertBefore(child, at);
    repair(child, tree);
  }
};
