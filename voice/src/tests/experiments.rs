//! The experiments of a site's file.

use say_so::config::site::Site;

use crate::{file, report};

/// The report on a file.
fn reported(json: &str) -> String {
    report::text(&file("site.json", json, "en", false).findings, 1)
}

/// The report on an experiment of two variants with these members beside them.
fn with(members: &str) -> String {
    reported(&format!(r#"{{"experiments":[{{"id":"e","variants":[{{"id":"a"}},{{"id":"b"}}]{members}}}]}}"#))
}

const FINE: &str = "0 findings in 1 file\n";

#[test]
fn a_whole_experiment_passes() {
    let json = r#"{
        "experiments": [
            { "id": "titles.2026_A-1", "start": "2026-12-01", "end": "2026-12-01T00:00:01Z", "variants": [
                { "id": "as-ever", "weight": 0 },
                { "id": "short", "weight": 1000, "wording": { "en": { "title": "How did we do?" } } }
            ] },
            { "id": "other", "variants": [{ "id": "as-ever", "wording": {} }, { "id": "short" }] }
        ],
        "counts": "/v1/counts", "remember": true
    }"#;
    assert_eq!(reported(json), FINE);
    assert!(serde_json::from_str::<Site>(json).is_ok());
    assert_eq!(reported(r#"{ "experiments": [], "remember": false }"#), FINE);
}

#[test]
fn members_and_types_are_named_with_their_place() {
    let report = reported(
        r#"{ "experiments": [
  { "id": 1, "varaints": [], "start": null, "variants": {} },
  "x",
  { "id": "e", "variants": [ 7, { "id": "a", "wieght": 1, "wording": [] }, { "wording": { "en": "Hm" } } ] }
], "remember": "yes", "counts": 1 }"#,
    );
    for line in [
        ":2:5: error file/type [experiments[0].id] it is a number.\n    Write a text.",
        ":2:14: error file/key [experiments[0].varaints] there is no such member.\n    Did you mean “variants”?",
        ":2:30: error file/type [experiments[0].start] it is null.",
        ":2:45: error file/type [experiments[0].variants] it is an object.\n    Write a list of objects.",
        ":3:3: error file/type [experiments[1]] it is a text.\n    Write an object.",
        ":4:30: error file/type [experiments[2].variants[0]] it is a number.",
        ":4:46: error file/key [experiments[2].variants[1].wieght] there is no such member.\n    Did you mean “weight”?",
        ":4:59: error file/type [experiments[2].variants[1].wording] it is a list.\n    Write an object of locales.",
        ":4:76: error file/missing [experiments[2].variants[2]] it has no id.",
        ":4:91: error file/type [experiments[2].variants[2].wording.en, en] it is a text.",
        ":5:4: error file/type [remember] it is a text.\n    Write true or false.",
        ":5:23: error file/type [counts] it is a number.\n    Write a text.",
        "12 findings in 1 file",
    ] {
        assert!(report.contains(line), "{line}\n\n{report}");
    }
    assert!(reported(r#"{ "experiments": { "id": "e" } }"#).contains("Write a list of objects."));
}

#[test]
fn words_are_checked_as_in_the_files_own() {
    let report = reported(
        r#"{ "experiments": [ { "id": "e", "variants": [ { "id": "a" }, { "id": "b", "wording": {
  "en": { "close": "Kindly close", "closs": "Shut", "reads.by": "{reader} reads it." },
  "eo": {}
} } ] } ] }"#,
    );
    for line in [
        ":2:11: error voice/14-phrase [close, en]",
        ":2:36: error file/key [closs, en] there is no such key.\n    Did you mean “close”?",
        ":2:53: error file/placeholder [reads.by, en] the placeholder {date} is missing.",
        ":3:3: error file/key [experiments[0].variants[1].wording.eo, eo] the panel does not speak “eo”.",
    ] {
        assert!(report.contains(line), "{line}\n\n{report}");
    }
}

