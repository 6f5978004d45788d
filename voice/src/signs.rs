//! Signs of a machine, and of a person: what no single phrase gives away, weighed together.
//!
//! A list of phrases finds what has been met before. Robotic texts share more than phrases: a company
//! speaks of its own merits, something is done and nobody does it, nothing of this message is in it.
//! Each of these is a [`Sign`] with points; a name, a day or an “I” takes points away, and the lean of all
//! the words adds or takes a little. A text with [`ENOUGH`] points does not pass. The signs of a language are data, in the folder `signs/`.

use std::{collections::BTreeSet, sync::LazyLock};

use serde::Deserialize;

use crate::{
    absent::{Absent, absent},
    lean::lean,
    pattern::{Pattern, tokens},
    people,
    phrase::Language,
    role::Role,
    rule::{Remark, Rule},
};

/// The points with which a text sounds like a machine.
pub(crate) const ENOUGH: i32 = 3;
/// What a name takes away.
const NAME: i32 = -2;
/// The most that can be taken away: a name does not excuse a whole page of the rest.
const EXCUSED: i32 = -4;
/// How many places a finding quotes.
const QUOTED: usize = 3;

/// The signs there are, by language.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("de", include_str!("../signs/de.json")),
    ("en", include_str!("../signs/en.json")),
    ("es", include_str!("../signs/es.json")),
    ("fr", include_str!("../signs/fr.json")),
];

static SIGNS: LazyLock<Vec<(&str, Vec<Sign>)>> = LazyLock::new(|| {
    // The files are ours and a test reads each of them: a bad one finds nothing.
    FILES.iter().map(|(language, text)| (*language, serde_json::from_str(text).unwrap_or_default())).collect()
});

/// Words that are a sign of the same thing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sign {
    /// What it is a sign of, for whoever reads the file.
    #[cfg_attr(not(test), expect(dead_code, reason = "only tests name it"))]
    pub name: String,
    /// What each place adds. A sign of a person takes away, once, however many places there are.
    pub points: i32,
    /// The rule that a finding names. A sign of a person has none.
    #[serde(default)]
    pub rule: String,
    /// Where it is asked; everywhere, if it does not say.
    #[serde(default, rename = "where")]
    place: Place,
    /// Why it is against the rule.
    #[serde(default)]
    pub why: String,
    /// What to say instead.
    #[serde(default)]
    pub instead: String,
    /// What to find.
    pub words: Vec<Pattern>,
    /// Words that are found by an ending, and are none.
    #[serde(default)]
    but: BTreeSet<String>,
}

/// In which texts a sign is asked.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Place {
    /// In every text.
    #[default]
    Everywhere,
    /// Where something failed, or is wrong: `error.*` and `problem.*`.
    Failures,
}

/// What was found of a sign.
struct Found<'a> {
    points: i32,
    rule: Rule,
    why: &'a str,
    instead: &'a str,
    places: BTreeSet<String>,
}

/// The warning of a text in which the signs of a machine outweigh those of a person.
///
/// `folded` is the text as [`fold`](crate::phrase::fold) makes it. A language without signs has no warning.
pub(crate) fn weigh(role: Role, text: &str, folded: &str, language: Language) -> Option<Remark> {
    let (_, signs) = SIGNS.iter().find(|(known, _)| language.is(&[known]))?;
    let tokens = tokens(folded);
    let named = people::named(text, language);
    let mut excused = if named { NAME } else { 0 };
    let mut found = Vec::new();
    for sign in signs.iter().filter(|sign| sign.asked(role)) {
        let places = sign.places(&tokens);
        if places.is_empty() {
            continue;
        }
        if sign.points < 0 {
            excused += sign.points;
            continue;
        }
        let points = i32::try_from(places.len()).unwrap_or(i32::MAX).saturating_mul(sign.points);
        let rule = Rule::named(&sign.rule).unwrap_or(Rule::Phrase);
        found.push(Found { points, rule, why: &sign.why, instead: &sign.instead, places });
    }
    // Words alone make no finding: there would be nothing to quote.
    let lean = lean(&tokens, language).min(if found.is_empty() { 0 } else { i32::MAX });
    if let Some(Absent { points, rule, why, instead }) = absent(role, text, folded, language, named, excused == 0) {
        found.push(Found { points, rule, why, instead, places: BTreeSet::new() });
    }
    let points = found.iter().map(|found| found.points).sum::<i32>() + excused.max(EXCUSED) + lean;
    if points < ENOUGH {
        return None;
    }
    let heaviest = found.into_iter().reduce(|most, other| if other.points > most.points { other } else { most })?;
    Some(heaviest.remark())
}

impl Sign {
    fn asked(&self, role: Role) -> bool {
        match self.place {
            Place::Everywhere => true,
            Place::Failures => matches!(role, Role::Error | Role::Problem),
        }
    }

    /// What it finds, each once; of places that overlap the longer one.
    fn places(&self, tokens: &[&str]) -> BTreeSet<String> {
        let mut spans: Vec<_> = self.words.iter().flat_map(|pattern| pattern.spans(tokens)).collect();
        spans.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
        let mut taken = vec![false; tokens.len()];
        let mut places = BTreeSet::new();
        for span in spans {
            let (Some(free), Some(words)) = (taken.get_mut(span.clone()), tokens.get(span)) else { continue };
            let words = words.join(" ");
            if free.iter().all(|taken| !taken) && !self.but.contains(&words) {
                free.fill(true);
                places.insert(words);
            }
        }
        places
    }
}

impl Found<'_> {
    fn remark(&self) -> Remark {
        let quoted: Vec<_> = self.places.iter().take(QUOTED).map(|place| format!("“{place}”")).collect();
        let why = match quoted.split_last() {
            None => self.why.to_owned(),
            Some((last, [])) => format!("{}: {last}", self.why),
            Some((last, rest)) => format!("{}: {} and {last}", self.why, rest.join(", ")),
        };
        Remark::warning(self.rule, why, self.instead)
    }
}
