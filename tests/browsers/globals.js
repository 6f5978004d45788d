// The outer page of globals.rs: opens pages within it, in each of which one thing of JavaScript's or the browser's does
// nothing any more, and leaves feedback there. It itself is whole: what it does to those pages is done by its own.
{
  const { query, find, shadow, click, value, dispatch, attribute } = {
    query: Document.prototype.querySelector,
    find: DocumentFragment.prototype.querySelector,
    shadow: Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot').get,
    click: HTMLElement.prototype.click,
    value: Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set,
    dispatch: EventTarget.prototype.dispatchEvent,
    attribute: Element.prototype.getAttribute,
  };
  const own = (object) => {
    try {
      return Object.getOwnPropertyNames(object);
    } catch {
      return [];
    }
  };
  const method = (object, name) => {
    const { value, configurable, writable } = Object.getOwnPropertyDescriptor(object, name) || {};
    return typeof value == 'function' && (configurable || writable);
  };
  const isClass = (path) => /^[A-Z]/.test(path.split('.').pop());
  // What belongs to the test, and what is no thing of its own.
  const others = /^(constructor|prototype|parent|top|self|window|frames|globalThis|recorded|visitAll|namesIn|replace|webkitURL)$/;

  /** Every function that a page can replace, if a file names it: `Array.from`, `String.prototype.at`, `fetch`. */
  const candidates = (words) => {
    const paths = [];
    for (const name of own(window)) {
      const thing = Object.getOwnPropertyDescriptor(window, name).value;
      if (others.test(name) || !thing || thing instanceof Node || thing == window) continue;
      const isFunction = typeof thing == 'function';
      if (isFunction && words.has(name)) paths.push(name);
      if (isFunction || typeof thing == 'object') {
        for (const key of own(thing)) if (words.has(name) && words.has(key) && !others.test(key) && method(thing, key)) paths.push(name + '.' + key);
      }
      if (isFunction && thing.prototype) for (const key of own(thing.prototype)) if (words.has(key) && !others.test(key) && method(thing.prototype, key)) paths.push(name + '.prototype.' + key);
    }
    return paths;
  };

  /** Called by a page within this one, before its tag and after it. */
  window.replace = (page, moment) => {
    const { moment: due, paths, used } = JSON.parse(page.name);
    if (moment != due) return;
    for (const path of paths) {
      const names = path.split('.');
      const last = names.pop();
      let owner = page;
      for (const name of names) owner = owner[name];
      const { value: original } = Object.getOwnPropertyDescriptor(owner, last) || { value: owner[last] };
      // A list of the outer page's own: what the inner one would note may be what is replaced.
      const { calls } = page.frameElement;
      let other;
      if (used) {
        other = function (...given) {
          calls.add(path);
          return Reflect.apply(original, this, given);
        };
      } else {
        other = new page.Function('return function () {}')();
        if (isClass(path) && original.prototype) {
          other.prototype = original.prototype;
          for (const key of own(original)) if (!(key in other)) other[key] = original[key];
        }
      }
      Object.defineProperty(owner, last, { value: other, writable: true, configurable: true });
    }
  };

  const until = async (what, test) => {
    const end = performance.now() + 12000;
    for (;;) {
      let found;
      try {
        found = test();
      } catch {
        // Not yet.
      }
      if (found) return found;
      if (performance.now() > end) throw what;
      await new Promise((done) => setTimeout(done, 20));
    }
  };

  /** Leaves feedback on a page of its own; answers how far that went, and what stood on the console. */
  const visit = async (name) => {
    const frame = document.createElement('iframe');
    frame.name = JSON.stringify(name);
    frame.calls = new Set();
    frame.src = '/within';
    frame.width = 500;
    frame.height = 700;
    document.body.append(frame);
    const outcome = { ...name, lines: [] };
    try {
      await until('the page', () => frame.contentWindow.lines && frame.contentDocument.readyState == 'complete');
      outcome.lines = frame.contentWindow.lines;
      const root = await until('the widget', () => shadow.call(query.call(frame.contentDocument, 'say-so')));
      const get = (selector) => find.call(root, selector);
      const phase = (...phases) => phases.includes(attribute.call(get('.panel'), 'data-phase'));
      click.call(await until('the button', () => get('.open')));
      await until('the panel', () => get('.panel'));
      click.call(await until('the kinds', () => get('.kind[value=complaint]:not([inert] *)')));
      await until('the box', () => phase('write'));
      value.call(get('#message'), `${name.used ? 'Noting' : 'Without'} ${name.paths[0]} ${name.moment} it.`);
      dispatch.call(get('#message'), new Event('input', { bubbles: true, composed: true }));
      click.call(get('.send'));
      await until('an end', () => phase('sent', 'not-kept', 'unsure'));
      outcome.ended = attribute.call(get('.panel'), 'data-phase');
      outcome.used = [...frame.calls];
    } catch (missing) {
      outcome.ended = 'without ' + missing;
    }
    frame.remove();
    return outcome;
  };

  /** What the texts of these files name, and the widget calls, as cases to try. */
  window.namesIn = async (files) => {
    const words = new Set();
    for (const file of files) for (const word of (await (await fetch(file)).text()).match(/[A-Za-z_]\w*/g)) words.add(word);
    const all = candidates(words);
    // All that are methods at once, each noting when it is called: some can't bear that, so in several pages.
    const used = new Set(all.filter(isClass));
    const methods = all.filter((path) => !used.has(path));
    const parts = Array.from({ length: 8 }, (_, at) => methods.filter((_, number) => number % 8 == at));
    const outcomes = await Promise.all(parts.map((paths) => visit({ moment: 'before', paths, used: true })));
    for (const { ended, used: called = [] } of outcomes) {
      if (ended != 'sent') throw new Error(`a page on which calls are noted ended ${ended}`);
      called.forEach((path) => used.add(path));
    }
    return [...used];
  };

  /** Visits all of them, so many at a time. */
  window.visitAll = async (names, width) => {
    const outcomes = [];
    const waiting = [...names];
    const work = async () => {
      for (let name; (name = waiting.shift()); ) outcomes.push(await visit(name));
    };
    await Promise.all(Array.from({ length: width }, work));
    return outcomes;
  };
}
