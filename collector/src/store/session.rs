//! Who is signed in to the inbox: a row for each browser. What its cookie holds is never stored, only its mark, a hash.
//!
//! Times are RFC 3339, in UTC and with milliseconds, so that they sort as texts.

use super::{database::Store, error::Error};

impl Store {
    /// Keeps a new sign-in, and forgets those that began or were last seen before these times.
    ///
    /// # Errors
    /// The database fails; then nobody is signed in.
    pub async fn begin_session(&self, mark: &str, now: &str, [begun, seen]: [&str; 2]) -> Result<(), Error> {
        let forget = sqlx::query("delete from session where created <= $1 or seen <= $2");
        forget.bind(begun.to_owned()).bind(seen.to_owned()).execute(&self.writer).await?;
        let keep = sqlx::query("insert into session (mark, created, seen) values ($1, $2, $2)");
        keep.bind(mark.to_owned()).bind(now.to_owned()).execute(&self.writer).await?;
        Ok(())
    }

    /// When a browser was last seen, if it has signed in since the first time and was seen since the second.
    ///
    /// # Errors
    /// The database fails.
    pub async fn session_seen(&self, mark: &str, [begun, seen]: [&str; 2]) -> Result<Option<String>, Error> {
        let query = sqlx::query_scalar("select seen from session where mark = $1 and created > $2 and seen > $3");
        let query = query.bind(mark.to_owned()).bind(begun.to_owned()).bind(seen.to_owned());
        Ok(query.fetch_optional(&self.reader).await?)
    }

    /// Notes that a browser was seen. One that has signed out meanwhile stays so.
    ///
    /// # Errors
    /// The database fails.
    pub async fn see_session(&self, mark: &str, now: &str) -> Result<(), Error> {
        let query = sqlx::query("update session set seen = $2 where mark = $1");
        query.bind(mark.to_owned()).bind(now.to_owned()).execute(&self.writer).await?;
        Ok(())
    }

    /// Signs a browser out.
    ///
    /// # Errors
    /// The database fails; then it stays signed in.
    pub async fn end_session(&self, mark: &str) -> Result<(), Error> {
        sqlx::query("delete from session where mark = $1").bind(mark.to_owned()).execute(&self.writer).await?;
        Ok(())
    }

    /// Signs every browser out.
    ///
    /// # Errors
    /// The database fails; then all stay signed in.
    pub async fn end_sessions(&self) -> Result<(), sqlx::Error> {
        sqlx::query("delete from session").execute(&self.writer).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::databases::database;

    #[tokio::test]
    async fn a_sign_in_ends_by_being_old_or_idle_or_ended() {
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        let seen = async |mark, limits| store.session_seen(mark, limits).await.unwrap();
        store.begin_session("a", "2026-01-02", ["", ""]).await.unwrap();
        assert_eq!(seen("a", ["2026-01-01", "2026-01-01"]).await.as_deref(), Some("2026-01-02"));
        assert_eq!(seen("b", ["2026-01-01", "2026-01-01"]).await, None);
        store.see_session("a", "2026-01-05").await.unwrap();
        assert_eq!(seen("a", ["2026-01-01", "2026-01-04"]).await.as_deref(), Some("2026-01-05"));
        assert_eq!(seen("a", ["2026-01-02", "2026-01-04"]).await, None, "it began too long ago");
        assert_eq!(seen("a", ["2026-01-01", "2026-01-05"]).await, None, "it was idle for too long");
        store.end_session("a").await.unwrap();
        store.see_session("a", "2026-01-06").await.unwrap();
        assert_eq!(seen("a", ["", ""]).await, None, "being seen brings nobody back");

        store.begin_session("old", "2026-01-02", ["", ""]).await.unwrap();
        store.begin_session("idle", "2026-01-03", ["", ""]).await.unwrap();
        store.see_session("old", "2026-01-09").await.unwrap();
        store.begin_session("new", "2026-01-09", ["2026-01-02", "2026-01-03"]).await.unwrap();
        let left: Vec<String> = sqlx::query_scalar("select mark from session").fetch_all(&store.reader).await.unwrap();
        assert_eq!(left, ["new"], "what has ended is forgotten");
        store.end_sessions().await.unwrap();
        assert_eq!(seen("new", ["", ""]).await, None);
        store.close().await;
    }
}
