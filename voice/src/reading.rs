//! How plain a text is, by the formula that its language has (rule 12).
//!
//! A formula is made for passages of a hundred words. A confirmation has forty, so one long word
//! moves the score by about half a grade: below [`LEAST`] words nothing is measured, and what is
//! measured is a warning. Words with a digit (references, dates) are left out.

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::{count, phrase::Language};

/// The fewest words that are measured.
pub(crate) const LEAST: usize = 30;

/// A formula for how plain a text is. `W/S` are words a sentence, `Y/W` syllables a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Formula {
    /// English, a school grade: 0.39 W/S + 11.8 Y/W − 15.59. Kincaid and others, Navy report 8-75, 1975.
    FleschKincaid,
    /// German: 180 − W/S − 58.5 Y/W. Amstad, Wie verständlich sind unsere Zeitungen?, 1978.
    Amstad,
    /// French: 207 − 1.015 W/S − 73.6 Y/W. Kandel and Moles, Cahiers d'études de radio-télévision 19, 1958.
    KandelMoles,
    /// Spanish: 206.84 − 1.02 W/S − 60 Y/W. Fernández Huerta, Consigna 214, 1959.
    FernandezHuerta,
    /// Italian, by letters: 89 + (300 sentences − 10 letters) / words. Lucisano and Piemontese, 1988.
    Gulpease,
    /// Dutch: 206.84 − 0.93 W/S − 77 Y/W. Douma, De leesbaarheid van landbouwbladen, 1960.
    Douma,
    /// Turkish: 198.825 − 2.61 W/S − 40.175 Y/W. Ateşman, Dil Dergisi 58, 1997.
    Atesman,
    /// Portuguese: 248.835 − 1.015 W/S − 84.6 Y/W. Martins and others, ICMC-USP, 1996.
    Martins,
    /// Swedish, Danish, Norwegian: W/S + share of words over 6 letters, in percent. Björnsson, Läsbarhet, 1968.
    Lix,
}

/// A measurement, with the worst that still passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Score {
    /// What the formula gives.
    pub value: f64,
    /// The worst that passes.
    pub limit: f64,
    /// Whether a smaller value is plainer.
    pub less: bool,
}

impl Score {
    /// Whether the text is plain enough.
    pub fn passes(self) -> bool {
        if self.less { self.value <= self.limit } else { self.value >= self.limit }
    }
}

impl Formula {
    /// The formula as people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FleschKincaid => "Flesch–Kincaid grade",
            Self::Amstad => "Amstad’s reading ease",
            Self::KandelMoles => "Kandel and Moles’ reading ease",
            Self::FernandezHuerta => "Fernández Huerta’s reading ease",
            Self::Gulpease => "Gulpease index",
            Self::Douma => "Douma’s reading ease",
            Self::Atesman => "Ateşman’s reading ease",
            Self::Martins => "Martins’ reading ease",
            Self::Lix => "LIX",
        }
    }

    /// The worst that passes, and whether less is plainer.
    ///
    /// Only the English formula gives a grade: 6. The others give an ease from 0 to 100, or LIX, each
    /// with a table of its own. The limit is the foot of what the tables call standard or easy: 60 for
    /// an ease, 40 for LIX. That is about two grades less strict than the English limit, which suits
    /// languages with longer words and texts this short.
    fn limit(self) -> (f64, bool) {
        match self {
            Self::FleschKincaid => (6.0, true),
            Self::Lix => (40.0, true),
            _ => (60.0, false),
        }
    }

    /// Measures a text, if it has at least [`LEAST`] words.
    pub fn measure(self, text: &str, language: Language) -> Option<Score> {
        let words: Vec<&str> =
            text.unicode_words().filter(|word| !word.contains(|c: char| c.is_ascii_digit())).collect();
        if words.len() < LEAST {
            return None;
        }
        let sentences = real(count::sentences(text, language).len().max(1));
        let letters = real(words.iter().map(|word| word.chars().filter(|char| char.is_alphabetic()).count()).sum());
        let long = real(words.iter().filter(|word| word.chars().count() > 6).count());
        let syllables = real(words.iter().map(|word| syllables(word, self)).sum());
        let words = real(words.len());
        let (length, heavy) = (words / sentences, syllables / words);
        let value = match self {
            Self::FleschKincaid => 0.39 * length + 11.8 * heavy - 15.59,
            Self::Amstad => 180.0 - length - 58.5 * heavy,
            Self::KandelMoles => 207.0 - 1.015 * length - 73.6 * heavy,
            Self::FernandezHuerta => 206.84 - 1.02 * length - 60.0 * heavy,
            Self::Gulpease => 89.0 + (300.0 * sentences - 10.0 * letters) / words,
            Self::Douma => 206.84 - 0.93 * length - 77.0 * heavy,
            Self::Atesman => 198.825 - 2.61 * length - 40.175 * heavy,
            Self::Martins => 248.835 - 1.015 * length - 84.6 * heavy,
            Self::Lix => length + 100.0 * long / words,
        };
        let (limit, less) = self.limit();
        Some(Score { value, limit, less })
    }
}

