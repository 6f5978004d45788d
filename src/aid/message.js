// Posts: a click on a kind, and the words.

import { notedNot, notedOf, noting } from '../tables/words.js';
import { JSON } from '../browser/globals.js';
import { content, fits, words, write } from './body.js';
import { check, tidy } from './draft.js';
import { coming } from './panel.js';
import { post } from './post.js';
import { confirm, focus, named } from './show.js';
import { begin, context, embed, locale, message } from './state.js';
import { after, entries, first } from './values.js';

/** @import { Kind, Outcome, UnderWay } from '../shapes' */

/**
 * Posts a body and keeps count, or takes up a post that is on its way.
 *
 * @param {string} body
 * @param {UnderWay} [request]
 */
const deliver = async (body, request) => {
  const current = message;
  const { revision, kind, message: said, sent_at } = JSON.parse(body);
  current.next = Math.max(current.next, revision + 1);
  if (said) current.frozen = { body, content: content(body) };
  else current.posted = kind;
  const outcome = await post(body, embed.settings, request);
  if (outcome.receipt) {
    current.receipt = outcome.receipt;
    current.times = [sent_at, new Date().toISOString()];
  }
  // What may have arrived may have so still, whatever came of trying again.
  if (outcome.failure == 'unsure') current.unsure = body;
  if (outcome.failure && current.unsure == body) outcome.failure = 'unsure';
  return outcome;
};

/** @param {Partial<import('./body.js').Said>} [said] */
const body = (said) => {
  const bare = { revision: message.next, kind: /** @type {Kind} */ (embed.kind), locale: locale(), page: { url: context.page.url } };
  return write(context, { ...bare, ...said }, new Date().toISOString());
};

/**
 * Says what becomes of a click.
 *
 * @param {Promise<Outcome>} click
 */
const follow = async (click) => {
  const current = message;
  const { kind } = embed;
  current.click = click;
  current.noted = undefined;
  current.note = noting;
  embed.show();
  const { receipt } = await click;
  if (current.click == click) {
    current.click = undefined;
    current.noted = !!receipt;
  }
  // Words have come, or another message.
  if (current != message || embed.kind != kind || message.frozen) return;
  message.note = receipt ? notedOf[/** @type {Kind} */ (kind)] : notedNot;
  if (!embed.live) embed.show();
};

/** Choosing a kind is feedback: it is posted at once, where that is not off. */
export const choose = () => {
  message.failure = undefined;
  // What is not posted is the visitor's choice all the same.
  if (!embed.oneClick) message.posted = 'no';
  else if (message.posted != embed.kind && !message.frozen && message.next % 60 < 20) return follow(deliver(body()));
  embed.show();
};

/**
 * Says what became of the words.
 *
 * @param {Promise<Outcome> | Outcome} answer
 */
const finish = async (answer) => {
  message.sending = message.posting = true;
  embed.show();
  const { receipt, failure } = await answer;
  message.sending = message.posting = false;
  message.failure = failure;
  message.sent = !!receipt;
  if (receipt) return confirm();
  embed.show();
  focus('[part=problem]');
};

/** Checks the words. What is sound waits up to two seconds for the panel, if that can still come, or is posted. */
export const send = async () => {
  // There can be no more of this message.
  if (message.next > message.last) begin();
  if (message.sending || message.sent) return;
  /** @param {string} name */
  const value = (name) => named(name).value;
  const draft = tidy({ message: value('message'), name: value('name'), email: value('email'), reply: named('reply').checked });
  message.draft = draft;
  message.failure = message.checked = undefined;
  for (const [, problem] of entries(/** @type {Record<string, unknown>} */ (check(draft)))) message.checked ||= !!problem;
  if (message.checked) {
    embed.show();
    return focus('[part=problem]');
  }
  message.sending = true;
  embed.show();
  await first(coming, after(2e3));
  // The panel has it, or had it.
  if (embed.live || message.posting) return;

  let page = context.page;
  for (const [name] of entries(/** @type {Record<string, any>} */ (page))) if (named(name).checked === false) page = { ...page, [name]: undefined };
  const said = {
    ...words(draft, value('trap')),
    page,
    took_ms: Math.max(0, Date.now() - embed.opened),
  };
  message.next ||= 1;
  const full = body({ ...said, custom: named('custom').checked ? context.custom : undefined });
  // What the site adds is left out where it would make the body too long for an endpoint.
  const written = fits(full) ? full : body(said);
  const { frozen } = message;
  // What is frozen stays frozen until the visitor edits it, and what has arrived is not posted again.
  if (frozen?.content != content(written)) return finish(deliver(written));
  const { receipt } = frozen;
  return finish(receipt ? { receipt } : deliver(frozen.body));
};

/**
 * Goes on with a post that the panel began.
 *
 * @param {string} body
 * @param {UnderWay} [request]
 */
export const resume = (body, request) => {
  const delivered = deliver(body, request);
  return message.frozen?.body == body ? finish(delivered) : follow(delivered);
};
