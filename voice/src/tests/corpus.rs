//! How well the check tells texts that people wrote from texts of machines: precision and recall.

use std::{env, fmt::Write as _, fs, path::Path};

use say_so::feedback::Kind;
use serde::Deserialize;

use crate::{Level, Role, text};

#[derive(Deserialize)]
pub(super) struct Example {
    pub(super) label: Label,
    pub(super) locale: String,
    role: String,
    pub(super) text: String,
    #[serde(default)]
    source: String,
    /// Whether it was written when the rules were done.
    #[serde(default)]
    late: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Label {
    Good,
    Robotic,
}

impl Example {
    /// The rules that the text is found to be against.
    fn found(&self) -> Vec<&'static str> {
        // A role by name, or by the key of a catalog that has it.
        let role = match (self.role.as_str(), Kind::named(&self.role)) {
            (_, Some(kind)) => Role::Confirmation(kind),
            ("error", _) => Role::Error,
            ("problem", _) => Role::Problem,
            ("promise", _) => Role::Promise,
            ("apology", _) => Role::Apology,
            ("any", _) => Role::Any,
            (key, _) => match Role::of(key) {
                Role::Label => panic!("{key} is no role"),
                role => role,
            },
        };
        let remarks = text(role, &self.text, &self.locale);
        remarks.into_iter().filter(|remark| remark.level > Level::Note).map(|remark| remark.rule.id()).collect()
    }
}

/// A set of examples, and what it is called in docs/voice.md.
struct Set {
    name: &'static str,
    examples: Vec<Example>,
    /// Whether the weights of words are trained on it.
    trains: bool,
    /// The least precision and recall: what was measured. Whoever makes it worse has to say so here.
    bounds: (f64, f64),
}

/// All sets: three of the first corpus, then those that were written for the signs; docs/voice.md says how.
///
/// Of each label of the first corpus two examples go to the first set, the next two to the second, and so on.
/// The late ones are the third.
fn sets() -> Vec<Set> {
    let read = |json| -> Vec<Example> { serde_json::from_str(json).unwrap() };
    let (good, robotic): (Vec<_>, Vec<_>) =
        read(include_str!("corpus.json")).into_iter().partition(|example| example.label == Label::Good);
    let [mut tuning, mut held_out, mut late] = [Vec::new(), Vec::new(), Vec::new()];
    for examples in [robotic, good] {
        for (place, example) in examples.into_iter().enumerate() {
            let set = match (example.late, place / 2 % 2) {
                (true, _) => &mut late,
                (false, 0) => &mut tuning,
                (false, _) => &mut held_out,
            };
            set.push(example);
        }
    }
    let set = |name, examples, trains, bounds| Set { name, examples, trains, bounds };
    vec![
        set("first tuning", tuning, true, (0.97, 1.0)),
        set("first held out", held_out, true, (0.94, 1.0)),
        set("late", late, true, (0.96, 1.0)),
        set("second tuning", read(include_str!("tuning.json")), true, (0.98, 0.98)),
        set("second held out", read(include_str!("held-out.json")), false, (0.99, 1.0)),
        set("fresh", read(include_str!("fresh.json")), false, (0.98, 0.96)),
    ]
}

/// The texts that the weights of words are trained on.
pub(super) fn training() -> Vec<Example> {
    sets().into_iter().filter(|set| set.trains).flat_map(|set| set.examples).collect()
}

/// How many were found and missed, of each label.
#[derive(Debug, Default, PartialEq, Eq)]
struct Measure {
    robotic_found: u32,
    robotic_missed: u32,
    good_found: u32,
    good_passed: u32,
}

impl Measure {
    fn of(set: &[Example]) -> Self {
        let mut measure = Self::default();
        for example in set {
            *match (example.label, example.found().is_empty()) {
                (Label::Robotic, false) => &mut measure.robotic_found,
                (Label::Robotic, true) => &mut measure.robotic_missed,
                (Label::Good, false) => &mut measure.good_found,
                (Label::Good, true) => &mut measure.good_passed,
            } += 1;
        }
        measure
    }

    fn precision(&self) -> f64 {
        f64::from(self.robotic_found) / f64::from(self.robotic_found + self.good_found)
    }

    fn recall(&self) -> f64 {
        f64::from(self.robotic_found) / f64::from(self.robotic_found + self.robotic_missed)
    }
}

/// What is measured, as it stands in docs/voice.md.
fn report() -> String {
    let mut report = String::from(
        "| set | robotic: found | missed | good: passed | found | precision | recall |\n|---|---|---|---|---|---|---|\n",
    );
    let mut wrong = String::new();
    for Set { name, examples, .. } in sets() {
        let measure = Measure::of(&examples);
        let Measure { robotic_found, robotic_missed, good_found, good_passed } = measure;
        let (precision, recall) = (measure.precision(), measure.recall());
        writeln!(
            report,
            "| {name} | {robotic_found} | {robotic_missed} | {good_passed} | {good_found} | {precision:.2} | {recall:.2} |"
        )
        .unwrap();
        for example in &examples {
            let found = example.found();
            let verdict = match (example.label, found.is_empty()) {
                (Label::Robotic, true) => "missed".to_owned(),
                (Label::Good, false) => format!("good, but found ({})", found.join(", ")),
                _ => continue,
            };
            writeln!(wrong, "- {name}, {}, {}: {verdict}: {}", example.locale, example.role, example.text).unwrap();
        }
    }
    format!("{report}\nAll that it got wrong:\n\n{wrong}")
}

#[test]
fn the_corpus_is_large_enough_and_has_the_peers() {
    let corpus: Vec<_> = sets().into_iter().flat_map(|set| set.examples).collect();
    for label in [Label::Good, Label::Robotic] {
        let count = corpus.iter().filter(|example| example.label == label).count();
        assert!(count >= 400, "{count}");
    }
    assert!(corpus.iter().filter(|example| example.source.starts_with("peer: ")).count() >= 10);
}

#[test]
fn robotic_texts_are_found_and_good_ones_pass() {
    for Set { name, examples, bounds: (precision, recall), .. } in sets() {
        let measure = Measure::of(&examples);
        assert!(measure.precision() >= precision && measure.recall() >= recall, "{name}: {measure:?}");
    }
}

#[test]
fn the_default_texts_of_peers_are_found() {
    let peers = sets().into_iter().flat_map(|set| set.examples).filter(|example| !example.source.is_empty());
    let missed: Vec<_> = peers.filter(|example| example.found().is_empty()).map(|example| example.text).collect();
    assert_eq!(missed, Vec::<String>::new());
}

/// What the docs say is what is measured. `UPDATE=1 cargo test -p say-so-voice` writes it.
#[test]
fn the_docs_say_what_is_measured() {
    const MARKS: [&str; 2] = ["<!-- measured -->\n", "<!-- end -->"];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/voice.md");
    let docs = fs::read_to_string(&path).unwrap();
    let (before, rest) = docs.split_once(MARKS[0]).unwrap();
    let (_, after) = rest.split_once(MARKS[1]).unwrap();
    let fresh = format!("{before}{}\n{}\n{}{after}", MARKS[0], report(), MARKS[1]);
    if env::var_os("UPDATE").is_some() {
        fs::write(path, fresh).unwrap();
    } else {
        assert!(docs == fresh, "docs/voice.md is out of date: run the test once with UPDATE=1");
    }
}
