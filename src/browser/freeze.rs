//! What is posted: bodies with their moment, which stay as they are until the visitor edits the words.

use js_sys::Date;

use super::{Live, clock, fields::Fields, json, page};
use crate::{
    draft::Draft,
    feedback::{BODY_MAX, CUSTOM_MAX, CUSTOM_TEXT_MAX, Custom, NAME_MAX, Promise, Submission, cut},
    message::{self, Frozen, Message, Moment},
    promise,
};

/// From then on, in seconds since 1970, no clock is believed: what follows could be later than a browser can write.
const INSTANT_MAX: i64 = 100_000_000_000;

impl Frozen {
    /// A submission's bytes.
    pub(super) fn of(submission: &Submission) -> Self {
        let Submission { revision, sent_at, took_ms, promise, .. } = submission.clone();
        Self {
            body: json::body(submission),
            content: contents(submission),
            moment: Moment { revision, sent_at, took_ms, promise },
        }
    }
}

/// Leaves out what the site adds where the body would be too long for an endpoint.
fn fit(submission: &mut Submission) -> &Submission {
    if json::body(submission).len() > BODY_MAX {
        submission.custom = None;
    }
    submission
}

/// What of a submission is the visitor's doing, in bytes.
fn contents(submission: &Submission) -> String {
    json::body(&message::content(submission))
}

impl Live {
    /// The instant by which a reply is due, to words that arrive now or at an instant by the endpoint's clock.
    pub(super) fn due(&self, received: Option<i64>) -> Option<i64> {
        let (hours, zone) = self.site.hours.as_ref()?;
        let now = received.unwrap_or_else(|| (Date::now() / 1e3 + self.skew) as i64);
        if !(0..INSTANT_MAX).contains(&now) {
            return None;
        }
        promise::due(hours, now, |instant| zone.offset(instant))
    }

    /// The words as they were posted, if they are the last ones posted and unedited.
    pub(super) fn unedited(&self, words: &Submission) -> Option<(Submission, Frozen)> {
        let moment = self.message.frozen.as_ref()?.moment.clone();
        let mut submission = moment.of(words.clone());
        let frozen = self.message.unedited(&contents(fit(&mut submission)))?.clone();
        Some((submission, frozen))
    }

    /// Freezes words as the next revision, with what the visitor is promised. A message that has had all of its revisions
    /// ends with the last one, and the words are another message.
    pub(super) fn freeze(&mut self, mut words: Submission, promised: Option<i64>) -> (Submission, Frozen) {
        let revision = self.message.revision().unwrap_or_else(|| {
            self.rename(&mut words);
            self.message.revision().unwrap_or(1)
        });
        let person = Some(cut(&self.site.reader.person, NAME_MAX).into()).filter(|person: &String| !person.is_empty());
        let moment = Moment {
            revision,
            promise: promised.map(|by| Promise { by: clock::written(by), person }),
            sent_at: clock::now(),
            // Whole milliseconds; a clock that was set back in the meantime gives 0.
            took_ms: Some((Date::now() - self.opened) as u32),
        };
        let mut submission = moment.of(words);
        let frozen = Frozen::of(fit(&mut submission));
        self.promised = promised;
        self.arrived = false;
        self.last = Some(submission.clone());
        self.message.frozen = Some(frozen.clone());
        (submission, frozen)
    }

    /// Whether these words are the last ones that were frozen.
    pub(super) fn is_last(&self, words: &Submission) -> bool {
        self.last.as_ref().is_some_and(|last| (&last.id, last.revision) == (&words.id, words.revision))
    }

    /// The words as another message's: the endpoint takes nothing more of their own, since it was taken back.
    pub(super) fn anew(&mut self, mut words: Submission) -> (Submission, Frozen) {
        self.rename(&mut words);
        let promised = self.promised;
        self.freeze(words, promised)
    }

    /// Makes the words another message's, of which nothing has been posted.
    fn rename(&mut self, words: &mut Submission) {
        self.message = Message::default();
        words.id = page::id();
        self.session.update(|state| state.context.id = words.id.clone());
    }

    /// What a draft says as it travels, with what goes along by the other fields.
    pub(super) fn written(&self, fields: &Fields, draft: &Draft) -> Option<Submission> {
        let takes = |optional| fields.takes(optional);
        let words = self.session.read(|state| state.context.words(draft, &fields.trap, takes));
        words.map(|words| self.with_own(words))
    }

    /// The words with what the panel says itself: the permission to quote them, and that they were written under a
    /// wording that somebody looked at. It takes precedence over what the site sends along.
    pub(super) fn with_own(&self, submission: Submission) -> Submission {
        let own = [("say-so.quote", if self.quotable { "yes" } else { "" }), ("say-so.preview", &self.preview)];
        let count = own.iter().filter(|(_, text)| !text.is_empty()).count();
        if count == 0 {
            return submission;
        }
        let mut pairs = submission.custom.unwrap_or_default().0;
        pairs.retain(|(key, _)| !key.starts_with("say-so."));
        pairs.truncate(CUSTOM_MAX - count);
        for (key, text) in own {
            if !text.is_empty() {
                pairs.push((key.into(), cut(text, CUSTOM_TEXT_MAX).into()));
            }
        }
        Submission { custom: Some(Custom(pairs)), ..submission }
    }
}
