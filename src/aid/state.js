// What first aid knows of the message that the visitor is writing.

import { tags } from '../tables/languages.js';
import { custom, page } from './body.js';
import { cut } from './draft.js';

/** @import { Context, Embed, Message, Note } from '../shapes' */

/** @type {Embed} */
export let embed;
/** What goes along with the message. @type {Context} */
export let context;
/** @type {Message} */
export let message;
/** What the panel notes of its posts. @type {Note} */
export const note = {};

/**
 * What is awaited for that many milliseconds, or for none: what comes next has a task of its own.
 *
 * @param {number} [ms]
 * @returns {Promise<undefined>}
 */
export const after = (ms) => new Promise((done) => setTimeout(done, ms));

/** Tells the web team. @param {unknown} text */
export const warn = (text) => console.warn('say-so: ' + text);

/** What the widget is drawn in. */
export const root = () => /** @type {ShadowRoot} */ (embed.frame.getRootNode());

/** Whether the panel stands in the page's text. */
export const inline = () => embed.settings.launcher == 'inline';

/** The BCP 47 tag of the words that are spoken. */
export const locale = () => tags[embed.lang] || embed.lang;

/** Begins a new message, of the page as it is now. */
export const begin = () => {
  const { settings } = embed;
  context = {
    site: settings.site || cut(location.hostname.replace(/[^a-z\d.-]/g, '-'), 64) || 'local',
    id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
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
