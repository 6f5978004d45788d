// How the panel takes over from first aid, and how first aid takes up again where it has died.
//
// It comes with the panel: where that can't run, nobody needs it.

import { content } from '../aid/body.js';
import { after } from '../aid/values.js';
import { JSON } from './globals.js';
import { stepAside } from './aside.js';
import { repair } from './repair.js';
import { follow, steps } from './steps.js';
import { mind } from './texts.js';
import { tags } from '../tables/languages.js';
import { kinds, noting } from '../tables/words.js';
import { answer } from '../tables/styles.js';

export { unsound } from './sound.js';

/** @import { FirstAid, HandOver, Kind, Panel } from '../shapes' */

/**
 * @param {FirstAid} aid
 * @returns {HandOver}
 */
const handOver = ({ context, embed, message }) => {
  const { receipt, times = ['', ''] } = message;
  const [sent, received, answered] = [times[0], receipt?.received, times[1]].map((time) => Date.parse(time || '') / 1e3 || 0);
  const { settings, oneClick: one_click, kind, opened } = embed;
  // Where nothing is said yet, what is said next.
  const [words, lang] = embed.words[kinds] ? [embed.words, embed.lang] : embed.spare;
  const { lang: setting_lang, custom: _, ...set } = settings;
  const { site, id, page, custom } = context;
  const { viewport = [], ...facts } = page;
  const { frozen, next, posted, noted, note, failure, draft, checked, sending } = message;
  const { revision, sent_at, took_ms } = JSON.parse(frozen?.body || '{}');
  /** @type {HandOver} */
  const given = {
    ...set,
    setting_lang,
    one_click,
    inline: settings.launcher == 'inline',
    lang,
    words,
    silent: words != embed.words,
    locale: tags[lang] || lang,
    ...facts,
    width: viewport[0],
    height: viewport[1],
    site,
    id,
    custom: Object.entries(custom || {}).flat(),
    opened,
    kind,
    next,
    posted,
    noted,
    failure,
    body: frozen?.body,
    content: frozen?.content,
    revision,
    sent_at,
    took_ms,
    sent,
    received,
    answered,
    key: receipt?.key,
    withdraw: receipt?.withdraw,
    judged: draft && checked ? [draft.message, draft.name, draft.email, draft.reply ? 'yes' : ''] : [],
    quiet: note || 0,
    send: !!sending,
  };
  // What is missing is empty to the panel; what is undefined is not missing.
  return JSON.parse(JSON.stringify(given));
};

/** Where the panel builds what it adds. @type {HTMLElement} */
let beside;

/**
 * Prepares what it can while the wasm is on its way, and then the panel, in tasks of their own: to start it, this and to
 * adopt are too much for one on a slow phone.
 *
 * @param {FirstAid} aid
 * @param {Promise<Panel>} starting
 * @returns {Promise<Panel | undefined>} unless it has died
 */
export const prepare = async (aid, starting) => {
  const { embed } = aid;
  const root = /** @type {ShadowRoot} */ (embed.frame.parentNode);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(answer);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  if (embed.settings.launcher != 'inline') stepAside(embed);
  Object.assign(embed, steps(embed));
  beside = /** @type {HTMLElement} */ (embed.frame.cloneNode());
  const panel = await starting;
  await after();
  panel.rehearse(handOver(aid));
  await after();
  const is_ready = panel.prepare(beside);
  await after();
  return is_ready ? panel : undefined;
};

/**
 * Hands over to the panel.
 *
 * @param {FirstAid} aid
 * @param {Panel} panel
 * @param {(error: unknown) => void} died
 * @param {Promise<Response>} [file] the site's
 */
export const adopt = (aid, panel, died, file) => {
  const { embed, message, note, tree } = aid;
  const { frame } = embed;
  follow(frame, panel);
  mind(frame);
  // Words have gone since, and the line of the click before them was left as it was.
  if (message.note == noting && !message.click) message.note = undefined;
  const given = handOver(aid);
  repair(tree);
  // Whatever has been done to its texts, it says what it said.
  embed.speak(embed.words, embed.lang);
  embed.live = true;
  try {
    panel.adopt(frame, embed, note, given, file, message.click);
  } catch (error) {
    died(error);
  }
  if (!embed.live) return;
  /** @type {Element} */ (frame.querySelector('.note')).append(/** @type {Element} */ (beside.firstChild));
  /** @type {HTMLElement} */ (frame.firstChild).dataset.by = 'panel';
  // It is the panel's message now.
  note.id ||= aid.context.id;
  aid.renew();
};

/**
 * First aid goes on with what stands in the nodes, and with what the panel has noted.
 *
 * @param {FirstAid} aid
 */
export const takeUp = (aid) => {
  const { context, embed, message, note } = aid;
  const { body = '{}', outcome, reference = '' } = note;
  // It died before anything was drawn.
  if (!embed.frame.firstChild) return;
  const { dataset } = /** @type {HTMLElement} */ (embed.frame.firstChild);
  const { phase } = dataset;
  dataset.by = 'aid';
  const pressed = embed.frame.querySelector('[aria-pressed=true]');
  // The panel may have died before it showed which kind was pressed last.
  embed.kind ||= /** @type {Kind} */ (pressed?.getAttribute('value')) || '';
  if (note.id) {
    context.id = note.id;
    message.next = 60;
    message.last = 99;
    message.note = undefined;
    const posted = JSON.parse(body);
    if (posted.message) {
      if (outcome == 'received') message.receipt = { reference };
      // The panel may have spoken in words of the site's own: that is no edit.
      posted.wording = { locale: tags[embed.lang] || embed.lang };
      message.frozen = { body, content: content(JSON.stringify(posted)), receipt: message.receipt };
    } else message.posted = note.kind || message.posted;
  }
  // A confirmation stands as it is until it is closed.
  message.sent = phase == 'sent';
  if (message.sent) return;
  // What only the panel can do goes with it.
  repair(aid.tree);
  if (outcome == 'unsure') message.unsure = body;
  if (outcome == 'under way') return aid.resume(body, note.request);
  if (phase == 'not-kept' || phase == 'unsure') message.failure = phase == 'unsure' ? phase : 'unreachable';
  embed.show();
  if (phase == 'sending') aid.send();
};
