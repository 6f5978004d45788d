// What the visitor writes: the rules of draft.rs.
//
// Golden drafts hold both sides to equal verdicts.

/** @import { Draft } from '../shapes' */

/** The most characters that a field takes. */
export const MAX = { message: 4000, name: 100, email: 254 };

/** @param {string} text */
const wellFormed = (text) => {
  let sound = '';
  // By code points: what is left of a pair stands alone.
  for (const sign of text) sound += sign >= '\ud800' && sign < '\ue000' && !sign[1] ? '\ufffd' : sign;
  return sound;
};

/** @param {string} text */
const trimmed = (text) => {
  let trimmed = '';
  let space = '';
  for (const sign of wellFormed(text)) {
    space += sign;
    if (/[\s\x85]/.test(sign)) continue;
    trimmed += trimmed ? space : sign;
    space = '';
  }
  return trimmed;
};

/** @param {string} text */
export const length = (text) => [...text].length;

/**
 * @param {string} text
 * @param {number} max
 */
export const cut = (text, max) => {
  let cut = '';
  for (const sign of wellFormed(text)) if (max-- > 0) cut += sign;
  return cut;
};

/**
 * A draft as it is judged and sent: without white space around its texts, and with a name and an address only where a
 * reply is wanted.
 *
 * @param {Draft} draft
 * @returns {Draft}
 */
export const tidy = ({ message, name, email, reply }) => ({ message: trimmed(message), name: reply ? trimmed(name) : '', email: reply ? trimmed(email) : '', reply });

/**
 * The key of what is wrong with each field of a tidy draft; empty or false if nothing is.
 *
 * @param {Draft} draft
 */
export const check = ({ message, name, email, reply }) => {
  const address = !/[\s\0-\x1f\x7f-\x9f<>()[\],;:"\\]/.test(email) && /^[^@]+@[^@.]+(\.[^@.]+)*$/.test(email);
  return {
    message: !message ? 'empty' : length(message) > MAX.message && 'long',
    name: length(name) > MAX.name && 'long',
    email: !email ? reply && 'missing' : length(email) > MAX.email ? 'long' : !address && 'wrong',
  };
};
