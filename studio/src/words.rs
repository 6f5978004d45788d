//! The sentences, in the order in which a visitor meets them, with what each is for.

use say_so::{feedback::Kind, wording::NAMES};

/// A sentence: its key, and what it is, in plain words.
pub type Sentence = (&'static str, &'static str);

/// What a visitor reads first.
pub const FIRST: [Sentence; 9] = [
    ("title", "The question at the top"),
    ("click.on", "What a choice does, below it"),
    ("complaint", "The word for a complaint"),
    ("complaint.about", "Complaint: what it is for"),
    ("praise", "The word for praise"),
    ("praise.about", "Praise: what it is for"),
    ("suggestion", "The word for an idea"),
    ("suggestion.about", "Idea: what it is for"),
    ("done", "The button that closes the confirmation"),
];

/// The sentences of a kind.
pub const fn of(kind: Kind) -> &'static [Sentence] {
    match kind {
        Kind::Complaint => &[
            ("complaint.prompt", "The question above the box"),
            ("complaint.send", "The button that sends"),
            ("noted.complaint", "Said once the choice has arrived"),
            ("thanks.complaint", "The confirmation’s heading"),
            ("thanks.complaint.name", "The same to who gave a name"),
            ("own.complaint", "What it means to you"),
        ],
        Kind::Praise => &[
            ("praise.prompt", "The question above the box"),
            ("praise.send", "The button that sends"),
            ("noted.praise", "Said once the choice has arrived"),
            ("thanks.praise", "The confirmation’s heading"),
            ("thanks.praise.name", "The same to who gave a name"),
            ("own.praise", "What it means to you"),
            ("quote", "The question whether you may quote it"),
        ],
        Kind::Suggestion => &[
            ("suggestion.prompt", "The question above the box"),
            ("suggestion.send", "The button that sends"),
            ("noted.suggestion", "Said once the choice has arrived"),
            ("thanks.suggestion", "The confirmation’s heading"),
            ("thanks.suggestion.name", "The same to who gave a name"),
            ("own.suggestion", "What it means to you"),
        ],
    }
}

/// What is said of an answer, to all of them.
pub const ANSWER: [Sentence; 7] = [
    ("reads.by", "Who reads it, and by which day they write"),
    ("reads.reply", "The same where no day is promised"),
    ("reads.none", "The same to who left no address"),
    ("reader.person", "How the person and the team are named together"),
    ("reader.team", "How the team is named alone"),
    ("reader.us", "Who reads it if nobody is named"),
    ("reach", "Before the other ways to reach you"),
];

/// The keys of the sentences that are described here.
pub fn described() -> impl Iterator<Item = &'static str> {
    let kinds = Kind::ALL.into_iter().flat_map(|kind| of(kind).iter());
    FIRST.iter().chain(kinds).chain(ANSWER.iter()).map(|(key, _)| *key)
}

/// Every other sentence, by its key alone.
pub fn others() -> impl Iterator<Item = &'static str> {
    let named: Vec<_> = described().collect();
    NAMES.into_iter().filter(move |key| !named.contains(key))
}

/// What a sentence is, in plain words; its key where no words are there for it.
pub fn what(key: &str) -> String {
    let kind = Kind::ALL.into_iter().find_map(|kind| Some((kind, of(kind).iter().find(|(known, _)| *known == key)?)));
    if let Some((kind, (_, what))) = kind {
        return format!("{}: {}", kind_name(kind), what.to_lowercase());
    }
    let plain = FIRST.iter().chain(&ANSWER).find(|(known, _)| *known == key);
    plain.map_or_else(|| key.to_owned(), |(_, what)| (*what).to_owned())
}

/// What a kind is called.
pub const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "Complaint",
        Kind::Praise => "Praise",
        Kind::Suggestion => "Idea",
    }
}

/// What a sentence has to hold, such as `{reader} and {date}`; empty if nothing.
pub fn holds(english: &str) -> String {
    let mut found: Vec<String> = Vec::new();
    for rest in english.split('{').skip(1) {
        if let Some((name, _)) = rest.split_once('}')
            && !found.iter().any(|it| it[1..].starts_with(name))
        {
            found.push(format!("{{{name}}}"));
        }
    }
    found.join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_in_one_place() {
        let mut all: Vec<_> = described().collect();
        assert!(all.iter().all(|key| NAMES.contains(key)), "{all:?}");
        all.extend(others());
        all.sort_unstable();
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        assert_eq!(all, names);
    }

    #[test]
    fn no_two_sentences_are_described_alike() {
        let mut all: Vec<_> = described().map(what).collect();
        assert!(all.iter().all(|what| what.contains(' ')), "a key: {all:?}");
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn what_a_sentence_holds_is_named() {
        assert_eq!(holds("{reader} will read it and write to you by {date}."), "{reader} and {date}");
        assert_eq!(holds("Close"), "");
    }
}
