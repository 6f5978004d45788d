//! The wordings that a site tries out against each other.
//!
//! What is wrong with an experiment costs that one; the console says what it is, by a file that is fetched only then.

use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};

use super::{
    console,
    json::{member, members, object},
    site::lay,
};
use crate::{
    experiment::{self, VARIANTS, is_id},
    feedback::{TAG_MAX, Wording, within},
    wording::Catalog,
};

/// Wordings that are tried out against each other.
pub struct Experiment {
    id: String,
    /// When it begins and ends, in milliseconds since 1970; no number if it has no such time.
    start: f64,
    end: f64,
    variants: Vec<Variant>,
}

struct Variant {
    id: String,
    weight: f64,
    wording: JsValue,
}

/// What a wording is drawn for.
pub struct Draw<'a> {
    /// The message, or the visitor.
    pub unit: &'a str,
    /// The only experiment that is still possible, once the visitor has begun; none if that one is `""`.
    pub only: Option<&'a str>,
    /// An experiment and a variant of it, with a colon between them, that somebody wants to look at.
    pub preview: &'a str,
    /// What to call the file in warnings; empty where all has been said.
    pub path: &'a str,
}

/// Reads the experiments of a file, the single one of an older form as well, and says whether all can be used.
pub fn read(file: &JsValue) -> (Vec<Experiment>, bool) {
    let (list, single) = (member(file, "experiments"), member(file, "experiment"));
    let mut values = Array::new();
    let mut sound = list.is_undefined();
    if let Some(list) = list.dyn_ref::<Array>() {
        (values, sound) = (list.slice(0, list.length()), true);
    }
    let several = values.length();
    if !single.is_undefined() {
        values.push(&single);
    }
    let mut found = Vec::new();
    for (at, value) in values.iter().enumerate() {
        match Experiment::read(&value, at as u32 == several) {
            // One of the older form may be empty.
            Some(experiment) if experiment.variants.is_empty() => {}
            // What is counted of one would be counted of the other.
            Some(experiment) if found.iter().any(|it: &Experiment| it.id == experiment.id) => sound = false,
            Some(experiment) => found.push(experiment),
            None => sound = false,
        }
    }
    (found, sound)
}

/// Puts the sentences of a locale of the variant that is drawn into a catalog, and names it. Nothing happens where no
/// experiment runs that has something to say in the locale.
pub fn speak(experiments: &[Experiment], catalog: &mut Catalog, locale: &str, draw: &Draw<'_>) -> Wording {
    let mut wording = Wording { locale: locale.into(), ..Wording::default() };
    let now = Date::now();
    let mut running = Vec::new();
    for experiment in experiments {
        if let Some(asked) =
            experiment.variants.iter().find(|it| [&experiment.id, ":", &it.id].concat() == draw.preview)
        {
            asked.say(catalog, locale, "");
            return wording;
        }
        if experiment::runs(experiment.start, experiment.end, now) && experiment.speaks(catalog, locale, draw.path) {
            running.push(experiment);
        }
    }
    if !draw.preview.is_empty() && !draw.path.is_empty() {
        console::warn(&[draw.path, "there is no variant ", draw.preview].concat());
    }
    let place = experiment::hash(experiment::AMONG, draw.unit);
    let at = experiment::choose(place, &experiment::ranges(running.len(), 1.0, &[]));
    if let (Some(at), "") = (at, draw.preview)
        && let Experiment { id, variants, .. } = running[at]
        && draw.only.is_none_or(|only| only == id)
    {
        let weights: Vec<_> = variants.iter().map(|variant| variant.weight).collect();
        if let Some(at) = experiment::variant(id, draw.unit, &weights) {
            variants[at].say(catalog, locale, "");
            (wording.experiment, wording.variant) = (Some(id.clone()), Some(variants[at].id.clone()));
        }
    }
    wording
}

impl Experiment {
    /// Reads one; none if there is something wrong with it. In the older form each wording is as likely.
    fn read(value: &JsValue, is_single: bool) -> Option<Self> {
        object(value)?;
        let variants = member(value, "variants");
        let mut read = Vec::new();
        if is_single {
            for (id, wording) in members(&variants) {
                object(&wording)?;
                read.push(Variant { id, weight: 1.0, wording });
            }
        } else {
            for variant in variants.dyn_ref::<Array>()?.iter() {
                let (weight, wording) = (member(&variant, "weight"), member(&variant, "wording"));
                if !wording.is_undefined() {
                    object(&wording)?;
                }
                let weight = if weight.is_undefined() || weight.is_null() { 1.0 } else { weight.as_f64()? };
                experiment::weight(weight)?;
                let id = member(&variant, "id").as_string()?;
                if !is_id(&id) || read.iter().any(|it: &Variant| it.id == id) {
                    return None;
                }
                read.push(Variant { id, weight, wording });
            }
        }
        let id = member(value, if is_single { "name" } else { "id" }).as_string().unwrap_or_default();
        let (start, end) = (time(value, "start")?, time(value, "end")?);
        let is_named = read.iter().all(|it| within(Some(&it.id), TAG_MAX)) && within(Some(&id), TAG_MAX);
        let is_whole =
            if is_single { is_named || read.is_empty() } else { is_id(&id) && VARIANTS.contains(&read.len()) };
        let is_drawn = is_single || read.iter().any(|it| it.weight > 0.0);
        let is_over = start >= end;
        (is_whole && is_drawn && !is_over).then_some(Self { id, start, end, variants: read })
    }

    /// Whether some variant says something in a locale, and none what can't be said as it is meant: nothing would be
    /// found out then.
    fn speaks(&self, catalog: &Catalog, locale: &str, path: &str) -> bool {
        let (mut sound, mut spoken) = (true, false);
        for variant in &self.variants {
            let path =
                if path.is_empty() { "" } else { &[path, "experiments.", &self.id, ".", &variant.id, "."].concat() };
            sound &= variant.say(&mut catalog.clone(), locale, path);
            spoken |= !member(&variant.wording, locale).is_undefined();
        }
        sound && spoken
    }
}

impl Variant {
    fn say(&self, catalog: &mut Catalog, locale: &str, path: &str) -> bool {
        let path = if path.is_empty() { "" } else { &[path, locale, "."].concat() };
        lay(catalog, &member(&self.wording, locale), path)
    }
}

/// A day, or an instant of a zone; no number if there is none.
fn time(value: &JsValue, name: &str) -> Option<f64> {
    let value = member(value, name);
    let text = if value.is_undefined() { String::new() } else { value.as_string()? };
    let time = Date::parse(&text);
    // Browsers read much else as a time.
    let is_zoned = text.ends_with('Z') || matches!(text.bytes().rev().nth(5), Some(b'+' | b'-'));
    let is_time = text.starts_with("20") && (text.len() == 10 || is_zoned) && !time.is_nan();
    (text.is_empty() || is_time).then_some(time)
}
