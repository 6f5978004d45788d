//! How far the single words of a text lean to machines or to people: a linear model, trained on labelled texts.
//!
//! The signs say what is wrong with a text; they know only what somebody thought of. The words of a
//! robotic text are also of another kind than those of a person, each by a little. How much is data, in
//! the folder `words/`: a test trains it on the texts of `src/tests/`, and writes it with `UPDATE=1`.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::phrase::Language;

/// The weights of English words, in tenths, and which words have them.
pub(crate) const ENGLISH: &str = include_str!("../words/en.json");
/// How much weight makes a point.
const POINT: i32 = 20;
/// The points that words alone can take away and add: never enough for a finding.
const POINTS: (i32, i32) = (-1, 2);
/// The fewest letters of a word whose ending counts for itself.
const LONG: usize = 6;

static WEIGHTS: LazyLock<BTreeMap<String, i32>> = LazyLock::new(|| {
    // The file is ours and a test reads it: a bad one leans nowhere.
    let by_weight: BTreeMap<String, Vec<String>> = serde_json::from_str(ENGLISH).unwrap_or_default();
    let pairs = by_weight.into_iter().filter_map(|(weight, words)| Some((weight.parse().ok()?, words)));
    pairs.flat_map(|(weight, words): (i32, _)| words.into_iter().map(move |word| (word, weight))).collect()
});

/// The points for the words of an English text: more for a machine, less for a person.
pub(crate) fn lean(tokens: &[&str], language: Language) -> i32 {
    if !language.is(&["en"]) {
        return 0;
    }
    let weight: i32 = features(tokens).iter().filter_map(|feature| WEIGHTS.get(feature)).sum();
    weight.div_euclid(POINT).clamp(POINTS.0, POINTS.1)
}

/// What counts of a text: each word once, “#” for numbers, and the last three letters of long words (“-ion”).
pub(crate) fn features(tokens: &[&str]) -> Vec<String> {
    let mut features = Vec::new();
    for token in tokens.iter().filter(|token| **token != ".") {
        if token.starts_with(|char: char| char.is_ascii_digit()) {
            features.push("#".to_owned());
            continue;
        }
        features.push((*token).to_owned());
        let letters: Vec<char> = token.chars().collect();
        if letters.len() >= LONG && letters.iter().all(|letter| letter.is_alphabetic()) {
            features.extend(letters.last_chunk::<3>().map(|end| format!("-{}", end.iter().collect::<String>())));
        }
    }
    features.sort_unstable();
    features.dedup();
    features
}
