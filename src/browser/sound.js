// Whether the page has left to JavaScript what the wasm needs of it.
//
// The glue between the two is wasm-bindgen's, and leans on globals and on methods that a page's libraries may have
// replaced. Where one of them doesn't do what it is for, the panel would stop in the middle of something: so it is tried
// before. First aid leans on less, and goes on without the panel.

import { after, first } from '../aid/values.js';
import { JSON } from './globals.js';

/** How long what is to happen soon may take, in milliseconds. */
const SOON = 500;

/**
 * Each does with a thing what the glue does with it; true, or a promise of it, if that works. Whatever isn't here shows
 * by itself before the panel adopts anything.
 *
 * @type {Record<string, () => unknown>}
 */
const TRIALS = {
  'Array.prototype.push': () => {
    /** @type {number[]} */
    const list = [];
    list.push(1);
    return list[0] == 1;
  },
  'Function.prototype.apply': () => (() => 1).apply(null, []) == 1,
  'Function.prototype.call': () => (() => 1).call(null) == 1,
  'String.prototype.charCodeAt': () => {
    // Not of a constant: what that gives is known when the file is built.
    const [sign] = 'a';
    return sign.charCodeAt(0) == 97;
  },
  'Reflect.get': () => Reflect.get({ a: 1 }, 'a') == 1,
  'TextDecoder': () => new TextDecoder().decode(new Uint8Array([97])) == 'a',
  'JSON': () => JSON.stringify(JSON.parse('[1]')) == '[1]',
  'Date': () => !new Date(0).toISOString().indexOf('1970'),
  'Headers': () => {
    const headers = new Headers();
    headers.set('A', 'b');
    return headers.get('a') == 'b';
  },
  'Promise': () => new Promise((done) => done(true)),
  'Promise.prototype.then': () => ({ then: (/** @type {(value: true) => void} */ done) => Promise.resolve(true).then(() => done(true)) }),
  'queueMicrotask': () => ({ then: (/** @type {(value: true) => void} */ done) => queueMicrotask(() => done(true)) }),
};

/**
 * The name of the first thing that doesn't do what it is for; none if all do.
 *
 * @param {Record<string, () => unknown>} [trials]
 */
export const unsound = async (trials = TRIALS) => {
  for (const name in { __proto__: null, ...trials }) {
    try {
      const works = /** @type {any} */ (trials[name]());
      if (works === true || (works && (await first(works, after(SOON))))) continue;
    } catch {
      // It is named below.
    }
    return name;
  }
};
