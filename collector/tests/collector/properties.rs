//! What the browser lets through the collector takes; what it holds back the collector refuses.

use std::cell::Cell;

use proptest::{
    collection::btree_map,
    option,
    prelude::*,
    sample::select,
    test_runner::{Config, TestRunner},
};
use say_so::feedback::{Contact, Custom, Kind, Page, Promise, Submission, Wording};
use serde_json::{Value, json};
use tempfile::tempdir;
use tokio::runtime::Runtime;

use crate::{
    databases::database,
    running::{Running, options},
};

/// Any text of so many characters, of every script, controls and all.
fn text(length: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let one = prop_oneof![
        4 => any::<char>(),
        4 => proptest::char::range(' ', '~'),
        1 => select(vec!['\0', '\n', '\r', '\t', '"', '\\', '<', '&', '\u{202e}', '\u{2028}', '\u{feff}', '\u{200d}', '😀', '\u{10ffff}']),
    ];
    proptest::collection::vec(one, length).prop_map(|chars| chars.into_iter().collect())
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9]{1,8}(-[a-zA-Z0-9]{1,8}){0,3}"
}

fn time() -> impl Strategy<Value = String> {
    "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z"
}

fn message() -> impl Strategy<Value = String> {
    prop_oneof![5 => text(1..=60), 1 => text(3_990..=4_000)].prop_filter_map("words that are no space", |text| {
        let trimmed = say_so::feedback::trimmed(&text).to_owned();
        (!trimmed.is_empty()).then_some(trimmed)
    })
}

fn contact() -> impl Strategy<Value = Contact> {
    let email = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9]{1,20}(\\.[a-zà-ü0-9]{1,20}){0,3}";
    (option::of(text(1..=100)), option::of(email), any::<bool>()).prop_map(|(name, email, reply)| Contact {
        reply: reply && email.is_some(),
        name,
        email,
    })
}

fn page() -> impl Strategy<Value = Page> {
    let url = text(1..=80).prop_map(|text| format!("https://shop.example/{}", text.replace(['?', '#'], "")));
    let referrer = select(vec!["https://search.example", "http://localhost:3000", "https://bücher.example"]);
    let more = (option::of(text(1..=300)), option::of(referrer), option::of(word()), option::of(any::<[u32; 2]>()));
    (url, more).prop_map(|(url, (title, referrer, language, viewport))| Page {
        url,
        title,
        referrer: referrer.map(str::to_owned),
        language,
        viewport,
    })
}

prop_compose! {
    /// Any submission with words that the browser may send.
    fn words()(
        (site, id, revision, kind) in ("[a-z0-9.-]{1,64}", "[0-9a-f]{32}", 1..=99_u8, select(Kind::ALL.to_vec())),
        message in message(),
        contact in option::of(contact()),
        promise in option::of((time(), option::of(text(1..=100))).prop_map(|(by, person)| Promise { by, person })),
        wording in (word(), option::of(text(1..=64)), option::of(text(1..=64))).prop_map(|(locale, experiment, variant)| {
            Wording { locale, experiment, variant }
        }),
        page in page(),
        custom in option::of(btree_map("[A-Za-z0-9_.-]{1,40}", text(0..=40), 0..=20)),
        (sent_at, took_ms, trap) in (time(), any::<Option<u32>>(), option::of(text(0..=500))),
    ) -> Submission {
        Submission {
            v: 1, site, id, revision, kind, message: Some(message), contact, promise, wording, page,
            custom: custom.map(Custom::from_iter), sent_at, took_ms, trap,
        }
    }
}

/// Any submission that the browser may send.
fn submission() -> impl Strategy<Value = Submission> {
    let click = words().prop_map(|words| Submission {
        revision: 0,
        message: None,
        contact: None,
        promise: None,
        custom: None,
        page: Page { url: words.page.url.clone(), ..Page::default() },
        ..words
    });
    prop_oneof![4 => words(), 1 => click]
}

