//! The signs, and what outweighs them.

use std::collections::BTreeSet;

use say_so::feedback::Kind;

use super::catalogs::names;
use crate::{
    Level, Remark, Role, Rule,
    pattern::{Pattern, tokens},
    signs::{FILES, Sign},
    text,
};

fn remarks(role: Role, sentence: &str) -> Vec<Remark> {
    text(role, sentence, "en")
}

#[test]
fn every_file_of_the_folder_is_known_and_can_be_read() {
    let known: BTreeSet<String> = FILES.iter().map(|(language, _)| (*language).to_owned()).collect();
    assert_eq!(known, names(concat!(env!("CARGO_MANIFEST_DIR"), "/signs")));
    for (language, json) in FILES {
        let signs: Vec<Sign> = serde_json::from_str(json).unwrap_or_else(|error| panic!("{language}: {error}"));
        for sign in signs {
            let name = format!("{language}, {}", sign.name);
            assert!(!sign.words.is_empty() && sign.points != 0, "{name}");
            if sign.points > 0 {
                let rule = Rule::named(&sign.rule);
                assert!(rule.is_some() && !sign.why.is_empty() && !sign.instead.is_empty(), "{name}: {rule:?}");
            }
        }
    }
}

#[test]
fn a_finding_says_which_words_why_and_what_instead() {
    let found = remarks(Role::Any, "Your happiness is at the heart of our mission.");
    let expected = Remark {
        rule: Rule::Phrase,
        level: Level::Warning,
        why: "the company speaks of its own merits: “at the heart” and “our mission”".to_owned(),
        instead: "Say what you did, or who does what by which date.".to_owned(),
    };
    assert_eq!(found, [expected]);
}

#[test]
fn what_has_no_phrase_of_a_list_is_found() {
    for (role, sentence, rule) in [
        (Role::Any, "Your satisfaction is our number one priority.", Rule::Phrase),
        (Role::Any, "Our team is looking into this and will circle back.", Rule::Reader),
        (Role::Any, "We are always looking for ways to enhance your customer experience.", Rule::Phrase),
        (Role::Error, "This field is required.", Rule::Error),
        (Role::Any, "This field is required.", Rule::Error),
        (Role::Own(Kind::Suggestion), "All submissions will be carefully evaluated.", Rule::Reader),
    ] {
        let found = remarks(role, sentence);
        assert!(found.iter().any(|remark| remark.rule == rule), "{sentence}: {found:?}");
    }
}

#[test]
fn a_name_a_day_and_an_i_outweigh_a_word_of_the_office() {
    for (machine, person) in [
        ("Our team is looking into the issue.", "Dana is looking into the issue, and I’ll write on Friday."),
        ("Your request is in the queue.", "Dana has your request, and two others come first."),
    ] {
        assert!(!remarks(Role::Any, machine).is_empty(), "{machine}");
        assert_eq!(remarks(Role::Any, person), [], "{person}");
    }
    let much = "Dana is committed to excellence, and our team strives to exceed your expectations.";
    assert!(!remarks(Role::Any, much).is_empty(), "a name does not excuse everything");
}

#[test]
fn patterns_are_found_word_by_word() {
    let spans = |pattern: &str, text: &str| Pattern::read(pattern).spans(&tokens(text)).len();
    assert_eq!(spans("look into", "we look into it. look. into"), 1, "not over the end of a sentence");
    assert_eq!(spans("prior*", "our priority, our priorities"), 2);
    assert_eq!(spans("be *ed", "it will be reviewed and be ed"), 1);
    assert_eq!(spans("our … team", "our whole care team, our team"), 1, "a gap has a word at least");
    assert_eq!(spans("our … team", "our parcels. the team"), 0);
    assert_eq!(spans("!", "no! really?!"), 2);
    assert_eq!(spans("{reader}", "{reader} reads it"), 1);
}
