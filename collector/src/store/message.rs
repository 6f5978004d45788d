//! What a post makes of its message.

use say_so::feedback::{Step, Submission, length};
use serde::Serialize;

use super::counter::Counter;
use crate::{
    flag::{self, Flag, preview},
    secret::sha256,
};

/// A posted revision, with what is stored of it.
#[derive(Clone, Debug)]
pub struct Post {
    pub(super) site: String,
    pub(super) id: String,
    /// See [`mark`]; reckoned by whoever posts, not by the one writer.
    pub(super) mark: String,
    pub(super) revision: i64,
    pub(super) kind: &'static str,
    pub(super) body: String,
    pub(super) fingerprint: String,
    flag: Option<&'static str>,
    words: Option<Words>,
}

/// What can be said of a revision’s words without them.
#[derive(Clone, Debug)]
struct Words {
    length: i64,
    address: i64,
    locale: String,
    /// The experiment and the variant, if they came under a wording that is tried out.
    tried: Option<(String, String)>,
}

impl Post {
    /// A submission, and what is kept of the body in which it was posted.
    ///
    /// The fingerprint is that of the bytes as they were posted, of which `body` may be a part: who posts again posts the
    /// same bytes.
    pub fn new(submission: &Submission, body: &str, fingerprint: &str) -> Self {
        let Submission { site, id, revision, kind, message, wording, .. } = submission;
        // Who only looks at a variant takes no part.
        let words = message.as_deref().filter(|_| preview(submission).is_none()).map(|words| {
            let email = submission.contact.as_ref().and_then(|contact| contact.email.as_deref());
            Words {
                length: length(words) as i64,
                address: i64::from(email.is_some_and(|email| !email.is_empty())),
                locale: wording.locale.clone(),
                tried: wording.experiment.as_deref().map(storable).zip(wording.variant.as_deref().map(storable)),
            }
        });
        Self {
            site: site.clone(),
            id: id.clone(),
            mark: mark(site, id),
            revision: i64::from(*revision),
            kind: kind.name(),
            body: body.to_owned(),
            fingerprint: fingerprint.to_owned(),
            flag: flag::of(submission).map(Flag::name),
            words,
        }
    }

    /// The same, of words that came under no wording that is tried out: its site knows of no such experiment.
    #[must_use]
    pub fn untried(mut self) -> Self {
        if let Some(words) = &mut self.words {
            words.tried = None;
        }
        self
    }
}

/// A message, as its row in the table says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Message {
    pub(super) site: String,
    pub(super) id: String,
    pub(super) reference: String,
    pub(super) created: String,
    pub(super) revision: i64,
    pub(super) kind: String,
    pub(super) received: String,
    pub(super) flag: Option<String>,
    pub(super) experiment: Option<String>,
    pub(super) variant: Option<String>,
    pub(super) locale: Option<String>,
    pub(super) counted: i64,
    pub(super) worded: Option<i64>,
    pub(super) length: Option<i64>,
    pub(super) address: Option<i64>,
}

impl Message {
    /// The message that a first revision begins, under a reference.
    pub(super) fn begin(post: &Post, reference: String, now: &str) -> Self {
        Self {
            site: post.site.clone(),
            id: post.id.clone(),
            reference,
            created: now.to_owned(),
            revision: -1,
            kind: post.kind.to_owned(),
            received: now.to_owned(),
            flag: None,
            experiment: None,
            variant: None,
            locale: None,
            counted: 0,
            worded: None,
            length: None,
            address: None,
        }
    }

    /// Takes a new revision in. Returns the counter that counts it as sent, if it does: once for each message, from the
    /// first revision with words that is not flagged, on the day on which it came.
    pub(super) fn take(&mut self, post: &Post, now: &str) -> Option<Counter> {
        // The inbox shows the highest revision, in whatever order they come.
        if post.revision > self.revision {
            self.revision = post.revision;
            post.kind.clone_into(&mut self.kind);
            now.clone_into(&mut self.received);
            self.flag = post.flag.map(str::to_owned);
        }
        let words = post.words.as_ref()?;
        // A later edit may come under the site’s own words again, once an experiment has ended.
        if self.worded.map_or(words.tried.is_some(), |worded| worded < post.revision) {
            (self.worded, self.length, self.address) = (Some(post.revision), Some(words.length), Some(words.address));
        }
        let (experiment, variant) = words.tried.as_ref().filter(|_| self.counted == 0)?;
        let counts = post.flag.is_none();
        self.experiment = Some(experiment.clone());
        self.variant = Some(variant.clone());
        self.locale = Some(words.locale.clone());
        self.counted = i64::from(counts);
        counts.then(|| Counter {
            site: self.site.clone(),
            experiment: experiment.clone(),
            variant: variant.clone(),
            locale: words.locale.clone(),
            day: now.chars().take(10).collect(),
            step: Step::Sent,
        })
    }

    /// The totals that it stands in: its kind’s, and that of flagged messages.
    pub(super) fn totals(&self) -> impl Iterator<Item = &str> {
        totals(&self.kind, self.flag.as_deref())
    }
}

/// The name of the total of flagged messages; the others have that of their kind.
pub(super) const FLAGGED: &str = "flagged";

/// The totals that a message of that kind stands in, flagged or not.
pub(super) fn totals<'a>(kind: &'a str, flag: Option<&str>) -> impl Iterator<Item = &'a str> + use<'a> {
    [Some(kind), flag.map(|_| FLAGGED)].into_iter().flatten()
}

/// A name as it is stored: PostgreSQL's texts have no NUL.
pub fn storable(name: &str) -> String {
    name.replace('\0', "\u{fffd}")
}

/// What a message leaves behind when it is taken back: its random id can’t be computed from it.
pub(super) fn mark(site: &str, id: &str) -> String {
    sha256(&format!("{site}\0{id}"))
}
