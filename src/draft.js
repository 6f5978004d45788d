// What the visitor writes: the rules of `draft.rs` and the bytes of `feedback.rs`, for the shell.
//
// Golden drafts hold both sides to equal verdicts and equal bytes.

const wellFormed = (text) => text.replace(/\p{Surrogate}/gu, '\ufffd');
const trimmed = (text) => wellFormed(text).replace(/^[\s\x85]+|[\s\x85]+$/g, '');
export const length = (text) => [...text].length;
export const cut = (text, max) => [...wellFormed(text)].slice(0, max).join('');

/** A draft as it is judged and sent: without white space around its texts. */
export const tidy = ({ message, name, email, reply }) => ({ message: trimmed(message), name: trimmed(name), email: trimmed(email), reply });

/** The key of what is wrong with each field, if anything is. */
export const check = ({ message, name, email, reply }) => {
  const address = !/[\s\0-\x1f\x7f-\x9f<>()[\],;:"\\]/.test(email) && /^[^@]+@[^@.]+(\.[^@.]+)*$/.test(email);
  return {
    message: !message ? 'empty' : length(message) > 4000 && 'long',
    name: length(name) > 100 && 'long',
    email: !email ? reply && 'missing' : length(email) > 254 ? 'long' : !address && 'wrong',
  };
};

/** What a tidy draft says, as it travels. */
export const words = ({ message, name, email, reply }, trap) => ({
  message,
  contact: name || email || reply ? { name: name || undefined, email: email || undefined, reply } : undefined,
  trap: cut(trap, 500) || undefined,
});

/** A body, its fields in the order of the contract; what is undefined is left out. */
export const write = (context, { revision, kind, message, contact, page, custom, took_ms, trap }, sent_at) => {
  const { site, id, locale } = context;
  const wording = { locale };
  return JSON.stringify({ v: 1, site, id, revision, kind, message, contact, wording, page, custom, sent_at, took_ms, trap });
};
