//! `say-so migrate`: copies everything from one database into another, such as from SQLite to PostgreSQL.

use std::time::Duration;

use clap::Args;

use super::Outcome;
use crate::store::Store;

/// How long a statement waits for another process that holds a database.
const PATIENCE: Duration = Duration::from_secs(5);

/// The options of `say-so migrate`.
#[derive(Args)]
pub struct Migrate {
    /// The database to copy, such as sqlite://say-so.db; stop its collectors before
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to copy into, such as postgres://user@host/say_so; it must be empty
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Migrate {
    /// Copies every table, reads the copy again and compares it with what was read, by digests of all rows. Who is signed
    /// in to the inbox has to sign in again; keys, references and the token stay what they are.
    ///
    /// # Errors
    /// A database can't be used, the second one isn't empty, or the copy is not the same; then the copy is no use.
    pub async fn run(&self) -> Outcome {
        if Store::is_missing(&self.from)? {
            return Err(format!("there is no database at {}", self.from).into());
        }
        let (from, to) = (Store::open(&self.from, PATIENCE).await?, Store::open(&self.to, PATIENCE).await?);
        let copied = from.migrate_to(&to).await;
        from.close().await;
        to.close().await;
        for (table, rows) in copied? {
            println!("{table}: {rows} rows, the same on both sides");
        }
        Ok(())
    }
}
