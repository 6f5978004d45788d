// The page in which the real widget is tried. What is sent here goes nowhere: this page answers it itself.

(() => {
  const { origin } = location;
  const theirs = window.fetch;

  /** @type {string} what becomes of what is sent */
  let becomes = 'sent';

  /** @param {number} status @param {unknown} told */
  const answer = (status, told) => new Response(JSON.stringify(told), { status, headers: { 'Content-Type': 'application/json' } });

  /** @param {number} status @param {string} code */
  const refusal = (status, code) => answer(status, { ok: false, error: { code, message: code } });

  const lost = () => {
    throw new TypeError('lost on the way, as asked for in the studio');
  };

  /** @type {Record<string, () => Response>} */
  const answers = {
    sent: () => answer(201, { ok: true, reference: 'K7M-4QPA', key: 'tried', withdraw: 'withdraw', received: new Date().toISOString() }),
    unsure: lost,
    offline: lost,
    busy: () => refusal(503, 'busy'),
    refused: () => refusal(422, 'rule'),
    fault: () => refusal(500, 'internal'),
  };

  // Only what is posted is answered here; the widget's own files come from where they stand.
  window.fetch = async (input, init) => {
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    if (method == 'GET') return theirs.call(window, input, init);
    // As long as an answer may take.
    await new Promise((done) => setTimeout(done, 400));
    return (answers[becomes] ?? lost)();
  };
  navigator.sendBeacon = () => true;
  Object.defineProperty(navigator, 'onLine', { get: () => becomes != 'offline' });

  // The editor keeps the focus until somebody comes in here.
  const { focus } = HTMLElement.prototype;
  let isUsed = false;
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, () => (isUsed = true), { capture: true, once: true });
  /** @param {FocusOptions} [options] */
  HTMLElement.prototype.focus = function (options) {
    if (isUsed) focus.call(this, options);
  };

  /** @param {{ file: string, lang: string, theme: string, kind: string, answer: string }} made */
  const make = (made) => {
    becomes = made.answer;
    document.documentElement.dataset.theme = made.theme;
    document.documentElement.lang = made.lang;
    const file = document.createElement('script');
    file.type = 'application/json';
    file.id = 'site';
    file.textContent = made.file;
    const tag = document.createElement('script');
    tag.src = '../embed.js';
    Object.assign(tag.dataset, { endpoint: 'feedback', config: '#site', lang: made.lang, theme: made.theme, site: 'studio' });
    // With the kind that is being written, nothing is posted before somebody presses something.
    tag.onload = () => /** @type {any} */ (window).saySo?.open(made.kind);
    document.body.append(file, tag);
  };

  addEventListener('message', (event) => {
    if (event.source == parent && event.origin == origin && !document.querySelector('#site')) make(event.data);
  });
  addEventListener('DOMContentLoaded', () => parent.postMessage('ready', origin));
})();
