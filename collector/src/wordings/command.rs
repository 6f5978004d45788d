//! `say-so wordings`: the report on wordings, for people and for programs.

use std::io::{self, Write as _};

use clap::Args;

use super::{csv, gather, json, report::Report, text::text};
use crate::{
    inbox::text::plain,
    moment,
    options::{Database, SiteFiles},
    store::{OpenError, Store},
};

/// The options of `say-so wordings`.
#[derive(Args)]
pub struct Wordings {
    #[command(flatten)]
    database: Database,
    #[command(flatten)]
    sites: SiteFiles,
    /// Only the experiments of this site
    #[arg(long, value_name = "SITE")]
    site: Option<String>,
    /// Only this experiment
    #[arg(long, value_name = "ID")]
    experiment: Option<String>,
    /// Only what was counted in this language, such as `de`
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// An array for programs
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// A table for programs
    #[arg(long)]
    csv: bool,
}

/// The report can't be made. The text is a sentence for whoever called the command.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The database can't be used.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// The database fails.
    #[error("{0}")]
    Store(#[from] crate::store::Error),
    /// There is no such database file, and none is made for a report.
    #[error("there is no database at {0}: name the one that `say-so serve` writes with --database")]
    NoDatabase(String),
    /// Nothing was counted of what was asked for.
    #[error("nothing was counted of {asked}; there are counts of {known}")]
    Unknown {
        /// What was asked for.
        asked: String,
        /// Of what there are counts.
        known: String,
    },
}

impl Wordings {
    /// Prints the reports.
    ///
    /// # Errors
    /// The database can't be read, or holds nothing of what was asked for: see [`Failure`].
    pub async fn run(&self) -> Result<(), Failure> {
        // A report makes no database. What is no address of one, opening it says.
        if Store::is_missing(&self.database.url).unwrap_or_default() {
            return Err(Failure::NoDatabase(self.database.url.clone()));
        }
        let store = Store::open(&self.database.url, self.database.patience).await?;
        let reports = self.reports(&store).await;
        store.close().await;
        let reports = reports?;
        let printed = match (self.json, self.csv) {
            (true, _) => format!("{:#}\n", json::json(&reports)),
            (_, true) => csv::csv(&reports),
            _ if reports.is_empty() => EMPTY.to_owned(),
            _ => reports.iter().map(text).collect::<Vec<_>>().join("\n\n"),
        };
        // Whoever reads may have seen enough and closed the pipe.
        let _ = io::stdout().write_all(printed.as_bytes());
        Ok(())
    }

    async fn reports(&self, store: &Store) -> Result<Vec<Report>, Failure> {
        let tried = gather::tried(store, &self.sites.files).await?;
        let known = tried.iter().map(|tried| format!("{} on {}", plain(&tried.experiment), plain(&tried.site)));
        let known = known.take(5).collect::<Vec<_>>().join(", ");
        let is = |asked: &Option<String>, name: &str| asked.as_deref().is_none_or(|asked| asked == name);
        let asked =
            tried.into_iter().filter(|tried| is(&self.site, &tried.site) && is(&self.experiment, &tried.experiment));
        let today = moment::today();
        let mut reports = Vec::new();
        for tried in asked {
            let gathered = gather::gather(store, &self.sites.files, tried, self.locale.clone()).await?;
            if self.locale.is_none() || gathered.tallies.iter().any(|tally| is(&self.locale, &tally.locale)) {
                reports.push(Report::of(&gathered, &today));
            }
        }
        let wanted = [&self.experiment, &self.site].into_iter().flatten().map(|name| plain(name)).collect::<Vec<_>>();
        let wanted = [wanted.join(" on ")].into_iter().filter(|wanted| !wanted.is_empty());
        let wanted = wanted.chain(self.locale.as_deref().map(plain)).collect::<Vec<_>>();
        if reports.is_empty() && !wanted.is_empty() && !known.is_empty() {
            return Err(Failure::Unknown { asked: wanted.join(" in "), known });
        }
        Ok(reports)
    }
}

/// Printed where nothing was counted yet.
const EMPTY: &str = "\
Nothing was counted yet.
Name an experiment and the address of /v1/counts in the site’s file: its members experiments and counts.
";
