//! `say-so check`: reads the settings and the database as `say-so serve` would, and says what is wrong.

use std::fmt;

use clap::Args;

use crate::{
    options::Options,
    site_file,
    store::{Error, Store, Tables},
};

/// The options of `say-so check`: those of `say-so serve`.
#[derive(Args)]
pub struct Check {
    #[command(flatten)]
    options: Options,
}

/// What was found.
enum Finding {
    /// It is as it should be.
    Well(String),
    /// The collector runs, and not as its owner may want.
    Doubt(String),
    /// The collector can't do its work.
    Wrong(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Well(text) => write!(f, "well:  {text}"),
            Self::Doubt(text) => write!(f, "doubt: {text}"),
            Self::Wrong(text) => write!(f, "wrong: {text}"),
        }
    }
}

impl Check {
    /// Prints what was found, a line each. Returns whether nothing is wrong.
    ///
    /// It changes nothing but a row of its own, with which it tries to write: so it can run beside an older collector.
    pub async fn run(&self) -> bool {
        let mut findings = self.settings();
        findings.extend(self.database().await);
        for finding in &findings {
            println!("{finding}");
        }
        !findings.iter().any(|finding| matches!(finding, Finding::Wrong(_)))
    }

    fn settings(&self) -> Vec<Finding> {
        let options = &self.options;
        let mut findings = Vec::new();
        if options.origins.is_empty() {
            findings.push(Finding::Doubt(
                "no website may post here but the collector's own pages: name yours with --allow-origin".to_owned(),
            ));
        }
        if options.proxies.is_empty() {
            let listen = options.listen;
            findings.push(Finding::Doubt(if listen.ip().is_loopback() {
                format!("{listen} can be reached from this machine alone: name the proxy in front with --trust-proxy")
            } else {
                format!("{listen} is open to others without TLS: put a proxy in front, and name it with --trust-proxy")
            }));
        }
        if options.retention.is_empty() {
            findings.push(Finding::Doubt(
                "messages are kept until somebody deletes them: --retention 365 keeps them for a year".to_owned(),
            ));
        }
        for file in &options.sites.files {
            let site = file.site.as_deref().unwrap_or_default();
            let read = site_file::read(std::slice::from_ref(file), site);
            findings.extend(read.problems.iter().map(|problem| Finding::Wrong(problem.to_string())));
            if read.problems.is_empty() {
                findings.push(Finding::Well(format!(
                    "{} names {} experiments",
                    file.path.display(),
                    read.experiments.len()
                )));
            }
        }
        findings
    }

    async fn database(&self) -> Vec<Finding> {
        let database = &self.options.database;
        match Store::is_missing(&database.url) {
            Err(error) => return vec![Finding::Wrong(error.to_string())],
            Ok(true) => return vec![Finding::Doubt("there is no database yet: the first start makes it".to_owned())],
            Ok(false) => {}
        }
        let floor = self.options.quotas.min_free_megabytes.saturating_mul(1_000_000);
        let (store, tables) = match Store::open_as_it_is(&database.url, database.patience, floor).await {
            Ok(opened) => opened,
            Err(error) => return vec![Finding::Wrong(error.to_string())],
        };
        let finding = match store.damage().await {
            Some(damage) => {
                Finding::Wrong(format!("the database’s file is damaged ({damage}): put a backup in its place"))
            }
            None => look_into(&store, tables).await.unwrap_or_else(|error| Finding::Wrong(error.to_string())),
        };
        store.close().await;
        vec![finding]
    }
}

/// Writes into the database and reads from it.
///
/// # Errors
/// What speaks against either.
async fn look_into(store: &Store, tables: Tables) -> Result<Finding, Error> {
    if tables == Tables::Missing {
        return Ok(Finding::Doubt("the database has no tables yet: the first start makes them".to_owned()));
    }
    store.probe().await?;
    Ok(Finding::Well(match tables {
        Tables::Current => {
            let all: i64 = store.total().await?.kinds.iter().sum();
            format!("the database can be read and written, and has {all} messages")
        }
        _ => "the database can be read and written; its tables are older, and the next start brings them up to date"
            .to_owned(),
    }))
}
