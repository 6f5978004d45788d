//! One message: its revisions, the bytes they froze, and what has become of them.
//!
//! A body is frozen when it is first sent: an unedited retry posts the same bytes under the same
//! revision, so that a message whose answer got lost is never there twice. Any edit is the next revision.

use crate::feedback::{Kind, Promise, Submission};

/// The most revisions that changed minds may take up; the others are for words.
const BARE_MAX: u8 = 20;
/// The last revision that the panel posts. Those above it are for first aid, after a trap.
pub const REVISION_LAST: u8 = 59;

/// A message, of which some revisions may have been posted.
///
/// ```
/// use say_so::{feedback::Kind, message::Message};
///
/// let mut message = Message::default();
/// assert_eq!(message.bare(Kind::Complaint), Some(0));
/// assert_eq!(message.bare(Kind::Complaint), None, "it has been posted");
/// assert_eq!(message.bare(Kind::Praise), Some(1), "a changed mind");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// The first revision that has not been posted.
    pub next: u8,
    /// The kind that was last posted by itself.
    pub posted: Option<Kind>,
    /// The last words posted.
    pub frozen: Option<Frozen>,
}

/// Words that have been posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The body as it was posted.
    pub body: String,
    /// What the visitor had to do with it: the body of [`content`].
    pub content: String,
    /// What the moment of sending gave it.
    pub moment: Moment,
}

/// What the moment of sending gives a submission: no edit of the visitor's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Which revision it is.
    pub revision: u8,
    /// When it was sent, by the device's clock.
    pub sent_at: String,
    /// How long the panel had been open, in milliseconds.
    pub took_ms: Option<u32>,
    /// What was promised.
    pub promise: Option<Promise>,
}

impl Moment {
    /// The submission as it is sent at this moment.
    pub fn of(self, submission: Submission) -> Submission {
        let Self { revision, sent_at, took_ms, promise } = self;
        Submission { revision, sent_at, took_ms, promise, ..submission }
    }
}

/// What of a submission is the visitor's doing: the same at any moment.
pub fn content(submission: &Submission) -> Submission {
    Moment::default().of(submission.clone())
}

impl Message {
    /// The revision under which a bare click on `kind` is posted, if it is to be posted.
    ///
    /// It is not when that kind was the last one clicked, when words have been posted already (a
    /// later click would hide them), or when the visitor has changed their mind too often.
    pub fn bare(&mut self, kind: Kind) -> Option<u8> {
        if self.posted == Some(kind) || self.frozen.is_some() || self.next >= BARE_MAX {
            return None;
        }
        self.posted = Some(kind);
        self.next += 1;
        Some(self.next - 1)
    }

    /// What is frozen of these words, by their [`content`], if they are the last ones posted and unedited.
    pub fn unedited(&self, content: &str) -> Option<&Frozen> {
        self.frozen.as_ref().filter(|frozen| frozen.content == content)
    }

    /// The revision for words that have not been posted yet; none if the message has had all of its revisions.
    /// Revision 0 is for bare clicks, so words begin at 1.
    pub fn revision(&mut self) -> Option<u8> {
        let revision = self.next.max(1);
        (revision <= REVISION_LAST).then(|| {
            self.next = revision + 1;
            revision
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{
        Contact, Wording,
        tests::{bare, words},
    };

    fn json(submission: &Submission) -> String {
        serde_json::to_string(&content(submission)).unwrap()
    }

    /// Posts words at a time, and gives the revision and the time that were posted.
    fn post(message: &mut Message, text: &str, time: &str) -> String {
        let submission = Submission { message: Some(text.into()), sent_at: time.into(), ..words() };
        let content = json(&submission);
        if let Some(frozen) = message.unedited(&content) {
            return frozen.body.clone();
        }
        let revision = message.revision().unwrap();
        let body = format!("{revision}: {text} at {time}");
        message.frozen = Some(Frozen { body: body.clone(), content, moment: Moment::default() });
        body
    }

    #[test]
    fn an_unedited_retry_is_the_same_bytes() {
        let mut message = Message::default();
        assert_eq!(message.bare(Kind::Complaint), Some(0));
        assert_eq!(post(&mut message, "Late", "09:00"), "1: Late at 09:00");
        assert_eq!(post(&mut message, "Late", "09:05"), "1: Late at 09:00");
        assert_eq!(post(&mut message, "Very late", "09:06"), "2: Very late at 09:06");
        assert_eq!(post(&mut message, "Late", "09:07"), "3: Late at 09:07", "back again is an edit as well");
    }

    #[test]
    fn words_without_a_click_begin_at_one() {
        assert_eq!(post(&mut Message::default(), "Hi", "09:00"), "1: Hi at 09:00");
    }

    #[test]
    fn a_changed_kind_is_posted_until_there_are_words() {
        let mut message = Message::default();
        assert_eq!(message.bare(Kind::Complaint), Some(0));
        assert_eq!(message.bare(Kind::Complaint), None);
        assert_eq!(message.bare(Kind::Praise), Some(1));
        assert_eq!(post(&mut message, "Good", "09:00"), "2: Good at 09:00");
        assert_eq!(message.bare(Kind::Complaint), None);
    }

    #[test]
    fn changed_minds_leave_revisions_for_words() {
        let mut message = Message::default();
        let posted = (0..200).filter(|n| message.bare(Kind::ALL[n % 3]).is_some()).count();
        assert_eq!(posted, usize::from(BARE_MAX));
        assert!(post(&mut message, "Hm", "09:00").starts_with("20:"));
    }

    #[test]
    fn revisions_above_59_are_not_the_panel_s() {
        let mut message = Message { next: 58, ..Message::default() };
        assert_eq!([message.revision(), message.revision(), message.revision()], [Some(58), Some(59), None]);
        let mut message = Message { next: u8::MAX, ..Message::default() };
        assert_eq!(message.revision(), None);
    }

    #[test]
    fn the_same_words_at_the_same_moment_are_the_same_submission() {
        let promise = Some(Promise { by: "2026-11-24T17:00:00Z".into(), person: None });
        let sent = Submission { promise: promise.clone(), took_ms: Some(7), ..words() };
        let moment = Moment { revision: sent.revision, sent_at: sent.sent_at.clone(), took_ms: Some(7), promise };
        assert_eq!(moment.of(content(&sent)), sent);
    }

    /// Everything that a visitor or a site may change is an edit; what the moment of sending gives is none.
    #[test]
    fn what_is_an_edit() {
        let content = json(&words());
        let promise = Some(Promise { by: "2026-11-24T17:00:00Z".into(), person: None });
        for same in [
            words(),
            Submission { revision: 7, ..words() },
            Submission { sent_at: "later".into(), ..words() },
            Submission { took_ms: Some(7), ..words() },
            Submission { promise, ..words() },
        ] {
            assert_eq!(json(&same), content, "{same:?}");
        }
        for other in [
            Submission { message: Some("Six days late.".into()), ..words() },
            Submission { kind: Kind::Praise, ..words() },
            Submission { contact: Some(Contact::default()), ..words() },
            Submission { wording: Wording { locale: "de".into(), ..bare().wording }, ..words() },
            Submission { trap: Some("bot".into()), ..words() },
            Submission { custom: Some([("a".to_owned(), "b".to_owned())].into_iter().collect()), ..words() },
            Submission { id: "f".repeat(32), ..words() },
        ] {
            assert_ne!(json(&other), content, "{other:?}");
        }
    }
}
