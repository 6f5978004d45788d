// Starts the wasm behind its guard.
//
// `cargo xtask` writes the module that calls this: it names what the wasm imports and exports, and brings
// wasm-bindgen's glue.

import { guard } from './guard.js';

/** @typedef {import('./guard.js').Functions} Functions */

/**
 * What a page's script calls to bring the panel: with the wasm on its way, and with what is to happen once the panel
 * has died. It rejects if the wasm can't be started.
 *
 * @typedef {(response: Promise<Response>, died: (error: unknown) => void) => Promise<Functions>} Start
 */

/**
 * @param {string} module the name by which the wasm imports its functions
 * @param {Functions} imports
 * @param {(exports: Functions) => void} bind tells the glue which instance it works with
 * @param {Functions} panel the functions of the panel, as the glue has them
 * @returns {Start}
 */
export const starter = (module, imports, bind, panel) => async (response, died) => {
  const answer = await response;
  if (!answer.ok) throw new Error('HTTP ' + answer.status);
  const type = answer.headers.get('Content-Type');
  const known = type == 'application/wasm';
  // A server or proxy that doesn't know wasm calls it something else.
  if (!known) console.warn('say-so: the wasm would start faster as application/wasm; it came as ' + type);
  /** @type {{ error: unknown } | undefined} */
  let failure;
  let ended = (/** @type {unknown} */ error) => {
    failure = { error };
  };
  const guarded = guard((error) => ended(error));
  const given = { [module]: guarded.imports(imports) };
  // A page's fetch may answer with a class of its own, which can't be read while it comes.
  const { instance } = await (known && '' + answer == '[object Response]'
    ? WebAssembly.instantiateStreaming(answer, given)
    : WebAssembly.instantiate(await answer.arrayBuffer(), given));
  const exports = guarded.exports(instance.exports);
  bind(exports);
  exports.__wbindgen_start();
  if (failure) throw failure.error;
  ended = died;
  return guarded.panel(panel);
};
