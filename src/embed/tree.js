// Draws markup. No innerHTML, so that Trusted Types and strict policies hold.
//
// And no method of texts or lists, as few as can be in all of the embed: a page's libraries put theirs in the same place.

import { embed, find, make } from './widget.js';

/** @import { Embed } from '../shapes' */

/** Each puts a sentence in its place: first the launcher's two, then the panel's. @type {(() => void)[]} */
export const slots = [];

/** Writes into a slot. @type {Embed['write']} */
export const write = (slot, text) => {
  // The text node that was drawn stays, for the panel looks for it; and what stands in it is not said aloud again.
  const node = slot.firstChild || slot;
  const said = text || ' ';
  if (node.textContent != said) node.textContent = said;
};

/** @type {Embed['build']} */
export const build = (markup, parent) => {
  let word = '';
  let number = '';
  /** The element whose start is being read, and its attribute. @type {[element?: Element, name?: string]} */
  let [element, name] = [];
  for (const sign of markup) {
    if (sign == '^') {
      number = word;
      word = '';
    } else if (sign < '{') word += sign;
    else if (sign == '~') parent = /** @type {Element} */ (parent.parentNode);
    else if (sign != '{') {
      if (!element) element = make(word);
      else if (!name) name = word;
      else {
        const [to, key, at, rest] = [element, name, number, word];
        const slot = () => {
          const text = (at && (embed.words[+at] || '')) + rest;
          // No attribute has a name like that of the text.
          if (key < 'a') write(to, text);
          else to.setAttribute(key, text);
        };
        if (at) slots[slots.length] = slot;
        slot();
        number = '';
        name = undefined;
      }
      word = '';
      if (sign == '}') {
        parent.append(element);
        parent = element;
        element = undefined;
      }
    }
  }
};

/**
 * @param {string} selector
 * @param {string} text
 */
export const fill = (selector, text) => write(find(selector), text);
