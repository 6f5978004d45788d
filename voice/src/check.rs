//! The rules that hold for one text, whatever stands around it.

use say_so::feedback::Kind;

use crate::{
    count,
    list::{self, List, Phrase},
    phrase::{Language, fold, holds},
    role::Role,
    rule::{Remark, Rule},
    signs,
};

/// The most words of a first sentence (rule 2).
pub const FIRST: usize = 12;
/// The most words of a sentence (rule 12).
pub const SENTENCE: usize = 20;
/// The most words of a text (rule 12).
pub const TEXT: usize = 60;

/// What is wrong with a text of that role, in that locale.
///
/// Where the locale has no list of phrases, only the rules are asked that need none: lengths,
/// exclamation marks and emoji.
pub fn text(role: Role, text: &str, locale: &str) -> Vec<Remark> {
    let language = Language::of(locale);
    let list = list::of(locale);
    let check = Check { role, text, folded: fold(text, language), language };
    let mut remarks = list.map_or_else(Vec::new, |list| check.phrases(list));
    if role != Role::Label {
        check.tone(&mut remarks);
        check.lengths(&mut remarks);
        // What is found of the same rule already is not said twice.
        let weighed = signs::weigh(role, text, &check.folded, language);
        if let Some(weighed) = weighed.filter(|weighed| remarks.iter().all(|remark| remark.rule != weighed.rule)) {
            remarks.push(weighed);
        }
        if let (Role::Confirmation(_), Some(formula)) = (role, list.and_then(|list| list.reading)) {
            remarks.extend(plain(formula, text, language));
        }
    }
    remarks
}

/// The warning of a text that its language's formula finds too hard.
pub(crate) fn plain(formula: crate::reading::Formula, text: &str, language: Language) -> Option<Remark> {
    let score = formula.measure(text, language)?;
    (!score.passes()).then(|| {
        let bound = if score.less { "at most" } else { "at least" };
        let why = format!("{} is {:.1}; it should be {bound} {:.0}", formula.name(), score.value, score.limit);
        Remark::warning(Rule::Plain, why, "Use shorter words and sentences.")
    })
}

struct Check<'a> {
    role: Role,
    text: &'a str,
    folded: String,
    language: Language<'a>,
}

