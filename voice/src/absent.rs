//! What a text lacks that stands alone: somebody, a day, the visitor.

use crate::{
    people::{DAYS, among},
    phrase::Language,
    role::Role,
    rule::Rule,
};

/// What a text lacks, and what that weighs.
pub(crate) struct Absent {
    /// What it adds to the signs of a machine.
    pub points: i32,
    /// The rule that asks for it.
    pub rule: Rule,
    /// Why, for a finding.
    pub why: &'static str,
    /// What to say.
    pub instead: &'static str,
}

/// What is missing in an English text that stands alone (rules 4, 5, 8 and 15): somebody, a day, the visitor.
///
/// `named` is whether somebody is in it, `stiff` whether there is no sign of a person at all. Other languages
/// are not asked: there a capital or a pronoun tells less.
pub(crate) fn absent(
    role: Role,
    text: &str,
    folded: &str,
    language: Language,
    named: bool,
    stiff: bool,
) -> Option<Absent> {
    let mut words = folded.split(|char: char| !char.is_alphanumeric());
    if !language.is(&["en"]) || named || words.clone().any(|word| word == "i") {
        return None;
    }
    let theirs = words.any(|word| ["you", "your", "yours"].contains(&word));
    let dated = text.contains(char::is_numeric) || DAYS.split(' ').any(|day| text.contains(day));
    let absent = |points, rule, why, instead| Some(Absent { points, rule, why, instead });
    match role {
        Role::Confirmation(_) => absent(
            2,
            Rule::Reader,
            "nobody is in it: no name, no “I”",
            "Name who reads it: “Dana in Customer Care reads it”.",
        ),
        Role::Apology if !dated => absent(
            1,
            Rule::Own,
            "nothing in it is particular: no name, no “I”, no day, no number",
            "Say what happened.",
        ),
        Role::Error if !theirs && !dated && !among(ORDERS, text.split(' ').next().unwrap_or_default()) => {
            absent(1, Rule::Error, "it does not say what to do", "Say what to do: “Tell us what happened”.")
        }
        Role::Problem if !theirs => absent(
            3,
            Rule::Error,
            "it does not say what has become of the visitor's message",
            "Say: “Your message is still in the box.”",
        ),
        Role::Promise if !dated => {
            absent(3, Rule::Date, "it names no day and nobody", "Say who does it, and on what day.")
        }
        Role::Error | Role::Problem | Role::Label => None,
        _ if stiff && folded.split(' ').count() >= WORDS => {
            absent(1, Rule::Reader, "nobody is in it: no name, no “I”, no day", "Say who does what, and when.")
        }
        _ => None,
    }
}

/// The fewest words that could name somebody and don't.
const WORDS: usize = 7;

/// Words with which an instruction begins.
const ORDERS: &str = "\
    Add Attach Check Choose Describe Enter Fill Give Leave Let Make Pick Say Select Shorten Take Tell Tick Try \
    Type Use Write";
