// The widget: its tag, its element, and what its modules know together.

import { english } from '../tables/languages.js';

/** @import { Embed, Settings } from '../shapes' */

// `currentScript` is none in a module, another one in a bundle, and can be shadowed by an element of that name; a copy
// of the tag that waits for consent is of another type, such as didomi/javascript.
const current = /** @type {HTMLScriptElement | null} */ (document.currentScript);
export const tag = /** @type {HTMLScriptElement | null} */ (
  current?.dataset.endpoint ? current : document.querySelector('script[data-endpoint]:not([type]:not([type=module],[type="text/javascript"],[type=""]))')
);
// As they stand there: first aid leaves out what can't be used.
export const settings = /** @type {Settings} */ ({});
// No spreading: it fails where a page has put what describes a property on every object.
for (const name in tag?.dataset) settings[name] = /** @type {HTMLElement} */ (tag).dataset[name];
export const inline = settings.launcher == 'inline';
const { format, oneClick: click } = settings;
export const oneClick = click == 'on' || (click != 'off' && format != 'json' && format != 'form');

/**
 * An element that is drawn as HTML or SVG draws it, in whatever kind of document.
 *
 * @param {string} name
 */
export const make = (name) =>
  /** @type {HTMLElement} */ (document.createElementNS('http://www.w3.org/' + (name == 'svg' || name == 'path' ? '2000/svg' : '1999/xhtml'), name));

export const host = make('say-so');
export const root = host.attachShadow({ mode: 'open' });

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
  source: settings.source || tag?.src,
  oneClick,
  words: /** @type {string[]} */ ([]),
  spare: [english, 'en'],
  kind: '',
});