impl Check<'_> {
    /// Checks for the phrases that this role must not have, and for those that it must.
    fn phrases(&self, list: &List) -> Vec<Remark> {
        let (role, kind) = (self.role, self.role.kind());
        let label = role == Role::Label;
        let failure = matches!(role, Role::Error | Role::Problem);
        let answer = !label && !failure;
        let first = fold(self.first(), self.language);
        let whole = &self.folded;
        // Whether it is asked, where, for what, under which rule, and what to do about it.
        let questions = [
            (true, whole, &list.forbidden, Rule::Phrase, "Say it as you would to someone in front of you."),
            (!label, whole, &list.vague, Rule::Date, "Give a calendar date, or leave the time out."),
            (!label, whole, &list.ticket, Rule::Reference, "Call it a reference."),
            (answer && unlike(kind), whole, &list.conditional, Rule::Own, "Say what went wrong, and that it is yours."),
            (answer, whole, &list.marketing, Rule::Praise, "Say to whom the words are passed on."),
            (failure, whole, &list.polite, Rule::Error, "Leave the manners out and say what to do."),
            (role.acts(), whole, &list.passive, Rule::Reader, "Say who does it: “Dana reads it”."),
            (role.opens(), &first, &list.generic, Rule::Kind, "Name the kind."),
        ];
        let mut remarks = Vec::new();
        for (asked, text, phrases, rule, instead) in questions {
            let held = |phrase: &&Phrase| asked && holds(text, phrase.text(), self.language, false);
            let found: Vec<&Phrase> = phrases.iter().filter(held).collect();
            // A phrase within a longer one that was found too is the same finding.
            let within =
                |phrase: &str| found.iter().any(|f| f.text().len() > phrase.len() && f.text().contains(phrase));
            remarks.extend(found.iter().filter(|phrase| !within(phrase.text())).map(|phrase| {
                Remark::error(rule, format!("it says “{}”", phrase.text()), phrase.instead().unwrap_or(instead))
            }));
        }
        if failure && self.text.split(|char: char| !char.is_alphanumeric()).any(machine) {
            remarks.push(Remark::error(Rule::Error, "it shows the words of a program", "Say it in words of your own."));
        }
        if let Role::Thanks(Some(kind)) | Role::Kept(Some(kind)) | Role::Noted(Some(kind)) = role
            && !self.names(kind, list)
        {
            remarks.push(unnamed(kind, list));
        }
        remarks
    }

    fn names(&self, kind: Kind, list: &List) -> bool {
        let words = list.kinds.of(kind);
        let first = fold(self.first(), self.language);
        words.is_empty() || words.iter().any(|word| holds(&first, word.text(), self.language, true))
    }

    fn first(&self) -> &str {
        count::sentences(self.text, self.language).first().copied().unwrap_or_default()
    }

    /// Rule 11, and the part of rule 15 that concerns the tone.
    fn tone(&self, remarks: &mut Vec<Remark>) {
        let rule = if matches!(self.role, Role::Error | Role::Problem) { Rule::Error } else { Rule::Tone };
        if self.role == Role::Any || !unlike(self.role.kind()) {
            return;
        }
        if self.text.contains(['!', '！']) {
            remarks.push(Remark::error(rule, "it has an exclamation mark", "End the sentence with a full stop."));
        }
        if self.text.contains(emoji) || [":(", ":)", ":-(", ":-)"].iter().any(|face| self.text.contains(face)) {
            remarks.push(Remark::error(rule, "it has an emoji", "Leave the emoji out."));
        }
    }

    /// The parts of rules 2 and 12 that count words.
    fn lengths(&self, remarks: &mut Vec<Remark>) {
        let words = |text| count::words(text, self.language).unwrap_or_default();
        let sentences = count::sentences(self.text, self.language);
        for (place, sentence) in sentences.iter().enumerate() {
            let count = words(sentence);
            if count > SENTENCE {
                let why = format!("a sentence has {count} words: “{}”", start(sentence));
                remarks.push(Remark::error(Rule::Plain, why, format!("Make two of it; {SENTENCE} words are enough.")));
            } else if place == 0 && self.role.opens() && count > FIRST {
                let why = format!("the first sentence has {count} words: “{}”", start(sentence));
                remarks.push(Remark::error(Rule::Kind, why, format!("Begin with at most {FIRST} words.")));
            }
        }
        let count = words(self.text);
        if count > TEXT {
            remarks.push(Remark::error(
                Rule::Plain,
                format!("it has {count} words"),
                format!("{TEXT} words are enough."),
            ));
        }
    }
}

/// The remark of a text that does not name its kind.
pub(crate) fn unnamed(kind: Kind, list: &List) -> Remark {
    let word = list.kinds.of(kind).first().map_or_else(|| kind.name(), Phrase::text);
    Remark::error(Rule::Kind, "the first sentence does not name the kind", format!("Use the word “{word}”."))
}

/// Whether a word is a program's, such as `TypeError` or `undefined`.
fn machine(word: &str) -> bool {
    let joined = ["Error", "Exception"].iter().any(|end| word.len() > end.len() && word.ends_with(end));
    joined || ["undefined", "null", "NaN", "HTTP"].contains(&word)
}

/// Whether the text answers a complaint, or may do so.
fn unlike(kind: Option<Kind>) -> bool {
    matches!(kind, None | Some(Kind::Complaint))
}

fn emoji(char: char) -> bool {
    matches!(char, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}')
}

/// The first words of a sentence, for a report.
fn start(sentence: &str) -> String {
    let mut words = sentence.split_whitespace();
    let start: Vec<_> = words.by_ref().take(6).collect();
    let dots = if words.next().is_some() { " …" } else { "" };
    format!("{}{dots}", start.join(" "))
}
