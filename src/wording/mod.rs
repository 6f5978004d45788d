//! Every sentence a visitor reads: data, looked up by key.

/// The English catalog, sorted by key, made from `locales/en.json` by the build script.
pub const ENGLISH: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/english.rs"));

/// The sentence of that key, with its placeholders unfilled.
///
/// A key that is not in the catalog gives nothing; the tests see to it that the widget asks for none.
pub fn text(key: &str) -> &'static str {
    ENGLISH
        .binary_search_by(|(known, _)| (*known).cmp(key))
        .ok()
        .and_then(|at| ENGLISH.get(at))
        .map_or("", |(_, text)| text)
}

/// The sentence of a key that is made of two parts, such as `complaint` and `.prompt`.
pub fn text_of(first: &str, second: &str) -> &'static str {
    let mut key = String::from(first);
    key.push_str(second);
    text(&key)
}

/// The sentence with the placeholder `{name}` replaced by `value`, verbatim.
pub fn fill(sentence: &str, name: &str, value: &str) -> String {
    let mut filled = String::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}') {
            Some((placeholder, after)) if placeholder == name => {
                filled.push_str(value);
                rest = after;
            }
            _ => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_answers_for_each_key() {
        assert!(ENGLISH.is_sorted());
        for (key, sentence) in ENGLISH {
            assert_eq!(text(key), *sentence);
        }
        assert_eq!(text("no such key"), "");
    }

    #[test]
    fn a_value_is_never_read_as_a_placeholder() {
        assert_eq!(fill("Hi {name}, {greeting}!", "name", "{greeting}{name}"), "Hi {greeting}{name}, {greeting}!");
        assert_eq!(fill("a { b {name}", "name", "c"), "a { b c");
    }
}
