//! Counting the sentences and words of a text.

use unicode_segmentation::UnicodeSegmentation;

use crate::phrase::Language;

/// The sentences of a text, without the space around them.
pub(crate) fn sentences<'a>(text: &'a str, language: Language) -> Vec<&'a str> {
    let mut sentences = Vec::new();
    let (mut start, mut last) = (0, ' ');
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        let ends = match char {
            '。' | '！' | '？' | '।' | '؟' | '\n' => true,
            '.' if language.dots_ordinals() && last.is_ascii_digit() => false,
            '.' | '!' | '?' | '…' => next_begins(&text[end..]) && !short(&text[start..at]),
            _ => false,
        };
        if ends {
            sentences.push(text[start..end].trim());
            start = end;
        }
        last = char;
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences
}

/// Whether a sentence can begin here: nothing follows, or a space and something other than a small letter.
fn next_begins(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['”', '"', '»', '’', ')']);
    let begun = rest.trim_start();
    begun.is_empty() || (begun.len() < rest.len() && !begun.starts_with(char::is_lowercase))
}

/// Whether the text ends in a title such as “Mr”, whose dot ends no sentence.
fn short(before: &str) -> bool {
    let word = before.rsplit(' ').next().unwrap_or(before);
    ["Mr", "Mrs", "Ms", "Dr", "St", "Hr", "Fr", "Sr", "Sra", "Nr", "No"].contains(&word)
}

/// How many words a text has, or nothing where the language does not let them be counted.
///
/// Words are those of Unicode's segmentation; a placeholder is one. Japanese and Chinese are counted
/// by [`Language::words_of`].
pub(crate) fn words(text: &str, language: Language) -> Option<usize> {
    if !language.runs_on() {
        return Some(text.unicode_words().count());
    }
    let (mut placeholders, mut letters, mut inside) = (0, 0, false);
    for char in text.chars() {
        match char {
            '{' => (placeholders, inside) = (placeholders + 1, true),
            '}' => inside = false,
            _ => letters += usize::from(!inside && char.is_alphanumeric()),
        }
    }
    Some(language.words_of(letters)? + placeholders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        let count = |text, locale| sentences(text, Language(locale)).len();
        assert_eq!(count("Thank you. You wrote: “It broke.” That is ours, Mr. Hill.", "en"), 3);
        assert_eq!(count("Sie schreibt Ihnen bis zum 24. November. Danke.", "de"), 2);
        assert_eq!(count("読みます。11月24日までに書きます。", "ja"), 2);
        assert_eq!(count("Write to name@example.com, or by 3.15 pm", "en"), 1);
        assert_eq!(count(" … ", "en"), 0);
    }

    #[test]
    fn words_are_counted_where_they_can_be() {
        assert_eq!(words("{reader} reads it by 4,000 o’clock.", Language("en")), Some(6));
        assert_eq!(words("{reader}が読みます。", Language("ja")), Some(3));
        assert_eq!(words("我们会读。", Language("zh")), Some(3));
        assert_eq!(words("ขอบคุณ", Language("th")), None);
    }
}
