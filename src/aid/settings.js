// The tag's settings: advice.js says what is wrong with one.

import { pattern } from '../tables/settings.js';

/** @import { Settings } from '../shapes' */

/**
 * Leaves out what can't be used. Until then the embed takes what makes no sense as if it were not there.
 *
 * @param {Settings} settings
 * @returns whether there was any
 */
export const sift = (settings) => {
  const count = Object.keys(settings).length;
  for (const [name, value] of Object.entries(settings)) if (!RegExp('^(' + pattern + ')$', 's').test(name + '=' + value)) delete settings[name];
  return Object.keys(settings).length < count;
};
