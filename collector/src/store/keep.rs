//! Keeping what is posted.

use super::{database::Store, error::Error, message::Post, transaction};

/// What has become of a posted body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is a new revision, and kept.
    New(Kept),
    /// The same bytes were kept before.
    Again(Kept),
    /// Another body is kept under the same site, id and revision.
    Conflict,
    /// The message was taken back: nothing of it is kept any more.
    Withdrawn,
}

/// A revision that stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The reference of its message.
    pub reference: String,
    /// When it came in first: RFC 3339, UTC.
    pub received: String,
}

impl Store {
    /// Keeps a posted body, unless it is kept already. When this returns, the commit is on disk.
    ///
    /// # Errors
    /// The database fails, or so many posts are waiting that this one is turned away at once; then nothing is kept.
    pub async fn keep(&self, post: Post) -> Result<Posted, Error> {
        self.writing.keep(post).await
    }

    /// Keeps posts, each of another message, in one transaction and past the writer: what measurements hold the collector
    /// against.
    ///
    /// # Errors
    /// The database fails; then nothing is kept.
    #[doc(hidden)]
    pub async fn keep_together(&self, posts: &[Post]) -> Result<Vec<Posted>, Error> {
        let kept = transaction::write(&mut *self.writer.acquire().await?, self.engine, posts).await;
        self.condition.wrote(kept.as_ref().err());
        kept.map(|written| written.outcomes)
    }

    /// What was answered for the very same post before, if it is kept.
    ///
    /// # Errors
    /// The database fails.
    pub async fn again(&self, post: &Post) -> Result<Option<Kept>, Error> {
        let kept: Option<(String, String)> = sqlx::query_as(
            "select message.reference, revision.received from revision join message using (site, id)
                 where site = $1 and id = $2 and revision.revision = $3 and fingerprint = $4",
        )
        .bind(post.site.clone())
        .bind(post.id.clone())
        .bind(post.revision)
        .bind(post.fingerprint.clone())
        .fetch_optional(&self.reader)
        .await?;
        Ok(kept.map(|(reference, received)| Kept { reference, received }))
    }
}
