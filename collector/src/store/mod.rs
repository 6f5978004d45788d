//! Where messages are kept: an SQLite database, one writer, any number of readers.
//!
//! A message stands under its site and id, and each posted body of it is a revision. Nothing is
//! answered before its commit is on disk.

mod database;
mod error;
mod keep;
mod list;
mod withdraw;

pub use self::{
    database::Store,
    error::{Error, OpenError},
    keep::{Kept, Posted},
    list::{Filter, Listed, Mark, Page, Revision},
};

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::{SqlitePool, migrate::Migrator};

    use super::*;

    #[tokio::test]
    async fn an_older_database_keeps_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("say-so.db");
        let old = SqlitePool::connect(&format!("sqlite://{}?mode=rwc", file.display())).await.unwrap();
        Migrator::with_migrations(sqlx::migrate!().iter().take(1).cloned().collect()).run(&old).await.unwrap();
        for (id, words) in [("a", "first words"), ("b", "second words")] {
            sqlx::query("insert into message values ('shop.example', $1, 'REF-' || $1, '1', 1, 'praise', $1)")
                .bind(id)
                .execute(&old)
                .await
                .unwrap();
            sqlx::query("insert into revision values ('shop.example', $1, 1, 'praise', $2, $2, 'hash', '2')")
                .bind(id)
                .bind(words)
                .execute(&old)
                .await
                .unwrap();
        }
        old.close().await;
        let store = Store::open(&format!("sqlite://{}", file.display()), Duration::from_secs(1)).await.unwrap();
        store.withdraw("shop.example", "b").await.unwrap();
        let listed = store.list(&Filter::default()).await.unwrap().messages;
        assert_eq!((listed.len(), listed[0].reference.as_str()), (1, "REF-a"));
        let shown = &listed[0].revisions[0];
        assert_eq!((shown.number, shown.received.as_str(), shown.body.as_str()), (1, "2", "first words"));
        store.close().await;
        let bytes = std::fs::read(&file).unwrap();
        let stands = |words: &str| bytes.windows(words.len()).filter(|bytes| *bytes == words.as_bytes()).count();
        assert_eq!((stands("first words"), stands("second words")), (1, 0));
    }
}
