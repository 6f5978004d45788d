//! Where messages are kept: an SQLite file of this machine, or a PostgreSQL server that many collectors share.
//!
//! A message stands under its site and id, and each posted body of it is a revision. Nothing is answered before its
//! commit is on disk. Posts are written in batches: see `writing`.

mod cleaning;
mod condition;
mod copy;
mod counter;
mod database;
mod engine;
mod error;
mod facts;
mod history;
mod keep;
mod list;
mod made_up;
mod message;
mod postgres;
mod retention;
mod session;
mod sqlite;
mod tables;
mod tally;
mod total;
mod transaction;
mod useful;
mod watch;
mod withdraw;
mod writing;

pub use self::{
    condition::Fault,
    copy::CopyError,
    counter::{Counter, DAY_COUNTERS_MAX, SITE_COUNTERS_MAX},
    database::Store,
    engine::Engine,
    error::{Error, OpenError},
    facts::Facts,
    history::{History, Revision},
    keep::{Kept, Posted},
    list::{Filter, Listed, Mark, Page, Shown},
    made_up::PastMessage,
    message::{Post, storable},
    tables::Tables,
    tally::{Tally, Tried},
    total::Total,
    withdraw::Withdrawn,
};

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use sqlx::{SqlitePool, migrate::Migrator};

    use super::{sqlite::MIGRATIONS, *};
    use crate::databases::file_in;

    #[tokio::test]
    async fn an_older_database_keeps_what_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("say-so.db");
        let old = SqlitePool::connect(&format!("{}?mode=rwc", file_in(&folder))).await.unwrap();
        Migrator::with_migrations(MIGRATIONS.iter().take(1).cloned().collect()).run(&old).await.unwrap();
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
        let store = Store::open(&file_in(&folder), Duration::from_secs(1)).await.unwrap();
        store.withdraw("shop.example", "b").await.unwrap();
        let listed = store.list(&Filter::default()).await.unwrap().messages;
        assert_eq!((listed.len(), listed[0].reference.as_str()), (1, "REF-a"));
        let shown = &listed[0];
        assert_eq!((shown.revision, shown.received.as_str(), shown.body()), (1, "a", "first words"));
        store.close().await;
        let bytes = std::fs::read(&file).unwrap();
        let stands = |words: &str| bytes.windows(words.len()).filter(|bytes| *bytes == words.as_bytes()).count();
        assert_eq!((stands("first words"), stands("second words")), (1, 0));
    }

    #[tokio::test]
    async fn what_can_be_said_of_earlier_words_is_read_from_them() {
        let folder = tempfile::tempdir().unwrap();
        let old = SqlitePool::connect(&format!("{}?mode=rwc", file_in(&folder))).await.unwrap();
        Migrator::with_migrations(MIGRATIONS.iter().take(2).cloned().collect()).run(&old).await.unwrap();
        let tried = r#""wording":{"locale":"de","experiment":"titles","variant":"short"}"#;
        let bodies = [
            (
                "a",
                1,
                format!(
                    r#"{{"message":"Zwölf",{tried},"contact":{{"email":"ada@example.com","reply":false}},"took_ms":1500}}"#
                ),
            ),
            ("a", 0, format!("{{{tried}}}")),
            ("b", 2, format!(r#"{{"message":"1234567",{tried}}}"#)),
            ("b", 1, format!(r#"{{"message":"1",{tried}}}"#)),
            ("hasty", 1, format!(r#"{{"message":"1",{tried},"took_ms":1499}}"#)),
            ("trapped", 1, format!(r#"{{"message":"1",{tried},"trap":"x"}}"#)),
            ("click", 0, format!("{{{tried}}}")),
            ("none", 1, r#"{"message":"1","wording":{"locale":"en"}}"#.to_owned()),
            ("no JSON", 1, "words".to_owned()),
        ];
        for (number, (id, revision, body)) in (1_i64..).zip(&bodies) {
            for statement in [
                "insert into message values ('shop.example', $1, $1, '1', $2, 'praise', '1') on conflict do nothing",
                "insert into revision values ('shop.example', $1, $2, 'praise', $3, '', '1')",
                "insert into body values ($3, $4)",
            ] {
                let insert = sqlx::query(statement).bind(id).bind(revision).bind(number).bind(body);
                insert.execute(&old).await.unwrap();
            }
        }
        old.close().await;
        let store = Store::open(&file_in(&folder), Duration::from_secs(1)).await.unwrap();
        let facts = store.facts("shop.example", "titles").await.unwrap();
        let variant = "short".to_owned();
        let told = Facts { variant, locale: None, messages: 2, length: Some(6.0), addresses: 1, useful: 0, flagged: 2 };
        assert_eq!(facts, [told]);
        assert_eq!(store.tried().await.unwrap(), [], "nobody counted the openings that they came from");
        store.close().await;
    }
}
