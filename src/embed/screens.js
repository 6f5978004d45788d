// The first screens: the kinds, and the box for words.

import { panel } from '../tables/trees.js';
import { clickOff, clickOn, promptOf, sendOf } from '../tables/words.js';
import { speak } from './language.js';
import { build, fill, slots } from './tree.js';
import { embed, find, frame, later, oneClick, root } from './widget.js';

/** @import { Kind } from '../shapes' */

const markup = oneClick ? panel.replace(`{${clickOff}}`, `{${clickOn}}`) : panel;

/** Draws the panel anew. */
export const draw = () => {
  slots.length = 2;
  frame.textContent = '';
  build(markup, frame);
  embed.kind = '';
  embed.opened = Date.now();
  embed.add?.();
  speak(embed.words, embed.lang);
  // In a page that nobody sees yet, nothing is asked for, and nothing is late.
  later(() => setTimeout(() => embed.words[2] || speak(...embed.spare), 1e3));
};

/** Asks for a kind or, once there is one, for words. */
export const show = () => {
  const { kind, words } = embed;
  for (const button of root.querySelectorAll('.kind')) button.ariaPressed = '' + (/** @type {HTMLButtonElement} */ (button).value == kind);
  fill('label', words[promptOf[/** @type {Kind} */ (kind)]]);
  fill('.send', words[sendOf[/** @type {Kind} */ (kind)]]);
  find('.panel').dataset.phase = kind ? 'write' : 'choose';
};
