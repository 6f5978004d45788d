// The shell: makes the first screens send before the wasm is there, and where it can't run.
//
// The panel takes over between two acts of the visitor, never under somebody's cursor. Both keep
// the same rules and write the same bytes, and both post through post.js.

import { pairs, parsed, post } from './post.js';

const FILES = __FILES__; // the glue and the wasm: name and integrity
const COPY = __LATE__;
const SENT = __SENT__;

const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');
const trimmed = (text) => wellFormed(text).replace(/^[\s\x85]+|[\s\x85]+$/g, '');
const length = (text) => [...text].length;
const cut = (text, max) => [...wellFormed(text)].slice(0, max).join('');

/** A draft as it is judged and sent: without white space around its texts. */
export const tidy = ({ message, name, email, reply }) => ({ message: trimmed(message), name: trimmed(name), email: trimmed(email), reply });

/** The key of what is wrong with each field, if anything is. */
export const check = ({ message, name, email, reply }) => {
  const address = !/[\s\0-\x1f\x7f-\x9f<>()[\],;:"\\]/.test(email) && /^[^@]+@[^@.]+(\.[^@.]+)*$/.test(email);
  return {
    message: !message ? 'empty' : length(message) > 4000 && 'long',
    name: length(name) > 100 && 'long',
    email: !email ? reply && 'missing' : length(email) > 254 ? 'long' : !address && 'wrong',
  };
};

/** What a tidy draft says, as it travels. */
export const words = ({ message, name, email, reply }, trap) => ({
  message,
  contact: name || email || reply ? { name: name || undefined, email: email || undefined, reply } : undefined,
  trap: cut(trap, 500) || undefined,
});

/** A body, its fields in the order of the contract; what is undefined is left out. */
export const write = (context, { revision, kind, message, contact, page, custom, took_ms, trap }, sent_at) => {
  const { site, id, locale } = context;
  const wording = { locale };
  return JSON.stringify({ v: 1, site, id, revision, kind, message, contact, wording, page, custom, sent_at, took_ms, trap });
};

/** What of a body is the visitor's doing: the same at no revision and at no time. */
const content = (body) => JSON.stringify({ ...JSON.parse(body), revision: 0, sent_at: '', took_ms: undefined });

/** What the site sends along, as far as it can be used, in the order of its keys. */
const custom = (settings) => {
  const usable = Object.entries(pairs(settings, 'custom')).filter(([key, text]) => /^[\w.-]{1,40}$/.test(key) && text !== null);
  if (!usable.length) return undefined;
  usable.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(usable.slice(0, 20).map(([key, text]) => [key, cut(text, 500)]));
};

/** The page's address, without what may be private in it. */
const here = () => cut(location.href.split(/[?#]/)[0], 2048);

/** What goes along with the words unless the visitor takes it out: the panel shows it, the shell does not, and so sends none. */
const facts = () => ({
  title: cut(document.title, 300) || undefined,
  referrer: /^https?:\/\/[^/]+/.exec(document.referrer)?.[0],
  language: /^[a-z\d]{1,8}(-[a-z\d]{1,8}){0,6}$/i.exec(navigator.language)?.[0],
  viewport: [innerWidth, innerHeight],
});

/** Copies the text of `source`; where that is not allowed, selects it. */
const copy = async (button, source) => {
  let said = 'copied';
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent);
  } catch {
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    said = 'selected';
  }
  button.textContent = COPY[said];
};

/** Brings the loader's first screens to life; called once a page. */
export const begin = (embed) => {
  const { settings, script, inline, oneClick, root, frame, find, build, fill, choose, focus, warn } = embed;
  const named = (name) => find('.panel [name=' + name + ']');
  const part = (name) => find('[part=' + name + ']');
  const phase = (name) => (part('panel').dataset.phase = name);

  let context; // the page, and the message's name
  let state; // what has been posted of the message, and what came of it
  let glue; // the panel, once its wasm runs

  const fresh = () => {
    context = {
      site: settings.site || cut(location.hostname.replace(/[^a-z\d.-]/g, '-'), 64) || 'local',
      id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      locale: 'en',
      one_click: oneClick,
      inline,
      page: { url: here() },
    };
    state = { next: 0, busy: 0, kind: embed.kind };
  };

  // Posts for the shell and the panel, and keeps count for both.
  const deliver = (body) => {
    const { revision, message } = JSON.parse(body);
    state.next = Math.max(state.next, revision + 1);
    if (message) Object.assign(state, { frozen: body, content: content(body) });
    return post(body, settings);
  };

  const body = (words) => write(context, { revision: state.next, kind: state.kind, page: context.page, ...words }, new Date().toISOString());

  const note = async (kind) => {
    if (!oneClick || state.posted == kind || state.frozen || state.next > 19) return;
    state.posted = kind;
    state.busy++;
    fill('note', COPY.noting);
    const { receipt } = await deliver(body({}));
    state.busy--;
    state.noted = !!receipt;
    if (state.kind == kind && !state.frozen) fill('note', COPY[receipt ? kind + '.noted' : 'not-noted']);
  };

  const problem = (title, reason) => {
    part('problem').hidden = !title;
    fill('problem-title', title);
    fill('problem-reason', reason);
    if (title) focus('[part=problem]');
  };

  // While words are on their way, what is sent stands still.
  const hold = (held) => {
    state.sending = held;
    state.busy += held ? 1 : -1;
    for (const name of ['message', 'name', 'email']) named(name).readOnly = held;
    part('send').setAttribute('aria-disabled', held);
  };

  const more = () => {
    part('confirmation').remove();
    find('.choose').hidden = find('form').hidden = false;
    fill('heading', COPY.title);
    choose(state.kind);
    focus('#message');
  };

  const send = async () => {
    if (takeOver()) {
      part('send').focus();
      return part('send').click();
    }
    if (embed.live || state.sending) return;
    const value = (name) => named(name).value;
    const draft = tidy({ message: value('message'), name: value('name'), email: value('email'), reply: named('reply').checked });
    const found = check(draft);
    for (const name in found) {
      const text = found[name] && COPY['error.' + name + '.' + found[name]].replace('{length}', length(draft[name]).toLocaleString('en'));
      fill(name + '-error', text);
      named(name).setAttribute('aria-invalid', !!text);
    }
    const stands = Object.values(found).some(Boolean);
    problem(stands && COPY['error.title']);
    state.failure = undefined;
    phase(stands ? 'write' : 'sending');
    fill('send', COPY[stands ? state.kind + '.send' : 'sending']);
    if (stands) return;

    // What is frozen stays frozen until the visitor edits it.
    const took_ms = Math.max(0, Date.now() - embed.opened);
    const written = body({ ...words(draft, value('trap')), revision: state.next || 1, took_ms });
    const { kind } = state;
    hold(true);
    fill('note', COPY.sending);
    const { receipt, failure } = await deliver(state.content == content(written) ? state.frozen : written);
    hold(false);
    fill('note');
    if (!receipt) {
      state.failure = failure;
      phase('not-kept');
      fill('send', COPY.again);
      return problem(COPY['problem.title.' + kind], COPY['problem.' + failure]);
    }
    find('.choose').hidden = find('form').hidden = true;
    build(SENT, part('panel'));
    const { message, name, email, reply } = draft;
    const thanks = COPY[kind + (name ? '.thanks.name' : '.thanks')].replace('{name}', () => name);
    const answer = COPY[!email ? 'reply.none' : reply ? 'reply.yes' : 'reply.no'].replace('{email}', () => email);
    const texts = { heading: thanks, words: message, next: COPY[kind + '.next'], reply: answer, reference: receipt.reference };
    for (const name in texts) fill(name, texts[name]);
    phase('sent');
    focus('#title');
  };

  // --- the panel ---

  const keep = () => [...frame.querySelectorAll('[name]:not(button)')].map(({ name, value, checked }) => [name, value, checked]);
  const restore = (kept) => {
    for (const [name, value, checked] of kept) if (named(name)) Object.assign(named(name), { value, checked });
  };

  // Puts the panel in the shell's place if it can, and says whether it did.
  const takeOver = () => {
    if (!glue || embed.live || state.busy || find('[data-phase=sent]')) return false;
    const kept = keep();
    const known = {};
    const warnings = [];
    for (const name of ['headers', 'fields', 'custom']) {
      known[name] = pairs(settings, name);
      if (!parsed(settings[name])) warnings.push('data-' + name + ' is ignored; it can be a JSON object of texts');
    }
    // What was begun in the shell goes without what the shell did not show.
    const seen = state.kind ? { page: context.page } : { page: { ...context.page, ...facts() }, custom: custom(settings) };
    try {
      warnings.concat(glue.mount(frame, { ...context, ...seen, opened: embed.opened, pairs: known }, state, deliver)).forEach(warn);
      embed.live = true;
      restore(kept);
    } catch (error) {
      revive(error, kept);
    }
    return embed.live;
  };

  // A panel that trapped may not be called again: the shell comes back, with the words.
  const revive = (error, kept = keep()) => {
    glue = embed.live = false;
    state.busy = 0;
    embed.draw();
    if (state.kind) choose(state.kind);
    restore(kept);
    warn('the shell goes on without WebAssembly: ' + error);
  };
  // The host page may run wasm of its own: only a trap on whose way our glue lies is ours.
  const trapped = ({ error, reason = error }) => {
    if (!embed.live || !(reason instanceof WebAssembly.RuntimeError) || !reason.stack?.includes(FILES.js[0])) return;
    // A confirmation stands as it is until it is closed.
    if (find('[data-phase=sent]')) glue = undefined;
    else revive(reason);
  };
  addEventListener('error', trapped);
  addEventListener('unhandledrejection', trapped);

  const get = ([file, integrity]) => fetch(new URL(file, script.src), { integrity });
  const bring = async () => {
    const [{ url }, wasm] = await Promise.all([get(FILES.js), get(FILES.wasm)]);
    const module = await import(url);
    await module.default({ module_or_path: wasm });
    glue = module;
    settle();
  };
  // While nothing has been done since the panel was opened, the focus is still on its heading.
  const settle = () => {
    if (root.activeElement == find('#title') && takeOver()) find('#title').focus();
  };

  embed.dress(__CSS__);
  embed.reset = () => {
    if (embed.live) glue?.unmount();
    embed.live = false;
    embed.kind = '';
    fresh();
  };
  fresh();
  bring().catch((error) => warn('the shell goes on without WebAssembly: ' + error));

  return {
    send,
    open(first) {
      // In a page that changes its address by script: nothing begun yet belongs to where it was.
      const moved = !first && !state.next && !state.kind && context.page.url != here();
      if (moved) {
        embed.reset();
        embed.draw();
      }
      if (first) fresh();
      setTimeout(settle);
    },
    act(button, kind) {
      const { go, copy: source } = button.dataset;
      if (go) named(go).focus();
      else if (source) copy(button, part(source));
      else if (button.dataset.do == 'more' && !embed.live) more();
      else if (kind && embed.live) state.kind = kind;
      else if (kind && takeOver()) {
        state.kind = kind;
        const same = find('.panel [value=' + kind + ']');
        same.focus();
        same.click();
      } else if (kind) {
        state.kind = kind;
        state.failure = undefined;
        problem();
        note(kind);
      }
    },
  };
};
