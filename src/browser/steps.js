// What the panel sees of hands and of the page, and what the page hears of the panel's steps.

import { JSON } from './globals.js';
import { quietly } from '../aid/values.js';

/** @import { Embed, Panel, Steps } from '../shapes' */

/** Where a visitor's id is kept, and the experiments that they were counted in: words with blanks between them. */
const KEPT = 'say-so';

/**
 * What the panel has told to others, and asks of them.
 *
 * @param {Embed} embed
 * @returns {Steps}
 */
export const steps = ({ settings, source }) => {
  /** The visitor, and for each experiment the message at which they were counted. @type {Record<string, string>} */
  let took = /** @type {any} */ ({ __proto__: null });
  let visitor = '';
  let keeps = false;
  return {
    ask: () => fetch(/** @type {string} */ (settings.config), { cache: 'no-cache' }),
    visitor(remembers, id) {
      let kept = '';
      const given = settings.visitor;
      const asksNot = /** @type {any} */ (navigator).globalPrivacyControl;
      keeps = remembers && !asksNot;
      try {
        if (keeps) kept = localStorage.getItem(KEPT) || '';
        else localStorage.removeItem(KEPT);
      } catch {
        // Nothing can be kept here.
      }
      const [known, ...experiments] = kept.split(' ');
      const now = asksNot || !(given || keeps) ? '' : given || known || visitor || id;
      if (now != visitor) took = /** @type {any} */ ({ __proto__: null });
      // Those of other pages are counted, whatever the message was.
      if (now == known) for (const experiment of experiments) took[experiment] ||= KEPT;
      return (visitor = now);
    },
    is_first: (experiment, id) => (took[experiment] || id) == id,
    take(experiment, id) {
      took[experiment] ||= id;
      try {
        if (keeps) localStorage.setItem(KEPT, [visitor, ...Object.keys(took)].join(' '));
      } catch {
        // Nothing can be kept here.
      }
    },
    async step(step, kind, address, site, id, locale, experiment, variant) {
      // The panel is not in the middle of something then: whoever hears of it may close it.
      await null;
      const body = JSON.stringify({ v: 1, site, id, experiment, variant, locale, step });
      try {
        // It outlives the page, and is never tried again.
        if (address) quietly(fetch(address, { method: 'POST', body, credentials: 'omit', keepalive: true }));
        document.dispatchEvent(new CustomEvent('say-so:' + step, { detail: { site, kind, locale, experiment, variant } }));
      } catch {
        // The page has replaced what it would hear by.
      }
    },
    async advise(file, path) {
      /** @param {unknown} text */
      const warn = (text) => console.warn('say-so: ' + path + text);
      try {
        const { experiments } = await import(/** @type {any} */ (new URL(ADVICE_FILE, source)));
        experiments(file, warn);
      } catch (error) {
        warn('an experiment can not be used: ' + error);
      }
    },
  };
};

/**
 * Watches how far a visitor comes.
 *
 * @param {HTMLElement} frame
 * @param {Panel} panel
 */
export const follow = (frame, panel) => {
  frame.addEventListener('input', () => panel.come('started'));
  addEventListener('pagehide', () => panel.come('left'));
  // A panel in the page's text is opened where half of it can be seen; another one may not be drawn yet.
  new IntersectionObserver((seen) => seen.some((it) => it.isIntersecting) && panel.come('seen'), { threshold: 0.5 }).observe(frame);
};
