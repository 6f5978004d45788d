// Writes into the panel's nodes what first aid knows.

import {
  again,
  copied,
  done,
  errorEmailLong,
  errorEmailMissing,
  errorEmailWrong,
  errorMessageEmpty,
  errorMessageLong,
  errorNameLong,
  errorTitle,
  problemBusy,
  problemFault,
  problemOf,
  problemRefused,
  problemUnreachable,
  reference,
  selected,
  sending as sendingNow,
  thanksOf,
  unsureAgain,
  unsureNext,
  unsureOf,
} from '../tables/words.js';
import { MAX, check, length } from './draft.js';
import { merges } from './post.js';
import { context, embed, locale, message, root } from './state.js';
import { after, entries } from './values.js';

/** @import { Kind } from '../shapes' */

/** The fields that can be wrong. */
const FIELDS = /** @type {const} */ (['message', 'name', 'email']);

/** What is said of what is wrong with a field. @type {Record<string, Record<string, number>>} */
const ERRORS = {
  message: { empty: errorMessageEmpty, long: errorMessageLong },
  name: { long: errorNameLong },
  email: { missing: errorEmailMissing, wrong: errorEmailWrong, long: errorEmailLong },
};

/** What is said of words that did not arrive. */
const REASONS = { unreachable: problemUnreachable, busy: problemBusy, refused: problemRefused, fault: problemFault, unsure: unsureNext };

/**
 * The element of a selector, where there is one.
 *
 * @type {<T extends Element | null = HTMLElement>(selector: string) => T}
 */
export const find = (selector) => /** @type {any} */ (root().querySelector(selector));

/**
 * The field of a name; of what is no field, nothing is known.
 *
 * @param {string} name
 * @returns {HTMLInputElement}
 */
export const named = (name) => find('.panel [name=' + name + ']') || /** @type {any} */ ({});

/** @param {string} name */
export const part = (name) => find('[part=' + name + ']');

/** @param {string} selector */
export const focus = async (selector) => {
  await after();
  find(selector)?.focus();
};

/**
 * @param {string} selector
 * @param {string} [text]
 */
const put = (selector, text) => embed.write(find(selector), text);

/**
 * Fills the slots of a name, and hides the lines that have nothing to say.
 *
 * @param {string} name
 * @param {string} [text]
 */
const fill = (name, text) => {
  for (const slot of root().querySelectorAll('[data-fill=' + name + ']')) {
    embed.write(slot, text);
    /** @type {HTMLElement | null} */
    const line = slot.closest('li,p:not([role])');
    if (line) line.hidden = !text;
  }
};

/**
 * What is said of a field.
 *
 * @param {'message' | 'name' | 'email'} name
 */
const error = (name) => {
  const { draft } = message;
  const problem = draft && check(draft)[name];
  if (!problem) return '';
  /** @param {number} count */
  const number = (count) => count.toLocaleString(locale());
  const facts = /** @type {Record<string, number>} */ ({ length: length(draft[name]), max: MAX[name] });
  return embed.words[ERRORS[name][problem]].replace(/{(\w+)}/g, (_, fact) => number(facts[fact]));
};

/** Writes the state of the message, after the embed has asked for the kind or for words. */
export const show = () => {
  const { words } = embed;
  const { failure, note, sending } = message;
  let title = '';
  for (const name of FIELDS) {
    const text = error(name);
    fill(name + '-error', text);
    const field = named(name);
    field.readOnly = !!sending;
    field.ariaInvalid = '' + !!text;
    if (text) title = words[errorTitle];
  }
  if (failure) title = words[(failure == 'unsure' ? unsureOf : problemOf)[/** @type {Kind} */ (embed.kind)]];
  part('problem').hidden = !title;
  find('.problem-list').hidden = !!failure;
  fill('problem-title', title);
  fill('problem-reason', failure && words[failure == 'unsure' && merges() ? unsureAgain : REASONS[failure]]);
  put('.note', words[note ?? -1]);
  if (failure || sending) {
    put('.send', words[sending ? sendingNow : again]);
    part('panel').dataset.phase = sending ? 'sending' : failure == 'unsure' ? failure : 'not-kept';
  }
  part('send').ariaDisabled = '' + !!sending;
  const { viewport, ...facts } = context.page;
  let custom = '';
  for (const [key, text] of entries(context.custom || {})) custom += (custom && ', ') + key + ': ' + text;
  const along = { ...facts, viewport: viewport && viewport[0] + ' × ' + viewport[1], custom };
  for (const [name, text] of entries(/** @type {Record<string, string | undefined>} */ (along))) fill('sends-' + name, text);
};

/** Says that the words have arrived. */
export const confirm = () => {
  const { build, words } = embed;
  message.note = undefined;
  embed.show();
  const panel = part('panel');
  panel.dataset.phase = 'sent';
  put('#title', words[thanksOf[/** @type {Kind} */ (embed.kind)]]);
  const referred = message.receipt?.reference;
  build(
    '{div|part|confirmation|class|sent|role|group|tabindex|-1|aria-labelledby|title|aria-describedby|receipt}' +
      (referred ? `{p|id|receipt|.|${reference}^ }{b|part|reference|class|reference|dir|ltr|.| }~~` : '') +
      `{button|class|send|data-do|close|.|${done}^}`,
    panel,
  );
  if (referred) put('.reference', referred);
  focus('.sent');
};

/** Copies the visitor's words; where that is not allowed, selects them. @param {HTMLElement} button */
export const copy = async (button) => {
  const field = named('message');
  let said = copied;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    field.select();
    said = selected;
  }
  embed.write(button, embed.words[said]);
};
