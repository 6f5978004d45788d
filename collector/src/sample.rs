//! `say-so sample`: a made-up past for the experiments of a site's file, so that a demonstration has something to show
//! from the first minute.

mod messages;
mod past;

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use crate::{
    moment,
    options::Database,
    site_file::{self, SiteFile},
    store::{OpenError, Store},
};

pub use self::{
    messages::messages,
    past::{DAYS, past},
};

/// The options of `say-so sample`.
#[derive(Args)]
pub struct Sample {
    #[command(flatten)]
    database: Database,
    /// The site that the counts are for
    #[arg(long, default_value = "127.0.0.1")]
    site: String,
    /// The site’s file with its experiments
    #[arg(long = "site-file", value_name = "PATH")]
    file: PathBuf,
}

/// A past can't be made up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something of the site's file can't be used.
    #[error(transparent)]
    File(#[from] site_file::Problem),
    /// The database can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database fails.
    #[error(transparent)]
    Store(#[from] crate::store::Error),
}

impl Sample {
    /// Writes a past of [`DAYS`] days, up to yesterday, with some messages of it, for each experiment that has none, and returns the ids of those.
    ///
    /// The numbers and the words are the same at each run, and marked as made up.
    ///
    /// # Errors
    /// The file or the database can't be used; see [`enum@Error`].
    pub async fn write(&self) -> Result<Vec<String>, Error> {
        let file = SiteFile { site: None, path: self.file.clone() };
        let mut read = site_file::read(&[file], &self.site);
        if !read.problems.is_empty() {
            return Err(read.problems.remove(0).into());
        }
        let store = Store::open(&self.database.url, self.database.patience).await?;
        let mut written = Vec::new();
        for experiment in read.experiments {
            let Ok(yesterday) = moment::day_of(Timestamp::now()).yesterday() else { continue };
            let counts = past(&self.site, &experiment, yesterday);
            let messages = messages(&self.site, &experiment, yesterday);
            let counts = counts.iter().map(|(counter, count)| (counter, *count));
            if store.make_up(&self.site, &experiment.id, &yesterday.to_string(), counts, &messages).await? {
                written.push(experiment.id);
            }
        }
        store.close().await;
        Ok(written)
    }
}
