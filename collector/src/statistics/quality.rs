//! Whether the answers that a wording brings are worth as much as those of another.
//!
//! More answers are not better answers: a wording may win by attracting noise. So beside the rate
//! stands what the messages are like. A wording that is ahead is doubted where
//!
//! - the share of its messages that was marked useful, or that left an address, is lower beyond doubt:
//!   the [sequences](super::rate) of the two, each with α/2, don't meet;
//! - or its median message is less than half as long. No chance is told of that; [`MESSAGES`] are needed.
//!
//! The marks are made by people who read the words, and may see the wording while they do.

use super::{ALPHA, Cell, rate};

/// From how many messages on, of each wording, their lengths are compared.
pub const MESSAGES: u64 = 20;

/// What the messages of one wording are like. Those that seem to come from programs are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quality {
    /// How many messages with words there are.
    pub messages: u64,
    /// The median length of their words, in characters; 0 without a message.
    pub median: f64,
    /// How many left an address.
    pub addresses: u64,
    /// How many are marked useful.
    pub useful: u64,
}

/// Why more answers may be no gain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// Fewer of them are marked useful.
    Useful,
    /// Fewer of them leave an address.
    Addresses,
    /// They are less than half as long.
    Length,
}

impl Quality {
    /// The share of messages that left an address, from 0 to 1. None without a message.
    pub fn with_address(&self) -> Option<f64> {
        Cell::new(self.messages, self.addresses).rate()
    }

    /// The share of messages that are marked useful, likewise.
    pub fn marked_useful(&self) -> Option<f64> {
        Cell::new(self.messages, self.useful).rate()
    }

    /// In what these messages are worse than those of another wording.
    ///
    /// ```
    /// use say_so_collector::statistics::quality::{Doubt, Quality};
    ///
    /// let noise = Quality { messages: 500, median: 80.0, addresses: 100, useful: 3 };
    /// let sound = Quality { useful: 100, ..noise };
    /// assert_eq!(noise.doubts(&sound), [Doubt::Useful]);
    /// ```
    pub fn doubts(&self, other: &Self) -> Vec<Doubt> {
        let fewer = |number: fn(&Self) -> u64| {
            let interval = |quality: &Self| rate::interval(Cell::new(quality.messages, number(quality)), ALPHA / 2.0);
            interval(self).high < interval(other).low
        };
        let enough = self.messages >= MESSAGES && other.messages >= MESSAGES;
        let found = [
            (Doubt::Useful, fewer(|quality| quality.useful)),
            (Doubt::Addresses, fewer(|quality| quality.addresses)),
            (Doubt::Length, enough && self.median * 2.0 < other.median),
        ];
        found.into_iter().filter(|(_, is)| *is).map(|(doubt, _)| doubt).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: Quality = Quality { messages: 300, median: 90.0, addresses: 120, useful: 60 };

    #[test]
    fn each_doubt_has_its_reason() {
        assert_eq!(SOUND.doubts(&SOUND), []);
        for (worse, doubt) in [
            (Quality { useful: 10, ..SOUND }, Doubt::Useful),
            (Quality { addresses: 60, ..SOUND }, Doubt::Addresses),
            (Quality { median: 44.0, ..SOUND }, Doubt::Length),
        ] {
            assert_eq!(worse.doubts(&SOUND), [doubt]);
            assert_eq!(SOUND.doubts(&worse), [], "what is better is no reason to doubt");
        }
    }

    #[test]
    fn little_is_no_reason() {
        let few = Quality { messages: 19, median: 10.0, addresses: 3, useful: 0 };
        assert_eq!(few.doubts(&SOUND), []);
        assert_eq!(Quality { median: 46.0, ..SOUND }.doubts(&SOUND), []);
        assert_eq!(Quality::default().doubts(&SOUND), []);
        assert_eq!(SOUND.doubts(&Quality::default()), []);
        assert_eq!((Quality::default().with_address(), SOUND.marked_useful()), (None, Some(0.2)));
    }
}
