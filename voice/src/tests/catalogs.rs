//! Our own catalogs and lists.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use say_so::{
    feedback::Kind,
    wording::{Delivery, fill},
};

use super::{LOCALES, catalog};
use crate::{
    Confirmation, Level, file,
    keys::KNOWN,
    list::{FILES, List},
    report,
};

/// The names of the JSON files in a folder, without their ending.
pub(super) fn names(folder: impl AsRef<Path>) -> BTreeSet<String> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect()
}

/// Our catalogs by locale.
fn catalogs() -> Vec<(String, String)> {
    names(LOCALES).into_iter().map(|locale| (locale.clone(), catalog(&locale))).collect()
}

#[test]
fn every_catalog_passes_and_is_complete() {
    assert!(KNOWN.len() > 50);
    for (locale, json) in catalogs() {
        let findings = file(&locale, &json, &locale, true).findings;
        assert!(findings.is_empty(), "{}", report::text(&findings, 1));
    }
}

/// A confirmation with words, put together from a catalog: each sentence with its placeholders filled.
fn composed(catalog: &BTreeMap<String, String>, keys: &[String]) -> Vec<(String, String)> {
    let parts = keys.iter().map(|key| {
        let mut text = fill(&catalog[key], "reader", &catalog["reader.us"]);
        for (name, value) in [("name", "Priya"), ("email", "priya@example.com"), ("date", DATE)] {
            text = fill(&text, name, value);
        }
        match key.as_str() {
            "wrote" => text = format!("{text} “{MESSAGE}”"),
            "reference" => text = format!("{text} K7M-4QPA"),
            _ => {}
        }
        (key.clone(), text)
    });
    parts.collect()
}

const MESSAGE: &str = "My parcel to Leeds is five days late.";
const DATE: &str = "24. 11.";

#[test]
fn every_confirmation_of_our_catalogs_passes() {
    for (locale, json) in catalogs() {
        let catalog: BTreeMap<String, String> = serde_json::from_str(&json).unwrap();
        for (kind, reads) in Kind::ALL.iter().flat_map(|kind| ["by", "reply", "none"].map(|reads| (*kind, reads))) {
            let name = kind.name();
            let keys = [
                format!("thanks.{name}.name"),
                "wrote".to_owned(),
                format!("own.{name}"),
                format!("reads.{reads}"),
                "reference".to_owned(),
                "more".to_owned(),
            ];
            let parts = composed(&catalog, &keys);
            let parts: Vec<(&str, &str)> = parts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
            let confirmation = Confirmation {
                locale: &locale,
                kind,
                delivery: Delivery::Sent,
                parts: &parts,
                message: MESSAGE,
                theirs: &["Priya", "priya@example.com"],
                address: reads != "none",
                reply: reads != "none",
                date: (reads == "by").then_some(DATE),
                reader: Some(&catalog["reader.us"]),
                person: false,
                reference: Some("K7M-4QPA"),
            };
            let wrong: Vec<_> =
                confirmation.check().into_iter().filter(|(_, remark)| remark.level > Level::Note).collect();
            assert!(wrong.is_empty(), "{locale}, {name}, {reads}: {wrong:#?}");
        }
    }
}

#[test]
fn every_list_of_the_folder_is_known_and_can_be_read() {
    let known: BTreeSet<String> = FILES.iter().map(|(locale, _)| (*locale).to_owned()).collect();
    assert_eq!(known, names(concat!(env!("CARGO_MANIFEST_DIR"), "/lists")));
    for (locale, text) in FILES {
        let list: List = serde_json::from_str(text).unwrap_or_else(|error| panic!("{locale}: {error}"));
        assert!(!list.forbidden.is_empty() && !list.vague.is_empty(), "{locale}");
    }
}
