//! The wordings side by side, as visitors read them.

use std::collections::BTreeSet;

use maud::{Markup, html};
use say_so::wording::Key;

use super::{
    catalogs::{direction, tag, text},
    page::name,
};
use crate::{
    inbox::text::foreign,
    site_file::Words,
    wordings::report::{Report, Variant},
};

/// How many languages are shown.
const LANGUAGES: usize = 16;

/// The sentences that differ, for each language in which the panel was opened or a wording has sentences of its own.
/// Nothing where no file says them.
pub fn side_by_side(report: &Report) -> Markup {
    let is_said = report.variants.iter().any(|variant| !variant.words.is_empty());
    html! {
        @if is_said {
            section.part aria-labelledby="words" {
                h2 #words { "What visitors read" }
                @for language in languages(report).into_iter().take(LANGUAGES) { (in_language(report, language)) }
            }
        }
    }
}

/// The languages to show: that with the most openings first, and those without any last; or only the one that is asked for.
fn languages(report: &Report) -> Vec<&str> {
    let own = report.variants.iter().flat_map(|variant| variant.words.keys());
    let own: BTreeSet<&str> = own.map(String::as_str).collect();
    let opened = report.locale.as_ref().map_or(report.locales.as_slice(), std::slice::from_ref);
    // A locale may have sentences of its own, and has those of its language.
    let spoken = opened.iter().map(|locale| own.get(locale.as_str()).copied().or_else(|| tag(locale)));
    let unopened = own.iter().copied().filter(|_| report.locale.is_none());
    let mut languages: Vec<&str> = Vec::new();
    for language in spoken.flatten().chain(unopened) {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}

/// The sentences of one language: those that some wording says otherwise in it, or else in any.
fn in_language(report: &Report, language: &str) -> Markup {
    let keys = |language: Option<&str>| -> BTreeSet<&String> {
        let words = report.variants.iter().flat_map(|variant| &variant.words);
        let words = words.filter(|(known, _)| language.is_none_or(|language| *known == language));
        words.flat_map(|(_, words)| words.keys()).collect()
    };
    let own = keys(Some(language));
    // In the order of the catalog, which is that of the panel.
    let mut keys: Vec<&String> = if own.is_empty() { keys(None) } else { own }.into_iter().collect();
    keys.sort_by_key(|key| Key::named(key).map_or(usize::MAX, |key| key as usize));
    html! {
        h3 { (language) }
        div.cards {
            @for (at, variant) in report.variants.iter().enumerate() {
                div.card {
                    h4 { (name(report, at)) }
                    dl lang=(language) dir=(direction(language)) {
                        @for key in &keys {
                            div { dt { code { (key) } } dd { (sentence(report, variant, language, key)) } }
                        }
                    }
                }
            }
        }
    }
}

/// A sentence of a wording; where it has none of its own, the site's, and else the panel's.
fn sentence(report: &Report, variant: &Variant, language: &str, key: &str) -> Markup {
    let own = |words: &Words| words.get(language).and_then(|words| words.get(key)).map(|text| foreign(text));
    let usual = || own(&report.words).or_else(|| text(language, key).map(foreign));
    html! {
        @if let Some(own) = own(&variant.words) { (own) }
        @else if let Some(usual) = usual() { span.usual { (usual) } }
        @else { span.usual lang="en" dir="ltr" { "what the panel says anyway" } }
    }
}
