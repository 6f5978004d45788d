//! The mark of a message that somebody found useful.

use super::{database::Store, error::Error};

impl Store {
    /// Marks the message of that site and reference as useful, or takes the mark away. Where there is none, nothing
    /// happens.
    ///
    /// # Errors
    /// The database fails; then nothing is changed.
    pub async fn mark_useful(&self, site: &str, reference: &str, useful: bool) -> Result<(), Error> {
        sqlx::query("update message set useful = $3 where site = $1 and reference = $2")
            .bind(site.to_owned())
            .bind(reference.to_owned())
            .bind(i64::from(useful))
            .execute(&self.writer)
            .await?;
        Ok(())
    }
}
