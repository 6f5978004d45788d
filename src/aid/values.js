// Objects and waiting, without what a page may have replaced: the methods of lists, and promises.
//
// Of JavaScript, pages change what has a name. What is only syntax, they can't.

/**
 * The names and values of an object.
 *
 * @template T
 * @param {Record<string, T>} object
 */
export const entries = (object) => {
  /** @type {[key: string, value: T][]} */
  const list = [];
  // Pages put things on the prototype of all objects.
  const bare = { __proto__: null, ...object };
  for (const key in bare) list[list.length] = [key, /** @type {any} */ (bare)[key]];
  return list;
};

/**
 * What is awaited for that many milliseconds, or for none: what comes next has a task of its own.
 *
 * @param {number} [ms]
 * @returns {Promise<undefined>}
 */
export const after = async (ms) => {
  await { then: (/** @type {() => void} */ done) => setTimeout(done, ms) };
  return undefined;
};

/**
 * Waits for whichever is there first.
 *
 * @template T
 * @param {PromiseLike<T>[]} awaited
 * @returns {Promise<T>}
 */
export const first = async (...awaited) =>
  await {
    then: (/** @type {(value: T) => void} */ done, /** @type {(error: unknown) => void} */ failed) => {
      for (const each of awaited) settle(each, done, failed);
    },
  };

/**
 * @template T
 * @param {PromiseLike<T> | undefined} awaited
 * @param {(value: T) => void} done
 * @param {(error: unknown) => void} failed
 */
export const settle = async (awaited, done, failed) => {
  try {
    done(/** @type {T} */ (await awaited));
  } catch (error) {
    failed(error);
  }
};

/** Lets something happen whose failing concerns nobody here. @param {PromiseLike<unknown>} awaited */
export const quietly = (awaited) => void settle(awaited, () => {}, () => {});
