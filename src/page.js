// What goes along with the words: of the page, and what the site sends along.

import { cut } from './draft.js';
import { pairs } from './post.js';

/** What the site sends along, as far as it can be used, in the order of its keys. */
export const custom = (settings) => {
  const usable = Object.entries(pairs(settings, 'custom')).filter(([key, text]) => /^(?!say-so\.)[\w.-]{1,40}$/.test(key) && text !== null);
  if (!usable.length) return undefined;
  usable.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(usable.slice(0, 20).map(([key, text]) => [key, cut(text, 500)]));
};

/** The page's address, without what may be private in it. */
export const here = () => cut(location.href.split(/[?#]/)[0], 2048);

/** What goes along with the words unless the visitor takes it out. */
export const facts = () => ({
  title: cut(document.title, 300) || undefined,
  referrer: /^https?:\/\/[^/]+/.exec(document.referrer)?.[0],
  language: /^[a-z\d]{1,8}(-[a-z\d]{1,8}){0,6}$/i.exec(navigator.language)?.[0],
  viewport: [innerWidth, innerHeight],
});
