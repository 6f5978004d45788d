//! `say-so check`: reads the settings and the database as `say-so serve` would, and says what is wrong.

use std::fmt;

use clap::Args;

use crate::{options::Options, site_file, store::Store};

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
    /// It changes nothing but the tables of an older database, which `say-so serve` would bring up to date as well.
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
        if !options.listen.ip().is_loopback() && options.proxies.is_empty() {
            findings.push(Finding::Doubt(format!(
                "{} is open to others without TLS: put a proxy in front, and name it with --trust-proxy",
                options.listen
            )));
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
        let store = match Store::open_with(&database.url, database.patience, floor).await {
            Ok(store) => store,
            Err(error) => return vec![Finding::Wrong(error.to_string())],
        };
        let mut findings = Vec::new();
        match store.damage().await {
            Some(damage) => findings
                .push(Finding::Wrong(format!("the database’s file is damaged ({damage}): put a backup in its place"))),
            None => match (store.probe().await, store.total().await) {
                (Ok(()), Ok(total)) => {
                    let all: i64 = total.kinds.iter().sum();
                    findings
                        .push(Finding::Well(format!("the database can be read and written, and has {all} messages")));
                }
                (Err(error), _) | (_, Err(error)) => findings.push(Finding::Wrong(error.to_string())),
            },
        }
        store.close().await;
        findings
    }
}
