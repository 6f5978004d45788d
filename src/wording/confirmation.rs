//! The confirmation, composed from what is true.

use super::{Catalog, Key, fill, fill_all};
use crate::{config::site::Reader, feedback::Kind};

/// Where the words are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// The endpoint has them.
    Sent,
    /// This device has stored them, and sends them later.
    Kept,
    /// Nobody has them but the box they stand in.
    NotKept,
}

impl Reader {
    /// The reader in a sentence: the person, in the team if it is named too, or somebody in it, or somebody of ours.
    pub fn said(&self, catalog: &Catalog) -> String {
        match (self.person.as_str(), self.team.as_str()) {
            ("", "") => catalog.text(Key::ReaderUs).into(),
            ("", team) => fill(catalog.text(Key::ReaderTeam), "team", team),
            (person, "") => person.into(),
            (person, team) => fill_all(catalog.text(Key::ReaderPerson), &[("person", person), ("team", team)]),
        }
    }
}

/// What a confirmation is composed from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts<'a> {
    /// Complaint, praise or suggestion.
    pub kind: Kind,
    /// Where the words, or the click, are now.
    pub delivery: Delivery,
    /// Whether there are words, not only a click on a kind.
    pub words: bool,
    /// The visitor's name; empty if they left none.
    pub name: &'a str,
    /// The visitor's address, where a reply is wanted; empty if none is.
    pub email: &'a str,
    /// Who reads it.
    pub reader: &'a Reader,
    /// The day by which a reply is promised, in the visitor's language; empty if none is.
    pub by: &'a str,
}

/// What the visitor is told. A sentence that has nothing to say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// The first sentence: thanks only for what has arrived.
    pub heading: String,
    /// What it means to us, by kind; where the words are kept, what becomes of them.
    pub own: String,
    /// Who reads it, and whether and when they write.
    pub reads: String,
}

impl Confirmation {
    /// The sentences that are true of these facts.
    ///
    /// A reply is promised only to somebody who wants one and left an address; thanks are given only for
    /// what the endpoint has.
    pub fn compose(catalog: &Catalog, facts: &Facts) -> Self {
        let text = |keys| String::from(catalog.text(Key::of(facts.kind, keys)));
        let heading = match (facts.words, facts.delivery) {
            (false, Delivery::Sent) => text([Key::NotedComplaint, Key::NotedPraise, Key::NotedSuggestion]),
            (false, Delivery::Kept) => catalog.text(Key::NotedKept).into(),
            (false, Delivery::NotKept) => catalog.text(Key::NotedNot).into(),
            (true, Delivery::Sent) if facts.name.is_empty() => {
                text([Key::ThanksComplaint, Key::ThanksPraise, Key::ThanksSuggestion])
            }
            (true, Delivery::Sent) => {
                let keys = [Key::ThanksComplaintName, Key::ThanksPraiseName, Key::ThanksSuggestionName];
                fill(&text(keys), "name", facts.name)
            }
            (true, Delivery::Kept) => text([Key::KeptComplaint, Key::KeptPraise, Key::KeptSuggestion]),
            (true, Delivery::NotKept) => text([Key::ProblemComplaint, Key::ProblemPraise, Key::ProblemSuggestion]),
        };
        let own = match (facts.words, facts.delivery) {
            (true, Delivery::Sent) => text([Key::OwnComplaint, Key::OwnPraise, Key::OwnSuggestion]),
            (true, Delivery::Kept) => catalog.text(Key::KeptNext).into(),
            _ => String::new(),
        };
        let reads = if facts.words && facts.delivery == Delivery::Sent { reads(catalog, facts) } else { String::new() };
        Self { heading, own, reads }
    }
}

fn reads(catalog: &Catalog, facts: &Facts) -> String {
    let (key, name, value) = match (facts.email, facts.by) {
        // Who wants no reply leaves no address.
        ("", _) => (Key::ReadsNone, "", ""),
        (email, "") => (Key::ReadsReply, "email", email),
        (_, by) => (Key::ReadsBy, "date", by),
    };
    fill_all(catalog.text(key), &[("reader", &facts.reader.said(catalog)), (name, value)])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn composed(kind: Kind, words: bool, delivery: Delivery) -> [String; 3] {
        let reader = Reader { person: "Dana".into(), team: String::new() };
        let (name, email, by) = ("Priya", "priya@example.com", "Tuesday");
        let facts = Facts { kind, delivery, words, name, email, reader: &reader, by };
        let Confirmation { heading, own, reads } = Confirmation::compose(&Catalog::english(), &facts);
        [heading, own, reads]
    }

    #[test]
    fn words_that_have_not_arrived_are_not_thanked_for() {
        let next = "It hasn’t reached us yet. It goes out by itself once this device is online.";
        for (kind, said) in [(Kind::Complaint, "complaint"), (Kind::Praise, "praise"), (Kind::Suggestion, "idea")] {
            let kept = format!("Your {said} is kept on this device.");
            assert_eq!(composed(kind, true, Delivery::Kept), [&kept, next, ""]);
            let not_sent = format!("Your {said} hasn’t been sent");
            assert_eq!(composed(kind, true, Delivery::NotKept), [&not_sent, "", ""]);
        }
    }

    #[test]
    fn a_click_is_noted_and_promised_nothing() {
        for (kind, noted) in [
            (Kind::Complaint, "Your complaint is sent."),
            (Kind::Praise, "Your praise is sent."),
            (Kind::Suggestion, "Sent: you’ve got an idea."),
        ] {
            assert_eq!(composed(kind, false, Delivery::Sent), [noted, "", ""]);
            let kept = "Your choice is kept on this device. It goes along with your message.";
            assert_eq!(composed(kind, false, Delivery::Kept), [kept, "", ""]);
            let not_kept = "Your choice may not have reached us yet. It goes along with your message.";
            assert_eq!(composed(kind, false, Delivery::NotKept), [not_kept, "", ""]);
        }
    }

    /// The golden confirmations: what is said of a body, in two languages.
    ///
    /// After a change of the rules `UPDATE_GOLDEN=1` writes what this crate makes of each case; look at the difference.
    #[test]
    fn golden_confirmations() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/confirmations.json");
        let golden: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let told: Vec<Value> = golden.iter().map(told).collect();
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            return std::fs::write(path, serde_json::to_string_pretty(&told).unwrap() + "\n").unwrap();
        }
        for (case, told) in golden.iter().zip(&told) {
            assert_eq!(case, told);
        }
    }

    /// The case as it should stand in the file: with what the visitor is told of the body.
    fn told(case: &Value) -> Value {
        let (body, day) = (&case["body"], &case["day"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (name, email) = (text(&body["contact"]["name"]), text(&body["contact"]["email"]));
        if let Some(by) = body["promise"]["by"].as_str() {
            let by: jiff::Timestamp = by.parse().unwrap();
            assert_eq!(day["instant"], by.as_second(), "{}", case["name"]);
        }
        let facts = Facts {
            kind: Kind::named(body["kind"].as_str().unwrap()).unwrap(),
            delivery: Delivery::Sent,
            words: true,
            name: &name,
            email: &email,
            reader: &Reader { person: text(&case["reader"]["person"]), team: text(&case["reader"]["team"]) },
            by: day["said"].as_str().unwrap_or_default(),
        };
        let Confirmation { heading, own, reads } = Confirmation::compose(&Catalog::of(&text(&case["locale"])), &facts);
        let mut told = case.clone();
        told["told"] = json!({ "heading": heading, "own": own, "reads": reads });
        told
    }
}
