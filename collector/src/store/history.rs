//! Reading one message with what it was before.

use super::{
    database::Store,
    error::Error,
    list::{Listed, listed},
};

/// One message, found by its site and reference.
const MESSAGE: &str = concat!(listed!(), " where message.site = $1 and message.reference = $2");

/// A message, and its earlier revisions.
#[derive(Clone, Debug)]
pub struct History {
    /// The message, with its highest revision.
    pub message: Listed,
    /// The revisions below it, the highest first, at most ten.
    pub earlier: Vec<Revision>,
}

/// An earlier revision of a message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Revision {
    /// Which one.
    #[sqlx(rename = "revision")]
    pub number: i64,
    /// When it came in: RFC 3339, UTC.
    pub received: String,
    /// What was posted.
    pub body: String,
}

impl Store {
    /// Reads the message of that site and reference, with its earlier revisions; none if there is no such message.
    ///
    /// # Errors
    /// The database fails.
    pub async fn history(&self, site: &str, reference: &str) -> Result<Option<History>, Error> {
        let query = sqlx::query_as(MESSAGE).bind(site.to_owned()).bind(reference.to_owned());
        let Some(message): Option<Listed> = query.fetch_optional(&self.reader).await? else { return Ok(None) };
        let earlier = sqlx::query_as(
            "select revision.revision, revision.received, body.text as body
                 from revision join body
                   on body.site = revision.site and body.id = revision.id and body.revision = revision.revision
                 where revision.site = $1 and revision.id = $2 and revision.revision < $3
                 order by revision.revision desc limit 10",
        );
        let earlier = earlier.bind(message.site.clone()).bind(message.id.clone()).bind(message.revision);
        let earlier = earlier.fetch_all(&self.reader).await?;
        Ok(Some(History { message, earlier }))
    }
}
