//! The experiments of a site's file that can be used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use say_so::{
    config::site,
    experiment::VARIANTS,
    feedback::{TAG_MAX, within},
};
use say_so_voice::instant;

/// Sentences by the keys of the catalog, for each language.
pub type Words = BTreeMap<String, BTreeMap<String, String>>;

/// An experiment of a site's file.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Its id.
    pub id: String,
    /// When it begins; none if it has begun.
    pub start: Option<Timestamp>,
    /// From when on nobody takes part; none if it is open.
    pub end: Option<Timestamp>,
    /// Its wordings: two at least.
    pub variants: Vec<Variant>,
}

/// One of the wordings of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// The share of openings that read it: from 0 to 1, and 1 for all of an experiment together.
    pub share: f64,
    /// What it says in place of the site's own sentences and of the catalog's.
    pub words: Words,
}

/// An experiment that can be used.
///
/// # Errors
/// Why it can't be, as half a sentence.
pub(super) fn checked(named: site::Experiment) -> Result<Experiment, &'static str> {
    let site::Experiment { id, start, end, variants } = named;
    let name = |text: &str| within(Some(text), TAG_MAX);
    if !name(&id) || !variants.iter().all(|variant| name(&variant.id)) {
        return Err("an id has 1 to 64 characters");
    }
    if !VARIANTS.contains(&variants.len()) {
        return Err("an experiment has 2 to 20 variants");
    }
    if variants.iter().map(|variant| &variant.id).collect::<BTreeSet<_>>().len() < variants.len() {
        return Err("two of its variants have the same id");
    }
    let (start, end) = (when(&start)?, when(&end)?);
    if matches!((start, end), (Some(start), Some(end)) if end <= start) {
        return Err("it ends before it begins");
    }
    let weight = |variant: &site::Variant| variant.weight.unwrap_or(1);
    let whole: u32 = variants.iter().map(|variant| u32::from(weight(variant))).sum();
    if whole == 0 {
        return Err("one of its variants has to have a weight above 0");
    }
    let variants = variants.into_iter().map(|variant| {
        let share = f64::from(weight(&variant)) / f64::from(whole);
        Variant { id: variant.id, share, words: variant.wording }
    });
    Ok(Experiment { id, start, end, variants: variants.collect() })
}

/// A day, which begins at 00:00 UTC, or an RFC 3339 instant; none for an empty text.
fn when(text: &str) -> Result<Option<Timestamp>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    instant(text).map(Some).ok_or("start and end are days such as 2026-12-01, or instants such as 2026-12-01T09:00:00Z")
}
