//! Whether somebody's name is in a text. English, French and Spanish tell names by their capitals.

use crate::{count, phrase::Language};

/// Whether somebody's name is in it, or the place of one, such as `{reader}`.
pub(crate) fn named(text: &str, language: Language) -> bool {
    // In German every noun has a capital.
    if language.is(&["de"]) {
        return false;
    }
    let sentences = count::sentences(text, language);
    let signed = |(last, rest): (&&str, &[&str])| !rest.is_empty() && name(last) && !among(OPENERS, last);
    text.contains("{reader}")
        || sentences.split_last().is_some_and(signed)
        || sentences.into_iter().any(|sentence| names_one(sentence, language))
}

/// Whether a sentence names somebody.
///
/// Inside a sentence a name is a word with one capital, at its start. In English the first word is one if
/// what follows it looks like a verb, or is one of [`AFTER`].
fn names_one(sentence: &str, language: Language) -> bool {
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    // A heading in Title Case names nobody.
    let capitals = words.clone().filter(|word| word.starts_with(char::is_uppercase)).count();
    if capitals > 2 && capitals * 2 > words.clone().count() {
        return false;
    }
    let Some(first) = words.next() else { return false };
    let second = words.clone().next().unwrap_or_default();
    // “You're” is no name, “Jo's” is one.
    let (first, joined) = first.split_once(['’', '\'']).map_or((first, ""), |(first, joined)| (first, joined));
    let reads = second.len() > 3 && second.ends_with('s') && !second.ends_with("ss");
    // “Updates will”: what ends in -s may be many, unless the verb is for one.
    let does = among(AFTER, second) && (!first.ends_with('s') || among(SINGULAR, second));
    let begins = language.is(&["en"])
        && name(first)
        && !among(OPENERS, first)
        && !ENDINGS.split(' ').any(|ending| first.ends_with(ending));
    (begins && (joined == "s" || reads || does)) || words.any(name)
}

/// Whether a word looks like somebody's name: one capital, at its start.
fn name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(|char| char.is_lowercase() || matches!(char, '’' | '\''))
        && !among(DAYS, word)
        && !among(NOBODY, word)
}

/// Whether a word is one of those, which have spaces between them.
pub(crate) fn among(words: &str, word: &str) -> bool {
    words.split(' ').any(|known| known == word)
}

/// Words with a capital that name a day.
pub(crate) const DAYS: &str = "\
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

/// Other words that have a capital inside a sentence and name nobody.
const NOBODY: &str = "\
    January February March April May June July August September October November December Customer Customers \
    Client Guest Sir Madam Team Support Case Feedback Service Services Care Department Management Privacy Policy \
    Terms Ltd Inc Limited Bank Company Code Error Status Reference Send Center Centre Dear Regards";

/// Words that begin a sentence and name nobody.
const OPENERS: &str = "\
    This That These Those It The Our Your My We You Which What There Here All If Everyone Someone Somebody \
    Something Nobody Anyone Anything Nothing They He She Who Why How Where When While Once And But So Or Not No \
    Yes One Two Three Each Every Most Some Many Other Another Half Both Thanks Thank Please Sorry Cheers Copied \
    Sent Saved Help Now Then Today Tomorrow Tonight Yesterday Let Just Only Even Still Almost Perhaps Maybe \
    Access Account Action Address Box Card Case Change Comment Complaint Connection Content Customer Date Email \
    E-mail Entry Error Feedback Field File Form Idea Image Input Issue Line Link Loyalty Mail Message Name \
    Network Number Order Page Password Payment Phone Photo Post Praise Problem Product Query Reply Report \
    Request Response Result Review Server Service Site Status Submission Support System Team Text Ticket Time \
    Trust Update Upload Value Website Work";

/// Endings of words that begin a sentence and name nobody.
const ENDINGS: &str = "\
    ing ion ed ment ity ness ence ance ship ly ure ics";

/// Words that follow a name which begins a sentence, besides verbs in -s.
const AFTER: &str = "\
    in at on and or who still also now already has had is was will can does did made told went gave took got ran \
    drove wrote sent found saw says knows kept asked looked fixed called rang won't";

/// Those of them that one person's name can have, and no plural.
const SINGULAR: &str = "\
    in at on has is was does who still also now already";
