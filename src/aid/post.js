// The way to the endpoint.

import { parsed } from './body.js';
import { embed } from './state.js';

/** @import { Failure, Outcome, Settings } from '../shapes' */

/** How long an endpoint may take to answer, in milliseconds. */
const TIMEOUT = 15e3;

/**
 * A body as the site's format posts it: a part of fetch's options.
 *
 * @param {string} body
 * @param {Settings} settings
 */
const encoded = async (body, settings) => {
  // A string goes as text/plain: no preflight.
  if (/json|form/.test('' + settings.format)) {
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
 * @param {Promise<Response>} [answer] of the post that is on its way
 * @returns {Promise<Outcome>}
 */
export const post = async (body, settings, answer) => {
  const { endpoint, format = 'say-so' } = settings;
  const signal = AbortSignal.timeout(TIMEOUT);
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => (signal.onabort = reject));
  let status = 0;
  /** @type {unknown} */
  let told;
  try {
    const response = await Promise.race([
      answer || fetch(endpoint, { method: 'POST', credentials: 'omit', redirect: 'error', signal, ...(await encoded(body, settings)) }),
      late,
    ]);
    status = response.status;
    const text = await Promise.race([response.text(), late]);
    const receipt = parsed(text);
    const html = /html/.test('' + response.headers.get('Content-Type')) || /^\s*<(!doctype|html)/i.test(text);
    // A form receiver answers with a page for people; over plain http that may come from somebody else.
    const taken = format == 'say-so' ? !html && receipt?.ok === true : !html || /^https/.test(response.url);
    if (response.ok && taken) {
      const { reference } = receipt || {};
      return { receipt: { ...receipt, reference: /string|number/.test(typeof reference) ? '' + reference : '' } };
    }
    told = html ? 'a page, where a receipt was expected' : receipt?.error?.message || text.slice(0, 500);
  } catch (error) {
    told = error;
  }
  const failure = signal.aborted ? 'timeout' : reason(status);
  console.error('say-so:', endpoint, failure, status, told, status ? '' : '(is it up, and allowed from here?)');
  return { failure };
};

/**
 * @param {number} status
 * @returns {Failure}
 */
const reason = (status) => {
  if (!status) return 'unreachable';
  if (status == 429 || status == 503) return 'busy';
  return status > 399 && status < 500 ? 'refused' : 'fault';
};
