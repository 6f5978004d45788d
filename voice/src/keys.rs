//! The keys that there are, and the one that was meant.

use std::{collections::BTreeMap, sync::LazyLock};

use say_so::wording::{ENGLISH, NAMES};

/// The keys that the panel asks for, with their English texts, which say what placeholders there are.
pub(crate) static KNOWN: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let texts = NAMES.iter().zip(ENGLISH).map(|(name, text)| ((*name).to_owned(), text.to_owned()));
    texts.collect()
});

/// The known key that is fewest changes away, as advice.
pub(crate) fn nearest<'a>(key: &str, known: impl Iterator<Item = &'a String>) -> String {
    let best = known.map(|known| (strsim::levenshtein(key, known), known)).min();
    match best {
        Some((changes, known)) if changes <= key.len().max(known.len()) / 2 => format!("Did you mean “{known}”?"),
        _ => "Leave it out.".to_owned(),
    }
}
