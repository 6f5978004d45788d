// The way to the endpoint, for the shell and for the panel.

/** How long an endpoint may take to answer, in milliseconds. */
const TIMEOUT = 15e3;

/** The value of a setting that is JSON; undefined if it is none. */
export const parsed = (text = '{}') => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The pairs of a setting that is a JSON object. A value that is no text counts as null. */
export const pairs = (settings, name) => {
  const entries = Object.entries(parsed(settings[name]) || {});
  return Object.fromEntries(entries.map(([key, text]) => [key, typeof text == 'string' ? text : null]));
};

/** A body of the contract, as the site's format posts it: a part of `fetch`'s options. */
export const encode = (body, settings) => {
  // A string goes as text/plain: no preflight.
  const { format = 'say-so' } = settings;
  if (format == 'say-so') return { body };
  let fields = JSON.parse(body);
  if (format == 'form') {
    const { contact, page, custom, wording, promise, ...flat } = fields;
    const { url, viewport, ...facts } = page;
    fields = { ...flat, ...contact, page: url, ...facts, ...wording };
    if (viewport) fields.viewport = viewport.join('x');
    if (promise) fields.promise = promise.by;
    for (const key in custom) fields['custom.' + key] = custom[key];
  }
  const names = pairs(settings, 'fields');
  const sent = Object.entries(fields)
    .map(([key, value]) => [Object.hasOwn(names, key) ? names[key] : key, value])
    .filter(([key]) => key !== null);
  if (format == 'form') return { body: new URLSearchParams(sent) };
  const headers = new Headers();
  for (const [name, text] of Object.entries(pairs(settings, 'headers'))) {
    try {
      if (text !== null) headers.set(name, text);
    } catch {
      // No header that can be sent: site.js warns of it, and the words go without it.
    }
  }
  headers.set('Content-Type', 'application/json');
  return { body: JSON.stringify(Object.fromEntries(sent)), headers };
};

/** Posts a body. Answers with the receipt, or with why there is none; it never rejects. */
export const post = async (body, settings) => {
  const { endpoint, format = 'say-so' } = settings;
  const abort = new AbortController();
  const { signal } = abort;
  const timer = setTimeout(() => abort.abort(), TIMEOUT);
  let status;
  let told;
  try {
    const answer = await fetch(endpoint, { method: 'POST', credentials: 'omit', redirect: 'error', signal, ...encode(body, settings) });
    status = answer.status;
    told = await answer.text();
    const receipt = parsed(told);
    const page = /html/.test(answer.headers.get('Content-Type')) || /^\s*<(!doctype|html)/i.test(told);
    if (page) told = 'a page, where a receipt was expected';
    else if (answer.ok && (receipt?.ok === true || format != 'say-so')) {
      return { receipt: { ...receipt, reference: /string|number/.test(typeof receipt?.reference) ? String(receipt.reference) : '' } };
    }
  } catch (error) {
    told = error;
  } finally {
    clearTimeout(timer);
  }
  const failure = reason(status, signal.aborted);
  const hint = failure == 'unreachable' ? '(is it up, does connect-src allow it, and does it allow this origin?)' : '';
  console.error('say-so:', endpoint, failure, status ?? '', parsed(told)?.error?.message ?? String(told).slice(0, 500), hint);
  return { failure };
};

const reason = (status, aborted) => {
  if (aborted) return 'timeout';
  if (!status) return 'unreachable';
  if (status == 429 || status == 503) return 'busy';
  return status > 399 && status < 500 ? 'refused' : 'fault';
};
