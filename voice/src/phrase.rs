//! Finding a phrase in a text, whatever its capitals, quotes and spaces.

/// The most characters that “…” in a phrase may stand for, about six words.
const GAP: usize = 40;

/// A language as far as finding and counting need it: the first part of its tag, such as `pt`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Language<'a>(pub &'a str);

impl<'a> Language<'a> {
    /// The language of a tag such as `pt-BR`.
    pub fn of(locale: &'a str) -> Self {
        Self(locale.split(['-', '_']).next().unwrap_or(locale))
    }

    /// Whether it is one of these.
    pub fn is(self, languages: &[&str]) -> bool {
        languages.iter().any(|language| self.0.eq_ignore_ascii_case(language))
    }

    /// Whether words are written without spaces between them.
    pub fn runs_on(self) -> bool {
        self.is(&["ja", "zh", "yue", "th", "lo", "km", "my"])
    }

    /// How many words so many letters stand for where there are no spaces, if that can be said.
    ///
    /// As translators count: 2.5 characters of Japanese and 1.6 of Chinese for an English word. Thai,
    /// Lao, Khmer and Burmese need a dictionary to be divided, so nothing is counted in them.
    pub fn words_of(self, letters: usize) -> Option<usize> {
        let (words, letters_for_them) = match self {
            japanese if japanese.is(&["ja"]) => (2, 5),
            chinese if chinese.is(&["zh", "yue"]) => (5, 8),
            _ => return None,
        };
        Some((letters * words).div_ceil(letters_for_them))
    }

    /// Whether a phrase has to begin where a word begins: not where articles and prepositions are joined on.
    fn begins(self) -> bool {
        !self.runs_on() && !self.is(&["ar", "fa", "he", "ur"])
    }

    /// Whether a phrase has to end where a word ends: not where endings and particles are joined on.
    fn ends(self) -> bool {
        self.begins() && !self.is(&["et", "fi", "hu", "ko", "tr"])
    }

    /// Whether “24.” inside a sentence is a number and no end.
    pub fn dots_ordinals(self) -> bool {
        self.is(&["de", "da", "nb", "no", "fi", "cs", "sk", "hu", "pl", "tr", "hr", "sl", "et", "lv"])
    }
}

/// The text as it is compared: small letters, plain quotes, single spaces, and -ise for -ize in English.
pub(crate) fn fold(text: &str, language: Language) -> String {
    let mut folded = String::new();
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let small = word.chars().flat_map(char::to_lowercase);
        folded.extend(small.filter(|char| !matches!(char, '\u{ad}' | '\u{200b}')).map(|char| match char {
            '’' | '‘' | 'ʼ' => '\'',
            '‑' | '–' => '-',
            _ => char,
        }));
    }
    if language.is(&["en"]) {
        folded = folded.replace("ize", "ise").replace("izing", "ising").replace("ization", "isation");
    }
    folded
}

/// Whether the folded text holds the phrase; with `start`, also as the start of a longer word.
pub(crate) fn holds(folded: &str, phrase: &str, language: Language, start: bool) -> bool {
    let phrase = fold(&phrase.replace("...", "…"), language);
    let mut parts = phrase.split('…').map(str::trim).filter(|part| !part.is_empty());
    let Some(first) = parts.next() else { return false };
    let rest: Vec<&str> = parts.collect();
    found(folded, first, language, start && rest.is_empty()).any(|end| follow(&folded[end..], &rest, language, start))
}

/// Whether the parts after a gap follow, each within [`GAP`] and within the sentence.
fn follow(text: &str, parts: &[&str], language: Language, start: bool) -> bool {
    let Some((part, rest)) = parts.split_first() else { return true };
    found(text, part, language, start && rest.is_empty()).any(|end| {
        let gap = &text[..end - part.len()];
        gap.chars().count() <= GAP
            && !gap.contains(['.', '!', '?', '。'])
            && follow(&text[end..], rest, language, start)
    })
}

/// Where the part ends, each time it stands in the text between edges of words.
fn found<'a>(text: &'a str, part: &'a str, language: Language<'a>, start: bool) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(part).filter_map(move |(at, part)| {
        let end = at + part.len();
        let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let within = |before: Option<char>, after: Option<char>| word(before) && word(after);
        let begun = !language.begins() || !within(text[..at].chars().next_back(), part.chars().next());
        let ended = start || !language.ends() || !within(part.chars().next_back(), text[end..].chars().next());
        (begun && ended).then_some(end)
    })
}
