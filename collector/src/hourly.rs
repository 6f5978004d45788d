//! What is said once an hour at most.

use std::{sync::Mutex, time::Duration};

use tokio::time::Instant;

const HOUR: Duration = Duration::from_hours(1);

/// When something was said last.
#[derive(Debug, Default)]
pub struct Hourly(Mutex<Option<Instant>>);

impl Hourly {
    /// Whether it was not said in the last hour. If so, it counts as said now.
    pub fn is_due(&self, now: Instant) -> bool {
        let mut last = self.0.lock().expect("nothing panics while it holds this");
        let due = last.is_none_or(|last| now.duration_since(last) >= HOUR);
        if due {
            *last = Some(now);
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_said_once_an_hour() {
        let (hourly, now) = (Hourly::default(), Instant::now());
        assert!(hourly.is_due(now));
        assert!(!hourly.is_due(now + HOUR / 2));
        assert!(hourly.is_due(now + HOUR));
        assert!(!hourly.is_due(now + HOUR * 3 / 2));
    }
}
