//! Posts that share a transaction, and who waits for them.

use std::collections::HashSet;

use tokio::{sync::oneshot, time::Instant};

use super::target::Target;
use crate::store::{error::Error, keep::Posted, message::Post};

/// The most posts of one transaction.
const BATCH_MAX: usize = 512;

/// A post, and who waits for what becomes of it.
pub(super) struct Waiting {
    pub(super) post: Post,
    pub(super) answer: oneshot::Sender<Result<Posted, Error>>,
}

/// Posts that are written together, each of another message.
#[derive(Default)]
pub(super) struct Batch {
    messages: HashSet<(String, String)>,
    posts: Vec<Post>,
    answers: Vec<oneshot::Sender<Result<Posted, Error>>>,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.posts.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.posts.len() < BATCH_MAX
    }

    /// Takes a post in. One of a message that it has already is given back, for the next batch.
    pub(super) fn add(&mut self, waiting: Box<Waiting>) -> Option<Box<Waiting>> {
        if !self.has_room() || !self.messages.insert((waiting.post.site.clone(), waiting.post.id.clone())) {
            return Some(waiting);
        }
        self.posts.push(waiting.post);
        self.answers.push(waiting.answer);
        None
    }

    /// Writes all of it, and answers all.
    pub(super) async fn keep(self, target: &Target) {
        let (start, posts) = (Instant::now(), self.posts.len() as u64);
        let outcomes = target.write(&self.posts).await;
        target.took(start.elapsed(), posts);
        match outcomes {
            Ok(outcomes) => {
                for (answer, posted) in self.answers.into_iter().zip(outcomes) {
                    // Whoever posted may have gone meanwhile; a retry gets the same answer.
                    let _ = answer.send(Ok(posted));
                }
            }
            // A post that the database refuses takes no other with it.
            Err(error) if self.posts.len() > 1 && !matches!(error, Error::Unavailable(_) | Error::Unfit(_)) => {
                for (answer, post) in self.answers.into_iter().zip(self.posts) {
                    let outcome = target.write(&[post]).await;
                    let _ = answer.send(outcome.and_then(|mut outcome| outcome.pop().ok_or(Error::Busy)));
                }
                target.took(start.elapsed(), posts);
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Answers all that nothing was written.
    pub(super) fn refuse(self, error: &Error) {
        for answer in self.answers {
            let _ = answer.send(Err(error.clone()));
        }
    }
}
