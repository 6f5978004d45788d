// What a web team set wrongly in the tag: each thing is named, with what would be right.
//
// Fetched only where there is something to look at. What is unsound is not used.

import { pairs, parsed } from './aid/body.js';
import { allowed, fields } from './tables/settings.js';

/** @import { Settings } from './shapes' */

/** How alike a name has to be to one of ours, beside beginning as it does, to be meant as it: a word is like itself by .5. */
const ALIKE = 0.25;

/**
 * How alike two words are: what part of their pairs of letters they share, much as Dice and Sørensen have it.
 *
 * @param {string} one
 * @param {string} other
 */
const likeness = (one, other) => [...one].filter((_, at) => other.includes(one.slice(at, at + 2))).length / (one.length + other.length);

/**
 * The known word that is nearest to one that is not.
 *
 * @param {string} word
 * @param {string[]} known
 */
export const nearest = (word, known) => known.reduce((best, each) => (likeness(word, each) > likeness(word, best) ? each : best));

/**
 * What a pair of a JSON setting must be, if it is not.
 *
 * @type {Record<string, (key: string, text: string | null, at: number) => string | false>}
 */
const RULES = {
  headers: (name, text) => !(/^[a-z\d-]+$/i.test(name) && /^[\t -~\xa0-\xff]*$/.test(text ?? '\0')) && 'a header name with a text in Latin-1',
  fields: (name) => !fields.includes(name) && 'the name of a field that is sent; the nearest is ' + nearest(name, fields),
  custom: (key, text, at) =>
    (!/^[\w.-]{1,40}$/.test(key) && 'a key of 1 to 40 of A-Z a-z 0-9 _ . -') ||
    (key.startsWith('say-so.') && "another key: those with say-so. in front are the panel's") ||
    ((text === null || [...text].length > 500) && 'a text of at most 500 characters') ||
    (at > 19 && 'one of at most 20 pairs'),
};

/**
 * Warns of each setting of the tag that can't be used as it is.
 *
 * @param {Settings} settings
 * @param {Iterable<{ name: string, value: string }>} attributes of the tag
 * @param {(text: string) => void} warn
 */
export const advise = (settings, attributes, warn) => {
  const names = new Map(Object.entries(allowed));
  for (const { name, value } of attributes) {
    const [, key] = name.split(/^data-/);
    if (!key || Object.hasOwn(settings, key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()))) continue;
    const near = nearest(key, [...names.keys()]);
    // What is like none of ours is another tool's, such as data-cfasync: nobody's mistake.
    if (key[0] != near[0] || likeness(key, near) < ALIKE) continue;
    const right = names.has(key) ? 'it can be ' + names.get(key) : 'the nearest of data-' + [...names.keys()].join(', data-') + ' is data-' + near;
    warn('data-' + key + '="' + value + '" is ignored; ' + right);
  }
  for (const name of Object.keys(RULES)) {
    if (!parsed(settings[name])) warn('data-' + name + ' is ignored; it can be a JSON object of texts');
    pairs(settings[name]).forEach(([key, text], at) => {
      const must = RULES[name](key, text, at);
      if (must) warn('data-' + name + ': "' + key + '" must be ' + must);
    });
  }
};
