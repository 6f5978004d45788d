//! Sentences in place of the catalog's: a site's own, those of a variant, and those of an endpoint's answer.

use super::{Catalog, Key, NAMES};

/// The key of a sentence that can stand in place of the catalog's.
///
/// # Errors
/// What is wrong with it, in words for the web team that stand behind the key: there is no such key, or the sentence
/// doesn't hold the placeholders of the catalog's.
///
/// ```
/// use say_so::wording::{Catalog, Key, overlay::key_of};
///
/// let catalog = Catalog::english();
/// assert_eq!(key_of("title", "How was it?", &catalog), Ok(Key::Title));
/// assert_eq!(key_of("titel", "How was it?", &catalog), Err("is unknown; the nearest is title".into()));
/// ```
pub fn key_of(name: &str, sentence: &str, catalog: &Catalog) -> Result<Key, String> {
    let Some(key) = Key::named(name) else {
        return Err(["is unknown; the nearest is ", nearest(name, &NAMES)].concat());
    };
    if sentence.trim().is_empty() {
        return Err("must be a text".into());
    }
    let (holes, expected) = (placeholders(sentence), placeholders(catalog.text(key)));
    if holes == expected {
        return Ok(key);
    }
    let said = |holes: &[&str], none: &str| if holes.is_empty() { none.to_owned() } else { holes.join(" ") };
    Err(["must hold ", &said(&expected, "no placeholder"), "; it holds ", &said(&holes, "none")].concat())
}

/// The placeholders of a sentence, such as `{reader}`, in alphabetical order.
fn placeholders(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (start, _) in sentence.match_indices('{') {
        let rest = &sentence[start + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        if rest[end..].starts_with('}') {
            found.push(&sentence[start..start + end + 2]);
        }
    }
    found.sort_unstable();
    found
}

/// The known word that is nearest to one that is not: by the part of their pairs of letters that they share,
/// much as Dice and Sørensen have it.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> &'a str {
    let mut best = ("", 0);
    for each in known {
        let pairs = word.as_bytes().windows(2).filter(|pair| each.as_bytes().windows(2).any(|other| other == *pair));
        // In thousandths, which order as fractions do.
        let likeness = 1 + 1000 * pairs.count() / (word.len() + each.len()).max(1);
        if likeness > best.1 {
            best = (each, likeness);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_holds_what_the_catalog_s_holds() {
        let catalog = Catalog::english();
        let key = |name, sentence| key_of(name, sentence, &catalog);
        assert_eq!(key("reads.reply", "{email} hears from {reader}."), Ok(Key::ReadsReply));
        assert_eq!(key("reads.reply", "Wait."), Err("must hold {email} {reader}; it holds none".into()));
        assert_eq!(key("title", "{name}?"), Err("must hold no placeholder; it holds {name}".into()));
        assert_eq!(key("title", "{ }? {}"), Err("must hold no placeholder; it holds {}".into()));
        assert_eq!(key("title", " \n"), Err("must be a text".into()));
        assert_eq!(key("title", "{oh, what?"), Ok(Key::Title), "braces alone are none");
        assert_eq!(key("title", "Oh{"), Ok(Key::Title));
        assert_eq!(key("title", "{first_name}?"), Err("must hold no placeholder; it holds {first_name}".into()));
        assert_eq!(
            key("reads.reply", "{reader}, {email}, {email}"),
            Err("must hold {email} {reader}; it holds {email} {email} {reader}".into())
        );
    }

    #[test]
    fn the_nearest_word_shares_most_pairs_of_letters() {
        assert_eq!(nearest("titel", &NAMES), "title");
        assert_eq!(nearest("own.complain", &NAMES), "own.complaint");
        assert_eq!(nearest("hourz", &["reader", "hours", "reach"]), "hours");
        assert_eq!(nearest("tit", &["ti", "title"]), "title", "being short makes no word nearer");
        assert_eq!(nearest("", &["reader", "hours"]), "reader");
        assert_eq!(nearest("x", &[]), "");
    }
}
