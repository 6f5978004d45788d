// The shell: makes the first screens send before the wasm is there, and where it can't run.
//
// The panel takes over between two acts of the visitor, never under somebody's cursor. Both keep
// the same rules and write the same bytes, and both post through post.js.

import { english, learn, tagOf } from './catalog.js';
import { MAX, added, check, content, cut, fits, length, tidy, words, write } from './draft.js';
import { dayOf, offsetOf, skew } from './clock.js';
import { compose, filled, placeOf } from './confirmation.js';
import { custom, facts, here } from './page.js';
import { post } from './post.js';
import { copy, save, withdraw } from './receipt.js';

export { check, tidy, words, write };

const FILES = __FILES__; // the glue, the wasm and site.js: name and integrity
const PROBLEM = __PROBLEM__;
const FIELDS = __FIELDS__;
const SENT = __SENT__;

/** What is said of what is wrong with a field. */
const ERRORS = {
  message: { empty: __AT_ERROR_MESSAGE_EMPTY__, long: __AT_ERROR_MESSAGE_LONG__ },
  name: { long: __AT_ERROR_NAME_LONG__ },
  email: { missing: __AT_ERROR_EMAIL_MISSING__, wrong: __AT_ERROR_EMAIL_WRONG__, long: __AT_ERROR_EMAIL_LONG__ },
};

/** What is awaited for that many milliseconds, or for none: what comes next has a task of its own. */
const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What comes within a second, or undefined. */
const soon = (promise) => Promise.race([promise, after(1e3)]);

