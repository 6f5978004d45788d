//! What speaks against counting a message. It is kept and shown all the same: the marks are hints, and the answer to a
//! flagged post is that to any other, so that nobody can try them out.

use say_so::feedback::Submission;

/// Words that came sooner after the panel was opened are perhaps from a program: 1,500 ms.
///
/// Whoever has the words ready to paste still chooses a kind, goes to the field and clicks on Send, which takes a
/// practised hand two seconds; a program is done in a few milliseconds. What lies between is left to people.
pub const HASTE_MS: u32 = 1_500;

/// Under this key the widget sends `experiment:variant` if the page was opened to look at that variant.
const PREVIEW: &str = "say-so.preview";

/// Under this key a message says that it was made up for a demonstration.
pub const SAMPLE: &str = "say-so.sample";

/// A message is perhaps from a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    /// A field was filled in that people don't see.
    Trap,
    /// Words came less than [`HASTE_MS`] after the panel was opened.
    Haste,
}

impl Flag {
    /// Its name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Haste => "haste",
        }
    }
}

/// Why this revision does not count, if there is a reason.
///
/// A bare click is flagged by the hidden field alone: it takes no time.
pub fn of(submission: &Submission) -> Option<Flag> {
    if submission.trap.as_deref().is_some_and(|trap| !trap.is_empty()) {
        return Some(Flag::Trap);
    }
    let hasty = submission.message.is_some() && submission.took_ms.is_some_and(|ms| ms < HASTE_MS);
    hasty.then_some(Flag::Haste)
}

/// Whether nobody wrote it: it was made up for a demonstration.
pub fn is_sample(submission: &Submission) -> bool {
    submission.custom.iter().flatten().any(|(key, _)| key == SAMPLE)
}

/// The `experiment:variant` that its author only looked at, if so.
pub fn preview(submission: &Submission) -> Option<&str> {
    let mut pairs = submission.custom.iter().flatten();
    pairs.find(|(key, _)| key == PREVIEW).map(|(_, variant)| variant.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(took_ms: Option<u32>, trap: Option<&str>) -> Submission {
        let words = include_str!("../tests/golden/submissions/words.json");
        let words: Submission = serde_json::from_str(words).unwrap();
        Submission { took_ms, trap: trap.map(str::to_owned), ..words }
    }

    #[test]
    fn words_are_flagged_that_came_too_soon_or_with_the_hidden_field() {
        assert_eq!(of(&words(Some(HASTE_MS), None)), None);
        assert_eq!(of(&words(Some(HASTE_MS - 1), None)), Some(Flag::Haste));
        assert_eq!(of(&words(Some(0), Some(""))), Some(Flag::Haste));
        assert_eq!(of(&words(None, Some(""))), None, "an endpoint is not always told the time");
        assert_eq!(of(&words(Some(60_000), Some("x"))), Some(Flag::Trap));
        assert_eq!(of(&Submission { message: None, ..words(Some(10), None) }), None, "a click takes no time");
    }

    #[test]
    fn a_flag_is_called_in_the_database_what_it_was() {
        assert_eq!([Flag::Trap.name(), Flag::Haste.name()], ["trap", "haste"]);
    }

    #[test]
    fn a_sample_says_so() {
        let mut made_up = words(None, None);
        assert!(!is_sample(&made_up));
        made_up.custom = Some([("say-so.sample".to_owned(), "yes".to_owned())].into_iter().collect());
        assert!(is_sample(&made_up));
    }

    #[test]
    fn a_preview_says_of_what() {
        let mut looked = words(None, None);
        assert_eq!(preview(&looked), None);
        looked.custom = Some([("say-so.preview".to_owned(), "titles:short".to_owned())].into_iter().collect());
        assert_eq!(preview(&looked), Some("titles:short"));
    }
}