#[test]
fn ids_are_of_their_letters_and_stand_once() {
    let long = "x".repeat(65);
    for wrong in ["", "a b", "ä", "a/b", "a:b", &long] {
        for json in [
            format!(r#"{{"experiments":[{{"id":"{wrong}","variants":[{{"id":"a"}},{{"id":"b"}}]}}]}}"#),
            format!(r#"{{"experiments":[{{"id":"e","variants":[{{"id":"{wrong}"}},{{"id":"b"}}]}}]}}"#),
        ] {
            let report = reported(&json);
            assert!(report.contains(&format!("“{wrong}” is no id")) && report.contains("1 finding in"), "{report}");
        }
    }
    let report = reported(
        r#"{"experiments":[{"id":"e","variants":[{"id":"a"},{"id":"b"},{"id":"a"}]},{"id":"e","variants":[{"id":"a"},{"id":"b"}]}]}"#,
    );
    for line in [
        "[experiments[0].variants[2].id] another variant has the id “a”",
        "[experiments[1].id] another experiment has the id “e”",
        "2 findings",
    ] {
        assert!(report.contains(line), "{line}\n\n{report}");
    }
    assert!(
        reported(r#"{"experiments":[{"variants":[{"id":"a"},{"id":"b"}]}]}"#).contains("[experiments[0]] it has no id")
    );
}

#[test]
fn there_are_2_to_20_variants() {
    let of = |count: usize| {
        let variants: Vec<_> = (0..count).map(|at| format!(r#"{{"id":"v{at}"}}"#)).collect();
        reported(&format!(r#"{{"experiments":[{{"id":"e","variants":[{}]}}]}}"#, variants.join(",")))
    };
    assert_eq!([of(2), of(20)], [FINE, FINE]);
    assert!(of(0).contains("[experiments[0].variants] it has no variants.\n    Write 2 to 20 of them."));
    assert!(of(1).contains("one variant has nothing to be tried against"));
    assert!(of(21).contains("it has 21 variants"));
    assert!(reported(r#"{"experiments":[{"id":"e"}]}"#).contains("[experiments[0]] it has no variants"));
}

#[test]
fn weights_are_whole_and_one_is_above_0() {
    let of = |weight: &str| {
        reported(&format!(
            r#"{{"experiments":[{{"id":"e","variants":[{{"id":"a","weight":0}},{{"id":"b","weight":{weight}}}]}}]}}"#
        ))
    };
    for fine in ["1", "1000", "3.0", "1e2", "null"] {
        assert_eq!(of(fine), FINE);
    }
    for wrong in ["-1", "1001", "0.5", "1.5", "\"1\"", "true", "[]"] {
        let report = of(wrong);
        assert!(
            report.contains("[experiments[0].variants[1].weight] it is no weight") && report.contains("1 finding in"),
            "{wrong}: {report}"
        );
    }
    assert!(of("0").contains("[experiments[0].variants] every weight is 0"));
}

#[test]
fn days_exist_and_are_in_order() {
    for fine in [
        r#", "start": "2028-02-29""#,
        r#", "end": "2026-12-01T09:00:00.5+05:30""#,
        r#", "start": "2026-12-01T01:00:00+02:00", "end": "2026-12-01""#,
    ] {
        assert_eq!(with(fine), FINE, "{fine}");
    }
    for wrong in [
        "",
        "2027-02-29",
        "1999-12-01",
        "2026-13-01",
        "2026-00-10",
        "2026-6-1",
        "1.12.2026",
        "tomorrow",
        "2026-12-01T09:00",
        "2026-12-01T09:00:00",
        "2026-12-01 09:00:00Z",
        "2026-12-01T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-02-30T09:00:00Z",
        "2026-12-01t09:00:00z",
        "2026-12-01Z",
        "+2026-12-1",
    ] {
        for member in ["start", "end"] {
            let report = with(&format!(r#", "{member}": "{wrong}""#));
            let line = format!("[experiments[0].{member}] “{wrong}” is no day and no instant");
            assert!(report.contains(&line) && report.contains("1 finding in"), "{wrong}: {report}");
        }
    }
    for order in [
        ("2026-12-01", "2026-12-01"),
        ("2026-12-02", "2026-12-01"),
        ("2026-12-01T01:00:00Z", "2026-12-01T02:30:00+02:00"),
    ] {
        let report = with(&format!(r#", "start": "{}", "end": "{}""#, order.0, order.1));
        assert!(report.contains("[experiments[0].end] it ends before it begins"), "{report}");
    }
}

#[test]
fn counts_are_posted_to_an_address() {
    for fine in [
        "/v1/counts",
        "v1/counts",
        "../v1/counts",
        "//say.example/v1/counts",
        "https://say.example/v1/counts",
        "HTTP://localhost:8787/",
        "?a:b",
    ] {
        assert_eq!(reported(&format!(r#"{{"counts":"{fine}"}}"#)), FINE, "{fine}");
    }
    for wrong in [
        "",
        "mailto:a@b.example",
        "javascript:alert(1)",
        "https:",
        "https://",
        "https:///v1",
        "http://a b",
        "ftp://a.example/",
        " /v1",
    ] {
        let report = reported(&format!(r#"{{"counts":"{wrong}"}}"#));
        assert!(report.contains("[counts] “") && report.contains("1 finding in"), "{wrong}: {report}");
    }
}
