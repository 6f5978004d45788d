// Sets right what the page, or something in the browser, has done to the nodes that were drawn.

/** @import { Tree } from '../shapes' */

/**
 * Takes out of an element what is not ours, and puts back what is missing or misplaced. What stands right is not
 * moved: it would lose the focus.
 *
 * @param {Tree} tree
 */
export const repair = ([parent, ours]) => {
  for (const child of [...parent.childNodes]) {
    let known = false;
    for (const [own] of ours) known ||= own == child;
    if (!known) child.remove();
  }
  let at = parent.firstChild;
  for (const each of ours) {
    const [child] = each;
    // What stands before it has come from further down.
    if (at != child && at?.nextSibling == child) at = /** @type {ChildNode} */ (child);
    if (at == child) at = child.nextSibling;
    else parent.insertBefore(child, at);
    repair(each);
  }
};
