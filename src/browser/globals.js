// What the page may have changed of its globals, as the browser has it.
//
// In the glue of the wasm, both stand in place of the globals. First aid takes JSON.

/**
 * The page's fetch, which answers as a browser's does, whatever it is: with a native promise, of a Response, and
 * where there is none, of an Error.
 *
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
const answer = async (input, init) => {
  let response;
  try {
    response = await globalThis.fetch(...(await understood(input, init)));
  } catch (error) {
    // What a policy reports of it comes after: in Firefox, not always in the next task.
    await new Promise((done) => setTimeout(done, 100));
    throw error instanceof Error ? error : new TypeError('fetch failed', { cause: error });
  }
  return response instanceof Response ? response : likeness(response);
};

/**
 * What fetch is called with: one of a polyfill's knows no Request but its own.
 *
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 * @returns {Promise<[input: RequestInfo | URL, init?: RequestInit]>}
 */
const understood = async (input, init) => {
  if (!(input instanceof Request) || !(/** @type {any} */ (globalThis.fetch).polyfill)) return [input, init];
  const { url, method, headers, credentials, redirect, signal } = input;
  return [url, { method, headers, credentials, redirect, signal, body: await input.clone().text() }];
};

/**
 * The same answer as a Response: a polyfill, a monitor or a frame has a class of its own for it.
 *
 * @param {any} response
 */
const likeness = async (response) => {
  const { status, type, url } = response || {};
  // Nothing can be read of what leads elsewhere.
  if (type == 'opaqueredirect') return Object.defineProperty(Response.error(), 'type', { value: type });
  if (!(status > 199 && typeof response.text == 'function')) throw new TypeError('fetch answered without a Response');
  const text = await response.text();
  const headers = { 'Content-Type': '' + (response.headers?.get('Content-Type') ?? '') };
  return Object.defineProperty(new Response(text || null, { status, headers }), 'url', { value: '' + url });
};

/**
 * The same, and a Request that posts keeps the answer for whoever asks after it, as `answer`.
 *
 * @param {RequestInfo | URL} input
 * @param {RequestInit} [init]
 */
export const fetch = (input, init) => {
  const answered = answer(input, init);
  if (input instanceof Request && input.method == 'POST') {
    const kept = answered.then((response) => response.clone());
    // Who asks hears of it; who doesn't, need not.
    kept.catch(() => {});
    Object.assign(input, { answer: kept });
  }
  return answered;
};

const { parse, stringify } = globalThis.JSON;

export const JSON = {
  parse,
  /**
   * Text of a value as it is, whatever the page says of how its objects, lists and texts are written.
   *
   * @param {unknown} value
   */
  stringify: (value) =>
    stringify(
      value,
      /** @this {Record<string, unknown>} @param {string} key */ function (key) {
        return this[key];
      },
    ),
};

const textOf = () => /** @type {typeof globalThis.Text} */ (globalThis.document?.createTextNode('').constructor);

/** What a text node is; a page may have a class of that name. */
export const Text = /* @__PURE__ */ textOf();
