// The tag's settings: advice.js says what is wrong with one, and first aid looks inside JSON.

import { pattern } from '../tables/settings.js';

/** @import { Settings } from '../shapes' */

/**
 * The settings that can be used.
 *
 * @param {Iterable<{ name: string, value: string }>} attributes
 */
export const read = (attributes) => {
  const settings = /** @type {Settings} */ ({});
  for (const { name, value } of attributes) {
    const [, key] = name.split(/^data-/);
    if (RegExp('^(' + pattern + ')$', 's').test(key + '=' + value)) settings[key] = value;
  }
  return settings;
};
