//! Patterns of words, as the signs have them.

use std::ops::Range;

use serde::{Deserialize, Deserializer};

use crate::phrase::{Language, fold};

/// The most words that “…” in a pattern may stand for.
const GAP: usize = 4;

/// Words that follow each other. `*` stands for the rest of a word, `…` for up to four words.
#[derive(Debug)]
pub(crate) struct Pattern(Vec<Part>);

/// One word of a pattern.
#[derive(Debug)]
enum Part {
    Word(String),
    Start(String),
    End(String),
    Gap,
}

impl Pattern {
    /// The pattern as it is written in a file.
    pub fn read(text: &str) -> Self {
        // The files have small letters and “-ise” already.
        let parts = fold(text, Language("und"))
            .split(' ')
            .map(|word| match word {
                "…" => Part::Gap,
                _ => match (word.strip_suffix('*'), word.strip_prefix('*')) {
                    (Some(start), _) => Part::Start(start.to_owned()),
                    (_, Some(end)) => Part::End(end.to_owned()),
                    _ => Part::Word(word.to_owned()),
                },
            })
            .collect();
        Self(parts)
    }

    /// Where it stands among the words of a text, from each place the shortest.
    pub fn spans(&self, tokens: &[&str]) -> Vec<Range<usize>> {
        let spans = (0..tokens.len()).filter_map(|start| {
            let length = follow(&self.0, tokens.get(start..)?)?;
            Some(start..start + length)
        });
        spans.collect()
    }
}

/// How many words the parts take up, if the words begin with them.
fn follow(parts: &[Part], tokens: &[&str]) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else { return Some(0) };
    if let Part::Gap = part {
        let gap = |length: usize| {
            let over = tokens.get(..length)?;
            let within = !over.contains(&END);
            within.then(|| follow(rest, tokens.get(length..)?)).flatten().map(|after| length + after)
        };
        return (1..=GAP).find_map(gap);
    }
    let token = tokens.first()?;
    let fits = match part {
        Part::Word(word) => token == word,
        Part::Start(start) => token.starts_with(start.as_str()),
        // The ending alone is no word with that ending.
        Part::End(end) => token.len() > end.len() + 1 && token.ends_with(end.as_str()),
        Part::Gap => false,
    };
    fits.then(|| follow(rest, tokens.get(1..)?)).flatten().map(|after| after + 1)
}

/// What stands among the words where a sentence or a part of it ends.
const END: &str = ".";

/// The words of a folded text, with “!” and “?” for themselves and [`END`] for other ends.
pub(crate) fn tokens(folded: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in folded.split(' ') {
        let inner = word.trim_matches(|char: char| !char.is_alphanumeric() && !matches!(char, '{' | '}'));
        if !inner.is_empty() {
            tokens.push(inner);
        }
        let after = word.trim_end_matches(['”', '"', '»', ')']);
        tokens.extend(match after.chars().next_back() {
            Some('!' | '！') => Some("!"),
            Some('?' | '？') => Some("?"),
            Some('.' | ':' | ';' | ',' | '…') => Some(END),
            _ => None,
        });
    }
    tokens
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(&String::deserialize(deserializer)?))
    }
}
