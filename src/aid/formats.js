// The formats json and form.
//
// Fetched only where a tag asks for one of them.

import { JSON } from '../browser/globals.js';
import { pairs } from './body.js';

/** @import { Settings } from '../shapes' */

/**
 * A body of the contract, as the formats json and form post it: a part of fetch's options.
 *
 * @param {string} body
 * @param {Settings} settings
 * @returns {{ body: string | URLSearchParams, headers: Headers }}
 */
export const encode = (body, { format, fields: renamed, headers: added }) => {
  const headers = new Headers({ Accept: 'application/json' });
  let fields = JSON.parse(body);
  if (format == 'form') {
    const { contact, page, custom, wording, promise, ...flat } = fields;
    const { url, viewport, ...facts } = page;
    fields = { ...flat, ...contact, page: url, ...facts, ...wording };
    if (viewport) fields.viewport = viewport.join('x');
    if (promise) fields.promise = promise.by;
    for (const [key, text] of Object.entries(custom || {})) fields['custom.' + key] = text;
  }
  const names = new Map(pairs(renamed));
  /** @type {any[]} */
  const sent = Object.entries(fields)
    .map(([key, value]) => [names.has(key) ? names.get(key) : key, value])
    .filter(([key]) => key !== null);
  if (format == 'form') return { body: new URLSearchParams(sent), headers };
  for (const [name, text] of pairs(added)) {
    try {
      if (text !== null) headers.set(name, text);
    } catch {
      // No header that can be sent: advice.js warns of it, and the words go without it.
    }
  }
  headers.set('Content-Type', 'application/json');
  return { body: JSON.stringify(Object.fromEntries(sent)), headers };
};
