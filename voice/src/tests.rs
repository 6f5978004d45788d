//! The voice check, checked: against labelled texts, our own catalogs, and files with mistakes.

mod catalogs;
mod confirmations;
mod corpus;
mod experiments;
mod files;
mod lean;
mod matrix;
mod signs;
mod single;

/// The folder of our own catalogs.
const LOCALES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../src/wording/locales");

/// Our own catalog of that locale, as it stands in its file.
fn catalog(locale: &str) -> String {
    std::fs::read_to_string(format!("{LOCALES}/{locale}.json")).unwrap()
}
