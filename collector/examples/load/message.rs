//! Messages, every one new.

use std::sync::atomic::{AtomicU64, Ordering};

/// The words that are posted.
pub const WORDS: &str = include_str!("../../tests/golden/submissions/words.json");
/// The id in them.
pub const ID: &str = "8f14e45fceea167a5a36dedd4bea2543";

static NEXT: AtomicU64 = AtomicU64::new(1);

/// A message that nobody has posted.
pub fn message() -> String {
    WORDS.trim().replace(ID, &id())
}

/// An id that nobody has.
pub fn id() -> String {
    // In no order, as those of visitors.
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{:016x}{number:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
