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

#[derive(Clone, Debug, PartialEq, Eq)]
struct Frozen {
    submission: Submission,
    body: String,
}

impl Revisions {
    /// The revisions of a message of which the shell has posted some: `next` is the first one
    /// free, `kind` the last kind that was clicked, and `frozen` the last words with their bytes.
    pub fn carried(next: u8, kind: Option<Kind>, frozen: Option<(Submission, String)>) -> Self {
        Self { next, kind, frozen: frozen.map(|(submission, body)| Frozen { submission, body }) }
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

    /// The body to post for these words, written by `write` unless they are frozen already.
    ///
    /// `revision`, `sent_at` and `took_ms` of the submission don't count: they are set when the
    /// body is written. Revision 0 is for bare clicks, so words begin at 1.
    pub fn words(&mut self, submission: Submission, write: impl FnOnce(&Submission) -> String) -> String {
        if let Some(frozen) = &self.frozen {
            let moment = Submission {
                revision: frozen.submission.revision,
                sent_at: frozen.submission.sent_at.clone(),
                took_ms: frozen.submission.took_ms,
                ..submission.clone()
            };
            if moment == frozen.submission {
                return frozen.body.clone();
            }
        }
        let submission = Submission { revision: self.next.clamp(1, REVISION_MAX), ..submission };
        self.next = submission.revision.saturating_add(1);
        let body = write(&submission);
        self.frozen = Some(Frozen { submission, body: body.clone() });
        body
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::tests::{bare, words};

    fn post(revisions: &mut Revisions, message: &str, sent_at: &str) -> String {
        let submission = Submission { message: Some(message.into()), sent_at: sent_at.into(), ..words() };
        revisions.words(submission, |submission| {
            format!(
                "{}: {} at {}",
                submission.revision,
                submission.message.as_deref().unwrap_or(""),
                submission.sent_at
            )
        })
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
        let submission = Submission { revision: 1, ..words() };
        let mut revisions = Revisions::carried(2, Some(bare().kind), Some((submission, "as it was".into())));
        let again = Submission { sent_at: "later".into(), ..words() };
        assert_eq!(revisions.words(again, |_| unreachable!()), "as it was");
    }
}
