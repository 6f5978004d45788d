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
    let best = known.map(|known| (changes(key, known), known)).min();
    match best {
        Some((changes, known)) if changes <= key.len().max(known.len()) / 2 => format!("Did you mean “{known}”?"),
        _ => "Leave it out.".to_owned(),
    }
}

/// How many letters have to be put in, taken out or changed to get from one word to the other.
fn changes(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut corner = line;
        let mut left = line + 1;
        for (place, other) in to.iter().enumerate() {
            let above = row.get(place + 1).copied().unwrap_or_default();
            let best = (above + 1).min(left + 1).min(corner + usize::from(letter != *other));
            if let Some(cell) = row.get_mut(place) {
                *cell = left;
            }
            (corner, left) = (above, best);
        }
        if let Some(cell) = row.get_mut(to.len()) {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}
