//! `say-so backup`: a copy of an SQLite database, made while a collector writes into it.

use std::{fs::OpenOptions, path::PathBuf};

use clap::Args;

use super::Outcome;
use crate::{options::Database, store::Store};

/// The options of `say-so backup`.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    database: Database,
    /// The file to write the copy into; there must be none of that name
    path: PathBuf,
}

impl Backup {
    /// Writes the copy: all that was committed when it began, checked, readable by its owner alone. Whoever posts
    /// meanwhile doesn't wait. What is taken back meanwhile is in the copy, and leaves the database's log when it is done.
    ///
    /// # Errors
    /// The database can't be read, the file can't be made, or the copy is damaged.
    pub async fn run(&self) -> Outcome {
        if Store::is_missing(&self.database.url)? {
            return Err(format!("there is no database at {}", self.database.url).into());
        }
        // As it is: it may be what an older collector goes back to.
        let (store, _) = Store::open_as_it_is(&self.database.url, self.database.patience, 0).await?;
        let mut file = OpenOptions::new();
        file.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
        file.open(&self.path).map_err(|error| format!("{} can't be made: {error}", self.path.display()))?;
        let written = store.copy_to(&self.path).await;
        store.close().await;
        if let Err(error) = written {
            // What is there is no backup.
            let _ = std::fs::remove_file(&self.path);
            return Err(error.into());
        }
        println!("{}: {} messages", self.path.display(), written?);
        Ok(())
    }
}
