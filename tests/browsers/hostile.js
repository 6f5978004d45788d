// What hostile.rs runs in its pages: in one the widget, into which it writes, in the other the inbox, at which it looks.
{
  /** How long a visitor would wait, in milliseconds. */
  const PATIENCE = 12000;
  /** What a text of a visitor's may be made of in the inbox. */
  const OWN = 'bdi, span.unseen';
  /** What stands nowhere in the inbox. */
  const FOREIGN = 'script, img, iframe, object, embed, video, audio, style, base, template, math, meta[http-equiv], .words *';
  const scripts = [];

  /** What the texts call where they are taken for a script. */
  window.ran = (how) => scripts.push(`a script (${how})`);

  const until = async (what, test) => {
    for (const end = performance.now() + PATIENCE; ; ) {
      const found = test();
      if (found) return found;
      if (performance.now() > end) throw new Error(`${what} does not come`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };

  /** Sends texts, one message each, and gives what the confirmations quote. */
  window.sendAll = async (texts) => {
    const root = document.querySelector('say-so').shadowRoot;
    const get = (selector) => root.querySelector(selector);
    const phase = (name) => get('.panel')?.dataset.phase === name;
    const isOpen = () => get('.panel')?.checkVisibility();
    const quoted = [];
    for (const text of texts) {
      if (!isOpen()) get('.open').click();
      const kind = '.kind[value=complaint]:not([inert] *)';
      (await until('the kinds', () => phase('choose') && get(kind))).click();
      const box = await until('the box', () => phase('write') && get('#message'));
      box.value = text;
      box.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      get('.send').click();
      await until(`the confirmation of ${JSON.stringify(text)}`, () => phase('sent'));
      quoted.push(get('blockquote').textContent);
      get('.sent [data-do=close]').click();
      await until('an end', () => !isOpen());
    }
    if (scripts.length || root.querySelector('script, img, iframe')) throw new Error(`the words became ${scripts}`);
    return quoted;
  };

  /** The words of a message, without the names of what is named in it and not written. */
  const written = (words) => {
    const copy = words.cloneNode(true);
    for (const name of copy.querySelectorAll('.unseen')) name.remove();
    return copy.textContent;
  };

  /** Looks at a page of the inbox. */
  window.look = () => {
    const all = [...document.querySelectorAll('*')];
    const elements = [...document.querySelectorAll(FOREIGN)].filter((it) => !it.matches(OWN));
    const acting = all.filter((it) => it.getAttributeNames().some((name) => name.startsWith('on')));
    const leading = [...document.links].filter(({ protocol }) => !/^(https?|mailto):$/.test(protocol));
    const { scrollWidth: wide, clientWidth: window } = document.documentElement;
    return {
      words: [...document.querySelectorAll('.words')].map(written),
      foreign: [...scripts, ...[...elements, ...acting, ...leading].map((it) => it.outerHTML)],
      wide,
      window,
      older: document.querySelector('a[rel=next]')?.href ?? null,
    };
  };
}
