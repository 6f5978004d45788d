//! Every confirmation that a visitor can get, in full, with a visitor of each language in it.
//!
//! Four languages stand in docs/confirmations, for people to read; all are held to the voice.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::Path,
};

use say_so::{
    config::site::Reader,
    feedback::Kind,
    wording::{Catalog, Confirmation, Delivery, Facts, Key, NAMES, fill_all},
};
use serde::Deserialize;

use super::catalog;
use crate::{Level, Remark, Rule, confirmation::BUTTONS};

/// The reference that the endpoint gives.
const REFERENCE: &str = "K7M-4QPA";
/// The languages that are written down.
const WRITTEN: [(&str, &str); 4] = [("ar", "Arabic"), ("de", "German"), ("en", "English"), ("ja", "Japanese")];
/// Why words are not sent: the keys of the reasons, and when they are given.
const REASONS: [(Key, &str); 4] = [
    (Key::ProblemUnreachable, "the endpoint can't be reached"),
    (Key::ProblemBusy, "the endpoint is busy"),
    (Key::ProblemRefused, "the endpoint refuses it"),
    (Key::ProblemFault, "the endpoint has a fault"),
];

/// Somebody who writes in a language, and who reads it there.
#[derive(Deserialize)]
struct Visitor {
    name: String,
    email: String,
    complaint: String,
    praise: String,
    suggestion: String,
    person: String,
    team: String,
    /// 24 November 2026, as browsers write it in that language: weekday, day and month.
    date: String,
}

impl Visitor {
    fn message(&self, kind: Kind) -> &str {
        match kind {
            Kind::Complaint => &self.complaint,
            Kind::Praise => &self.praise,
            Kind::Suggestion => &self.suggestion,
        }
    }

    /// Every reader that a site can name, and what they are called in the headings.
    fn readers(&self) -> [(Reader, &'static str); 4] {
        let reader =
            |person: &str, team: &str, called| (Reader { person: person.to_owned(), team: team.to_owned() }, called);
        [
            reader(&self.person, &self.team, "read by a person in a team"),
            reader(&self.person, "", "read by a person"),
            reader("", &self.team, "read by a team"),
            reader("", "", "nobody is named"),
        ]
    }
}

fn visitors() -> BTreeMap<String, Visitor> {
    serde_json::from_str(include_str!("visitors.json")).unwrap()
}

/// One confirmation of the document, from top to bottom.
struct Entry {
    /// The state that it is for, which several share.
    state: String,
    /// What sets it apart from the others of that state; empty if it is the only one.
    case: String,
    /// The key and the sentence of each part.
    parts: Vec<(&'static str, String)>,
    /// The same of what the visitor can do next: labels and buttons.
    steps: Vec<(&'static str, String)>,
    /// What the voice has against it, with the key of the part.
    remarks: Vec<(String, Remark)>,
}

impl Entry {
    /// As it stands in the document: a line for each part, the visitor's words quoted, the buttons in brackets.
    fn text(&self) -> String {
        let mut text = if self.case.is_empty() { String::new() } else { format!("({})\n\n", self.case) };
        let mut after_button = false;
        for (key, part) in self.parts.iter().chain(&self.steps) {
            let button = BUTTONS.contains(key);
            if button {
                text += if after_button { " " } else { "    " };
                write!(text, "[{part}]").unwrap();
            } else {
                text += if after_button { "\n" } else { "" };
                text += &format!("    {}\n", part.replace('\n', "\n    > "));
            }
            after_button = button;
        }
        text.trim_end().to_owned() + "\n\n"
    }
}

/// The confirmations of a language.
struct Matrix<'a> {
    locale: &'a str,
    /// The sentences in the order of the keys, as they are in `catalog`.
    sentences: &'a [String],
    catalog: &'a Catalog,
    visitor: &'a Visitor,
}

impl Matrix<'_> {
    /// All that differ, for one kind: with words, sent, kept and not; then the bare click, the same.
    fn of(&self, kind: Kind) -> Vec<Entry> {
        let mut all = Vec::new();
        let readers = self.visitor.readers();
        let nobody = Reader::default();
        let facts = |reader| Facts { kind, delivery: Delivery::Sent, words: true, name: "", email: "", reader, by: "" };
        let Visitor { name, email, date, .. } = self.visitor;
        for (email, by, state) in [
            (email.as_str(), date.as_str(), "sent; an answer is wanted, and a day promised"),
            (email, "", "sent; an answer is wanted, and no day promised"),
        ] {
            for (reader, called) in &readers {
                for (name, with) in [(name.as_str(), "with a name"), ("", "without a name")] {
                    let facts = Facts { name, email, by, ..facts(reader) };
                    all.push(self.entry(&facts, None, state, &format!("{called}; {with}")));
                }
            }
        }
        for (reader, called) in &readers {
            all.push(self.entry(&facts(reader), None, "sent; no answer is wanted", called));
        }
        // Neither name, address nor reader is said of what has not arrived.
        let here = |delivery, words| Facts { delivery, words, ..facts(&nobody) };
        all.push(self.entry(&here(Delivery::Kept, true), None, "kept on the device", ""));
        for (reason, called) in REASONS {
            all.push(self.entry(&here(Delivery::NotKept, true), Some(reason), "not sent, and not kept", called));
        }
        for (delivery, state) in [
            (Delivery::Sent, "only a click, sent"),
            (Delivery::Kept, "only a click, kept on the device"),
            (Delivery::NotKept, "only a click, not sent, and not kept"),
        ] {
            all.push(self.entry(&here(delivery, false), None, state, ""));
        }
        all
    }

