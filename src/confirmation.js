// What the visitor is told of words that have arrived: the rules of `wording/confirmation.rs`.
//
// Golden confirmations hold both sides to the same sentences.

/** The text with its placeholders replaced; where directions may mix, each value is isolated. */
export const filled = (text, values) =>
  text.replace(/{(\w+)}/g, (_, name) => {
    const value = values[name];
    return /[\u0590-\u08ff\ufb1d-\ufefc]/.test(text + value) ? '\u2068' + value + '\u2069' : value;
  });

/** Where a kind stands among three sentences. */
export const placeOf = (kind) => ['complaint', 'praise', 'suggestion'].indexOf(kind);

/**
 * The sentences for a posted body. `tell` says the sentence of a number with its placeholders filled, and
 * `day` names the day of an instant in seconds.
 */
export const compose = (tell, { kind, contact = {}, promise }, { person, team }, day) => {
  const { name = '', email = '', reply } = contact;
  const reader = team ? tell(person ? __AT_READER_PERSON__ : __AT_READER_TEAM__, { person, team }) : person || tell(__AT_READER_US__);
  const reads = !email ? __AT_READS_NONE__ : !reply ? __AT_READS_NO__ : promise ? __AT_READS_BY__ : __AT_READS_REPLY__;
  const date = promise && day(Date.parse(promise.by) / 1e3);
  return {
    heading: tell((name ? __AT_THANKS_COMPLAINT_NAME__ : __AT_THANKS_COMPLAINT__) + placeOf(kind), { name }),
    own: tell(__AT_OWN_COMPLAINT__ + placeOf(kind)),
    reads: tell(reads, { reader, email, date }),
  };
};
