// First aid: makes the first screens send before the wasm is there, and where it can't run.
//
// The panel takes over the very nodes as soon as it can; from then on all is its business, and first aid only waits
// for its end.

import { later } from '../tables/styles.js';
import { error, fields, problem } from '../tables/trees.js';
import { choose, send } from './message.js';
import { adopt, bring, panel, remember } from './panel.js';
import { copy, find, named, part, show } from './show.js';
import { after, begin as beginMessage, embed, inline, message, root, use, warn } from './state.js';
import { english, learn } from './words.js';

/** @import { Aid, Embed } from '../shapes' */
/** @import { Words } from './words.js' */

/** Adds to the form what can be typed in without. */
const add = () => {
  const { build } = embed;
  const form = find('form');
  // Send is not moved: it may have the focus.
  const parts = document.createElement('p');
  build(problem, parts);
  form.prepend(...parts.childNodes);
  build(error, parts);
  named('message').before(...parts.childNodes);
  build(fields, parts);
  part('send').before(...parts.childNodes);
  const panel = part('panel');
  panel.dataset.by = 'aid';
  if (embed.oneClick) embed.frame.classList.add('clicks');
  if (inline()) panel.role = 'group';
  remember();
};

/** The language that was last asked for. */
let asked = '';
/** New words wait until they disturb nothing. @type {Words | undefined} */
let waiting;

const speak = () => {
  if (!waiting || message.sending || message.sent) return;
  const [words, lang] = waiting;
  waiting = undefined;
  if (embed.live) return panel?.language(lang, embed.get(lang));
  embed.spare = [words, lang];
  // The site's own words come first, if they come soon.
  if (embed.words[2] || !embed.settings.config || lang != embed.wanted) embed.speak(words, lang);
};

/** @param {Words} words */
const late = (words) => {
  if (words[1] != embed.wanted || embed.kind) return;
  waiting = words;
  speak();
};

/** Makes room for the next message. */
const leave = () => {
  beginMessage();
  embed.kind = '';
  if (embed.live) return;
  embed.frame.textContent = '';
  if (inline()) embed.draw();
};

/** @type {Aid} */
const firstAid = {
  act(button, kind) {
    const { go, copy: source } = button.dataset;
    if (embed.live) return;
    if (go) named(go).focus();
    else if (source) copy(button);
    else if (kind) choose();
  },
  send() {
    if (!embed.live) send().then(speak).then(adopt);
  },
  open(first) {
    if (embed.live) return first || panel?.opened();
    // In a page that changes by script: what has not begun yet does not belong to where it was.
    if (first || !embed.kind) {
      beginMessage();
      embed.show();
    }
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
    const words = await learn(embed, late).catch(warn);
    // Or it has changed again.
    if (!words || asked != wanted) return;
    waiting = words;
    speak();
  },
};

/**
 * Brings the embed's first screens to life; called once a page, and again if there were no words.
 *
 * @param {Embed} given
 */
export const begin = async (given) => {
  asked = given.wanted;
  let words = await learn(given, late);
  // English that had to stand in stays, once something has been chosen.
  if (given.words[2] && given.kind && words[1] != given.lang) words = [await english(given), 'en'];
  use(given);
  const { script, settings, show: first } = embed;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(later);
  root().adoptedStyleSheets = [...root().adoptedStyleSheets, sheet];
  const { headers, fields, custom } = settings;
  if (headers || fields || custom || Object.keys(script.dataset).length > Object.keys(settings).length) {
    import(/** @type {any} */ (new URL(ADVICE_FILE, script.src))).then(({ advise }) => advise(settings, script.attributes, warn)).catch(warn);
  }
  // The links to fields lead nowhere else.
  root().addEventListener('click', (event) => /** @type {Element} */ (event.target).closest('[data-go]') && event.preventDefault());
  embed.show = () => {
    first();
    show();
  };
  embed.add = () => {
    add();
    after().then(adopt);
  };
  if (embed.frame.firstChild) {
    add();
    embed.show();
  }
  waiting = words;
  speak();
  bring();
  return firstAid;
};
