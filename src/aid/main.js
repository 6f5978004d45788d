// First aid: makes the first screens send before the wasm is there, and where it can't run.
//
// The panel takes over the very nodes as soon as it can; from then on all is its business, and first aid only waits
// for its end.

import { later } from '../tables/styles.js';
import { kinds, pageLeft, problemTyping } from '../tables/words.js';
import { error, fields, problem } from '../tables/trees.js';
import { here } from './body.js';
import { choose, send } from './message.js';
import { adopt, ask, bring, panel, remember } from './panel.js';
import { copy, find, named, part, show } from './show.js';
import { fit, hidden } from './guest.js';
import { sift } from './settings.js';
import { begin as beginMessage, context, embed, inline, message, root, use, warn } from './state.js';
import { after, settle } from './values.js';
import { english, learn } from './words.js';

/** @import { Aid, Embed } from '../shapes' */
/** @import { Words } from './words.js' */

/** Adds to the form what can be typed in without. */
const add = () => {
  const { build } = embed;
  embed.opened = Date.now();
  const form = find('.write');
  // Send is not moved: it may have the focus.
  const parts = /** @type {Element} */ (find('.note').cloneNode());
  const box = named('message');
  /**
   * @param {string} markup
   * @param {Node | null} next what it stands before
   */
  const put = (markup, next) => {
    build(markup, parts);
    for (const node of [...parts.childNodes]) form.insertBefore(node, next);
  };
  put(problem, form.firstChild);
  put(error, box);
  put(fields, null);
  // Where the style sheet can't let it grow with the words.
  if (!CSS.supports('field-sizing:content')) {
    box.oninput = () => {
      box.style.height = '';
      box.style.height = box.scrollHeight + 2 + 'px';
    };
  }
  const panel = part('panel');
  panel.dataset.by = 'aid';
  if (inline()) panel.role = 'group';
  remember();
};

/** The language that was last asked for. */
let asked = '';
/** New words wait until they disturb nothing. @type {Words | undefined} */
let waiting;
/** Words in whose place English stands, until the next message. @type {Words | undefined} */
let missed;

const speak = () => {
  if (!waiting || message.sending || message.sent) return;
  const [words, lang] = waiting;
  waiting = undefined;
  if (embed.live) return panel?.language(lang, embed.get(lang));
  embed.spare = [words, lang];
  // The site's own words come first, if they come soon.
  if (embed.words[kinds] || !embed.settings.config || lang != embed.wanted) embed.speak(words, lang);
};

/** @param {Words} words */
const late = (words) => {
  if (words[1] != embed.wanted) return;
  if (embed.kind) missed = words;
  else {
    waiting = words;
    speak();
  }
};

/** What waited for the words to arrive. */
const finished = () => {
  speak();
  adopt();
};

/** Makes room for the next message. */
const leave = () => {
  beginMessage();
  embed.kind = '';
  if (missed) late(missed);
  if (embed.live) return;
  embed.frame.textContent = '';
  if (inline()) embed.draw();
};

/** @type {Aid} */
const firstAid = {
  act(button, kind) {
    const { do: what, go, copy: source } = button.dataset;
    if (what == 'dismiss') return hidden(/** @type {Element} */ (button.parentNode));
    if (embed.live) return;
    if (go) named(go).focus();
    else if (source) copy(button);
    else if (kind) choose();
  },
  send() {
    if (!embed.live) settle(send(), finished, warn);
  },
  open(first, kind) {
    if (embed.live) return first || panel?.opened(kind || '');
    // What was said of another kind is not said of this one.
    if (kind) message.note = undefined;
    // In a page that changes by script a click is left behind; words keep the page they were written on.
    const elsewhere = context.page.url != here();
    const words = named('message').value;
    if (first) beginMessage();
    else if (!(words || embed.kind) || (elsewhere && !words)) {
      beginMessage();
      embed.kind = kind || '';
    } else if (elsewhere) message.note = pageLeft;
    embed.show();
  },
  closed() {
    const sent = find('[data-phase=sent]');
    if (embed.live) panel?.closed();
    if (sent) leave();
    speak();
  },
  async tell() {
    const { file, live, wanted } = embed;
    if (asked == wanted) return;
    asked = wanted;
    if (live) return panel?.language(wanted, file);
    settle(
      learn(embed, late),
      (words) => {
        // Or it has changed again.
        if (asked != wanted) return;
        waiting = words;
        speak();
      },
      warn,
    );
  },
};

/** What the key that is held was pressed on. @type {EventTarget | undefined} */
let held;

/** @param {KeyboardEvent} event */
const press = (event) => {
  const { key, repeat } = event;
  /** @type {any[]} */
  const [target] = event.composedPath();
  if (!repeat) held = target;
  if (key != 'Enter' || event.isComposing) return;
  if (repeat && (target != held || target.type != 'textarea')) event.preventDefault();
  else if (target.matches('input.text')) find(target.id == 'answer' ? '[data-do=answer]' : '.send').click();
};

/** @param {Element} dialog */
const stand = (dialog) => {
  embed.trap = dialog;
  window.saySo?.attach(embed.script);
};

/** The page lets nobody type in here: who is told so can look for another way. */
const refused = () => {
  if (embed.live) return panel?.refused();
  message.note = problemTyping;
  embed.show();
};

/**
 * Brings the embed's first screens to life; called once a page, and again if there were no words.
 *
 * @param {Embed} given
 */
export const begin = async (given) => {
  ask(given.source);
  asked = given.wanted;
  let words = await learn(given, late);
  // English that had to stand in stays, once something has been chosen.
  if (given.words[kinds] && given.kind && words[1] != given.lang) words = [await english(given), 'en'];
  const { script, settings, show: first, source } = given;
  const unsound = sift(settings);
  // What a link of the page would lead to, here and now; whatever becomes of the page's address.
  try {
    settings.endpoint = new Request(settings.endpoint).url || settings.endpoint;
  } catch {
    // What comes of posting there is said then.
  }
  use(given);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(later);
  root().adoptedStyleSheets = [...root().adoptedStyleSheets, sheet];
  const { headers, fields, custom } = settings;
  if (headers || fields || custom || unsound) {
    settle(import(/** @type {any} */ (new URL(ADVICE_FILE, source))), ({ advise }) => advise(settings, script.attributes, warn), warn);
  }
  // The links to fields lead nowhere else.
  root().addEventListener('click', (event) => /** @type {Element} */ (event.target).closest('[data-go]') && event.preventDefault());
  root().addEventListener('keydown', (event) => press(/** @type {KeyboardEvent} */ (event)));
  settle(import(/** @type {any} */ (new URL(HANDS_FILE, source))), ({ hold }) => hold({ root: root(), inline: inline(), press, close: window.saySo?.close, stand, refused }), warn);
  // What is drawn has a task of its own: on a slow phone, all of this is too much for one. Later words may come meanwhile.
  waiting = words;
  await after();
  embed.show = () => {
    first();
    show();
  };
  embed.add = () => {
    add();
    settle(after(), adopt, warn);
  };
  if (embed.frame.firstChild) {
    add();
    embed.show();
  }
  speak();
  settle(after(), fit, warn);
  bring();
  return firstAid;
};
