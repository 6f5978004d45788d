//! The database: opened, brought up to date, and closed; and the secrets that stand in it.

use std::time::Duration;

use sqlx::AnyPool;

use super::{
    cleaning::Cleaning,
    condition::{Condition, Fault},
    engine::Engine,
    error::{Error, OpenError},
    postgres,
    sqlite::{self, Opened},
    tables::Tables,
    watch::{damage, probe, watch},
    writing::Writing,
};
use crate::secret::Secret;

/// The database.
#[derive(Clone)]
pub struct Store {
    pub(super) engine: Engine,
    pub(super) writer: AnyPool,
    pub(super) reader: AnyPool,
    pub(super) writing: Writing,
    pub(super) cleaning: Option<Cleaning>,
    pub(super) condition: Condition,
}

impl Store {
    /// Opens the database at an address such as `sqlite://say-so.db` or `postgres://user@host/say_so`, and brings its
    /// tables up to date. A file that is missing is made, readable by its owner alone.
    ///
    /// A statement waits at most `patience` for another process that holds the database, and a
    /// request as long for its turn.
    ///
    /// # Errors
    /// The address is neither, or the database refuses; see [`OpenError`].
    pub async fn open(address: &str, patience: Duration) -> Result<Self, OpenError> {
        Self::open_with(address, patience, 0).await
    }

