// The first screens: the kinds, and the box for words.

import { panel } from '../tables/trees.js';
import { kinds, promptOf, sendOf } from '../tables/words.js';
import { speak } from './language.js';
import { frame } from './launcher.js';
import { build, fill, slots } from './tree.js';
import { embed, find, later, root } from './widget.js';

/** @import { Kind } from '../shapes' */

/** Draws the panel anew. */
export const draw = () => {
  slots.length = 2;
  frame.textContent = '';
  build(panel, frame);
  embed.kind = '';
  embed.add?.();
  speak(embed.words, embed.lang);
  // In a page that nobody sees yet, nothing is asked for, and nothing is late.
  later(() => setTimeout(() => embed.words[kinds] || speak(...embed.spare), 1e3));
};

/**
 * Chooses a kind, if it is one; while words are on their way, theirs stays.
 *
 * @param {string} kind
 */
export const choose = (kind) => {
  if (!(promptOf[/** @type {Kind} */ (kind)] > 0) || find('[data-phase=sending]')) return '';
  embed.kind = /** @type {Kind} */ (kind);
  if (!embed.live) embed.show();
  return embed.kind;
};

/** Asks for a kind or, once there is one, for words. */
export const show = () => {
  const { kind, words } = embed;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll('.kind'))) button.ariaPressed = '' + (button.value == kind);
  fill('label', words[promptOf[/** @type {Kind} */ (kind)]]);
  fill('.send', words[sendOf[/** @type {Kind} */ (kind)]]);
  find('.panel').dataset.phase = kind ? 'write' : 'choose';
};
