//! How much of a message is shown: nobody gets more room in the list than others.

use say_so::feedback::{CUSTOM_MAX, MESSAGE_MAX, cut};

use super::text::lines;

/// How many lines of a message are listed, and how many characters of an address.
const LINES_MAX: usize = 40;
const LINE_MAX: usize = 200;
/// How many of the pairs that came along are listed at once.
const PAIRS_MAX: usize = 6;

/// How much of a message is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What is no longer than a list has room for, with a link to the rest and to earlier versions.
    Listed,
    /// All of it.
    Whole,
}

impl Extent {
    /// The part of a text of many lines that is shown.
    pub fn lines(self, text: &str) -> &str {
        match self {
            Self::Listed => lines(cut(text, MESSAGE_MAX), LINES_MAX),
            Self::Whole => text,
        }
    }

    /// The part of a text of one line that is shown, and whether that is not all.
    pub fn line(self, text: &str) -> (&str, bool) {
        let shown = if self == Self::Listed { cut(text, LINE_MAX) } else { text };
        (shown, shown.len() < text.len())
    }

    /// How many of the pairs that a site sends along stand there at once. The others are folded away.
    pub const fn pairs(self) -> usize {
        match self {
            Self::Listed => PAIRS_MAX,
            Self::Whole => CUSTOM_MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_room_for_so_much() {
        let (long, tall) = ("é".repeat(MESSAGE_MAX + 1), "\n".repeat(LINES_MAX + 1));
        assert_eq!(Extent::Listed.lines(&long).chars().count(), MESSAGE_MAX);
        assert_eq!(Extent::Listed.lines(&tall).len(), LINES_MAX - 1);
        assert_eq!((Extent::Whole.lines(&long), Extent::Whole.lines(&tall)), (&*long, &*tall));
        assert_eq!(Extent::Listed.line(&long), (cut(&long, LINE_MAX), true));
        assert_eq!(Extent::Listed.line("short"), ("short", false));
        assert_eq!(Extent::Whole.line(&long), (&*long, false));
    }
}
