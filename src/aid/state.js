// What first aid knows of the message that the visitor is writing.

import { tags } from '../tables/languages.js';
import { custom, page } from './body.js';
import { cut } from './draft.js';

/** @import { Context, Embed, Message, Note } from '../shapes' */

const DIGITS = '0123456789abcdef';

/** @type {Embed} */
export let embed;
/** What goes along with the message. @type {Context} */
export let context;
/** @type {Message} */
export let message;
/** What the panel notes of its posts. @type {Note} */
export const note = {};

/** Tells the web team. @param {unknown} text */
export const warn = (text) => console.warn('say-so: ' + text);

/** What the widget is drawn in. */
export const root = () => /** @type {ShadowRoot} */ (embed.frame.parentNode);

/** Whether the panel stands in the page's text. */
export const inline = () => embed.settings.launcher == 'inline';

/** The BCP 47 tag of the words that are spoken. */
export const locale = () => tags[embed.lang] || embed.lang;

/** The page's host name, as the name of a site. */
const hostName = () => {
  let name = '';
  for (const sign of location.hostname) name += (sign >= 'a' && sign <= 'z') || (sign >= '-' && sign <= '9' && sign != '/') ? sign : '-';
  return cut(name, 64) || 'local';
};

/** Begins a new message, of the page as it is now. */
export const begin = () => {
  const { settings } = embed;
  let id = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += DIGITS[byte >> 4] + DIGITS[byte & 15];
  context = {
    site: settings.site || hostName(),
    id,
    page: page(),
    custom: custom(settings),
  };
  renew();
  note.id = note.outcome = undefined;
};

/** Nothing has been done yet. */
export const renew = () => {
  message = { next: 0, last: 59 };
};

/** @param {Embed} given */
export const use = (given) => {
  embed = given;
  begin();
};
