//! The wordings side by side, as visitors read them.

use std::collections::BTreeSet;

use maud::{Markup, html};
use say_so::wording::{Key, english};

use super::page::name;
use crate::{
    inbox::text::foreign,
    site_file::Words,
    wordings::report::{Report, Variant},
};

/// How many languages are shown.
const LANGUAGES: usize = 16;

/// The sentences that differ, for each language in which they do. Nothing where no file says them.
pub fn side_by_side(report: &Report) -> Markup {
    let said = report.variants.iter().flat_map(|variant| variant.words.keys());
    let languages: BTreeSet<&String> =
        said.filter(|language| report.locale.as_ref().is_none_or(|locale| reads(locale, language))).collect();
    html! {
        @if !languages.is_empty() {
            section.part aria-labelledby="words" {
                h2 #words { "What visitors read" }
                @for language in languages.into_iter().take(LANGUAGES) { (in_language(report, language)) }
            }
        }
    }
}

/// Whether a page in that locale may show the words of that language: `de-AT` those of `de`.
fn reads(locale: &str, language: &str) -> bool {
    locale == language || locale.split('-').next() == Some(language)
}

fn in_language(report: &Report, language: &str) -> Markup {
    let keys: BTreeSet<&String> = report
        .variants
        .iter()
        .filter_map(|variant| variant.words.get(language))
        .flat_map(|words| words.keys())
        .collect();
    // In the order of the catalog, which is that of the panel.
    let mut keys: Vec<&String> = keys.into_iter().collect();
    keys.sort_by_key(|key| Key::named(key).map_or(usize::MAX, |key| key as usize));
    html! {
        h3 { (language) }
        div.cards {
            @for (at, variant) in report.variants.iter().enumerate() {
                div.card {
                    h4 { (name(report, at)) }
                    dl lang=(language) {
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
    let usual = || own(&report.words).or_else(|| (language == "en").then(|| foreign(english(key))));
    html! {
        @if let Some(own) = own(&variant.words) { (own) }
        @else if let Some(usual) = usual() { span.usual { (usual) } }
        @else { span.usual lang="en" { "what the panel says anyway" } }
    }
}
