// The words: a language's file, or English where it can't be had.

import { count } from '../tables/languages.js';
import { after, warn } from './state.js';

/** @import { Embed } from '../shapes' */

/** @typedef {[words: string[], lang: string]} Words */

/**
 * @param {Promise<Response | void>} file
 * @returns {Promise<string[]>}
 */
const read = async (file) => {
  const answer = await file;
  if (!answer?.ok) throw answer ? 'the server answered ' + answer.status : 'the server can not be reached';
  const list = await answer.json();
  if (list.length != count || list.some((/** @type {unknown} */ text) => typeof text != 'string')) throw 'the file is broken';
  return list;
};

/** The English words. @param {Embed} embed */
export const english = (embed) => read(embed.get('en'));

/**
 * The words of the language that the page is in. English stands in where they take longer than a second; `late`
 * hears of them when they have come. It rejects if there are no words at all.
 *
 * @param {Embed} embed
 * @param {(words: Words) => void} late
 * @returns {Promise<Words>}
 */
export const learn = async (embed, late) => {
  const { wanted, file } = embed;
  if (wanted == 'en') return [await read(file), wanted];
  const learning = read(file);
  /** @param {unknown} error */
  const missing = (error) => warn('the words in "' + wanted + '" are missing, and English stands in: ' + error);
  learning.catch(missing);
  const list = await Promise.race([learning, after(1e3)]).catch(() => undefined);
  if (list) return [list, wanted];
  const words = await english(embed);
  after().then(() => learning).then((list) => late([list, wanted]), () => {});
  return [words, 'en'];
};
