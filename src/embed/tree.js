// Draws markup. No innerHTML, so that Trusted Types and strict policies hold.

import { embed, find } from './widget.js';

/** @import { Embed } from '../shapes' */

/** Each puts a sentence in its place: first the launcher's two, then the panel's. @type {(() => void)[]} */
export const slots = [];

/**
 * @param {string} text begins with the number of a sentence in braces, if it is one
 * @param {(text: string) => void} set
 */
const put = (text, set) => {
  const [, at, rest] = text.split(/[{}]/);
  const slot = () => set(at ? (embed.words[+at] || '') + rest : text);
  if (at) slots.push(slot);
  slot();
};

/** @type {Embed['build']} */
export const build = (markup, parent) => {
  for (const [, name, attributes, leaf, text] of markup.matchAll(/<(\w*)(.*?)(\/?)>|([^<]+)/g)) {
    if (text) {
      const node = document.createTextNode('');
      parent.append(node);
      put(text, (said) => (node.data = said));
    } else if (!name) parent = /** @type {Element} */ (parent.parentNode);
    else {
      const element = document.createElementNS('http://www.w3.org/' + (/svg|path/.test(name) ? '2000/svg' : '1999/xhtml'), name);
      for (const [, key, value = ''] of attributes.matchAll(/([\w-]+)(?:="(.*?)")?/g)) put(value, (said) => element.setAttribute(key, said));
      parent.append(element);
      if (!leaf) parent = element;
    }
  }
};

/** Writes into a slot. @type {Embed['write']} */
export const write = (slot, text) => {
  // The text node that was drawn stays, for the panel looks for it; and what stands in it is not said aloud again.
  const node = slot.firstChild || slot;
  const said = text || ' ';
  if (node.textContent != said) node.textContent = said;
};

/**
 * @param {string} selector
 * @param {string} text
 */
export const fill = (selector, text) => write(find(selector), text);
