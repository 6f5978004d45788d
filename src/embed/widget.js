// The widget: its tag, its element, and what its modules know together.

import { english } from '../tables/languages.js';

/** @import { Embed, Settings } from '../shapes' */

// `currentScript` can be shadowed by an element of that name, which has no text as a script has.
const current = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const tag = /** @type {HTMLScriptElement} */ (current?.text?.at ? current : document.querySelector('script[data-endpoint]'));
// As they stand there: first aid leaves out what can't be used.
export const settings = /** @type {Settings} */ ({ ...tag.dataset });
export const inline = settings.launcher == 'inline';
const { format, oneClick: click } = settings;
export const oneClick = click == 'on' || (click != 'off' && !/json|form/.test('' + format));

export const host = document.createElement('say-so');
export const root = host.attachShadow({ mode: 'open' });
export const frame = document.createElement('div');

/**
 * The element of a selector, where there is one.
 *
 * @type {<T extends Element | null = HTMLElement>(selector: string) => T}
 */
export const find = (selector) => /** @type {any} */ (root.querySelector(selector));

/** @param {string} selector */
export const focus = (selector) => find(selector)?.focus();

/** Does something once what a click draws has been painted. @param {() => void} act */
export const later = (act) => void requestAnimationFrame(() => setTimeout(act));

/** @param {string} text */
export const warn = (text) => console.warn('say-so: ' + text);

/** @type {Embed} */
export const embed = /** @type {any} */ ({
  settings,
  script: tag,
  oneClick,
  frame,
  words: /** @type {string[]} */ ([]),
  spare: [english, 'en'],
  kind: '',
});