/// A count as the formulas take it.
fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// The syllables of a word, at least one: groups of vowels, without the endings that are not spoken.
fn syllables(word: &str, formula: Formula) -> usize {
    let word = word.to_lowercase();
    let y = !matches!(formula, Formula::Atesman | Formula::FernandezHuerta | Formula::Martins);
    let vowel = |char: char| "aeiouáàâãäåāéèêëíìîïıóòôõöøúùûüýÿæœ".contains(char) || (y && char == 'y');
    let (mut count, mut last) = (0, ' ');
    for char in word.chars() {
        // Turkish has no diphthongs, and an accent on a weak vowel parts it from its neighbours.
        let parted = formula == Formula::Atesman || [char, last].iter().any(|vowel| "íúïë".contains(*vowel));
        if vowel(char) && (!vowel(last) || parted) {
            count += 1;
        }
        last = char;
    }
    let silent = match formula {
        Formula::FleschKincaid => {
            let le = word.ends_with("le") && !word.ends_with("ale") && !word.ends_with("ile") && !word.ends_with("ole");
            let ed = word.ends_with("ed") && !word.ends_with("ted") && !word.ends_with("ded");
            let es = word.ends_with("es")
                && !["ses", "zes", "ces", "ges", "xes", "shes", "ches", "ees"].iter().any(|end| word.ends_with(end));
            (word.ends_with('e') && !word.ends_with("ee") && !le) || ed || es
        }
        Formula::KandelMoles => ["e", "es", "ent"].iter().any(|end| word.ends_with(end)) && !word.ends_with("ment"),
        _ => false,
    };
    (count - usize::from(silent && count > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        for (word, count) in
            [("complaint", 2), ("reads", 1), ("happened", 2), ("writes", 1), ("table", 2), ("wanted", 2), ("the", 1)]
        {
            assert_eq!(syllables(word, Formula::FleschKincaid), count, "{word}");
        }
        for (word, formula, count) in [
            ("Beschwerde", Formula::Amstad, 3),
            ("réclamation", Formula::KandelMoles, 4),
            ("écrivent", Formula::KandelMoles, 2),
            ("compañía", Formula::FernandezHuerta, 4),
            ("şikâyetiniz", Formula::Atesman, 5),
        ] {
            assert_eq!(syllables(word, formula), count, "{word}");
        }
    }

    #[test]
    fn each_formula_tells_plain_from_heavy() {
        let plain = "We read it now. ".repeat(10);
        let heavy = "Organisational responsibilities notwithstanding, representatives systematically \
                     reconsider communications "
            .repeat(6);
        for formula in [
            Formula::FleschKincaid,
            Formula::Amstad,
            Formula::KandelMoles,
            Formula::FernandezHuerta,
            Formula::Gulpease,
            Formula::Douma,
            Formula::Atesman,
            Formula::Martins,
            Formula::Lix,
        ] {
            let passes = |text| formula.measure(text, Language("en")).unwrap().passes();
            assert!(passes(&plain) && !passes(&heavy), "{}", formula.name());
            assert_eq!(formula.measure("Heterogeneous communications.", Language("en")), None, "too short");
        }
    }

    #[test]
    fn the_grade_is_that_of_its_formula() {
        // 36 words, 12 sentences, 36 syllables: 0.39 × 3 + 11.8 − 15.59.
        let score = Formula::FleschKincaid.measure(&"We read it. ".repeat(12), Language("en")).unwrap();
        assert!((score.value - -2.62).abs() < 0.001, "{score:?}");
    }
}
