//! Whether anybody is in a text, and a day: what English can be asked to have, without a list of phrases.

use crate::{
    count,
    phrase::Language,
    role::Role,
    rule::{Remark, Rule},
};

/// What is missing in an English text that stands alone (rules 4, 5, 8 and 15): somebody, a day, the visitor.
///
/// Other languages are not asked: there a capital or a pronoun tells less.
pub(crate) fn absent(role: Role, text: &str, folded: &str, language: Language) -> Option<Remark> {
    if !language.is(&["en"]) || somebody(text, folded, language) {
        return None;
    }
    let mut words = folded.split(|char: char| !char.is_alphanumeric());
    let theirs = words.any(|word| ["you", "your"].contains(&word));
    let dated = text.contains(char::is_numeric) || DAYS.iter().any(|day| text.contains(day));
    let (rule, why, instead) = match role {
        Role::Confirmation(_) => {
            (Rule::Reader, "nobody is in it: no name, no “I”", "Name who reads it: “Dana in Customer Care reads it”.")
        }
        Role::Apology if !dated => {
            (Rule::Own, "nothing in it is particular: no name, no “I”, no day, no number", "Say what happened.")
        }
        Role::Problem if !theirs => (
            Rule::Error,
            "it does not say what has become of the visitor's words",
            "Say: “Your words are still in the box.”",
        ),
        Role::Promise if !dated => (Rule::Date, "it names no day and nobody", "Say who does it, and on what day."),
        _ => return None,
    };
    Some(Remark::warning(rule, why, instead))
}

/// Whether a name or “I” is in it.
fn somebody(text: &str, folded: &str, language: Language) -> bool {
    folded.split(|char: char| !char.is_alphanumeric()).any(|word| word == "i")
        || count::sentences(text, language).into_iter().any(names_one)
}

/// Words with a capital that name a day.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Other words that have a capital inside a sentence and name nobody.
const NOBODY: [&str; 21] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Customer",
    "Customers",
    "Guest",
    "Sir",
    "Madam",
    "Team",
    "Support",
    "Case",
    "Feedback",
];

/// Words that begin a sentence and name nobody.
const OPENERS: [&str; 17] = [
    "This", "That", "These", "It", "The", "Our", "Your", "We", "You", "Which", "What", "There", "Here", "All", "If",
    "Everyone", "Someone",
];

/// Words that follow a name which begins a sentence, besides verbs in -s.
const AFTER: [&str; 12] = ["in", "at", "on", "and", "who", "still", "also", "now", "already", "has", "is", "will"];

/// Whether an English sentence names somebody.
///
/// Inside a sentence a name is a word with one capital, at its start. The first word is one if what
/// follows it looks like a verb, or is one of [`AFTER`].
fn names_one(sentence: &str) -> bool {
    let mut words = sentence.split_whitespace().map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()));
    let Some(first) = words.next() else { return false };
    let second = words.clone().next().unwrap_or_default();
    let verb = second.len() > 3 && second.ends_with('s') && !second.ends_with("ss");
    let opens = name(first) && !OPENERS.contains(&first) && (verb || AFTER.contains(&second));
    opens || words.any(name)
}

fn name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(|char| char.is_lowercase() || matches!(char, '’' | '\''))
        && !DAYS.contains(&word)
        && !NOBODY.contains(&word)
}
