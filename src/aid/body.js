// What travels: the bytes of feedback.rs.
//
// Golden drafts hold both sides to equal bytes.

import { JSON } from '../browser/globals.js';
import { cut } from './draft.js';
import { entries } from './values.js';

/** @import { Context, Draft, Kind, Page, Settings } from '../shapes' */

/**
 * The value of a setting that is JSON; undefined if it is none.
 *
 * @param {string} [text]
 */
export const parsed = (text = '{}') => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * The pairs of a setting that is a JSON object. A value that is no text counts as null.
 *
 * @param {string} [text]
 * @returns {[string, string | null][]}
 */
export const pairs = (text) => {
  const found = entries(parsed(text) || {});
  for (const pair of found) if (typeof pair[1] != 'string') pair[1] = null;
  return found;
};

/**
 * What the site sends along, as far as it can be used, in the order of its keys.
 *
 * @param {Settings} settings
 * @returns {Record<string, string> | undefined}
 */
export const custom = (settings) => {
  const found = pairs(settings.custom);
  found.sort(([a], [b]) => (a < b ? -1 : 1));
  /** @type {Record<string, string>} */
  let usable = {};
  let count = 0;
  for (const [key, text] of found) {
    if (text !== null && count < 20 && /^(?!say-so\.)[\w.-]{1,40}$/.test(key)) {
      // So that any key is one of its own.
      usable = { ...usable, [key]: cut(text, 500) };
      count++;
    }
  }
  return count ? usable : undefined;
};

/** The page's address, without what may be private in it. */
export const here = () => {
  let address = '';
  for (const sign of location.href) {
    if (sign == '?' || sign == '#') break;
    address += sign;
  }
  return cut(address, 2048);
};

/**
 * What the document says; nothing where an element of that name stands in its place.
 *
 * @param {'title' | 'referrer'} name
 */
const known = (name) => {
  const text = document[name];
  return typeof text == 'string' ? text : '';
};

/**
 * What goes along with the words unless the visitor takes it out.
 *
 * @returns {Page}
 */
export const page = () => ({
  url: here(),
  title: cut(known('title'), 300) || undefined,
  referrer: /^https?:\/\/[^/]+/.exec(known('referrer'))?.[0],
  language: /^[a-z\d]{1,8}(-[a-z\d]{1,8}){0,6}$/i.exec(navigator.language)?.[0],
  viewport: [innerWidth, innerHeight],
});

/**
 * What a tidy draft says, as it travels.
 *
 * @param {Draft} draft
 * @param {string} trap
 */
export const words = ({ message, name, email, reply }, trap) => ({
  message,
  contact: reply ? { name: name || undefined, email: email || undefined, reply } : undefined,
  trap: cut(trap, 500) || undefined,
});

/**
 * @typedef {object} Said
 * @property {number} revision
 * @property {Kind} kind
 * @property {string} locale
 * @property {Page} page
 * @property {string} [message]
 * @property {{ name?: string, email?: string, reply: boolean }} [contact]
 * @property {Record<string, string>} [custom]
 * @property {number} [took_ms]
 * @property {string} [trap]
 */

/**
 * A body, its fields in the order of the contract; what is undefined is left out.
 *
 * @param {Pick<Context, 'site' | 'id'>} context
 * @param {Said} said
 * @param {string} sent_at
 */
export const write = ({ site, id }, { locale, ...said }, sent_at) => {
  const { message, contact, custom, took_ms } = said;
  // Each has its place here, and its value.
  return JSON.stringify({ v: 1, site, id, revision: 0, kind: 0, message, contact, wording: { locale }, page: 0, custom, sent_at, took_ms, .../** @type {object} */ (said) });
};

/**
 * What of a body is the visitor's doing: the same at no revision and at no time, and promised nothing.
 *
 * @param {string} body
 */
export const content = (body) => JSON.stringify({ ...JSON.parse(body), revision: 0, sent_at: '', took_ms: undefined, promise: undefined });

/**
 * Whether an endpoint takes a body of that length: 32 KiB at most.
 *
 * @param {string} body
 */
export const fits = (body) => new Blob([body]).size <= 32768;
