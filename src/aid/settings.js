// The tag's settings: advice.js says what is wrong with one.

import { pattern } from '../tables/settings.js';
import { entries } from './values.js';

/** @import { Settings } from '../shapes' */

/**
 * Leaves out what can't be used. Until then the embed takes what makes no sense as if it were not there.
 *
 * @param {Settings} settings
 * @returns whether there was any
 */
export const sift = (settings) => {
  let unsound = false;
  /** @param {string} name */
  const fits = (name) => {
    try {
      return RegExp('^(' + pattern + ')$', 's').test(name + '=' + settings[name]);
    } catch {
      return false;
    }
  };
  // The embed has made sure of the endpoint: where that does not fit, the page has changed what a pattern does.
  if (!fits('endpoint')) return unsound;
  for (const [name] of entries(settings)) {
    if (!fits(name)) {
      delete settings[name];
      unsound = true;
    }
  }
  return unsound;
};
