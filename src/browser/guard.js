// The guard around an instance of the wasm.
//
// A trap stops the wasm in the middle of something, and nothing of it holds any more: so whatever escapes from it
// is its end. Nobody calls it again, and nothing of this reaches the host page's log of errors.

/** @typedef {(...given: any[]) => any} Call */
/** @typedef {Record<string, any>} Functions functions by name, and maybe a memory or a table */

/**
 * The same functions, wrapped; all else is as it was. A page may have put things on every object's prototype.
 *
 * @param {Functions} functions
 * @param {(call: Call) => Call} wrap
 */
const wrapped = (functions, wrap) => {
  const all = /** @type {Functions} */ ({ __proto__: null });
  for (const name in functions) all[name] = typeof functions[name] == 'function' ? wrap(functions[name]) : functions[name];
  return all;
};

/**
 * A guard for one instance. It calls `died` once, with what escaped from the wasm; older calls of the wasm may
 * then still wait for that one to return, but none of them runs on.
 *
 * @param {(error: unknown) => void} died
 */
export const guard = (died) => {
  let dead = false;
  /** @type {unknown} */
  let cause;
  const check = () => {
    if (dead) throw cause;
  };

  return {
    /**
     * What the wasm is given. What of it can call back into the wasm may return into one that has died.
     *
     * @param {Functions} functions
     */
    imports: (functions) =>
      wrapped(functions, (call) => (...given) => {
        check();
        const answer = call(...given);
        check();
        return answer;
      }),

    /**
     * What wasm-bindgen's glue is given. A dead wasm answers with an empty list: the glue takes several results out
     * of one, and would throw an error of its own at undefined.
     *
     * @param {Functions} functions
     */
    exports: (functions) =>
      wrapped(functions, (call) => (...given) => {
        try {
          if (!dead) return call(...given);
        } catch (error) {
          if (!dead) {
            dead = true;
            died((cause = error));
          }
        }
        return [];
      }),

    /**
     * What everybody else is given: the glue's functions. They return undefined if the wasm is dead by then, and throw
     * what the glue throws if it isn't.
     *
     * @param {Functions} functions
     */
    panel: (functions) =>
      wrapped(functions, (call) => (...given) => {
        try {
          const answer = dead || call(...given);
          if (!dead) return answer;
        } catch (error) {
          if (!dead) throw error;
        }
      }),
  };
};
