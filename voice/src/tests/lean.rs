//! The weights of words, and how they are trained.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

use super::corpus::{Label, training};
use crate::{
    lean::{ENGLISH, features, lean},
    pattern::tokens,
    phrase::{Language, fold},
};

/// A word has to stand in so many texts to have a weight.
const TEXTS: u32 = 2;

/// The weights in tenths, by naive Bayes: the logarithm of how much more often robotic texts have the word
/// than good ones, each counted as if one more text had it.
fn trained() -> BTreeMap<i32, Vec<String>> {
    let english = Language("en");
    let mut counts: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let mut texts = [0_u32; 2];
    for example in training().into_iter().filter(|example| example.locale == "en") {
        let side = usize::from(example.label == Label::Robotic);
        texts[side] += 1;
        for feature in features(&tokens(&fold(&example.text, english))) {
            counts.entry(feature).or_default()[side] += 1;
        }
    }
    let share = |count: u32, texts: u32| (f64::from(count) + 1.0) / (f64::from(texts) + 2.0);
    let mut weights: BTreeMap<i32, Vec<String>> = BTreeMap::new();
    for (feature, [good, robotic]) in counts {
        let weight = (share(robotic, texts[1]) / share(good, texts[0])).ln() * 10.0;
        #[expect(clippy::cast_possible_truncation, reason = "a weight is below a hundred tenths")]
        let tenths = weight.round() as i32;
        if good + robotic >= TEXTS && tenths != 0 {
            weights.entry(tenths).or_default().push(feature);
        }
    }
    weights
}

/// The file: from the words of machines to those of people, a weight with its words a line.
fn file(weights: &BTreeMap<i32, Vec<String>>) -> String {
    let mut file = String::from("{\n");
    for (weight, words) in weights.iter().rev() {
        let words = serde_json::to_string(words).unwrap().replace("\",\"", "\", \"");
        let last = if weights.first_key_value().is_some_and(|(least, _)| least == weight) { "" } else { "," };
        writeln!(file, "  \"{weight}\": {words}{last}").unwrap();
    }
    file + "}\n"
}

#[test]
fn the_weights_are_those_of_the_training_texts() {
    let fresh = file(&trained());
    if env::var_os("UPDATE").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("words/en.json");
        return fs::write(path, fresh).unwrap();
    }
    assert!(
        fresh == ENGLISH,
        "words/en.json is out of date: run the test once with UPDATE=1, and then all tests again"
    );
}

#[test]
fn words_lean_one_way_or_the_other() {
    let points = |text: &str| lean(&tokens(&fold(text, Language("en"))), Language("en"));
    assert_eq!(points("Customer satisfaction is the priority of our dedicated team."), 2, "and no more");
    assert_eq!(points("We’ll ring you, Sam. It’s still in the box."), -1, "and no less");
    assert_eq!(lean(&["kundenzufriedenheit"], Language("de")), 0);
}
