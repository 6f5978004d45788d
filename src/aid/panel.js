// Brings the panel, if it can be had.

import { resume, send } from './message.js';
import { context, embed, message, note, renew, warn } from './state.js';
import { kinds } from '../tables/words.js';
import { after, quietly } from './values.js';

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

/** @param {BuiltFile} file */
const get = ([name, integrity]) => fetch(new URL(name, embed.source), { integrity });

const start = async () => {
  await after();
  try {
    const wasm = get(WASM_FILE);
    const glue = get(GLUE_FILE);
    const module = import(/** @type {any} */ (new URL(ADOPTING_FILE, embed.source)));
    // If one of them does not come, nobody asks after the others.
    quietly(wasm);
    quietly(module);
    /** @type {{ default: Start }} */
    const { default: bring } = await import((await glue).url);
    adopting = await module;
    const replaced = await adopting.unsound();
    if (replaced) throw 'the page has replaced ' + replaced;
    panel = await bring(wasm, died);
    // To start it and to adopt is too much for one task on a slow phone.
    await after();
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
