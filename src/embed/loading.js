// Brings first aid: on intent, and again if it did not arrive.

import { embed, later, warn } from './widget.js';

/** @import { Aid } from '../shapes' */

/** First aid, on its way. @type {Promise<Aid> | undefined} */
let loading;
/** First aid, once it is there. @type {Aid | undefined} */
export let aid;

/**
 * @param {string} name
 * @param {string} [integrity]
 */
const get = (name, integrity) => fetch(new URL(name, embed.script.src), { integrity, signal: AbortSignal.timeout(15e3) });

// Whoever reads it says what is wrong with it.
embed.get = (lang) => get(lang + LANGUAGES).catch(() => {});

const ask = () => {
  embed.file = embed.get(embed.wanted);
};

const bring = async () => {
  await new Promise((done) => later(() => done(0)));
  // What is to be said is fetched beside what says it.
  ask();
  try {
    const { url } = await get(...AID_FILE);
    const { begin } = await import(url);
    return (aid = /** @type {Aid} */ (await begin(embed)));
  } catch (error) {
    loading = undefined;
    warn(AID_FILE[0] + ': ' + error);
    throw error;
  }
};

export const load = () => (loading ||= bring());

export const warm = () => void load().catch(() => {});

/** The page is in another language: first aid finds its file, also if it is still to come. */
export const told = () => {
  if (!loading) return;
  ask();
  loading.then((aid) => aid.tell(), () => {});
};