/// Ways to break one rule: the field, and what stands in it then.
fn breach() -> impl Strategy<Value = (&'static str, Value)> {
    let long = |length: usize| json!("é".repeat(length));
    select(vec![
        ("v", json!(2)),
        ("site", json!("")),
        ("site", json!("Shop")),
        ("site", json!("a".repeat(65))),
        ("id", json!("0".repeat(31))),
        ("id", json!("G".repeat(32))),
        ("revision", json!(100)),
        ("revision", json!(0)),
        ("kind", json!("rant")),
        ("message", json!("")),
        ("message", json!("\u{feff}")),
        ("message", long(4_001)),
        ("contact.name", long(101)),
        ("contact.email", json!("ada")),
        ("contact.email", json!("ada@b..c")),
        ("contact.email", json!(format!("{}@b.c", "a".repeat(251)))),
        ("promise.by", json!("2026-11-21")),
        ("promise.by", json!("2026-13-21T00:00:00Z")),
        ("promise.by", json!("2026-02-31T00:00:00Z")),
        ("promise.person", long(101)),
        ("wording.locale", json!("")),
        ("wording.experiment", long(65)),
        ("wording.variant", json!("")),
        ("page.url", json!("https://shop.example/#a")),
        ("page.url", long(2_049)),
        ("page.title", long(301)),
        ("page.referrer", json!("https://shop.example/")),
        ("page.language", json!("en_GB")),
        ("custom", json!({ "ä": "" })),
        ("custom", json!({ "a": "é".repeat(501) })),
        ("custom", Value::Object((0..21).map(|key| (key.to_string(), json!(""))).collect())),
        ("sent_at", json!("2026-11-21 09:30:00Z")),
        ("trap", long(501)),
    ])
}

/// The submission with that in that field, and with all that a rule needs to be reached.
fn broken(submission: Submission, field: &str, value: Value) -> String {
    let full = Submission {
        contact: Some(Contact { name: None, email: Some("ada@example.com".to_owned()), reply: true }),
        promise: Some(Promise { by: "2026-11-24T17:00:00Z".to_owned(), person: None }),
        custom: Some(Custom::default()),
        ..submission
    };
    let mut body = serde_json::to_value(full).unwrap();
    *field.split('.').fold(&mut body, |body, name| &mut body[name]) = value;
    body.to_string()
}

fn with_a_collector(cases: u32, test: impl Fn(&Runtime, &Running, &mut TestRunner)) {
    let runtime = Runtime::new().unwrap();
    let folder = tempdir().unwrap();
    let collector = runtime.block_on(Running::start(options(&database(&folder))));
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    test(&runtime, &collector, &mut TestRunner::new(config));
    runtime.block_on(collector.stop());
}

#[test]
fn what_the_browser_lets_through_is_kept() {
    with_a_collector(200, |runtime, collector, runner| {
        let clicks = Cell::new(0);
        let kept = runner.run(&submission(), |submission| {
            prop_assert_eq!(submission.check(), Ok(()));
            clicks.set(clicks.get() + u32::from(submission.message.is_none()));
            let body = serde_json::to_string(&submission).unwrap();
            let answer = runtime.block_on(collector.post(body.clone()));
            prop_assert_eq!(answer.status, 201, "{:?}", answer);
            prop_assert_eq!(runtime.block_on(collector.post(body)).status, 200);
            Ok(())
        });
        kept.unwrap();
        assert!(clicks.get() > 0, "bare clicks were among them");
    });
}

#[test]
fn what_the_browser_holds_back_is_refused_by_the_field() {
    with_a_collector(200, |runtime, collector, runner| {
        let refused = runner.run(&(words(), breach()), |(submission, (field, value))| {
            let named = if field == "revision" && value == json!(0) { "message" } else { field };
            let body = broken(submission, field, value);
            let verdict = serde_json::from_str::<Submission>(&body).map(|submission| submission.check());
            prop_assert!(!matches!(verdict, Ok(Ok(()))));
            let answer = runtime.block_on(collector.post(body));
            prop_assert_eq!(answer.status, 422, "{:?}", answer);
            prop_assert_eq!(&answer.json()["error"]["field"], named);
            prop_assert_eq!(&answer.json()["error"]["code"], "rule_broken");
            Ok(())
        });
        refused.unwrap();
    });
}
