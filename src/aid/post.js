// The way to the endpoint.

import { parsed } from './body.js';
import { embed, note } from './state.js';
import { after, first, quietly } from './values.js';
import { watch } from './watch.js';

/** @import { Failure, Outcome, Settings, UnderWay } from '../shapes' */

/** How long an endpoint may take to answer, in milliseconds. */
const TIMEOUT = 15e3;

note.watch = watch;

/** Whether the endpoint is one of Say-so's, where the same bytes never arrive twice. */
export const merges = () => !/json|form/.test('' + embed.settings.format);

/**
 * A body as the site's format posts it: a part of fetch's options.
 *
 * @param {string} body
 * @param {Settings} settings
 */
const encoded = async (body, settings) => {
  // A string goes as text/plain: no preflight.
  if (!merges()) {
    /** @type {typeof import('./formats.js')} */
    const { encode } = await import(/** @type {any} */ (new URL(FORMATS_FILE, embed.source)));
    return encode(body, settings);
  }
  return { body, headers: { Accept: 'application/json' } };
};

/**
 * Posts a body, or takes up a post that is on its way. Answers with the receipt, or with why there is none; it
 * never rejects.
 *
 * @param {string} body
 * @param {Settings} settings
 * @param {UnderWay} [request] the post that is on its way
 * @returns {Promise<Outcome>}
 */
export const post = async (body, settings, request) => {
  const { endpoint } = settings;
  let isLate = false;
  /** @returns {Promise<never>} */
  const overdue = async () => {
    await after(TIMEOUT);
    isLate = true;
    throw 'no answer in time';
  };
  const late = overdue();
  quietly(late);
  /** @type {Response | undefined} */
  let response;
  let text = '';
  /** @type {unknown} */
  let detail;
  try {
    if (!request?.answer) {
      request = undefined;
      const more = await encoded(body, settings);
      watch((request = { url: endpoint }));
      request.answer = fetch(endpoint, { method: 'POST', credentials: 'omit', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT), ...more });
    }
    response = await first(request.answer, late);
    text = await first(response.text(), late);
  } catch (error) {
    detail = error;
    // A policy's report comes after: in Firefox, not always in the next task.
    await after(100);
  }
  const ours = merges();
  let unsure = !response && !!request && !request.unsent;
  // That of a redirect, which is not followed, is 0.
  const status = response?.status || 0;
  if (response) {
    const receipt = parsed(text);
    // Some name a type where there is nothing.
    const html = status != 204 && (/html/.test('' + response.headers.get('Content-Type')) || /^\s*<(!doctype|html)/i.test(text));
    // A form receiver answers with a page for people; over plain http that may come from somebody else.
    const taken = ours ? !html && receipt?.ok === true : !html || /^https/.test(response.url);
    if (response.ok && taken) {
      const { reference } = receipt || {};
      return { receipt: { ...receipt, reference: /string|number/.test(typeof reference) ? '' + reference : '' } };
    }
    unsure = response.ok ? !html || !ours : status ? status == 502 || status == 504 : !ours;
    detail ||= html ? 'a page, where a receipt was expected' : receipt?.error?.message || text.slice(0, 500) || response.type;
  }
  /** @type {Failure} */
  const why = !response ? 'unreachable' : status == 429 || status == 503 ? 'busy' : status > 399 && status < 500 ? 'refused' : 'fault';
  console.error('say-so:', endpoint, isLate ? 'timeout' : why, status, detail, response ? '' : '(is it up, and allowed?)');
  return { failure: unsure ? 'unsure' : why };
};
