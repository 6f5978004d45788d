//! Files with mistakes, and the reports of them.

use proptest::prelude::*;
use serde_json::Value;

use crate::wording::voice::{Level, Rule, counts, file, report, sarif};

fn found(json: &str) -> Vec<(usize, String, Rule)> {
    let read = file("overlay.json", json, "en", false);
    read.findings.into_iter().map(|finding| (finding.line, finding.key, finding.remark.rule)).collect()
}

#[test]
fn an_overlay_is_checked_by_line() {
    let json = "{\n  \"close\": \"Shut\",\n  \"reads.none\": \"{reader} reads it shortly.\",\n  \"kept.praise\":\n    \"Thank you for your praise. It is kept.\"\n}";
    let expected = [(3, "reads.none".to_owned(), Rule::Date), (4, "kept.praise".to_owned(), Rule::True)];
    assert_eq!(found(json), expected);
    assert_eq!(found("{}"), []);
}

#[test]
fn keys_placeholders_and_types_are_checked() {
    let read = file(
        "overlay.json",
        r#"{ "thanks.complain": "x", "zzzz": "x", "reads.by": "{person} reads it.", "close": 3, "more": "a", "more": "b" }"#,
        "en",
        false,
    );
    let report = report::text(&read.findings, 1);
    for line in [
        "error file/key [thanks.complain, en] there is no such key.\n    Did you mean “thanks.complaint”?",
        "error file/key [zzzz, en] there is no such key.\n    Leave it out.",
        "error file/placeholder [reads.by, en] the placeholder {date} is missing.",
        "error file/placeholder [reads.by, en] there is no placeholder {person} here.\n    This text has {date}, {reader}.",
        "error file/type [close, en] it is a number.\n    Write a text.",
        "error file/key [more, en] it stands here twice.",
        "7 findings in 1 file",
    ] {
        assert!(report.contains(line), "{line}\n\n{report}");
    }
}

#[test]
fn a_sites_settings_are_read_by_locale() {
    let json = "{ \"site\": \"shop\", \"opts\": [1, {\"x\": null}],\n\"wording\": {\n\"en\": { \"close\": \"Kindly close\" },\n\"eo\": { \"close\": \"Fermi\" },\n\"fr\": 7 } }";
    let read = file("site.json", json, "de", false);
    assert!(read.usable);
    let found: Vec<_> = read
        .findings
        .iter()
        .map(|f| (f.line, f.locale.as_str(), f.key.as_str(), f.remark.rule, f.remark.level))
        .collect();
    let expected = [
        (3, "en", "close", Rule::Phrase, Level::Error),
        (4, "eo", "eo", Rule::Phrase, Level::Note),
        (5, "fr", "fr", Rule::Type, Level::Error),
    ];
    assert_eq!(found, expected);
    assert_eq!(read.findings.iter().filter(|finding| counts(finding)).count(), 2, "a note is no finding");
}

#[test]
fn what_is_no_file_of_texts_is_unusable() {
    for (json, line, rule) in [
        ("{\n \"a\": }", 2, Rule::Json),
        ("", 1, Rule::Json),
        ("[]", 1, Rule::Type),
        ("{\"wording\": 1}", 1, Rule::Type),
    ] {
        let read = file("x.json", json, "en", false);
        assert!(!read.usable, "{json}");
        assert_eq!((read.findings[0].line, read.findings[0].remark.rule), (line, rule), "{json}");
    }
}

#[test]
fn only_a_complete_catalog_lacks_keys() {
    assert_eq!(found(r#"{ "close": "Shut" }"#), []);
    let read = file("en.json", r#"{ "close": "Shut" }"#, "en", true);
    assert!(read.findings.len() > 50 && read.findings.iter().all(|finding| finding.remark.rule == Rule::Missing));
}

#[test]
fn sarif_has_what_the_standard_asks_for() {
    let read = file("a b/overlay.json", "{\n\"close\": \"Kindly close\" }", "en", false);
    let log = sarif::log(&read.findings, read.usable);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let result = &run["results"][0];
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    assert_eq!((&result["ruleId"], &result["level"]), (&Value::from("voice/14-phrase"), &Value::from("error")));
    assert!(result["message"]["text"].as_str().unwrap().contains("kindly"));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b/overlay.json");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&Value::from(2), &Value::from(1)));
    assert_eq!(report::json(&read.findings)["findings"][0]["key"], "close");
}

proptest! {
    /// Whatever the file, the check answers.
    #[test]
    fn no_file_stops_the_check(json in "\\PC*", text in "\\PC*", locale in "[a-z]{2}") {
        let _ = file("x.json", &json, &locale, true);
        let known = serde_json::json!({ "thanks.complaint": text, "reads.by": text, "error.title": text, "wrong": [text] });
        let read = file("x.json", &known.to_string(), &locale, false);
        prop_assert!(read.usable);
        for locale in ["en", "ja", "th", "tr"] {
            let _ = crate::wording::voice::text(crate::wording::voice::Role::Apology, &text, locale);
        }
    }
}
