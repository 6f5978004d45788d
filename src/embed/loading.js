// Brings first aid: on intent, and again if it did not arrive.

import { embed, later, warn } from './widget.js';

/** @import { Aid } from '../shapes' */

/** First aid, on its way. @type {Promise<void> | undefined} */
let loading;
/** First aid, once it is there. @type {Aid | undefined} */
export let aid;

/** @param {string} name */
const get = (name) => fetch(new URL(name, embed.source), { signal: AbortSignal.timeout(15e3) });

embed.get = async (lang) => {
  try {
    return await get(lang + LANGUAGES);
  } catch {
    // Whoever reads it says what is wrong with it.
  }
};

const ask = () => {
  embed.file = embed.get(embed.wanted);
};

const bring = async () => {
  // A promise may be the page's own; what can be waited for is enough.
  await { then: later };
  // What is to be said is fetched beside what says it.
  ask();
  // An import has no time limit; what was fetched is there for it.
  const { url } = await get(AID_FILE);
  const { begin } = await import(url);
  aid = /** @type {Aid} */ (await begin(embed));
};

/**
 * Has first aid do something, once it is there.
 *
 * @param {(aid: Aid) => void} act
 * @param {() => void} [otherwise] what happens if it does not come
 */
export const load = async (act, otherwise) => {
  try {
    await (loading ||= bring());
  } catch (error) {
    // Whoever waits for it hears of it, and the console once.
    if (loading) warn(AID_FILE + ': ' + error);
    loading = undefined;
    return otherwise?.();
  }
  act(/** @type {Aid} */ (aid));
};

export const warm = () => void load(() => {});

/** The page is in another language: first aid finds its file, also if it is still to come. */
export const languageChanged = () => {
  if (!loading) return;
  ask();
  load((aid) => aid.tell());
};
