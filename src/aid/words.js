// The words: a language's file, or English where it can't be had.

import { count } from '../tables/languages.js';
import { parsed } from './body.js';
import { warn } from './state.js';
import { after, first } from './values.js';

/** @import { Embed } from '../shapes' */

/** @typedef {[words: string[], lang: string]} Words */

/**
 * @param {Promise<Response | void>} file
 * @returns {Promise<string[]>}
 */
const read = async (file) => {
  const answer = await file;
  if (!answer?.ok) throw 'the server answered ' + (answer?.status || 'nothing');
  const list = parsed(await answer.text());
  let texts = 0;
  for (const text of list || []) if (typeof text == 'string') texts++;
  if (list?.length != count || texts != count) throw 'the file is broken';
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
  /** The words, if they can be had. */
  const learning = (async () => {
    try {
      return await read(file);
    } catch (error) {
      warn('the words in "' + wanted + '" are missing, and English stands in: ' + error);
    }
  })();
  const list = await first(learning, after(1e3));
  if (list) return [list, wanted];
  const words = await english(embed);
  (async () => {
    await after();
    const list = await learning;
    if (list) late([list, wanted]);
  })();
  return [words, 'en'];
};
