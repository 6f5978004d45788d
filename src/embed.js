// Say-so's loader: the one file a web team's tag names.
//
// It draws the launcher, and on a click the shell: the panel's own markup, rendered when this file
// was built. The shell can be typed in and sends at once. Meanwhile the wasm arrives, and its panel
// takes over quietly: before a click is acted on, never under somebody's cursor. Where wasm can't run, the
// shell stays. Names between two pairs of underscores are filled in by the build.
(() => {
  'use strict';
  const SETTINGS = __SETTINGS__;
  const COPY = __COPY__;
  const SHELL = __SHELL__;
  const CSS = __CSS__;
  const FILES = __FILES__;
  const TIMEOUT = 15e3;

  const warn = (text) => console.warn('say-so: ' + text);
  const current = document.currentScript;
  // `currentScript` can be shadowed by an element of that name.
  const script = current instanceof HTMLScriptElement ? current : document.querySelector('script[data-endpoint]');
  if (!script) return warn('the tag that loads embed.js was not found');

  // --- settings: names and closed sets of values here, the rest when the panel opens ---

  const settings = {};
  for (const { name, value } of script.attributes) {
    if (!name.startsWith('data-')) continue;
    const key = name.slice(5);
    const allowed = SETTINGS[key];
    const refuse = (must) => warn(name + '="' + value + '" is ignored: it must be ' + must);
    if (allowed === undefined) {
      warn(name + ' is not a setting. There are: data-' + Object.keys(SETTINGS).join(', data-'));
    } else if (Array.isArray(allowed)) {
      if (allowed.includes(value)) settings[key] = value;
      else refuse(allowed.join(' or '));
    } else if (allowed == 'object') {
      try {
        const object = JSON.parse(value);
        if (!object || Array.isArray(object) || Object.values(object).some((text) => text !== null && typeof text != 'string')) throw 0;
        settings[key] = object;
      } catch {
        refuse('a JSON object of texts');
      }
    } else if (allowed == 'site') {
      if (/^[a-z\d.-]{1,64}$/.test(value)) settings[key] = value;
      else refuse('1 to 64 of a-z, 0-9, dot and hyphen');
    } else {
      try {
        const url = new URL(value, document.baseURI);
        if (!/^https?:$/.test(url.protocol) || !value.trim()) throw 0;
        settings[key] = url.href;
      } catch {
        refuse('an http or https address');
      }
    }
  }
  const { endpoint, format = 'say-so', launcher: mode = 'button', theme = 'auto' } = settings;
  if (!endpoint) return warn('data-endpoint is missing: set it to the address that takes the feedback');
  const tag = JSON.stringify(settings);
  if (window.saySo) {
    if (window.saySo.tag != tag) warn('a second tag with other settings is ignored');
    return;
  }
  const oneClick = settings['one-click'] ? settings['one-click'] == 'on' : format == 'say-so';
  const inline = mode == 'inline';

  // --- building: no innerHTML, so that Trusted Types and strict policies hold ---

  const build = (markup, parent) => {
    for (const [, close, name, attributes, leaf, text] of markup.matchAll(/<(\/?)(\w*)(.*?)(\/?)>|([^<]+)/g)) {
      if (text) parent.append(text);
      else if (close) parent = parent.parentNode;
      else {
        const svg = name == 'svg' || name == 'path';
        const element = document.createElementNS('http://www.w3.org/' + (svg ? '2000/svg' : '1999/xhtml'), name);
        for (const [, key, quoted, plain = ''] of attributes.matchAll(/([\w-]+)(?:="([^"]*)"|=(\S+))?/g)) {
          element.setAttribute(key, quoted ?? plain);
        }
        parent.append(element);
        if (!leaf) parent = element;
      }
    }
  };

  const host = document.createElement('say-so');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(CSS);
  root.adoptedStyleSheets = [sheet];
  build(
    (mode == 'button'
      ? '<div class="launcher ' + (settings.position || 'end') + '"><button part="launcher" class="open" data-do="open" aria-haspopup="dialog">' +
        COPY.launcher + '</><button class="dismiss" data-do="dismiss" aria-label="' + COPY['launcher.hide'] + '"><svg class="sign" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></></></>'
      : '') + '<div class="frame ' + (inline ? 'inline' : settings.position || 'end') + '" hidden></>',
    root,
  );
  const find = (selector) => root.querySelector(selector);
  const frame = find('.frame');
  const launcher = find('.launcher');
  const dark = matchMedia('(prefers-color-scheme:dark)');
  const paint = () => {
    host.dataset.theme = theme == 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
  };
  dark.addEventListener?.('change', paint);
  paint();

  // --- what travels: gathered when the panel opens ---

  // A text as the contract counts it: Unicode scalar values, no lone surrogate.
  const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');
  const cut = (text, max) => [...wellFormed(text)].slice(0, max).join('');
  const trimmed = (text) => wellFormed(text).replace(/^[\s\x85]+|[\s\x85]+$/g, '');
  const language = (tag) => (/^[a-z\d]{1,8}(-[a-z\d]{1,8})*$/i.test(tag) && tag.length < 65 ? tag : undefined);

  let context; // what the page is and what the message is called
  let state; // what the shell has done with the message

  const begin = () => {
    const custom = {};
    for (const key of Object.keys(settings.custom || {}).sort()) {
      if (/^[\w.-]{1,40}$/.test(key) && settings.custom[key] !== null && Object.keys(custom).length < 20) {
        custom[key] = cut(settings.custom[key], 500);
      }
    }
    context = {
      site: settings.site || cut(location.hostname.replace(/[^a-z\d.-]/g, '-'), 64) || 'local',
      id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      opened: Date.now(),
      locale: 'en',
      one_click: oneClick,
      inline,
      pairs: { headers: settings.headers, fields: settings.fields, custom: settings.custom },
      page: {
        url: cut(location.href.split(/[?#]/)[0], 2048),
        title: cut(document.title, 300) || undefined,
        referrer: /^https?:\/\/[^/]+/.exec(document.referrer)?.[0],
        language: language(navigator.language),
        viewport: [innerWidth, innerHeight],
      },
      custom: Object.keys(custom).length ? custom : undefined,
    };
    state = { next: 0 };
  };

  // --- sending: the one way to the endpoint, for the shell and for the panel ---

  const encode = (body) => {
    if (format == 'say-so') return ['text/plain', body];
    let fields = JSON.parse(body);
    if (format == 'form') {
      const { contact, page, custom, wording, promise, ...flat } = fields;
      fields = { ...flat, ...contact, page: page.url, ...page, ...wording };
      delete fields.url;
      if (promise) fields.promise = promise.by;
      for (const key in custom) fields['custom.' + key] = custom[key];
    }
    const named = Object.entries(fields).map(([key, value]) => [settings.fields && key in settings.fields ? settings.fields[key] : key, value]);
    const sent = named.filter(([key]) => key !== null);
    return format == 'json'
      ? ['application/json', JSON.stringify(Object.fromEntries(sent))]
      : ['application/x-www-form-urlencoded', new URLSearchParams(sent).toString()];
  };

  // Answers `{receipt}` if the endpoint has it, else `{failure}`; it never rejects.
  const post = async (frozen) => {
    const { revision, message, kind } = JSON.parse(frozen);
    state.kind = kind;
    if (revision >= state.next) state.next = revision + 1;
    if (message) state.frozen = frozen;
    const abort = new AbortController();
    let late;
    const timer = setTimeout(() => abort.abort((late = true)), TIMEOUT);
    try {
      const [type, body] = encode(frozen);
      const headers = { 'Content-Type': type + ';charset=UTF-8' };
      for (const key in settings.headers) if (format == 'json' && settings.headers[key] !== null) headers[key] = settings.headers[key];
      const answer = await fetch(endpoint, {
        method: 'POST', headers, body, credentials: 'omit', redirect: 'error', signal: abort.signal,
      });
      const text = await answer.text();
      let told;
      try {
        told = JSON.parse(text);
      } catch {}
      const status = answer.status;
      if (!answer.ok) {
        console.error('say-so: ' + endpoint + ' answered ' + status + (told?.error?.message ? ': ' + told.error.message : ''));
        return { failure: status == 429 || status == 503 ? 'busy' : status < 500 ? 'refused' : 'fault' };
      }
      const page = /text\/html/i.test(answer.headers.get('Content-Type')) || /^\s*<(!doctype|html)/i.test(text);
      if (page || (format == 'say-so' && told?.ok !== true)) {
        console.error('say-so: ' + endpoint + ' answered ' + (page ? 'a page' : 'without "ok":true') + ': it is not an endpoint for data-format="' + format + '"');
        return { failure: 'fault' };
      }
      const reference = told?.ok === true && told.reference;
      return { receipt: { ok: true, reference: typeof reference == 'string' ? reference : undefined } };
    } catch (error) {
      console.error('say-so: ' + endpoint + (late ? ' did not answer within 15 s' : ' could not be reached (is it up, allowed by connect-src, and does it allow this origin?): ' + error));
      return { failure: late ? 'timeout' : 'unreachable' };
    } finally {
      clearTimeout(timer);
    }
  };

  // --- the shell: the same rules and the same bytes as the panel's ---

  const say = (key) => COPY[key] ?? '';
  const named = (name) => find('.panel [name=' + name + ']');
  const part = (name) => find('[part=' + name + ']');
  const phase = (name) => (part('panel').dataset.phase = name);
  const fill = (name, text = '') => {
    for (const slot of root.querySelectorAll('[data-fill=' + name + ']')) {
      slot.textContent = text;
      const line = slot.closest('p:not([role]),li');
      if (line) line.hidden = !text;
    }
  };
  const focus = (element) => setTimeout(() => element?.focus());

  const shell = () => {
    if (!context) begin();
    frame.textContent = '';
    build(SHELL, frame);
    if (inline) part('panel').setAttribute('role', 'group');
    const { page, custom } = context;
    const pairs = Object.entries(custom || {}).map(([key, text]) => key + ': ' + text);
    const shown = { ...page, page: page.url, viewport: page.viewport.join(' \u00d7 '), custom: pairs.join(', ') };
    for (const name of ['page', 'title', 'referrer', 'language', 'viewport', 'custom']) fill(name, shown[name]);
    fill('click', say(oneClick ? 'click.on' : 'click.off'));
  };

  const choose = (kind) => {
    state.kind = kind;
    for (const button of root.querySelectorAll('[name=kind]')) button.setAttribute('aria-pressed', button.value == kind);
    fill('click');
    fill('prompt', say(kind + '.prompt'));
    fill('send', say(state.failure ? 'again' : kind + '.send'));
    if (state.failure) fill('problem-title', say('problem.title.' + kind));
    find('.write').hidden = false;
    if (part('panel').dataset.phase == 'choose') phase('write');
  };

  const write = (revision, words) =>
    JSON.stringify({
      v: 1, site: context.site, id: context.id, revision, kind: state.kind, message: words.message, contact: words.contact,
      wording: { locale: context.locale }, page: words.page || { url: context.page.url }, custom: words.custom,
      sent_at: new Date().toISOString(), took_ms: words.took_ms, trap: words.trap,
    });

  const note = async (kind) => {
    if (!oneClick || state.posted == kind || state.frozen || state.next > 19) return;
    state.posted = kind;
    state.busy = true;
    fill('note', say('noting'));
    const { receipt } = await post(write(state.next, {}));
    state.busy = false;
    state.noted = !!receipt;
    if (state.posted == kind && !state.frozen && !live) fill('note', say(receipt ? kind + '.noted' : 'not-noted'));
  };

  const isEmail = (text) =>
    !/[\s\0-\x1f\x7f-\x9f<>()[\],;:"\\]/.test(text) && /^[^@]+@[^@.]+(\.[^@.]+)*$/.test(text);

  // The problem at each field, as a key of the catalog.
  const check = ({ message, name, email, reply }) => {
    const length = (text) => [...text].length;
    return {
      message: !message ? 'error.message.empty' : length(message) > 4000 && 'error.message.long',
      name: length(name) > 100 && 'error.name.long',
      email: !email ? reply && 'error.email.missing' : length(email) > 254 ? 'error.email.long' : !isEmail(email) && 'error.email.wrong',
    };
  };

  const problem = (title, reason) => {
    fill('problem-title', title);
    fill('problem-reason', reason);
    part('problem').hidden = !title;
    if (title) focus(part('problem'));
  };

  const send = async () => {
    if (part('panel').dataset.phase == 'sending') return;
    const draft = { reply: named('reply').checked };
    for (const name of ['message', 'name', 'email']) draft[name] = trimmed(named(name).value);
    const found = check(draft);
    for (const name in found) {
      const text = found[name] && say(found[name]).replace('{length}', [...draft[name]].length.toLocaleString('en'));
      fill(name + '-error', text || '');
      named(name).setAttribute('aria-invalid', !!text);
    }
    state.failure = undefined;
    const stands = Object.values(found).some(Boolean);
    problem(stands && say('error.title'));
    phase('write');
    fill('send', say(state.kind + '.send'));
    if (stands) return;

    const { name, email, reply } = draft;
    const page = { ...context.page };
    for (const key in page) if (named(key)?.checked === false) delete page[key];
    const words = {
      message: draft.message,
      contact: name || email || reply ? { name: name || undefined, email: email || undefined, reply } : undefined,
      page,
      custom: named('custom').checked ? context.custom : undefined,
      trap: cut(named('trap').value, 500) || undefined,
      took_ms: Math.max(0, Date.now() - context.opened),
    };
    // What is frozen stays frozen until the visitor edits it.
    const same = (body) => JSON.stringify({ ...JSON.parse(body), revision: 0, sent_at: 0, took_ms: 0 });
    let body = write(Math.max(1, state.next), words);
    if (body.length > 8192 && new TextEncoder().encode(body).length > 32768) body = write(Math.max(1, state.next), { ...words, custom: undefined });
    if (state.frozen && same(state.frozen) == same(body)) body = state.frozen;
    state.busy = true;
    phase('sending');
    fill('send', say('sending'));
    part('send').setAttribute('aria-disabled', true);
    const { receipt, failure } = await post(body);
    state.busy = false;
    part('send').setAttribute('aria-disabled', false);
    fill('note');
    if (!receipt) {
      state.failure = failure;
      phase('not-kept');
      fill('send', say('again'));
      return problem(say('problem.title.' + state.kind), say('problem.' + failure));
    }
    phase('sent');
    fill('heading', say(state.kind + '.thanks' + (name && '.name')).replace('{name}', () => name));
    fill('words', draft.message);
    fill('next', say(state.kind + '.next'));
    fill('reply', say(!email ? 'reply.none' : reply ? 'reply.yes' : 'reply.no').replace('{email}', () => email));
    fill('reference', receipt.reference);
    screen(true);
    focus(find('#title'));
  };

  const screen = (sent) => {
    find('.choose').hidden = find('.write').hidden = sent;
    part('confirmation').hidden = !sent;
  };

  const more = () => {
    fill('heading', say('title'));
    fill('send', say(state.kind + '.send'));
    phase('write');
    screen(false);
  };

  // --- the panel: arrives on intent, takes over between two acts of the visitor ---

  let loading; // the promise of the glue, asked for once
  let ready; // the glue, once its wasm runs
  let live; // whether the panel has taken over
  let pressed; // whether a button of ours is being pressed

  const load = () => {
    const at = (file) => new URL(file, script.src).href;
    loading ??= Promise.all([import(at(FILES.js)), fetch(at(FILES.wasm))])
      .then(async ([glue, wasm]) => {
        if (!wasm.ok) throw wasm.status;
        await glue.default({ module_or_path: wasm });
        ready = glue;
        if (frame.firstChild && !pressed && !root.activeElement?.matches('input,textarea')) takeOver();
      })
      .catch((error) => warn('the panel goes on without WebAssembly: ' + error));
  };

  // Puts the panel in the shell's place; the focus stays on the same control.
  const takeOver = () => {
    if (!ready || live || !state || state.busy || part('panel')?.dataset.phase == 'sent') return live;
    const { activeElement: active } = root;
    const key = active && (active.id ? '#' + active.id : ['do', 'name', 'value', 'part'].map((name) => selector(active, name)).join(''));
    const kept = keep();
    try {
      ready.mount(frame, context, state, post).forEach(warn);
      live = true;
      restore(kept);
      if (key) find('.panel ' + key)?.focus();
    } catch (error) {
      revive(error, kept);
    }
    return live;
  };
  const selector = (element, name) => {
    const attribute = name == 'do' ? 'data-do' : name;
    const value = element.getAttribute(attribute);
    return value ? '[' + attribute + '="' + value + '"]' : '';
  };

  const keep = () => [...root.querySelectorAll('.panel [name]:not(button)')].map(({ name, value, checked }) => [name, value, checked]);
  const restore = (kept) => {
    for (const [name, value, checked] of kept) Object.assign(named(name), { value, checked });
  };

  // A panel that trapped may not be called again: the shell comes back with the words.
  const revive = (error, kept = keep()) => {
    ready = live = undefined;
    state.busy = false;
    shell();
    if (state.kind) choose(state.kind);
    restore(kept);
    warn('the panel goes on without WebAssembly: ' + error);
  };
  const trapped = (error) => live && error instanceof WebAssembly.RuntimeError && revive(error);
  addEventListener('error', (event) => trapped(event.error));
  addEventListener('unhandledrejection', (event) => trapped(event.reason));

  // --- opening, closing and every click ---

  let opener; // what had the focus before the panel was opened

  const open = (kind) => {
    opener ??= document.activeElement;
    if (!frame.firstChild) shell();
    load();
    if (!pressed) takeOver();
    frame.hidden = false;
    if (launcher) launcher.hidden = true;
    if (kind) setTimeout(() => find('[name=kind][value=' + kind + ']')?.click());
    else focus(find('#title'));
  };

  const close = () => {
    if (part('panel')?.dataset.phase == 'sent') {
      if (live) ready.unmount();
      live = context = state = undefined;
      frame.textContent = '';
      if (inline) shell();
    }
    if (inline) return;
    frame.hidden = true;
    if (launcher) launcher.hidden = false;
    (opener?.isConnected && ![host, document.body].includes(opener) ? opener : find('.open'))?.focus();
    opener = undefined;
  };

  const copy = async (button) => {
    const source = part(button.dataset.copy);
    let said = 'copied';
    try {
      await navigator.clipboard.writeText(source.value ?? source.textContent);
    } catch {
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
      said = 'selected';
    }
    button.textContent = say(said);
  };

  root.addEventListener('pointerdown', () => (pressed = true));
  addEventListener('pointerup', () => (pressed = false), true);
  addEventListener('pointercancel', () => (pressed = false), true);
  root.addEventListener('click', (event) => {
    const target = event.target.closest('button,a');
    if (!target) return;
    const { go, copy: source, do: act } = target.dataset;
    if (go) {
      event.preventDefault();
      named(go).focus();
    } else if (source) copy(target);
    else if (act == 'open') open();
    else if (act == 'close') close();
    else if (act == 'dismiss') launcher.remove();
    else if (target.name == 'kind') {
      const kind = target.value;
      if (!live && takeOver()) find('[value=' + kind + ']').click();
      else if (!live) {
        load();
        choose(kind);
        note(kind);
      }
      if (live) state.kind = kind;
      if (matchMedia('(pointer:fine)').matches) focus(named('message'));
    } else if (act == 'more' && !live) {
      more();
      takeOver();
    }
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    if (live) return;
    if (takeOver()) part('send').click();
    else send();
  });
  for (const kind of ['keydown', 'keypress', 'keyup']) {
    host.addEventListener(kind, (event) => {
      // The host page's shortcuts are not meant for what is typed here.
      event.stopPropagation();
      if (kind == 'keydown' && event.key == 'Escape' && !inline && !frame.hidden) close();
    });
  }
  for (const kind of ['pointerover', 'focusin', 'touchstart']) host.addEventListener(kind, load, { passive: true, once: true });
  document.addEventListener('click', (event) => {
    const target = event.composedPath()[0];
    const trigger = target.closest?.('[data-say-so-open]');
    if (!trigger) return;
    event.preventDefault();
    opener = trigger;
    const kind = trigger.dataset.saySoOpen;
    open(['complaint', 'praise', 'suggestion'].includes(kind) && kind);
  });

  const attach = () => {
    if (inline) {
      shell();
      frame.hidden = false;
      script.after(host);
    } else {
      document.body.append(host);
      // Frameworks that hydrate a page take out what they did not put there.
      new MutationObserver(() => host.isConnected || document.body.append(host)).observe(document.body, { childList: true });
    }
  };
  window.saySo = { tag, open: () => open(), close };
  if (document.body) attach();
  else document.addEventListener('DOMContentLoaded', attach);
})();
