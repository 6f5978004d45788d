// What the visitor is told of words that have arrived: the rules of `wording/confirmation.rs`.
//
// Golden confirmations hold both sides to the same sentences.

/** The text with its placeholders replaced; where directions may mix, each value is isolated. */
export const filled = (text, values) =>
  text.replace(/{(\w+)}/g, (_, name) => {
    const value = values[name];
    return /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text + value) ? '\u2068' + value + '\u2069' : value;
  });

/**
 * The sentences for a posted body. `tell` says the sentence of a key with its placeholders filled, and
 * `day` names the day of an instant in seconds.
 */
export const compose = (tell, { kind, contact = {}, promise }, { person, team }, day) => {
  const { name = '', email = '', reply } = contact;
  const reader = person && team ? tell('reader.person', { person, team }) : person || team || tell('reader.us');
  const reads = !email ? 'none' : !reply ? 'no' : promise ? 'by' : 'reply';
  const date = promise && day(Date.parse(promise.by) / 1e3);
  return {
    heading: tell('thanks.' + kind + (name && '.name'), { name }),
    own: tell('own.' + kind),
    reads: tell('reads.' + reads, { reader, email, date }),
  };
};
