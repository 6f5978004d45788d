//! What the store and the site's file know of an experiment.

use crate::{
    site_file::{self, Experiment, Problem, SiteFile, Words},
    store::{Error, Facts, Store, Tally, Tried},
};

/// All that is known of an experiment.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Which experiment, and when something was counted of it.
    pub tried: Tried,
    /// What was counted.
    pub tallies: Vec<Tally>,
    /// The only language that the report is about, if it is about one.
    pub locale: Option<String>,
    /// What its messages are like: in that language, or in all of them together.
    pub facts: Vec<Facts>,
    /// Until which day the counts are made up, if they are.
    pub made_up: Option<String>,
    /// What the site's files say.
    pub file: Known,
}

/// What the site's files say of an experiment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// Whether any file was named.
    pub given: bool,
    /// The experiment, if a file names it.
    pub experiment: Option<Experiment>,
    /// Whether the experiment may stand in a file and can't be read there.
    pub unread: bool,
    /// What the site says where no wording says otherwise.
    pub words: Words,
    /// What can't be used of the files, a sentence each.
    pub problems: Vec<String>,
}

impl Known {
    /// Reads the files of a site for one experiment.
    pub fn read(files: &[SiteFile], site: &str, experiment: &str) -> Self {
        let given = files.iter().any(|file| file.site.as_deref().is_none_or(|named| named == site));
        let read = site_file::read(files, site);
        let quoted = format!("{experiment:?}");
        let unread = read.problems.iter().any(|problem| match problem {
            Problem::File { .. } | Problem::Form { .. } => true,
            Problem::Experiment { experiment, .. } => *experiment == quoted,
        });
        let problems: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
        for problem in &problems {
            tracing::warn!("{problem}");
        }
        let experiment = read.experiments.into_iter().find(|known| known.id == experiment);
        Self { given, experiment, unread, words: read.words, problems }
    }
}

/// Every experiment of which something was counted: those that the sites' files name come first, since anybody can post
/// counts of others, and of each the one that was counted last.
///
/// # Errors
/// The database fails.
pub async fn tried(store: &Store, files: &[SiteFile]) -> Result<Vec<Tried>, Error> {
    let mut named = Vec::new();
    for file in files {
        let read = site_file::read(std::slice::from_ref(file), file.site.as_deref().unwrap_or_default());
        named.extend(read.experiments.into_iter().map(|experiment| (file.site.clone(), experiment.id)));
    }
    let is_named = |tried: &Tried| {
        named.iter().any(|(site, id)| site.as_ref().is_none_or(|site| *site == tried.site) && *id == tried.experiment)
    };
    let mut tried = store.tried().await?;
    tried.sort_by(|a, b| b.last.cmp(&a.last).then_with(|| (&a.site, &a.experiment).cmp(&(&b.site, &b.experiment))));
    tried.sort_by_key(|tried| !is_named(tried));
    Ok(tried)
}

/// Reads all that is known of an experiment, for one language or for all.
///
/// # Errors
/// The database fails. A file that can't be used is no error: it is said in the report.
pub async fn gather(
    store: &Store,
    files: &[SiteFile],
    tried: Tried,
    locale: Option<String>,
) -> Result<Gathered, Error> {
    let (site, experiment) = (&tried.site, &tried.experiment);
    let facts = match &locale {
        None => store.facts(site, experiment).await?,
        Some(_) => store.facts_by_locale(site, experiment).await?,
    };
    Ok(Gathered {
        tallies: store.tallies(site, experiment).await?,
        facts: facts.into_iter().filter(|facts| facts.locale == locale).collect(),
        locale,
        made_up: store.made_up_until(site, experiment).await?,
        file: Known::read(files, site, experiment),
        tried,
    })
}