    fn entry(&self, facts: &Facts, reason: Option<Key>, state: &str, case: &str) -> Entry {
        let message = if facts.words { self.visitor.message(facts.kind) } else { "" };
        let parts = self.parts(facts, reason, message);
        let remarks = self.remarks(facts, &parts, message);
        Entry { state: state.to_owned(), case: case.to_owned(), parts, steps: self.steps(facts), remarks }
    }

    /// The sentences, in the order in which the panel has them.
    fn parts(&self, facts: &Facts, reason: Option<Key>, message: &str) -> Vec<(&'static str, String)> {
        let Facts { kind, delivery, words, .. } = *facts;
        let Confirmation { heading, own, reads } = Confirmation::compose(self.catalog, facts);
        let say = |key: Key| (key.name(), self.catalog.text(key).to_owned());
        let keyed = |sentence: String| (self.key(&sentence, facts), sentence);
        let mut parts = vec![keyed(heading)];
        match (words, delivery) {
            // The form stands below, and asks for words.
            (false, _) => parts.extend([
                say(Key::of(kind, [Key::ComplaintPrompt, Key::PraisePrompt, Key::SuggestionPrompt])),
                say(Key::of(kind, [Key::ComplaintSend, Key::PraiseSend, Key::SuggestionSend])),
            ]),
            (true, Delivery::NotKept) => {
                parts.extend(reason.map(say));
                parts.extend([say(Key::CopyWords), say(Key::Again)]);
            }
            (true, _) => {
                parts.push(keyed(own));
                if delivery == Delivery::Sent {
                    parts.push(keyed(reads));
                    let reference = self.catalog.text(Key::Reference);
                    parts.push((Key::Reference.name(), format!("{reference} {REFERENCE}")));
                }
                parts.push((Key::Wrote.name(), format!("{}\n{message}", self.catalog.text(Key::Wrote))));
                parts.push(say(Key::More));
            }
        }
        parts
    }

    /// What the visitor can do next, in the order in which the panel has it, where the site names other ways to reach
    /// a person and the endpoint takes words back.
    fn steps(&self, facts: &Facts) -> Vec<(&'static str, String)> {
        let mut steps = Vec::new();
        match (facts.words, facts.delivery) {
            (true, Delivery::Sent) => {
                steps.extend([Key::Save, Key::TakeBack]);
                if facts.email.is_empty() {
                    steps.extend([Key::Answer, Key::Email, Key::AnswerSend]);
                }
                if facts.kind == Kind::Praise && !facts.name.is_empty() {
                    steps.extend([Key::Quote, Key::QuoteSend]);
                }
                steps.extend([Key::Done, Key::Reach]);
            }
            (true, Delivery::NotKept) => steps.push(Key::Reach),
            _ => {}
        }
        steps.into_iter().map(|key| (key.name(), self.catalog.text(key).to_owned())).collect()
    }

