// What a web team set, looked at strictly: the tag's settings, the site's file, and sentences in place of the catalog's.
//
// Fetched only where there is something to look at. Nothing unsound is used: it is named in a warning with
// what would be right, and what holds without it holds.

import { answered } from './catalog.js';
import { pairs, parsed } from './post.js';

const KEYS = __NAMES__; // of the catalog's sentences
const SETTINGS = __SETTINGS__; // what each can be, in words
const SHAPE = __SHAPE__; // what a site's file holds: '' a text, [] a list of texts, {} any object
const WIRE = __WIRE__; // the fields that can be renamed

/** How alike two words are: what part of their pairs of letters they share, much as Dice and Sørensen have it. */
const likeness = (one, other) => [...one].filter((_, at) => other.includes(one.slice(at, at + 2))).length / (one.length + other.length);

/** The known word that is nearest to one that is not. */
const nearest = (word, known) => known.reduce((best, each) => (likeness(word, each) > likeness(word, best) ? each : best));

const unknown = (path, word, known) => path + ' is unknown; the nearest is ' + nearest(word, known);

const holes = (text) => (text.match(/{\w*}/g) || []).sort().join(' ');

/** What a value is, in words. */
const nature = (value) => (Array.isArray(value) ? 'a list of texts' : value && typeof value == 'object' ? 'an object' : typeof value == 'string' ? 'a text' : '');

/** The sentences of `own` that can be said, by the number of their keys; `warn` hears of the others. */
export const sound = (own, path, english, warn) => {
  const sentences = [];
  if (nature(own) != nature({})) return warn(path.slice(0, -1) + ' must be ' + nature({})) || sentences;
  for (const [key, text] of Object.entries(own)) {
    const number = KEYS.indexOf(key);
    const expected = holes(english[number] || '');
    if (number < 0) warn(unknown(path + key, key, KEYS));
    else if (typeof text != 'string' || !text.trim()) warn(path + key + ' must be a text');
    else if (holes(text) != expected) warn(path + key + ' must hold ' + (expected || 'no placeholder') + '; it holds ' + (holes(text) || 'none'));
    else sentences.push([number, text]);
  }
  return sentences;
};

/** What of a value has the shape; `warn` hears of the rest. */
const shaped = (value, shape, path, warn) => {
  const right = nature(shape);
  if (nature(value) != right || (Array.isArray(shape) && !value.every((each) => nature(each) == nature('')))) return warn((path || 'it') + ' must be ' + right);
  if (Array.isArray(shape)) return value;
  const names = Object.keys(shape);
  if (!names.length) return value;
  const kept = {};
  for (const name in value) {
    const here = path && path + '.';
    if (name == '$schema') continue;
    if (!Object.hasOwn(shape, name)) warn(unknown(here + name, name, names));
    else kept[name] = shaped(value[name], shape[name], here + name, warn);
  }
  return kept;
};

/**
 * The site's file: from an address, or from the element whose id stands behind `#`. Its `say` puts the site's own
 * sentences into a list, those of the visit's variant on top, and gives the names of the experiment and the variant.
 */
export const readSite = async (config, english, warn) => {
  const told = (text) => warn('data-config="' + config + '": ' + text);
  try {
    const text = config[0] == '#' ? document.querySelector(config).textContent : await (await answered(fetch(config))).text();
    let spoilt;
    const heard = (text) => {
      spoilt ||= text.startsWith('hours');
      told(text);
    };
    const site = shaped(JSON.parse(text), SHAPE, '', heard) || {};
    // Of hours that are right in part only, no day follows that could be promised.
    if (spoilt) delete site.hours;
    const timeZone = site.hours?.zone;
    try {
      new Intl.DateTimeFormat('en', { timeZone });
    } catch {
      told('hours.zone must be a time zone, not ' + timeZone);
    }
    const { name = '', variants = {} } = site.experiment || {};
    const names = Object.keys(variants);
    const drawn = Math.floor(Math.random() * names.length);
    for (const each of names) shaped(variants[each], {}, 'experiment.variants.' + each, told);
    const named = [name, ...names].every((each) => /^\P{Surrogate}{1,64}$/u.test(each));
    if (names[0] && !named) told('experiment: its name, and those of its variants, must have 1 to 64 characters');
    site.say = (list, locale) => {
      let unsound = !named;
      const heard = (text) => {
        unsound = true;
        warn(text);
      };
      const read = (own, path, warn) => sound(own?.[locale] ?? {}, 'data-config: ' + path + '.' + locale + '.', english, warn);
      const layer = (sentences) => sentences.forEach(([number, text]) => (list[number] = text));
      layer(read(site.wording, 'wording', warn));
      const each = names.map((each) => read(variants[each], 'experiment.variants.' + each, heard));
      // With a wording that can't be said as it is meant, nothing would be found out.
      if (unsound || !each.some((sentences) => sentences[0])) return {};
      layer(each[drawn]);
      return { experiment: name, variant: names[drawn] };
    };
    return site;
  } catch (error) {
    told('it is not used: ' + error);
    return {};
  }
};

/** Warns of each setting of the tag that can't be used as it is. */
export const advise = (settings, unsound, warn) => {
  for (const [key, value] of unsound) {
    const allowed = Object.hasOwn(SETTINGS, key) ? 'it can be ' + SETTINGS[key] : 'there are data-' + Object.keys(SETTINGS).join(', data-');
    warn('data-' + key + '="' + value + '" is ignored; ' + allowed);
  }
  for (const name of ['headers', 'fields', 'custom']) {
    if (!parsed(settings[name])) warn('data-' + name + ' is ignored; it can be a JSON object of texts');
    Object.entries(pairs(settings, name)).forEach(([key, text], at) => {
      const must = RULES[name](key, text, at);
      if (must) warn('data-' + name + ': "' + key + '" must be ' + must);
    });
  }
};

/** What a pair of a JSON setting must be, if it is not. */
const RULES = {
  headers: (name, text) => !(/^[a-z\d-]+$/i.test(name) && /^[\t -~\xa0-\xff]*$/.test(text ?? '\0')) && 'a header name with a text in Latin-1',
  fields: (name) => !WIRE.includes(name) && 'the name of a field that is sent; the nearest is ' + nearest(name, WIRE),
  custom: (key, text, at) =>
    (!/^[\w.-]{1,40}$/.test(key) && 'a key of 1 to 40 of A-Z a-z 0-9 _ . -') ||
    (key.startsWith('say-so.') && 'another key: those with say-so. in front are the panel\'s') ||
    ((text === null || [...text].length > 500) && 'a text of at most 500 characters') ||
    (at > 19 && 'one of at most 20 pairs'),
};
