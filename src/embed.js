// Say-so's loader: the one file a web team's tag names.
//
// It draws the launcher, and on a click the shell: the panel's own first screens, rendered when this
// file was built. The shell can be typed in and sends at once. Meanwhile the rest arrives (late.js
// with the glue, and the wasm), and its panel takes over between two acts of the visitor, never under
// somebody's cursor. Where wasm can't run, the shell goes on. What stands between two pairs of
// underscores is filled in by the build.
(() => {
  'use strict';
  const SETTINGS = __SETTINGS__; // what each can be: a pattern, and the same in words
  const COPY = __COPY__;
  const FILES = __FILES__;
  const doc = document;
  const warn = (text) => console.warn('say-so: ' + text);

  // --- settings: names and values here, what is inside JSON in late.js ---

  // `currentScript` can be shadowed by an element of that name.
  const current = doc.currentScript;
  const script = current instanceof HTMLScriptElement ? current : doc.querySelector('script[data-endpoint]');
  const settings = {};
  for (const { name, value } of script.attributes) {
    const [, key] = /^data-(.*)/.exec(name) || [];
    const allowed = SETTINGS[key];
    if (allowed && RegExp('^(' + allowed[0] + ')$', 's').test(value)) settings[key] = value;
    else if (key) warn(name + '="' + value + '" is ignored; ' + (allowed ? 'it can be ' + (allowed[1] || allowed[0]) : 'there are data-' + Object.keys(SETTINGS).join(', data-')));
  }
  const { endpoint, format = 'say-so', launcher: mode = 'button', position = 'end', theme = 'auto' } = settings;
  const tag = JSON.stringify(settings);
  if (!endpoint) return warn('data-endpoint is missing');
  if (window.saySo) return saySo.tag == tag || warn('a second tag with other settings is ignored');
  const oneClick = (settings['one-click'] || (format == 'say-so' ? 'on' : '')) == 'on';
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
  const host = doc.createElement('say-so');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__CSS__);
  root.adoptedStyleSheets = [sheet];
  build(__LAUNCHER__, root);
  build('<div class="frame" hidden>', root);
  const find = (selector) => root.querySelector(selector);
  const part = (name) => find('[part=' + name + ']');
  const named = (name) => find('.panel [name=' + name + ']');
  const frame = find('.frame');
  const launcher = find('.launcher');
  if (mode != 'button') launcher.remove();
  frame.className += ' ' + (launcher.className += ' ' + position + ' ' + theme) + (inline ? ' inline' : '');
  frame.classList.remove('launcher');
  const say = (key) => COPY[key] || late?.COPY[key] || '';
  const fill = (name, text) => {
    for (const slot of root.querySelectorAll('[data-fill=' + name + ']')) {
      slot.textContent = text || '';
      const line = slot.closest('li,p:not([role])');
      if (line) line.hidden = !text;
    }
  };
  const phase = (name) => (part('panel').dataset.phase = name);
  const heading = () => find('#title');
  const focus = (element) => setTimeout(() => element?.focus());

  // --- the message: its name and its revisions ---

  let context;
  let state;
  const trimmed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd').replace(/^[\s\x85]+|[\s\x85]+$/g, '');
  const write = (words) =>
    JSON.stringify({
      v: 1, site: context.site, id: context.id, revision: words.message ? state.next || 1 : state.next, kind: state.kind,
      message: words.message, contact: words.contact, wording: { locale: context.locale }, page: context.page,
      sent_at: new Date().toISOString(), took_ms: words.took_ms, trap: words.trap,
    });

  // Posts a body. Answers with the receipt, or with why there is none; it never rejects.
  const post = async (body) => {
    const { revision, message, kind } = JSON.parse(body);
    state.kind = kind;
    state.next = Math.max(state.next, revision + 1);
    if (message) state.frozen = body;
    const abort = new AbortController();
    const { signal } = abort;
    const timer = setTimeout(() => abort.abort(), 15e3);
    let status;
    let told;
    try {
      if (format != 'say-so') await loading;
      const encoded = format == 'say-so' ? { body } : late.encode(body, format, settings);
      const answer = await fetch(endpoint, { method: 'POST', credentials: 'omit', redirect: 'error', signal, ...encoded });
      status = answer.status;
      told = await answer.text();
      let receipt;
      try {
        receipt = JSON.parse(told);
      } catch {}
      const page = /html/.test(answer.headers.get('Content-Type')) || /^\s*<(!doctype|html)/i.test(told);
      if (answer.ok && !page && (receipt?.ok === true || format != 'say-so')) {
        return { receipt: { ok: true, reference: (receipt?.reference || '') + '' } };
      }
    } catch (error) {
      told ||= error;
    } finally {
      clearTimeout(timer);
    }
    const failure = !status ? (signal.aborted ? 'timeout' : 'unreachable') : status == 429 || status == 503 ? 'busy' : status > 399 && status < 500 ? 'refused' : 'fault';
    console.error('say-so: ' + [endpoint, failure, status, told].join(' '));
    return { failure };
  };

  // --- the shell: the panel's own markup, rules and bytes, as far as the first screens go ---

  const shell = () => {
    context ||= {
      site: settings.site || location.hostname.replace(/[^a-z\d.-]/g, '-') || 'local',
      id: crypto.getRandomValues(new Uint8Array(16)).reduce((id, byte) => id + (byte + 256).toString(16).slice(1), ''),
      opened: Date.now(),
      locale: 'en',
      one_click: oneClick,
      inline,
      page: { url: [...location.href.split(/[?#]/)[0]].slice(0, 2048).join('') },
    };
    state ||= { next: 0 };
    frame.textContent = '';
    build(__SHELL__, frame);
    if (oneClick) fill('click', say('click.on'));
  };

  const choose = (kind) => {
    state.kind = kind;
    for (const button of root.querySelectorAll('[name=kind]')) button.setAttribute('aria-pressed', button.value == kind);
    fill('click');
    fill('prompt', say(kind + '.prompt'));
    fill('send', say(kind + '.send'));
    find('form').hidden = false;
    phase('write');
  };

  const note = async (kind) => {
    if (!oneClick || state.posted == kind || state.frozen || state.next > 19) return;
    state.posted = kind;
    state.busy = true;
    fill('note', say('noting'));
    const { receipt } = await post(write({}));
    state.busy = false;
    state.noted = !!receipt;
    if (state.kind == kind && !state.frozen) fill('note', say(receipt ? kind + '.noted' : 'not-noted'));
  };

  // The key of what is wrong with each field, if anything is.
  const check = ({ message, name, email, reply }) => {
    const over = (text, max) => [...text].length > max;
    const address = !/[\s\0-\x1f\x7f-\x9f<>()[\],;:"\\]/.test(email) && /^[^@]+@[^@.]+(\.[^@.]+)*$/.test(email);
    return {
      message: !message ? 'empty' : over(message, 4000) && 'long',
      name: over(name, 100) && 'long',
      email: !email ? reply && 'missing' : over(email, 254) ? 'long' : !address && 'wrong',
    };
  };

  const problem = (title, reason) => {
    part('problem').hidden = !title;
    fill('problem-title', title);
    fill('problem-reason', reason);
    if (title) focus(part('problem'));
  };

  const send = async () => {
    if (state.sending) return;
    const { message, name, email, reply, trap } = Object.fromEntries(keep().map(([name, value, checked]) => [name, name == 'reply' ? checked : trimmed(value)]));
    const found = check({ message, name, email, reply });
    let stands;
    for (const key in found) {
      const length = [...trimmed(named(key).value)].length.toLocaleString('en');
      fill(key + '-error', found[key] && say('error.' + key + '.' + found[key]).replace('{length}', length));
      named(key).setAttribute('aria-invalid', !!found[key]);
      stands ||= found[key];
    }
    problem(stands && say('error.title'));
    fill('send', say(state.kind + '.send'));
    if (stands) return phase('write');
    const contact = name || email || reply ? { name: name || undefined, email: email || undefined, reply } : undefined;
    let body = write({ message, contact, took_ms: Math.max(0, Date.now() - context.opened), trap: trap.slice(0, 250) || undefined });
    // What is frozen stays frozen until the visitor edits it.
    const same = (text) => text.replace(/"(revision|sent_at|took_ms)":("[^"]*"|\d+)/g, '');
    if (state.frozen && same(state.frozen) == same(body)) body = state.frozen;
    state.sending = state.busy = true;
    phase('sending');
    fill('send', say('sending'));
    const { receipt, failure } = await post(body);
    state.sending = state.busy = false;
    state.failure = failure;
    fill('note');
    if (failure) {
      phase('not-kept');
      fill('send', say('again'));
      return problem(say('problem.title.' + state.kind), say('problem.' + failure) || say('problem'));
    }
    fill('heading', say(state.kind + '.thanks'));
    find('.choose').hidden = find('form').hidden = true;
    if (late) late.sent(build, part('panel'), fill, [message, state.kind, receipt.reference]);
    else fill('note', receipt.reference);
    phase('sent');
    focus(heading());
  };

  // --- the panel: arrives on intent, and takes over between two acts of the visitor ---

  let loading;
  let late; // the glue and late.js
  let ready; // whether the wasm runs
  let live; // whether the panel has taken over

  const load = () => {
    const get = (file) => fetch(new URL(FILES[file], script.src), { integrity: FILES.integrity?.[file] });
    loading ||= (async () => {
      const wasm = get('wasm');
      wasm.catch(() => {});
      const { url } = await get('js');
      late = await import(url);
      late.dress(root);
      await late.default({ module_or_path: await wasm });
      ready = true;
      // Nothing has been done since the panel was opened.
      if (root.activeElement == heading()) {
        takeOver();
        heading().focus();
      }
    })().catch((error) => warn('the shell goes on without WebAssembly: ' + error));
  };

  const keep = () => [...frame.querySelectorAll('[name]:not(button)')].map(({ name, value, checked }) => [name, value, checked]);
  const restore = (kept) => {
    for (const [name, value, checked] of kept) if (named(name)) Object.assign(named(name), { value, checked });
  };

  // Puts the panel in the shell's place, if it can.
  const takeOver = () => {
    if (!ready || live || !state || state.busy || part('confirmation')) return live;
    const kept = keep();
    try {
      late.takeOver(frame, context, state, post, settings).forEach(warn);
      live = true;
      restore(kept);
    } catch (error) {
      revive(error, kept);
    }
    return live;
  };

  // A panel that trapped may not be called again: the shell comes back, with the words.
  const revive = (error, kept = keep()) => {
    ready = live = state.busy = false;
    shell();
    if (state.kind) choose(state.kind);
    restore(kept);
    warn('the shell goes on without WebAssembly: ' + error);
  };
  const trapped = ({ error, reason = error }) => live && reason instanceof WebAssembly.RuntimeError && revive(reason);
  addEventListener('error', trapped);
  addEventListener('unhandledrejection', trapped);

  // --- opening, closing and every click ---

  let opener;
  const open = (kind) => {
    opener ||= doc.activeElement;
    if (!frame.firstChild) shell();
    load();
    takeOver();
    frame.hidden = false;
    launcher.hidden = true;
    focus(heading());
    if (kind) setTimeout(() => find('.panel [value=' + kind + ']')?.click());
  };
  const close = () => {
    if (part('panel').dataset.phase == 'sent') {
      if (live) late.unmount();
      live = context = state = frame.textContent = '';
      if (inline) shell();
    }
    frame.hidden = !inline;
    launcher.hidden = false;
    (opener?.isConnected && opener != host && opener != doc.body ? opener : find('.open'))?.focus();
    opener = 0;
  };

  const act = (target) => {
    const { go, copy, do: what } = target.dataset;
    const { value } = target;
    if (go) named(go).focus();
    else if (copy) late?.copy(target, part(copy));
    else if (what == 'open') open();
    else if (what == 'close') close();
    else if (what == 'dismiss') launcher.remove();
    else if (target.name == 'kind') {
      if (live) state.kind = value;
      else if (takeOver()) return find('.panel [value=' + value + ']').click();
      else {
        load();
        choose(value);
        note(value);
      }
      if (matchMedia('(pointer:fine)').matches) focus(named('message'));
    }
  };
  root.addEventListener('click', (event) => {
    const target = event.target.closest('button,a');
    if (target?.href) event.preventDefault();
    if (target) act(target);
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!live) takeOver() ? part('send').click() : send();
  });
  for (const kind of ['keydown', 'keypress', 'keyup']) {
    host.addEventListener(kind, (event) => {
      // The host page's shortcuts are not meant for what is typed here.
      event.stopPropagation();
      if (kind == 'keydown' && event.key == 'Escape' && !inline && !frame.hidden) close();
    });
  }
  for (const kind of ['pointerover', 'focusin', 'touchstart']) host.addEventListener(kind, load, { passive: true });
  doc.addEventListener('click', (event) => {
    const trigger = event.composedPath()[0].closest?.('[data-say-so-open]');
    if (!trigger) return;
    event.preventDefault();
    opener = trigger;
    open(trigger.dataset.saySoOpen);
  });

  window.saySo = { tag, open, close };
  const attach = () => {
    const place = () => host.isConnected || (inline ? script.after(host) : doc.body.append(host));
    place();
    // Frameworks that hydrate a page take out what they did not put there.
    if (!inline) new MutationObserver(place).observe(doc.body, { childList: true });
    if (inline) {
      shell();
      frame.hidden = false;
    }
  };
  if (doc.body) attach();
  else doc.addEventListener('DOMContentLoaded', attach);
})();
