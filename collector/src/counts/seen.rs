//! Who was counted already, as far as that is remembered: in memory, for a day at most, stored nowhere.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use say_so::feedback::Count;
use tokio::time::Instant;

/// For how long a generation takes new messages. It is remembered as long again, and then forgotten: a message is
/// remembered for 12 to 24 hours.
const GENERATION: Duration = Duration::from_hours(12);
/// How many messages a generation holds. A full one is closed early, so no more than twice as many are remembered,
/// which takes about 12 MB.
const MESSAGES_MAX: usize = 250_000;

/// The messages of which steps were counted: not their ids, but hashes under a key that is new at each start.
pub struct Seen {
    hash: RandomState,
    since: Instant,
    now: HashMap<u64, Counted>,
    before: HashMap<u64, Counted>,
}

/// What was counted of one message.
#[derive(Clone, Copy)]
struct Counted {
    /// The hash of experiment and variant.
    wording: u32,
    /// A bit for each step.
    steps: u8,
}

impl Seen {
    /// Remembers nobody yet.
    pub fn new(now: Instant) -> Self {
        Self { hash: RandomState::new(), since: now, now: HashMap::new(), before: HashMap::new() }
    }

    /// Whether this step of this message is new, and its message is not remembered under another wording. From now on
    /// it is remembered.
    pub fn is_first(&mut self, count: &Count, now: Instant) -> bool {
        self.forget(now);
        if self.now.len() >= MESSAGES_MAX {
            self.close(now);
        }
        let message = self.hash.hash_one((&count.site, &count.id));
        let wording = self.hash.hash_one((&count.experiment, &count.variant)) as u32;
        let step = 1 << count.step as u8;
        let known = self.now.get(&message).or_else(|| self.before.get(&message));
        let mut counted = known.copied().unwrap_or(Counted { wording, steps: 0 });
        if counted.wording != wording || counted.steps & step != 0 {
            return false;
        }
        counted.steps |= step;
        // One from the generation before stays there, so that it is forgotten in time.
        let place = if self.before.contains_key(&message) { &mut self.before } else { &mut self.now };
        place.insert(message, counted);
        true
    }

    /// Forgets who is remembered for long enough. To be called now and then, also where nothing is counted.
    pub fn forget(&mut self, now: Instant) {
        let age = now.duration_since(self.since);
        if age >= GENERATION {
            self.close(now);
        }
        if age >= 2 * GENERATION {
            self.before.clear();
        }
    }

    /// Ends a generation, and forgets the one before it.
    fn close(&mut self, now: Instant) {
        self.before = std::mem::take(&mut self.now);
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    use say_so::feedback::Step;

    use super::*;

    fn count(id: usize, variant: &str, step: Step) -> Count {
        Count {
            v: 1,
            site: "shop.example".to_owned(),
            id: format!("{id:032x}"),
            experiment: "titles".to_owned(),
            variant: variant.to_owned(),
            locale: "en".to_owned(),
            step,
        }
    }

    #[test]
    fn each_step_of_a_message_is_new_once() {
        let now = Instant::now();
        let mut seen = Seen::new(now);
        for step in [Step::Chosen, Step::Opened, Step::Left] {
            assert!(seen.is_first(&count(1, "a", step), now));
            assert!(!seen.is_first(&count(1, "a", step), now));
        }
        assert!(seen.is_first(&count(2, "a", Step::Opened), now));
        let elsewhere = Count { site: "blog.example".to_owned(), ..count(1, "a", Step::Opened) };
        assert!(seen.is_first(&elsewhere, now), "another site counts on its own");
    }

    #[test]
    fn a_message_is_counted_under_one_wording() {
        let now = Instant::now();
        let mut seen = Seen::new(now);
        assert!(seen.is_first(&count(1, "a", Step::Opened), now));
        assert!(!seen.is_first(&count(1, "b", Step::Chosen), now));
        assert!(seen.is_first(&count(1, "a", Step::Chosen), now));
    }

    #[test]
    fn a_message_is_forgotten_after_a_day_at_most() {
        let start = Instant::now();
        let mut seen = Seen::new(start);
        let opened = |id| count(id, "a", Step::Opened);
        assert!(seen.is_first(&opened(1), start));
        assert!(!seen.is_first(&opened(1), start + GENERATION), "half a day later");
        assert!(seen.is_first(&count(1, "a", Step::Left), start + GENERATION), "it stays as old as it is");
        assert!(seen.is_first(&opened(2), start + GENERATION));
        assert!(seen.is_first(&opened(1), start + 2 * GENERATION), "a day later");
        assert!(!seen.is_first(&opened(2), start + 2 * GENERATION));
        seen.forget(start + 3 * GENERATION);
        seen.forget(start + 4 * GENERATION);
        assert!(seen.now.is_empty() && seen.before.is_empty(), "also where nobody comes");
        assert!(seen.is_first(&opened(3), start + 4 * GENERATION));
        seen.forget(start + 6 * GENERATION);
        assert!(seen.before.is_empty(), "after days");
    }

    #[test]
    fn the_memory_is_bounded() {
        let now = Instant::now();
        let mut seen = Seen::new(now);
        for id in 0..2 * MESSAGES_MAX + 10 {
            assert!(seen.is_first(&count(id, "a", Step::Opened), now));
        }
        assert!(seen.now.len() + seen.before.len() <= 2 * MESSAGES_MAX);
        assert!(!seen.is_first(&count(2 * MESSAGES_MAX, "a", Step::Opened), now));
        assert!(seen.is_first(&count(0, "a", Step::Opened), now), "the oldest went first");
    }
}
