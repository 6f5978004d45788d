// Say-so's loader: the one file a web team's tag names.
//
// It draws the launcher, and on a click the first screens of the panel: its own markup, rendered when
// this file was built, which can be typed in at once. shell.js, asked for on intent, makes them send and brings the wasm.
// What stands between two pairs of underscores is filled in by the build.
(() => {
  'use strict';
  const SETTINGS = __SETTINGS__; // what each can be: a pattern, and the same in words
  const COPY = __COPY__;
  const [FILE, integrity] = __FILE__; // shell.js
  const doc = document;
  const warn = (text) => console.warn('say-so: ' + text);

  // --- settings: names and values here, what is inside JSON in shell.js ---

  // `currentScript` can be shadowed by an element of that name.
  const current = doc.currentScript;
  const script = current instanceof HTMLScriptElement ? current : doc.querySelector('script[data-endpoint]');
  const settings = {};
  for (const { name, value } of script.attributes) {
    const [, key] = /^data-(.*)/.exec(name) || [];
    const allowed = Object.hasOwn(SETTINGS, key) && SETTINGS[key];
    if (allowed && RegExp('^(' + allowed[0] + ')$', 's').test(value)) settings[key] = value;
    else if (key) warn(name + '="' + value + '" is ignored; ' + (allowed ? 'it can be ' + (allowed[1] || allowed[0].split('|').join(' or ')) : 'there are data-' + Object.keys(SETTINGS).join(', data-')));
  }
  const { launcher: mode, position = 'end', theme = 'auto' } = settings;
  const tag = JSON.stringify(settings);
  if (!settings.endpoint) return warn('data-endpoint is missing');
  if (window.saySo?.tag?.at) return saySo.tag == tag || warn('a second tag with other settings is ignored');
  const inline = mode == 'inline';

  // --- drawing: no innerHTML, so that Trusted Types and strict policies hold ---

  const build = (markup, parent) => {
    for (const [, name, attributes, leaf, text] of markup.matchAll(/<(\w*)(.*?)(\/?)>|([^<]+)/g)) {
      if (text) parent.append(text);
      else if (!name) parent = parent.parentNode;
      else {
        const element = doc.createElementNS('http://www.w3.org/' + (/svg|path/.test(name) ? '2000/svg' : '1999/xhtml'), name);
        for (const [, key, value = ''] of attributes.matchAll(/([\w-]+)(?:="(.*?)")?/g)) element.setAttribute(key, value);
        parent.append(element);
        if (!leaf) parent = element;
      }
    }
  };
  const dress = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  };
  const host = doc.createElement('say-so');
  const root = host.attachShadow({ mode: 'open' });
  const find = (selector) => root.querySelector(selector);
  dress(__CSS__);
  build('<div class="frame" hidden><>' + __LAUNCHER__, root);
  const [frame, launcher] = root.children;
  for (const part of root.children) part.classList.add(position, theme, inline ? 'inline' : 'floating');
  if (mode && mode != 'button') launcher.remove();

  // Fills the slots of that name, and hides the lines that have nothing to say.
  const fill = (name, text) => {
    for (const slot of root.querySelectorAll('[data-fill=' + name + ']')) {
      slot.textContent = text || '';
      const line = slot.closest('li,p:not([role])');
      if (line) line.hidden = !text;
    }
  };
  const draw = () => {
    frame.textContent = '';
    build(__SHELL__, frame);
    embed.opened = Date.now();
    embed.kind = '';
    if (oneClick) fill('click', COPY['click.on']);
  };
  const choose = (kind) => {
    embed.kind = kind;
    for (const button of root.querySelectorAll('[name=kind]')) button.setAttribute('aria-pressed', button.value == kind);
    fill('click');
    fill('prompt', COPY[kind + '.prompt']);
    fill('send', COPY[kind + '.send']);
    find('form').hidden = false;
    find('.panel').dataset.phase = 'write';
  };
  const focus = (selector) => setTimeout(() => find(selector)?.focus());

  // --- shell.js: asked for on intent, and again if it did not arrive ---

  const oneClick = (settings['one-click'] || (/json|form/.test(settings.format) ? '' : 'on')) == 'on';
  const embed = { settings, script, inline, oneClick, root, frame, find, build, dress, fill, draw, choose, focus, warn };
  let loading;
  let failed;
  const load = () =>
    (loading ||= fetch(new URL(FILE, script.src), { integrity, signal: AbortSignal.timeout?.(15e3) })
      .then(({ url }) => import(url))
      .then(({ begin }) => begin(embed))
      .catch((error) => {
        loading = 0;
        failed ||= !warn(FILE + ': ' + error);
        throw error;
      }));
  const warm = () => load().catch(() => {});

  // --- opening, closing and every click ---

  let opener;
  const open = (kind) => {
    opener ||= doc.activeElement;
    if (kind && find('[data-phase=sent]')) end();
    const first = !frame.firstChild;
    if (first) draw();
    frame.hidden = false;
    launcher.hidden = true;
    focus('#title');
    load().then((shell) => shell.open(first), () => {});
    if (kind) setTimeout(() => [...root.querySelectorAll('[name=kind]')].find((button) => button.value == kind)?.click());
  };
  const end = () => {
    embed.reset?.();
    frame.textContent = '';
    if (inline) draw();
  };
  const close = () => {
    if (find('[data-phase=sent]')) end();
    if (inline) return focus('#title');
    frame.hidden = true;
    launcher.hidden = false;
    (opener?.isConnected && opener != host && opener != doc.body ? opener : find('.open'))?.focus();
    opener = 0;
  };
  root.addEventListener('click', (event) => {
    const button = event.target.closest('button,a');
    const what = button?.dataset.do;
    if (button?.href) event.preventDefault();
    if (what == 'open') open();
    else if (what == 'close') close();
    else if (what == 'dismiss') launcher.remove();
    else if (button) {
      const kind = button.name == 'kind' && !find('[data-phase=sending]') && button.value;
      if (kind && !embed.live) choose(kind);
      if (kind && matchMedia('(pointer:fine)').matches) focus('#message');
      load().then((shell) => shell.act(button, kind), () => {});
    }
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!embed.live) fill('send', COPY.sending);
    load().then(
      (shell) => shell.send(),
      () => {
        fill('send', COPY.again);
        find('.problem').hidden = false;
        fill('problem-title', COPY.problem);
        focus('.problem');
      },
    );
  });
  for (const kind of ['keydown', 'keypress', 'keyup']) {
    host.addEventListener(kind, (event) => {
      // The host page's shortcuts are not meant for what is typed here.
      event.stopPropagation();
      if (event.key == 'Escape' && !event.isComposing && !inline && !frame.hidden) close();
    });
  }
  for (const kind of ['pointerover', 'focusin', 'touchstart']) host.addEventListener(kind, warm, { passive: true, once: true });
  doc.addEventListener('click', (event) => {
    const trigger = event.composedPath()[0].closest?.('[data-say-so-open]');
    if (!trigger) return;
    event.preventDefault();
    opener = trigger;
    open(trigger.dataset.saySoOpen);
  });

  window.saySo = { tag, open, close };
  const attach = () => {
    if (inline) {
      script.after(host);
      draw();
      frame.hidden = false;
      return;
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