    /// Where a composed sentence stands in the catalog: so the check goes by what is said.
    fn key(&self, sentence: &str, facts: &Facts) -> &'static str {
        let reader = facts.reader.said(self.catalog);
        let values = [("name", facts.name), ("reader", &reader), ("email", facts.email), ("date", facts.by)];
        let mut known = NAMES.iter().zip(self.sentences);
        let found = known.find(|(_, text)| fill_all(text, &values) == sentence);
        found.map_or_else(|| panic!("{} has no sentence “{sentence}”: {facts:?}", self.locale), |(name, _)| *name)
    }

    fn remarks(&self, facts: &Facts, parts: &[(&str, String)], message: &str) -> Vec<(String, Remark)> {
        let parts: Vec<_> = parts.iter().map(|(key, text)| (*key, text.as_str())).collect();
        let reader = facts.reader.said(self.catalog);
        let confirmation = crate::Confirmation {
            locale: self.locale,
            kind: facts.kind,
            delivery: facts.delivery,
            parts: &parts,
            message,
            theirs: &[facts.name, facts.email],
            address: !facts.email.is_empty(),
            reply: !facts.email.is_empty(),
            date: Some(facts.by).filter(|by| !by.is_empty()),
            reader: Some(&reader),
            person: !facts.reader.person.is_empty(),
            reference: Some(REFERENCE),
        };
        confirmation.check()
    }
}

/// The document of a language.
fn document(locale: &str, language: &str, all: &[(Kind, Vec<Entry>)]) -> String {
    let count = all.iter().map(|(_, entries)| entries.len()).sum::<usize>();
    let mut text = format!(
        "EVERY CONFIRMATION IN {}\n\n\
         What a visitor can be told once they have chosen a kind or sent their words: {count} confirmations, with\n\
         everything filled in. The sentences come from src/wording/locales/{locale}.json: mend them there, then run\n\
         `UPDATE=1 cargo test -p say-so-voice matrix` and read the difference.\n\n\
         \"> \" stands before the visitor's own words, and what is in [brackets] is a button.\n\n",
        language.to_uppercase(),
    );
    for (kind, entries) in all {
        let title = kind.name().to_uppercase();
        write!(text, "\n{title}\n{}\n\n", "=".repeat(title.len())).unwrap();
        let mut state = "";
        for entry in entries {
            if entry.state != state {
                state = &entry.state;
                let title = format!("{}: {state}", kind.name());
                write!(text, "\n{title}\n{}\n\n", "-".repeat(title.len())).unwrap();
            }
            text += &entry.text();
        }
    }
    text.trim_end().to_owned() + "\n"
}

#[test]
fn every_confirmation_is_in_the_voice_and_as_written_down() {
    let visitors = visitors();
    assert_eq!(visitors.len(), 16);
    for (locale, visitor) in &visitors {
        let mut texts: BTreeMap<String, String> = serde_json::from_str(&catalog(locale)).unwrap();
        let sentences: Vec<String> = NAMES.iter().map(|name| texts.remove(*name).unwrap()).collect();
        let catalog = Catalog::new(sentences.clone());
        let matrix = Matrix { locale, sentences: &sentences, catalog: &catalog, visitor };
        let all = Kind::ALL.map(|kind| (kind, matrix.of(kind)));
        let mut texts = BTreeSet::new();
        for entry in all.iter().flat_map(|(_, entries)| entries) {
            // How hard it reads depends on the site's own names, and is a warning.
            let counts = |remark: &Remark| {
                remark.level == Level::Error || (remark.level == Level::Warning && remark.rule != Rule::Plain)
            };
            let wrong: Vec<_> = entry.remarks.iter().filter(|(_, remark)| counts(remark)).collect();
            assert!(wrong.is_empty(), "{locale}, {}:\n{}{wrong:#?}", entry.state, entry.text());
            let said: Vec<_> = entry.parts.iter().map(|(_, text)| text).collect();
            assert!(texts.insert(said), "{locale}: twice the same:\n{}", entry.text());
        }
        if let Some((_, language)) = WRITTEN.iter().find(|(written, _)| written == locale) {
            as_written(locale, &document(locale, language, &all));
        }
    }
}

/// The document is what stands in its file. With `UPDATE` it is written there.
fn as_written(locale: &str, fresh: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/confirmations/{locale}.txt"));
    if env::var_os("UPDATE").is_some() {
        return fs::write(path, fresh).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let lines = written.lines().zip(fresh.lines()).zip(1..);
    let other = lines.into_iter().find(|((written, fresh), _)| written != fresh);
    assert!(written == fresh, "{} is out of date, first in {other:?}: run the test once with UPDATE=1", path.display());
}
