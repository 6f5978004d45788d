// The language: one's own from the first sentence.

import { english, labels } from '../tables/languages.js';
import { clickOff, clickOn, kinds, launcher as open } from '../tables/words.js';
import { frame, launcher } from './launcher.js';
import { languageChanged } from './loading.js';
import { slots } from './tree.js';
import { embed, find, oneClick, settings } from './widget.js';

/** @import { Embed } from '../shapes' */

/** Says all sentences in other words, each in its place. @type {Embed['speak']} */
export const speak = (words, lang) => {
  words[open] = settings.label || words[open];
  if (oneClick) words[clickOff] = words[clickOn];
  embed.words = words;
  embed.lang = lang;
  // Not on the host, which takes nothing over: fonts and the ends of lines go by the language.
  frame.lang = launcher.lang = lang;
  for (const slot of slots) slot();
  // Nobody can press what says nothing yet.
  if (!frame.firstChild) return;
  find('.kinds').inert = !words[kinds];
  if (!embed.live) embed.show();
};

/**
 * The language of a tag, if there is a file of it; else English.
 *
 * @param {string} tag
 */
export const languageOf = (tag) => {
  try {
    // Whoever reads traditional characters gets English rather than simplified ones.
    const [primary] = tag.toLowerCase().replace(/^zh.(hant|tw|hk|mo)/, 'en').split(/[-_]/);
    if (primary in labels) return primary;
  } catch {
    // A page may have methods of its own for texts.
  }
  return 'en';
};

/** Looks which language the page is in. */
export const look = () => {
  const lang = languageOf(settings.lang || document.documentElement.lang || navigator.language);
  if (lang == embed.wanted) return;
  embed.wanted = lang;
  const label = settings.label || labels[lang] || english[open];
  // Until the words are there, the dialog has a name, and so has what closes it.
  if (!frame.firstChild) speak(lang == 'en' && !settings.config ? english : [label, '\xd7 ' + label, '\xd7', label], lang);
  languageChanged();
};
