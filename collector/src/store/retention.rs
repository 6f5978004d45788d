//! Deleting messages that are older than they may get.

use super::{database::Store, error::Error, list::Mark, withdraw::Leaving};

/// How many messages are looked at together.
const PAGE: i64 = 500;

impl Store {
    /// Deletes messages of which nothing came since `before` (RFC 3339, UTC), if `is_due` says so of their site and of
    /// when something came last. Returns how many.
    ///
    /// # Errors
    /// The database fails; then some may be deleted already.
    pub async fn expire(&self, before: &str, is_due: impl Fn(&str, &str) -> bool) -> Result<u64, Error> {
        let mut after = Mark { received: String::new(), site: String::new(), id: String::new() };
        let mut deleted = 0;
        loop {
            let page: Vec<(String, String, String)> = sqlx::query_as(
                "select received, site, id from message
                     where received < $1 and (received, site, id) > ($2, $3, $4) order by received, site, id limit $5",
            )
            .bind(before.to_owned())
            .bind(after.received.clone())
            .bind(after.site.clone())
            .bind(after.id.clone())
            .bind(PAGE)
            .fetch_all(&self.reader)
            .await?;
            let Some((received, site, id)) = page.last().cloned() else { break };
            after = Mark { received, site, id };
            for (received, site, id) in page {
                if is_due(&site, &received) {
                    self.delete(&site, &id, Leaving::Nothing).await?;
                    deleted += 1;
                }
            }
        }
        if deleted > 0 {
            self.clean().await;
        }
        Ok(deleted)
    }
}
