// Say-so's loader: the one file a web team's tag names.
//
// It draws the launcher, and on a click the first screens of the panel: its own markup, rendered when
// this file was built, which can be typed in at once. shell.js, asked for on intent, makes them send and brings the wasm.
// What stands between two pairs of underscores is filled in by the build.
(() => {
  const SETTINGS = __VALID__; // the pattern of a setting and its value
  const ENGLISH = __COPY__; // the sentences of the first screens
  const LABELS = __LABELS__; // what the launcher says in other languages, in an object without a prototype; 0 where that is the English word
  const LAUNCHER = __LAUNCHER__;
  const SHELL = __SHELL__; // the panel's first screens
  const CSS = __CSS__;
  const [FILE, integrity] = __FILE__; // shell.js
  const doc = document;
  const warn = (text) => console.warn('say-so: ' + text);

  // --- settings: shell.js says what is wrong with one, and looks inside JSON ---

  // `currentScript` can be shadowed by an element of that name, which has no text as a script has.
  const current = doc.currentScript;
  const script = current?.text?.at ? current : doc.querySelector('script[data-endpoint]');
  const settings = {};
  const unsound = [];
  for (const { name, value } of script.attributes) {
    const [, key] = name.split(/^data-/);
    if (RegExp('^(' + SETTINGS + ')$', 's').test(key + '=' + value)) settings[key] = value;
    else if (key) unsound.push([key, value]);
  }
  const { launcher: mode = 'button', position = 'end', theme = 'auto' } = settings;
  const tag = JSON.stringify(settings);
  if (!settings.endpoint) return warn('data-endpoint must be a web address');
  if (window.saySo?.tag?.at) return saySo.tag == tag || warn('a second tag with other settings is ignored');
  const inline = mode == 'inline';

  // --- drawing: no innerHTML, so that Trusted Types and strict policies hold ---

  const slots = []; // each puts a sentence in its place: first the launcher's two, then the panel's
  const put = (text, set) => {
    const [, at, rest] = text.split(/[{}]/); // the number of a sentence, if there is one, and what follows it
    const slot = () => set(at ? (embed.words[at] || '') + rest : text);
    if (at) slots.push(slot);
    slot();
  };
  const build = (markup, parent) => {
    for (const [, name, attributes, leaf, text] of markup.matchAll(/<(\w*)(.*?)(\/?)>|([^<]+)/g)) {
      if (text) {
        const node = doc.createTextNode('');
        parent.append(node);
        put(text, (said) => (node.data = said));
      }
      else if (!name) parent = parent.parentNode;
      else {
        const element = doc.createElementNS('http://www.w3.org/' + (/svg|path/.test(name) ? '2000/svg' : '1999/xhtml'), name);
        for (const [, key, value = ''] of attributes.matchAll(/([\w-]+)(?:="(.*?)")?/g)) put(value, (said) => element.setAttribute(key, said));
        parent.append(element);
        if (!leaf) parent = element;
      }
    }
  };
  const host = doc.createElement('say-so');
  const root = host.attachShadow({ mode: 'open' });
  const find = (selector) => root.querySelector(selector);
  const fill = (name, text) => (find('[data-fill=' + name + ']').textContent = text);
  const draw = () => {
    slots.length = 2;
    frame.textContent = '';
    build(SHELL, frame);
    embed.drawn?.();
    embed.opened = Date.now();
    embed.kind = '';
    ask();
    // In a page that nobody sees yet, nothing is asked for, and nothing is late.
    later(() => setTimeout(() => embed.words[2] || speak(ENGLISH, 'en'), 1e3));
  };
  // Asks for a kind or, once there is one, for words.
  const ask = () => {
    const { kind, words } = embed;
    if (!kind) return fill('click', words[oneClick ? __AT_CLICK_ON__ : __AT_CLICK_OFF__]);
    root.querySelectorAll('[name=kind]').forEach((button, at) => {
      const chosen = button.value == kind;
      button.setAttribute('aria-pressed', chosen);
      if (!chosen) return;
      fill('prompt', words[__AT_COMPLAINT_PROMPT__ + at]);
      fill('send', words[__AT_COMPLAINT_SEND__ + at]);
    });
    fill('click', '');
    find('form').hidden = false;
    find('.panel').dataset.phase = 'write';
  };

  // --- language: one's own from the first sentence, or English for good ---

  const speak = (words, lang) => {
    words[0] = settings.label || words[0];
    embed.words = words;
    embed.lang = lang;
    // Not on the host, which takes nothing over: fonts and the ends of lines go by the language.
    frame.lang = launcher.lang = lang;
    host.dir = /he|ar/.test(lang) ? 'rtl' : 'ltr';
    slots.forEach((slot) => slot());
    if (frame.firstChild && !embed.live) ask();
  };
  const tell = () => {
    const tag = (settings.lang || doc.documentElement.lang || navigator.language).toLowerCase();
    // Whoever reads traditional characters gets English rather than simplified ones.
    const [primary] = tag.replace(/^zh.(hant|tw|hk|mo)/, 'en').split(/[-_]/);
    const lang = primary in LABELS ? primary : 'en';
    if (lang == embed.wanted) return;
    embed.wanted = lang;
    const label = settings.label || LABELS[lang] || ENGLISH[0];
    if (!frame.firstChild) speak(lang == 'en' && !settings.config ? ENGLISH : [label, '\xd7 ' + label], lang);
    // The shell is still to come: it finds the file of this language.
    if (!embed.drawn) embed.file = loading && embed.get();
    loading?.then((shell) => shell.tell(), () => {});
  };
  const get = () => embed.wanted != 'en' && fetch(new URL(embed.wanted + __LOCALES__, script.src)).catch(() => {});
  // Once what a click draws has been painted: to ask for files takes time, and to focus a layout.
  const later = (act) => requestAnimationFrame(() => setTimeout(act));
  const focus = (selector) => find(selector)?.focus();

  // --- shell.js: asked for on intent, and again if it did not arrive ---

  const oneClick = (settings['one-click'] || (/json|form/.test(settings.format) ? '' : 'on')) == 'on';
  const embed = { settings, unsound, script, oneClick, build, draw, ask, speak, later, get, words: [] };
  let loading;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  build('<div class="frame" hidden><>' + LAUNCHER, root);
  const [frame, launcher] = root.children;
  embed.frame = frame;
  for (const part of root.children) {
    part.classList.add(position, mode);
    if (theme != 'auto') part.style.colorScheme = theme;
  }
  if (mode != 'button') launcher.remove();
  const load = () =>
    (loading ||= new Promise(later)
      .then(() => {
        // What is to be said is fetched beside what says it.
        embed.file = embed.get();
        return fetch(new URL(FILE, script.src), { integrity, signal: AbortSignal.timeout(15e3) });
      })
      .then(({ url }) => import(url))
      .then(({ begin }) => begin(embed))
      .catch((error) => {
        loading = null;
        warn(FILE + ': ' + error);
        throw error;
      }));
  const warm = () => load().catch(() => {});

  // --- opening, closing and every click ---

  let opener;
  const open = (kind) => {
    opener ||= doc.activeElement;
    if (kind) end();
    const first = !frame.firstChild;
    if (first) draw();
    launcher.hidden = true;
    // In the frame itself: after a click a browser lays out what is there already.
    requestAnimationFrame(() => {
      frame.hidden = !launcher.hidden;
      if (frame.hidden) return; // closed again
      setTimeout(() => focus('#title'));
      find('[value="' + kind + '"]')?.click();
    });
    load().then((shell) => shell.open(first), () => {});
  };
  // A confirmation that is left makes room for the next message.
  const end = () => {
    if (!find('[data-phase=sent]')) return;
    embed.reset?.();
    frame.textContent = '';
    if (inline) draw();
  };
  const close = () => {
    if (!inline && !launcher.hidden) return;
    end();
    if (inline) return focus('#title');
    frame.hidden = true;
    launcher.hidden = false;
    (opener?.isConnected && opener != host && opener != doc.body ? opener : find('.open'))?.focus();
    opener = 0;
  };
  root.addEventListener('click', (event) => {
    const button = event.target.closest('button,[data-go]');
    const what = button?.dataset.do;
    if (what == 'open') open();
    else if (what == 'close') close();
    else if (what == 'dismiss') launcher.remove();
    else if (button) {
      const kind = button.name == 'kind' && !find('[data-phase=sending]') && button.value;
      if (kind && !embed.live) {
        embed.kind = kind;
        ask();
      }
      if (kind && matchMedia('(pointer:fine)').matches) setTimeout(() => focus('#message'));
      load().then((shell) => shell.act(button, kind), () => {});
    }
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!embed.live) fill('send', embed.words[__AT_SENDING__]);
    load().then(
      (shell) => shell.send(),
      () => {
        fill('send', embed.words[__AT_AGAIN__]);
        fill('note', embed.words[__AT_PROBLEM__]);
      },
    );
  });
  for (const kind of ['keydown', 'keyup', 'keypress']) {
    host.addEventListener(kind, (event) => {
      // The host page's shortcuts are not meant for what is typed here.
      event.stopPropagation();
      if (event.key == 'Escape' && !event.isComposing && !inline) close();
    });
  }
  // A finger, too, comes over the button before it presses it.
  for (const kind of ['focusin', 'pointerover']) host.addEventListener(kind, warm, { once: true });
  doc.addEventListener('click', (event) => {
    const trigger = event.composedPath().find((node) => node.matches?.('[data-say-so-open]'));
    if (!trigger) return;
    event.preventDefault();
    opener = trigger;
    open(trigger.dataset.saySoOpen);
  });

  window.saySo = { tag, open, close };
  tell();
  if (unsound[0] || (settings.prefetch == 'idle' && !navigator.connection?.saveData)) (window.requestIdleCallback || later)(warm);
  new MutationObserver(tell).observe(doc.documentElement, { attributeFilter: ['lang'] });
  const attach = () => {
    if (inline) {
      script.after(host);
      draw();
      frame.hidden = false;
      return embed.words[oneClick ? 2 : __AT_CLICK_OFF__] || warm();
    }
    // Frameworks that hydrate a page take out what they did not put there, and some exchange the body.
    let returns = 20;
    const place = () => {
      if (!host.isConnected && returns--) doc.body.append(host);
      if (returns) watch.observe(doc.body, { childList: true });
      else watch.disconnect();
    };
    const watch = new MutationObserver(place);
    watch.observe(doc.documentElement, { childList: true });
    place();
  };
  if (doc.body) attach();
  else doc.addEventListener('DOMContentLoaded', attach);
})();