    /// The same, of which so many bytes are to stay free on the disk of its file: when less is left, nothing more is
    /// kept.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub async fn open_with(address: &str, patience: Duration, floor: u64) -> Result<Self, OpenError> {
        sqlx::any::install_default_drivers();
        if postgres::is_address(address) {
            Self::on_a_server(postgres::open(address, patience).await?)
        } else {
            Self::in_a_file(sqlite::open(address, patience).await?, address, patience, floor)
        }
    }

    /// Opens a database that is there with the tables that it has, and says which these are: a command may run beside an
    /// older collector, which would not find its own any more.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub async fn open_as_it_is(address: &str, patience: Duration, floor: u64) -> Result<(Self, Tables), OpenError> {
        sqlx::any::install_default_drivers();
        if postgres::is_address(address) {
            let (pools, tables) = postgres::open_as_it_is(address, patience).await?;
            Ok((Self::on_a_server(pools)?, tables))
        } else {
            let (opened, tables) = sqlite::open_as_it_is(address, patience).await?;
            Ok((Self::in_a_file(opened, address, patience, floor)?, tables))
        }
    }

    fn on_a_server((writer, reader): (AnyPool, AnyPool)) -> Result<Self, OpenError> {
        let (engine, condition) = (Engine::Postgres, Condition::new(None, 0)?);
        let writing = Writing::start(engine, writer.clone(), condition.clone())?;
        Ok(Self { engine, writer, reader, writing, cleaning: None, condition })
    }

    fn in_a_file(opened: Opened, address: &str, patience: Duration, floor: u64) -> Result<Self, OpenError> {
        let Opened { writer, reader, log_is_read } = opened;
        let (engine, condition) = (Engine::Sqlite, Condition::new(Some(sqlite::file(address)?), floor)?);
        let writing = Writing::start(engine, writer.clone(), condition.clone())?;
        let cleaning = Cleaning::start(writer.clone(), patience);
        if log_is_read {
            cleaning.begin();
        }
        Ok(Self { engine, writer, reader, writing, cleaning: Some(cleaning), condition })
    }

    /// Whether the address is that of a file which isn't there yet.
    ///
    /// # Errors
    /// It is the address of no database.
    pub fn is_missing(address: &str) -> Result<bool, OpenError> {
        Ok(!postgres::is_address(address) && !sqlite::file(address)?.exists())
    }

    /// Looks after the database until it is closed: its file, its disk, and whether it can be written.
    pub async fn watch(&self) {
        watch(&self.condition, self.engine, &self.writer, &self.reader).await;
    }

    /// What is damaged of an SQLite file, if anything is. It reads the whole file.
    pub async fn damage(&self) -> Option<String> {
        if self.engine == Engine::Sqlite { damage(&self.reader).await } else { None }
    }

    /// How many posts wait to be kept, and how many batches of them were begun since the start.
    pub fn load(&self) -> (usize, u64) {
        (self.writing.waiting(), self.writing.batches())
    }

    /// Looks at the file and its disk, writes a row into the database, and waits for its disk.
    ///
    /// # Errors
    /// What speaks against writing.
    pub async fn probe(&self) -> Result<(), Error> {
        self.condition.look();
        self.condition.check()?;
        probe(&self.writer).await
    }

    /// Whether the database can be read, and could be written the last time.
    ///
    /// # Errors
    /// Why not.
    pub async fn check(&self) -> Result<(), Error> {
        self.condition.check()?;
        if let Some(fault @ Fault::Failing(_)) = self.condition.fault() {
            return Err(Error::Unfit(fault));
        }
        sqlx::query("select 1 from message limit 1").fetch_optional(&self.reader).await?;
        Ok(())
    }

    /// The collector's secret, made if there is none.
    ///
    /// # Errors
    /// The database fails, or what it holds is no secret.
    pub async fn secret(&self) -> Result<Secret, OpenError> {
        if let Some(text) = self.secret_text("collector").await? {
            return Secret::from_text(&text).ok_or(OpenError::Secret);
        }
        let secret = Secret::random()?;
        // Two collectors may start on one new database at the same time: the first one's secret holds.
        sqlx::query("insert into secret (name, value) values ('collector', $1) on conflict (name) do nothing")
            .bind(secret.to_text())
            .execute(&self.writer)
            .await?;
        let text = self.secret_text("collector").await?.ok_or(OpenError::Secret)?;
        Secret::from_text(&text).ok_or(OpenError::Secret)
    }

    /// The hash of the inbox token; none before the first one is made.
    ///
    /// # Errors
    /// The database fails.
    pub async fn inbox_token_hash(&self) -> Result<Option<String>, sqlx::Error> {
        self.secret_text("inbox token").await
    }

    /// Keeps the hash of the first inbox token, and returns whether it is the first: collectors may start on one new
    /// database at the same time.
    ///
    /// # Errors
    /// The database fails.
    pub async fn add_inbox_token_hash(&self, hash: &str) -> Result<bool, sqlx::Error> {
        let add = "insert into secret (name, value) values ('inbox token', $1) on conflict (name) do nothing";
        let added = sqlx::query(add).bind(hash.to_owned()).execute(&self.writer).await?;
        Ok(added.rows_affected() > 0)
    }

    /// Replaces the hash of the inbox token.
    ///
    /// # Errors
    /// The database fails.
    pub async fn set_inbox_token_hash(&self, hash: &str) -> Result<(), sqlx::Error> {
        sqlx::query(
            "insert into secret (name, value) values ('inbox token', $1)
             on conflict (name) do update set value = excluded.value",
        )
        .bind(hash.to_owned())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    async fn secret_text(&self, name: &str) -> Result<Option<String>, sqlx::Error> {
        let secret = sqlx::query_scalar("select value from secret where name = $1").bind(name.to_owned());
        secret.fetch_optional(&self.reader).await
    }

    /// Keeps what is waiting to be kept, and closes the connections, so that the write-ahead log is written back into
    /// the database file.
    pub async fn close(&self) {
        self.writing.stop().await;
        self.reader.close().await;
        self.writer.close().await;
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Executor;

    use super::*;
    use crate::{databases::database, inbox::access, secret::sha256};

    #[tokio::test]
    async fn of_two_secrets_the_first_one_holds() {
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        // Another collector’s comes in between.
        let first = Secret::random().unwrap().to_text();
        let sooner = format!("insert into secret (name, value) values ('collector', '{first}');");
        let trigger = match store.engine {
            Engine::Sqlite => format!("create trigger sooner before insert on secret begin {sooner} end"),
            Engine::Postgres => format!(
                "create function sooner() returns trigger language plpgsql as
                     $$ begin {sooner} return new; end $$;
                 create trigger sooner before insert on secret for each row when (pg_trigger_depth() = 0)
                     execute function sooner()"
            ),
        };
        store.writer.execute(sqlx::AssertSqlSafe(trigger)).await.unwrap();
        assert_eq!(store.secret().await.unwrap().to_text(), first);
        assert_eq!(store.secret().await.unwrap().to_text(), first);
        store.close().await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn collectors_that_start_on_a_new_database_wait_for_each_other() {
        for _ in 0..5 {
            let folder = tempfile::tempdir().unwrap();
            let address = database(&folder);
            let start = || async {
                let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
                let secret = store.secret().await.unwrap().to_text();
                let token = access::first(&store).await.unwrap().map(|token| sha256(&token));
                let hash = store.inbox_token_hash().await.unwrap().unwrap();
                store.close().await;
                (secret, token, hash)
            };
            let (one, two, three) = tokio::join!(start(), start(), start());
            assert!(one.0 == two.0 && two.0 == three.0, "they have one secret");
            let made: Vec<String> = [one.1, two.1, three.1].into_iter().flatten().collect();
            assert_eq!(made, [one.2], "one of them says which token opens the inbox");
        }
    }
}
