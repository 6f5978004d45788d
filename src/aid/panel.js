// Brings the panel, if it can be had.

import { resume, send } from './message.js';
import { context, embed, message, note, renew, warn } from './state.js';
import { kinds } from '../tables/words.js';
import { quietly } from './values.js';

/** @import { FirstAid, Panel, Start, Tree } from '../shapes' */

/** The panel, once its wasm runs, and until it has died. @type {Panel | undefined} */
export let panel;
/** Settles once it is known whether it can come. @type {Promise<void>} */
export let coming;
/** How it takes over; comes with it. @type {typeof import('../browser/adopting.js')} */
let adopting;
/** How the nodes are to stand. @type {Tree} */
let tree;
/** The site's file, on its way. @type {Promise<Response> | undefined} */
let file;

/**
 * What adopting.js is given of first aid, as it is now.
 *
 * @returns {FirstAid}
 */
const firstAid = () => ({ context, embed, message, note, renew, resume, send, tree });

/**
 * @param {Node} node
 * @returns {Tree}
 */
const grown = (node) => {
  /** @type {Tree[]} */
  const children = [];
  for (const child of node.childNodes) children[children.length] = grown(child);
  return [node, children];
};

/** Remembers how the nodes stand, now that all of them are there. */
export const remember = () => {
  tree = grown(embed.frame);
};

/** Hands over to the panel, if it is there and nothing of first aid's would be lost. */
export const adopt = () => {
  if (panel && !embed.live && !message.posting && !message.sent && embed.frame.firstChild) adopting.adopt(firstAid(), panel, died, file);
};

/** @param {unknown} error */
const failed = (error) => {
  warn('first aid goes on without WebAssembly: ' + error);
  // Words of the site's own will not come.
  if (!embed.words[kinds]) embed.speak(...embed.spare);
};

/** @param {unknown} error */
const died = (error) => {
  panel = undefined;
  embed.live = false;
  failed(error);
  adopting.takeUp(firstAid());
};

/** What the panel is made of, on its way. @type {[wasm: Promise<Response>, glue: Promise<Response>, adopting: Promise<any>]} */
let files;

/**
 * Asks for what the panel is made of: first of all, for it takes longest.
 *
 * @param {string} source where its files stand
 */
export const ask = (source) => {
  /** @type {(...file: BuiltFile) => Promise<Response>} */
  const get = async (name, integrity) => fetch(new URL(name, source), { integrity });
  files = [get(...WASM_FILE), get(...GLUE_FILE), import(/** @type {any} */ (new URL(ADOPTING_FILE, source)))];
  // If one of them does not come, nobody asks after the others.
  for (const file of files) quietly(file);
};

const start = async () => {
  try {
    const [wasm, glue, module] = files;
    /** @type {{ default: Start }} */
    const { default: bring } = await import((await glue).url);
    adopting = await module;
    const replaced = await adopting.unsound();
    if (replaced) throw 'the page replaced ' + replaced;
    panel = await adopting.prepare(firstAid(), bring(wasm, died));
    adopt();
  } catch (error) {
    failed(error);
  }
};

/** Brings the panel; it adopts as soon as it can. */
export const bring = () => {
  const { config } = embed.settings;
  if (config && config[0] != '#') {
    file = fetch(config);
    // Whoever reads it says what is wrong with it.
    quietly(file);
  }
  coming = start();
};
