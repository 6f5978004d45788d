//! Files with mistakes, and the reports of them.

use proptest::prelude::*;
use say_so::config::site::Site;
use serde_json::Value;

use crate::{Level, Role, Rule, counts, file, report, sarif, text};

fn found(json: &str) -> Vec<(usize, String, Rule)> {
    let read = file("overlay.json", json, "en", false);
    read.findings.into_iter().map(|finding| (finding.line, finding.key, finding.remark.rule)).collect()
}

#[test]
fn an_overlay_is_checked_by_line() {
    let json = "{\n  \"close\": \"Shut\",\n  \"reads.none\": \"{reader} reads it shortly.\",\n  \"kept.praise\":\n    \"We have your praise. It is kept.\"\n}";
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
fn a_sites_wording_is_read_by_locale() {
    let json = "{ \"$schema\": \"x\", \"hours\": {},\n\"wording\": {\n\"en\": { \"close\": \"Kindly close\" },\n\"eo\": { \"close\": \"Fermi\" },\n\"fr\": 7 } }";
    let read = file("site.json", json, "de", false);
    assert!(read.usable);
    let found: Vec<_> = read
        .findings
        .iter()
        .map(|f| (f.line, f.locale.as_str(), f.key.as_str(), f.remark.rule, f.remark.level))
        .collect();
    let expected = [
        (3, "en", "close", Rule::Phrase, Level::Error),
        (4, "eo", "eo", Rule::Key, Level::Error),
        (4, "eo", "eo", Rule::Phrase, Level::Note),
        (5, "fr", "fr", Rule::Type, Level::Error),
    ];
    assert_eq!(found, expected);
    assert_eq!(read.findings.iter().filter(|finding| counts(finding)).count(), 3, "a note is no finding");
}

#[test]
fn so_is_each_variant_of_an_experiment() {
    let json = "{ \"experiment\": { \"name\": \"n\", \"variants\": {\n\"as ever\": {},\n\"blunt\": { \"en\": { \"close\": \"Kindly close\" } },\n\"odd\": { \"en\": \"Hm\" },\n\"none\": [] } } }";
    let read = file("site.json", json, "de", false);
    let found: Vec<_> =
        read.findings.iter().map(|f| (f.line, f.locale.as_str(), f.key.as_str(), f.remark.rule)).collect();
    let expected = [
        (3, "en", "close", Rule::Phrase),
        (4, "en", "experiment.variants.odd.en", Rule::Type),
        (5, "", "experiment.variants.none", Rule::Type),
    ];
    assert_eq!(found, expected);
    assert!(!read.usable, "a list is no variant");
    let read = file("site.json", "{ \"experiment\": { \"variants\": { \"\": {} } } }", "de", false);
    let found: Vec<_> = read.findings.iter().map(|f| f.key.as_str()).collect();
    assert_eq!(found, ["experiment.name", "experiment.variants."]);
}

#[test]
fn the_rest_of_a_sites_file_is_read_strictly() {
    let json = r#"{
        "$schema": 1, "raeder": {}, "reach": "x",
        "hours": {
            "zone": "Europe/Berlin", "mondy": [], "tuesday": "9-17", "wednesday": ["09:00-17:00", 5],
            "friday": ["09:00-17:00", "9-17"], "holidays": ["12-25", "25.12."], "reply": "soon"
        },
        "wording": { "pt": {} }
    }"#;
    let read = file("say-so.json", json, "en", false);
    let report = report::text(&read.findings, 1);
    for line in [
        ":2:9: error file/type [$schema] it is a number.\n    Write a text.",
        ":2:23: error file/key [raeder] there is no such member.\n    Did you mean “reader”?",
        ":2:37: error file/type [reach] it is a text.\n    Write an object.",
        ":4:38: error file/key [hours.mondy] there is no such member.\n    Did you mean “monday”?",
        ":4:51: error file/type [hours.tuesday] it is a text.\n    Write a list of texts.",
        ":4:70: error file/type [hours.wednesday] not all of it is text.\n    Write a list of texts.",
        ":5:13: error file/type [hours.friday] “9-17” can’t be read.\n    It must be a span of one day, such as",
        ":5:48: error file/type [hours.holidays] “25.12.” can’t be read.\n    It must be a date",
        ":5:81: error file/type [hours.reply] “soon” can’t be read.\n    It must be 1 to 999",
        ":7:22: error file/key [pt, pt] the panel does not speak “pt”.\n    Its languages are ar, de, en,",
        "10 findings in 1 file",
    ] {
        assert!(report.contains(line), "{line}\n\n{report}");
    }
}

#[test]
fn a_sites_file_needs_no_wording() {
    for json in [
        r#"{ "reader": { "person": "Dana" } }"#,
        r#"{ "reach": { "phone": "1" }, "hours": { "reply": "", "monday": [] } }"#,
        r#"{ "reach": "Or reach a person:" }"#,
    ] {
        assert_eq!(found(json), [], "{json}");
    }
}

/// The reference's example and the file of the demo's pages.
#[test]
fn the_files_we_show_pass() {
    let reference = include_str!("../../../docs/config.md");
    let (_, example) = reference.split_once("```json\n").unwrap();
    let (example, _) = example.split_once("```").unwrap();
    for json in [example, include_str!("../../../www/say-so.json")] {
        let findings = file("say-so.json", json, "en", false).findings;
        assert!(findings.is_empty(), "{}", report::text(&findings, 1));
        let site: Site = serde_json::from_str(json).unwrap();
        assert!(!site.hours.zone.is_empty() && !site.hours.reply.is_empty() && !site.hours.friday.is_empty());
    }
}

/// What the check passes can be read as a site's file, and what it does not pass can't.
#[test]
fn the_check_and_the_types_agree() {
    for json in [
        r#"{ "$schema": "" }"#,
        r#"{ "reader": { "person": "Dana", "team": "Care" } }"#,
        r#"{ "hours": { "sunday": ["00:00-24:00"], "holidays": [], "zone": "UTC" }, "wording": {} }"#,
        r#"{ "reader": null }"#,
        r#"{ "reader": { "person": null } }"#,
        r#"{ "hours": { "sunday": [null] } }"#,
        r#"{ "hours": {}, "day": {} }"#,
        r#"{ "hours": { "sonday": [] } }"#,
        r#"{ "hours": { "sunday": "00:00-24:00" } }"#,
    ] {
        assert_eq!(found(json).is_empty(), serde_json::from_str::<Site>(json).is_ok(), "{json}");
    }
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
    fn no_file_stops_the_check(json in "\\PC*", sentence in "\\PC*", locale in "[a-z]{2}") {
        let _ = file("x.json", &json, &locale, true);
        let known = serde_json::json!({ "thanks.complaint": sentence, "reads.by": sentence, "error.title": sentence, "wrong": [sentence] });
        let read = file("x.json", &known.to_string(), &locale, false);
        prop_assert!(read.usable);
        for locale in ["en", "ja", "th", "tr"] {
            let _ = text(Role::Apology, &sentence, locale);
        }
    }
}
