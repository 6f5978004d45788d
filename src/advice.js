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

/** What an id of an experiment, or of a variant, is. */
const isId = (/** @type {unknown} */ id) => /^[\w.-]{1,64}$/.test(typeof id == 'string' ? id : '');
const isObject = (/** @type {unknown} */ value) => !!value && typeof value == 'object' && !Array.isArray(value);
const isName = (/** @type {string} */ name) => !!name && [...name].length < 65;
const MEMBERS = { experiment: ['id', 'start', 'end', 'variants'], variant: ['id', 'weight', 'wording'], single: ['name', 'variants'] };

/**
 * Warns of what is wrong with the experiments of a site's file: what makes the panel leave one out.
 *
 * @param {any} file
 * @param {(text: string) => void} warn
 */
export const experiments = ({ experiments = [], experiment }, warn) => {
  /** @type {(at: string, value: object, known: string[]) => void} */
  const know = (at, value, known) => {
    for (const name in value) if (!known.includes(name)) warn(at + '.' + name + ' is unknown; the nearest is ' + nearest(name, known));
  };
  /** @type {(at: string, variants: any[]) => void} */
  const look = (at, variants) => {
    /** @type {unknown[]} */
    const ids = [];
    variants.forEach((variant, number) => {
      const place = at + '.variants[' + number + ']';
      if (!isObject(variant)) return warn(place + ' must be an object');
      know(place, variant, MEMBERS.variant);
      const { id, weight = 1, wording = {} } = variant;
      if (!isId(id)) warn(place + '.id must be 1 to 64 of A-Z a-z 0-9 _ . -');
      else if (ids.includes(id)) warn(place + '.id must be another: "' + id + '" is there before');
      ids.push(id);
      if (weight !== null && !(Number.isInteger(weight) && weight >= 0 && weight <= 1000)) warn(place + '.weight must be a whole number from 0 to 1,000');
      if (!isObject(wording)) warn(place + '.wording must be an object');
    });
    if (variants.length < 2 || variants.length > 20) warn(at + '.variants must be 2 to 20');
    else if (variants.every((variant) => variant?.weight === 0)) warn(at + '.variants must have a weight above 0, one of them');
  };
  if (!Array.isArray(experiments)) warn('experiments must be a list');
  else {
    experiments.forEach((it, number) => {
      const at = 'experiments[' + number + ']';
      if (!isObject(it)) return warn(at + ' must be an object');
      const before = experiments.findIndex((other) => other?.id === it.id);
      if (before < number) warn(at + '.id must be another: "' + it.id + '" is experiments[' + before + ']');
      know(at, it, MEMBERS.experiment);
      if (!isId(it.id)) warn(at + '.id must be 1 to 64 of A-Z a-z 0-9 _ . -');
      const [start, end] = ['start', 'end'].map((name) => {
        const text = it[name];
        const isTime = /^20[\d-]{8}(T.*(Z|[+-]\d\d:\d\d))?$/.test(text) && !isNaN(Date.parse(text));
        if (text !== undefined && text !== '' && !(typeof text == 'string' && isTime)) warn(at + '.' + name + ' must be a day or an instant of a zone, such as 2026-12-01 or 2026-12-01T09:00:00Z');
        return Date.parse(text);
      });
      if (start >= end) warn(at + '.end must be later than its start');
      if (Array.isArray(it.variants)) look(at, it.variants);
      else warn(at + '.variants must be a list');
    });
  }
  if (experiment === undefined) return;
  const at = 'experiment';
  if (!isObject(experiment)) return warn(at + ' must be an object');
  know(at, experiment, MEMBERS.single);
  const { name, variants = {} } = experiment;
  if (!isObject(variants)) return warn(at + '.variants must be an object');
  for (const id in variants) if (!isObject(variants[id])) warn(at + '.variants.' + id + ' must be an object');
  const names = Object.keys(variants);
  if (names.length && ![name, ...names].every((it) => typeof it == 'string' && isName(it))) warn(at + ': its name, and those of its variants, must have 1 to 64 characters');
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