/** Brings the loader's first screens to life; called once a page. */
export const begin = async (embed) => {
  const { settings, script, oneClick, frame, build } = embed;
  const root = frame.getRootNode();
  const inline = settings.launcher == 'inline';
  const find = (selector) => root.querySelector(selector);
  const focus = (selector) => setTimeout(() => find(selector)?.focus());
  // Each time the panel is opened it would find the same things wrong.
  const warned = new Set();
  const warn = (text) => {
    if (!warned.has(text)) console.warn('say-so: ' + text);
    warned.add(text);
  };
  const choose = (kind) => {
    embed.kind = kind;
    embed.ask();
  };
  // Fills the slots of that name, and hides the lines that have nothing to say.
  const fill = (name, text) => {
    for (const slot of root.querySelectorAll('[data-fill=' + name + ']')) {
      slot.textContent = text || '';
      const line = slot.closest('li,p:not([role])');
      if (line) line.hidden = !text;
    }
  };
  const merges = !/json|form/.test(settings.format);
  const named = (name) => find('.panel [name=' + name + ']');
  const part = (name) => find('[part=' + name + ']');
  const phase = (name) => (part('panel').dataset.phase = name);

  let context; // the page, and the message's name
  let state; // what has been posted of the message, and what came of it
  let glue; // the panel, once its wasm runs
  let ready; // whether there is something to say
  let list = english(); // the sentences
  let wording = { locale: 'en' }; // whose they are
  let site = {}; // what the site's file says
  let pending; // sentences of another language, that wait until nothing is disturbed

  const say = (number) => list[number];
  // The visitor's own way of writing dates, if it is of the language that is spoken: that and a country. By what else
  // a page says, which may be no tag at all, nothing can be written.
  const region = () => [settings.lang, document.documentElement.lang, ...navigator.languages].find((tag) => RegExp('^' + embed.lang + '-[a-z]{2}$', 'i').test(tag)) || wording.locale;

  const fresh = () => {
    context = {
      site: settings.site || cut(location.hostname.replace(/[^a-z\d.-]/g, '-'), 64) || 'local',
      id: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
      wording,
      one_click: oneClick,
      inline,
      page: { url: here(), ...facts() },
      custom: custom(settings),
    };
    state = { next: 0, busy: 0, kind: embed.kind };
  };

  // Posts for the shell and the panel, and keeps count for both.
  const deliver = async (body) => {
    const mine = state;
    const { revision, kind, message, sent_at } = JSON.parse(body);
    mine.next = Math.max(mine.next, revision + 1);
    if (message) Object.assign(mine, { frozen: body, content: content(body) });
    else mine.posted = kind;
    const full = mine.extra ? added(body, mine.extra) : body;
    mine.busy++;
    const answer = await post(fits(full) ? full : body, settings);
    mine.busy = Math.max(0, mine.busy - 1);
    // Once whoever posts has shown what came of it.
    setTimeout(change);
    const { receipt } = answer;
    if (receipt) {
      receipt.received = Date.parse(receipt.received) / 1e3 || undefined;
      mine.skew = skew(Date.parse(sent_at) / 1e3, receipt.received, Date.now() / 1e3);
      mine.receipt = receipt;
      if (message) mine.told = body;
    } else if (mine == state && message) offer(find('.along .reach'));
    return answer;
  };

  // Shows the site's other ways to reach a person.
  const offer = (line) => {
    const reach = site.reach || {};
    line.hidden = !Object.values(reach).join('');
    for (const way of line.querySelectorAll('.way')) {
      const value = reach[way.dataset.way] || '';
      way.hidden = !value;
      way.textContent = value;
      if (way.href) way.href = way.protocol + (/@/.test(value) ? value : value.replace(/[^\d+]/g, ''));
    }
  };

  const body = (words) => write(context, { revision: state.next, kind: state.kind, page: { url: context.page.url }, ...words }, new Date().toISOString());

  const note = async (kind) => {
    const mine = state;
    if (!oneClick || mine.posted == kind || mine.frozen || mine.next > 19) return;
    fill('note', say(__AT_NOTING__));
    const { receipt } = await deliver(body({}));
    mine.noted = !!receipt;
    if (mine == state && mine.kind == kind && !mine.frozen) fill('note', say(receipt ? __AT_NOTED_COMPLAINT__ + placeOf(kind) : __AT_NOTED_NOT__));
  };

  const failed = (failure) => say(__AT_PROBLEM_UNREACHABLE__ + ['unreachable', 'timeout', 'busy', 'refused', 'fault'].indexOf(failure));
  const problem = (title, reason) => {
    part('problem').hidden = !title;
    fill('problem-title', title);
    fill('problem-reason', reason);
    if (title) focus('[part=problem]');
  };

  // While words are on their way, what is sent stands still.
  const hold = (held) => {
    state.sending = held;
    for (const name of ['message', 'name', 'email']) named(name).readOnly = held;
    part('send').setAttribute('aria-disabled', held);
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
      const number = (count) => count.toLocaleString(wording.locale);
      const counts = { length: number(length(draft[name])), max: number(MAX[name]) };
      const text = found[name] && filled(say(ERRORS[name][found[name]]), counts);
      fill(name + '-error', text);
      named(name).setAttribute('aria-invalid', !!text);
    }
    const stands = Object.values(found).some(Boolean);
    problem(stands && say(__AT_ERROR_TITLE__));
    state.failure = undefined;
    phase(stands ? 'write' : 'sending');
    fill('send', say(stands ? __AT_COMPLAINT_SEND__ + placeOf(state.kind) : __AT_SENDING__));
    if (stands) return;

    // What is frozen stays frozen until the visitor edits it.
    const took_ms = Math.max(0, Date.now() - embed.opened);
    const taken = Object.entries(context.page).filter(([name]) => named(name)?.checked ?? true);
    const said = { ...words(draft, value('trap')), revision: state.next || 1, page: Object.fromEntries(taken), took_ms };
    const full = named('custom').checked ? body({ ...said, custom: context.custom }) : '';
    // What the site adds is left out where it would make the body too long for an endpoint.
    const written = full && fits(full) ? full : body(said);
    const { kind } = state;
    hold(true);
    fill('note', say(__AT_SENDING__));
    const { receipt, failure } = await deliver(state.content == content(written) ? state.frozen : written);
    hold(false);
    fill('note');
    if (!receipt) {
      state.failure = failure;
      phase('not-kept');
      fill('send', say(__AT_AGAIN__));
      return problem(say(__AT_PROBLEM_COMPLAINT__ + placeOf(kind)), failed(failure));
    }
    find('.choose').hidden = find('form').hidden = true;
    phase('sent');
    confirm();
  };

  // --- the confirmation, for the shell and the panel ---

  const confirm = async () => {
    const mine = state;
    const told = JSON.parse(mine.told);
    // The last body posted was to promise another day, and did not arrive: no day is right.
    if (mine.told != mine.frozen) delete told.promise;
    const { kind, message } = told;
    const { reference, confirmation, withdraw } = mine.receipt;
    const said = [...list];
    if (confirmation?.constructor == Object) {
      const path = "the endpoint's confirmation: ";
      const sentences = strict().then(({ sound }) => sound(confirmation, path, list, warn));
      // What is late stays unsaid: the confirmation does not change under the visitor's eyes.
      const heard = await soon(sentences.catch((error) => warn(path + 'it is not used: ' + error)));
      for (const [number, text] of heard || []) said[number] = text;
      if (mine != state || !find('[data-phase=sent]')) return;
    }
    embed.words = said;
    build(SENT, part('panel'));
    embed.words = list;
    const texts = { ...compose((key, values) => filled(said[key], values), told, site.reader || {}, dayOf((context.region = region()))), words: message, reference };
    for (const name in texts) fill(name, texts[name]);
    find('.praised').hidden = !merges || kind != 'praise';
    find('[data-do=take-back]').hidden = !withdraw;
    offer(find('.sent .reach'));
    focus('#title');
  };

  // Said on the button, and in the confirmation also aloud.
  const told = (button, said) => {
    button.textContent = said;
    fill('aloud', said);
  };
  const done = {
    more() {
      part('confirmation').remove();
      fill('heading', say(__AT_TITLE__));
      if (embed.live) {
        glue?.reopen();
        if (glue) return;
        revive(fallen);
      }
      find('.choose').hidden = find('form').hidden = false;
      choose(state.kind);
      focus('#message');
    },
    save: () => save(part('panel'), context),
    // What is asked of praise goes along with every later revision.
    async quote(button) {
      const extra = {};
      if (named('quote').checked) extra['say-so.quote'] = 'yes';
      if (named('for').value.trim()) extra['say-so.for'] = cut(named('for').value.trim(), 500);
      if (!Object.keys(extra).length) return named('for').focus();
      const mine = state;
      mine.extra = extra;
      const again = { ...JSON.parse(state.frozen), revision: state.next, sent_at: new Date().toISOString() };
      const { receipt, failure } = await deliver(JSON.stringify(again));
      if (mine != state || !part('confirmation')) return;
      find('.praised').hidden = !!receipt;
      if (receipt) find('[data-do=more]').focus();
      fill('said', receipt ? say(__AT_QUOTE_SENT__) : failed(failure));
      if (!receipt) button.textContent = say(__AT_AGAIN__);
    },
    // Deleting takes two clicks: the first one asks.
    async 'take-back'(button) {
      if (!button.dataset.sure) {
        button.dataset.sure = true;
        return told(button, say(__AT_TAKE_BACK_SURE__));
      }
      const { site, id } = context;
      const { key, withdraw: address } = state.receipt;
      // Nothing is added to what may be gone in a moment.
      find('[data-do=more]').hidden = true;
      const deleted = await withdraw(settings.endpoint, address, { v: 1, site, id, key });
      if (id != context.id || !part('confirmation')) return;
      find('[data-do=more]').hidden = deleted;
      if (!deleted) return fill('said', say(__AT_TAKE_BACK_FAILED__));
      for (const child of part('confirmation').children) child.hidden = child.dataset.do != 'close';
      fill('heading', say(__AT_TAKE_BACK_DONE__));
      focus('#title');
    },
  };

  // --- the panel ---

  const keep = () => [...frame.querySelectorAll('[name]:not(button)')].map(({ name, value, checked }) => [name, value, checked]);
  const restore = (kept) => {
    for (const [name, value, checked] of kept) if (named(name)) Object.assign(named(name), { value, checked });
  };

  // What the panel has to know.
  const handed = () => {
    const { reader, hours } = site;
    return { ...context, words: list, person: reader?.person, hours, offset: offsetOf(hours?.zone), confirm, opened: embed.opened };
  };
  // Puts the panel in the shell's place if it can, and says whether it did.
  const takeOver = () => {
    if (!ready || !glue || embed.live || state.busy || find('[data-phase=sent]')) return false;
    const kept = keep();
    const along = [...find('.along').children];
    try {
      const warnings = glue.mount(frame, handed(), state, deliver);
      if (!warnings) throw fallen;
      warnings.forEach(warn);
      embed.live = true;
      find('.along').append(...along);
      restore(kept);
    } catch (error) {
      revive(error, kept);
    }
    return embed.live;
  };

  const unmount = () => {
    if (embed.live) glue?.unmount();
    embed.live = false;
  };
  // Draws the shell anew, with what stands in the fields.
  const redraw = (kept = keep(), focused = root.activeElement) => {
    embed.draw();
    if (state.kind) choose(state.kind);
    restore(kept);
    if (focused) ((focused.name && named(focused.name)) || find('#title')).focus();
  };
  // A panel that trapped may not be called again: the shell comes back, with the words.
  const revive = (error, kept) => {
    glue = embed.live = false;
    state.busy = 0;
    redraw(kept);
    warn('the shell goes on without WebAssembly: ' + error);
  };
  let fallen; // what the wasm died of
  const died = (error) => {
    fallen = error;
    // A confirmation stands as it is until it is closed.
    if (embed.live && !find('[data-phase=sent]')) return revive(error);
    glue = undefined;
    warn('the shell goes on without WebAssembly: ' + error);
  };
  // The links to fields lead nowhere else.
  root.addEventListener('click', (event) => event.target.closest('[data-go]') && event.preventDefault());

  const get = ([file, integrity]) => fetch(new URL(file, script.src), { integrity });
  const bring = async () => {
    const [{ url }, wasm] = await Promise.all([get(FILES.js), get(FILES.wasm)]);
    const module = await import(url);
    const panel = await module.default(wasm, died);
    // A browser compiles what is called for the first time: so most of it is called before, a task for each part.
    const told = handed();
    for (let part = 0; part < 4; part++) {
      await after();
      panel.rehearse(told, part);
    }
    await after();
    panel.mount(document.createElement('p'), told, state, deliver);
    panel.unmount();
    await after();
    if (fallen) return;
    glue = panel;
    settle();
  };
  // While nothing has been done since the panel was opened, the focus is still on its heading.
  const settle = () => {
    change();
    if (root.activeElement?.id == 'title' && takeOver()) find('#title').focus();
  };

  // --- the words ---

  let looking; // site.js
  const strict = () => (looking ||= get(FILES.site).then(({ url }) => import(url)));
  let reading; // the site's file, which is read once; what it says besides words counts even if it comes late
  const read = async () => {
    try {
      site = await (reading ||= strict().then(({ readSite }) => readSite(settings.config, list, warn)));
    } catch (error) {
      warn('data-config is not used: ' + error);
    }
  };
  const learned = async (file) => {
    const learning = learn(embed.wanted, file, warn);
    if (settings.config) await read();
    const told = await learning;
    const locale = tagOf(told.lang);
    told.wording = { locale, ...site.say?.(told.list, locale) };
    return told;
  };
  const speak = (told) => {
    list = told.list;
    embed.speak(list, told.lang);
    context.wording = wording = told.wording || { locale: told.lang };
  };
  // Takes up another language where that disturbs nothing.
  const change = () => {
    if (!pending || state.busy || find('[data-phase=sent],[data-phase=sending],[data-phase=not-kept]')) return;
    const drawn = frame.firstChild;
    const seen = [keep(), root.activeElement];
    unmount();
    speak(pending);
    pending = undefined;
    if (drawn) redraw(...seen);
  };

  if (embed.unsound[0] || settings.headers || settings.fields || settings.custom) strict().then(({ advise }) => advise(settings, embed.unsound, warn), warn);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__CSS__);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  // What can be typed in without stands in the form once this is here.
  embed.drawn = () => {
    const form = find('form');
    build(PROBLEM, form);
    form.prepend(part('problem'));
    build(FIELDS, form);
    form.append(part('send'));
    show();
  };
  // Lists what goes along with the words.
  const show = () => {
    const { page, custom: pairs = {} } = context;
    const shown = { ...page, viewport: page.viewport.join(' × '), custom: Object.entries(pairs).map((pair) => pair.join(': ')).join(', ') };
    for (const name of ['url', 'title', 'referrer', 'language', 'viewport', 'custom']) fill('sends-' + name, shown[name]);
  };
  embed.reset = () => {
    unmount();
    embed.kind = '';
    fresh();
    frame.textContent = '';
    change();
  };
  fresh();
  after()
    .then(bring)
    .catch((error) => warn('the shell goes on without WebAssembly: ' + error));
  // The loader has only the first sentences.
  if (embed.words[2]) embed.words = list;
  if (frame.firstChild) {
    embed.ask();
    embed.drawn();
  }
  if (embed.words != list) {
    const told = await soon(learned(embed.file));
    // English that had to stand in stays.
    speak((!embed.words[2] && told) || { list, lang: 'en' });
  } else if (settings.config) read();
  ready = true;

  return {
    send,
    // The page has changed its language.
    async tell() {
      const { wanted } = embed;
      const told = (await soon(learned(embed.get()))) || { list: english(), lang: 'en' };
      if (wanted == embed.wanted) pending = told;
      settle();
    },
    open(first) {
      // In a page that changes its address by script: nothing begun yet belongs to where it was.
      const moved = !first && !state.next && !state.kind && context.page.url != here();
      if (moved) {
        embed.reset();
        embed.draw();
      }
      if (first) {
        fresh();
        show();
      }
      embed.later(settle);
    },
    act(button, kind) {
      const { go, copy: source } = button.dataset;
      if (go) named(go).focus();
      else if (source) copy(part(source), part('panel'), context).then((copied) => told(button, say(copied ? __AT_COPIED__ : __AT_SELECTED__)));
      else if (done[button.dataset.do]) done[button.dataset.do](button);
      else if (kind && embed.live) state.kind = kind;
      else if (kind && !root.activeElement?.form && takeOver()) {
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
