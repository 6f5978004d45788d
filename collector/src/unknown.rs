//! The fields of posts that this collector doesn't know, as the log names them.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use tokio::time::Instant;

/// How much of a name is written, in characters.
const NAME_MAX: usize = 40;
/// How many names are remembered, and so written in an hour: anybody can post any name.
const NAMES_MAX: usize = 100;
const HOUR: Duration = Duration::from_hours(1);

/// Which names were written in the last hour.
#[derive(Debug, Default)]
pub struct Unknown(Mutex<HashMap<String, Instant>>);

impl Unknown {
    /// Writes the name of a field that was dropped, once an hour.
    pub fn note(&self, path: &str) {
        if let Some(field) = self.due(path, Instant::now()) {
            tracing::warn!(field, "dropped an unknown field of a post");
        }
    }

    /// The name as it is written: 40 characters of `A-Za-z0-9_.-` at most. None if it was in the last hour.
    fn due(&self, path: &str, now: Instant) -> Option<String> {
        let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let name: String = path.chars().filter(plain).take(NAME_MAX).collect();
        let mut written = self.0.lock().expect("nothing panics while it holds this");
        if written.len() == NAMES_MAX {
            written.retain(|_, then| now.duration_since(*then) < HOUR);
        }
        let again = written.get(&name).is_some_and(|then| now.duration_since(*then) < HOUR);
        if again || (written.len() == NAMES_MAX && !written.contains_key(&name)) {
            return None;
        }
        written.insert(name.clone(), now);
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_once_an_hour() {
        let (unknown, now) = (Unknown::default(), Instant::now());
        assert_eq!(unknown.due("mood", now).as_deref(), Some("mood"));
        assert_eq!(unknown.due("contact.age", now).as_deref(), Some("contact.age"));
        assert_eq!(unknown.due("mood", now + HOUR / 2), None);
        assert!(unknown.due("mood", now + HOUR).is_some());
        assert_eq!(unknown.due("mood", now + HOUR * 3 / 2), None);
    }

    #[test]
    fn a_name_is_cut_to_forty_plain_characters() {
        let (unknown, now) = (Unknown::default(), Instant::now());
        assert_eq!(unknown.due("a\u{1b}[31m b\né_.-Z", now).as_deref(), Some("a31mb_.-Z"));
        assert_eq!(unknown.due(&"x".repeat(32_000), now), Some("x".repeat(40)));
        assert_eq!(unknown.due(&"x".repeat(41), now), None, "the same name, as it is written");
    }

    #[test]
    fn many_names_fill_neither_the_log_nor_the_memory() {
        let (unknown, now) = (Unknown::default(), Instant::now());
        let written = (0..1_000).filter(|number| unknown.due(&format!("n{number}"), now).is_some()).count();
        assert_eq!((written, unknown.0.lock().unwrap().len()), (NAMES_MAX, NAMES_MAX));
        assert!(unknown.due("later", now + HOUR).is_some());
        assert_eq!(unknown.0.lock().unwrap().len(), 1);
    }
}
