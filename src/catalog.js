// The words: a language's file, what the site says otherwise, and what the endpoint's answer does.
//
// Nothing unsound is said: a sentence that can't be used is named in a warning, and the one below it stands.

const KEYS = __NAMES__;
const ENGLISH = __WORDS__; // by key, as every catalog
const SHAPE = __SHAPE__; // what a site's file holds: '' a text, [] a list of texts, {} any object

/** The tags of those catalogs whose names are more than their language. */
const TAGS = { pt: 'pt-BR', zh: 'zh-Hans' };

/** The catalog's BCP 47 tag, for the language that the loader chose. */
export const tagOf = (lang) => TAGS[lang] || lang;

/** The English sentences, in the order of the keys. */
export const english = () => [...ENGLISH];

/** Where a key stands in a catalog. */
export const at = (key) => KEYS.indexOf(key);

/** How many letters have to be changed, added or taken out to make one word of the other. */
const distance = (one, other) => {
  let row = [...other, ''].map((_, index) => index);
  [...one].forEach((letter, index) => {
    let left = index + 1;
    row = row.map((above, column) => {
      const diagonal = row[column - 1];
      return (left = column ? Math.min(above + 1, left + 1, diagonal + (letter != other[column - 1])) : left);
    });
  });
  return row.pop();
};

/** The known word that is nearest to one that is not. */
export const nearest = (word, known) => known.reduce((best, each) => (distance(word, each) < distance(word, best) ? each : best));

const unknown = (path, word, known) => path + ' is unknown; the nearest is ' + nearest(word, known);

const holes = (text) => (text.match(/{\w*}/g) || []).sort().join(' ');

/** The sentences of `own` that can be said, by the number of their keys; `warn` hears of the others. */
export const sound = (own, path, warn) => {
  const sentences = [];
  for (const [key, text] of Object.entries(own || {})) {
    const number = at(key);
    const expected = holes(ENGLISH[number] || '');
    if (number < 0) warn(unknown(path + key, key, KEYS));
    else if (typeof text != 'string' || !text.trim()) warn(path + key + ' must be a text');
    else if (holes(text) != expected) warn(path + key + ' must hold ' + (expected || 'no placeholder') + '; it holds ' + (holes(text) || 'none'));
    else sentences.push([number, text]);
  }
  return sentences;
};

/** What of a value has the shape; `warn` hears of the rest. */
export const shaped = (value, shape, path, warn) => {
  const is = (value) => (Array.isArray(value) ? 'a list of texts' : value && typeof value == 'object' ? 'an object' : typeof value == 'string' ? 'a text' : '');
  if (is(value) != is(shape)) return warn((path || 'it') + ' must be ' + is(shape));
  if (Array.isArray(shape)) return value.every((each) => is(each) == is('')) ? value : warn(path + ' must be ' + is(shape));
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

/** What the site set in its file, which is read once. */
let site;

/** The site's file: an address, or `#` and the id of an element that holds it. */
const fetchSite = async (config, warn) => {
  const told = (text) => warn('data-config="' + config + '": ' + text);
  try {
    const text = config[0] == '#' ? document.querySelector(config).textContent : await (await answered(fetch(config))).text();
    return shaped(JSON.parse(text), SHAPE, '', told) || {};
  } catch (error) {
    told('it is not used: ' + error);
    return {};
  }
};

const answered = async (promise) => {
  const answer = await promise;
  if (!answer?.ok) throw answer ? 'the server answered ' + answer.status : 'it can\'t be reached';
  return answer;
};

/** The sentences in a language, with the site's own in their places, and what else the site set. */
export const learn = async (lang, file, config, warn) => {
  const reading = config ? (site ||= fetchSite(config, warn)) : {};
  let list = english();
  let spoken = 'en';
  if (lang != 'en') {
    try {
      const fetched = await (await answered(file)).json();
      if (!Array.isArray(fetched) || fetched.length != KEYS.length || fetched.some((text) => typeof text != 'string')) throw 'it is broken';
      [list, spoken] = [fetched, lang];
    } catch (error) {
      warn('the words in "' + lang + '" are missing, and English stands in: ' + error);
    }
  }
  const set = await reading;
  const tag = tagOf(spoken);
  for (const [number, text] of sound(set.wording?.[tag], 'data-config: wording.' + tag + '.', warn)) list[number] = text;
  return { list, lang: spoken, site: set };
};
