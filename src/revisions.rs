//! Which revision a submission is, and the bytes it froze.
//!
//! A body is frozen when it is first sent: an unedited retry posts the same bytes under the same
//! revision, so that a message whose answer got lost is never there twice. Any edit is the next revision.

use crate::feedback::{Kind, REVISION_MAX, Submission};

/// The most revisions that changed minds may take up; the rest of [`REVISION_MAX`] is for words.
const BARE_MAX: u8 = 20;

/// The revisions of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revisions {
    next: u8,
    kind: Option<Kind>,
    frozen: Option<Frozen>,
}

/// Words that have been posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The body without what the moment of sending gave it: as [`content`] writes it.
    pub content: String,
    /// The body as it was posted.
    pub body: String,
}

/// What of a submission is the visitor's doing: its body at no revision and at no time, promised nothing.
pub fn content(submission: &Submission) -> String {
    Submission { revision: 0, sent_at: String::new(), took_ms: None, promise: None, ..submission.clone() }.body()
}

impl Revisions {
    /// The revisions of a message of which the shell has posted some: `next` is the first one
    /// free, `kind` the last kind that was clicked.
    pub fn carried(next: u8, kind: Option<Kind>, frozen: Option<Frozen>) -> Self {
        Self { next, kind, frozen }
    }

    /// Lets the same words be another body: they are told something else with it.
    pub fn thaw(&mut self) {
        self.frozen = None;
    }

    /// The revision under which a bare click on `kind` is posted, if it is to be posted.
    ///
    /// It is not when that kind was the last one clicked, when words have been posted already (a
    /// later click would hide them), or when the visitor has changed their mind too often.
    pub fn bare(&mut self, kind: Kind) -> Option<u8> {
        if self.kind == Some(kind) || self.frozen.is_some() || self.next >= BARE_MAX {
            return None;
        }
        self.kind = Some(kind);
        self.next += 1;
        Some(self.next - 1)
    }

    /// The body to post for these words: the frozen one if they are the same, else what `write`
    /// makes of them at their revision. Revision 0 is for bare clicks, so words begin at 1.
    pub fn words(&mut self, submission: &Submission, write: impl FnOnce(u8) -> String) -> String {
        let content = content(submission);
        if let Some(frozen) = &self.frozen
            && frozen.content == content
        {
            return frozen.body.clone();
        }
        let revision = self.next.clamp(1, REVISION_MAX);
        self.next = revision.saturating_add(1);
        let body = write(revision);
        self.frozen = Some(Frozen { content, body: body.clone() });
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::tests::{bare, words};

    fn post(revisions: &mut Revisions, message: &str, time: &str) -> String {
        let submission = Submission { message: Some(message.into()), sent_at: time.into(), ..words() };
        revisions.words(&submission, |revision| format!("{revision}: {message} at {time}"))
    }

    #[test]
    fn an_unedited_retry_is_the_same_bytes() {
        let mut revisions = Revisions::default();
        assert_eq!(revisions.bare(Kind::Complaint), Some(0));
        assert_eq!(post(&mut revisions, "Late", "09:00"), "1: Late at 09:00");
        assert_eq!(post(&mut revisions, "Late", "09:05"), "1: Late at 09:00");
        assert_eq!(post(&mut revisions, "Very late", "09:06"), "2: Very late at 09:06");
        assert_eq!(post(&mut revisions, "Late", "09:07"), "3: Late at 09:07", "back again is an edit as well");
    }

    #[test]
    fn words_without_a_click_begin_at_one() {
        assert_eq!(post(&mut Revisions::default(), "Hi", "09:00"), "1: Hi at 09:00");
    }

    #[test]
    fn a_changed_kind_is_posted_until_there_are_words() {
        let mut revisions = Revisions::default();
        assert_eq!(revisions.bare(Kind::Complaint), Some(0));
        assert_eq!(revisions.bare(Kind::Complaint), None);
        assert_eq!(revisions.bare(Kind::Praise), Some(1));
        assert_eq!(post(&mut revisions, "Good", "09:00"), "2: Good at 09:00");
        assert_eq!(revisions.bare(Kind::Complaint), None);
    }

    #[test]
    fn changed_minds_leave_revisions_for_words() {
        let mut revisions = Revisions::default();
        let posted = (0..200).filter(|n| revisions.bare(Kind::ALL[n % 3]).is_some()).count();
        assert_eq!(posted, usize::from(BARE_MAX));
        assert!(post(&mut revisions, "Hm", "09:00").starts_with("20:"));
    }

    #[test]
    fn what_the_shell_froze_stays_frozen() {
        let frozen = Frozen { content: content(&words()), body: "as it was".into() };
        let mut revisions = Revisions::carried(2, Some(bare().kind), Some(frozen));
        let again = Submission { sent_at: "later".into(), took_ms: Some(7), ..words() };
        assert_eq!(revisions.words(&again, |_| unreachable!()), "as it was");
    }
}
