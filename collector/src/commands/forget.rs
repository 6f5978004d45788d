//! `say-so forget`: takes a message back by its reference, for an author who has lost the key.

use clap::Args;

use super::Outcome;
use crate::{
    options::Database,
    store::{OpenError, Store, Tables, Withdrawn},
};

/// The options of `say-so forget`.
#[derive(Args)]
pub struct Forget {
    #[command(flatten)]
    database: Database,
    /// The reference, such as K7M-4QPA
    reference: String,
    /// The site, where messages of several have that reference
    #[arg(long)]
    site: Option<String>,
}

impl Forget {
    /// Deletes the message as if its author had: with every revision, for good. It ends once the words are out of the
    /// database's files.
    ///
    /// # Errors
    /// There is no such message, or several; the tables are older than this program; or the database fails.
    pub async fn run(&self) -> Outcome {
        if Store::is_missing(&self.database.url)? {
            return Err(format!("there is no database at {}", self.database.url).into());
        }
        let (store, tables) = Store::open_as_it_is(&self.database.url, self.database.patience, 0).await?;
        let forgotten = match tables {
            Tables::Current => self.forget(&store).await,
            Tables::Older | Tables::Missing => Err(OpenError::Older.into()),
        };
        store.close().await;
        println!("{}", forgotten?);
        Ok(())
    }

    async fn forget(&self, store: &Store) -> Result<String, Box<dyn std::error::Error>> {
        let reference = self.reference.trim().to_uppercase();
        let mut named = store.named(&reference).await?;
        named.retain(|(site, _)| self.site.as_ref().is_none_or(|wanted| wanted == site));
        let (site, id) = match named.as_slice() {
            [one] => one,
            [] => return Err(format!("there is no message {reference}").into()),
            several => {
                let sites: Vec<&str> = several.iter().map(|(site, _)| site.as_str()).collect();
                return Err(format!("{reference} is at {}: name one with --site", sites.join(", ")).into());
            }
        };
        let mut gone = store.withdraw(site, id).await?;
        while gone == Withdrawn::Pending {
            gone = store.clean().await;
        }
        Ok(format!("{reference} of {site} is deleted, and its words are out of the database."))
    }
}
