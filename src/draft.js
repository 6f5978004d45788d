// What the visitor writes: the rules of `draft.rs` and the bytes of `feedback.rs`, for the shell.
//
// Golden drafts hold both sides to equal verdicts and equal bytes.

/** The most characters that a field takes. */
export const MAX = { message: 4000, name: 100, email: 254 };

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
    message: !message ? 'empty' : length(message) > MAX.message && 'long',
    name: length(name) > MAX.name && 'long',
    email: !email ? reply && 'missing' : length(email) > MAX.email ? 'long' : !address && 'wrong',
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
  const { site, id, wording } = context;
  return JSON.stringify({ v: 1, site, id, revision, kind, message, contact, wording, page, custom, sent_at, took_ms, trap });
};

/** What of a body is the visitor's doing: the same at no revision and at no time, and promised nothing. */
export const content = (body) => JSON.stringify({ ...JSON.parse(body), revision: 0, sent_at: '', took_ms: undefined, promise: undefined });

/** A body with more pairs of what the site sends along, of which the first ones stay. */
export const added = (body, extra) => {
  const { custom, ...rest } = JSON.parse(body);
  const pairs = Object.entries(custom || {}).slice(0, 20 - Object.keys(extra).length);
  return JSON.stringify({ ...rest, custom: { ...Object.fromEntries(pairs), ...extra } });
};

/** Whether an endpoint takes a body of that length: 32 KiB at most. */
export const fits = (body) => new Blob([body]).size <= 32768;
