//! A site's file as the collector reads it: which experiments it names, how often each of their wordings is drawn, and
//! what it says.
//!
//! It is read again whenever it is asked for, so that nothing has to be started anew when it changes.

mod experiments;
mod named;
mod parts;

use std::{convert::Infallible, fs, path::PathBuf, str::FromStr};

use say_so::feedback::is_site;

use self::parts::{Part, Parts};
pub use self::{
    experiments::{Experiment, Variant, Words},
    named::Named,
};

/// Where a site's file is: `say-so.json`, or `shop.example=say-so.json` for one site of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteFile {
    /// The site it is for; none if it is for whichever names its experiments.
    pub site: Option<String>,
    /// The file.
    pub path: PathBuf,
}

impl FromStr for SiteFile {
    type Err = Infallible;

    /// What stands before the first `=` is the site if it could be one; a path that begins so is written with `./`.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let (site, path) = match text.split_once('=') {
            Some((site, path)) if is_site(site) => (Some(site.to_owned()), path),
            _ => (None, text),
        };
        Ok(Self { site, path: path.into() })
    }
}

/// What stands in the files of a site, and what can't be used of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// The experiments, in the order in which they are named. Of two with the same id the first one counts.
    pub experiments: Vec<Experiment>,
    /// What the site says in place of the catalog's sentences, where no wording says otherwise.
    pub words: Words,
    /// What can't be used, a sentence each.
    pub problems: Vec<Problem>,
}

/// Something of a site's file can't be used. Its text is a sentence for the file's owner.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is no such file, or it may not be read.
    #[error("{path} can't be read: {why}.")]
    File {
        /// The file.
        path: String,
        /// What the system says.
        why: String,
    },
    /// It is no site's file: not JSON, or with a member that is none of its. Its experiments are used where they can be
    /// read.
    #[error("{path} is not a site's file: {why}.")]
    Form {
        /// The file.
        path: String,
        /// What is wrong, and where.
        why: String,
    },
    /// One of its experiments can't be used; the others can.
    #[error("The experiment {experiment} in {path} can't be used: {why}.")]
    Experiment {
        /// The file.
        path: String,
        /// The experiment's id as it stands there, in quotes and cut to 80 characters; without one its place in the list,
        /// from 0, such as `[2]`.
        experiment: String,
        /// What is wrong, with its place in the experiment.
        why: String,
    },
}

/// Reads the files of a site: those that name it, and those that name none.
///
/// It does so on the thread that asks; files are small, and their owner’s.
pub fn read(files: &[SiteFile], site: &str) -> Read {
    let mut read = Read::default();
    for file in files.iter().filter(|file| file.site.as_deref().is_none_or(|named| named == site)) {
        match parse(file) {
            Ok(parts) => read.add(&file.path.display().to_string(), parts),
            Err(problem) => read.problems.push(problem),
        }
    }
    read
}

/// Says in the log what can't be used of these files.
pub fn look_at(files: &[SiteFile]) {
    for file in files {
        let site = file.site.as_deref().unwrap_or_default();
        for problem in read(std::slice::from_ref(file), site).problems {
            tracing::warn!("{problem}");
        }
    }
}

fn parse(file: &SiteFile) -> Result<Parts, Problem> {
    let path = file.path.display().to_string();
    let text = match fs::read_to_string(&file.path) {
        Ok(text) => text,
        Err(error) => return Err(Problem::File { path, why: error.to_string() }),
    };
    let json = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Parts::of(json).map_err(|why| Problem::Form { path, why })
}

impl Read {
    fn add(&mut self, path: &str, parts: Parts) {
        let Parts { words, experiments, problem } = parts;
        for (language, words) in words {
            let known = self.words.entry(language).or_default();
            for (key, sentence) in words {
                known.entry(key).or_insert(sentence);
            }
        }
        let path = || path.to_owned();
        self.problems.extend(problem.map(|why| Problem::Form { path: path(), why }));
        for Part { name, experiment } in experiments {
            let checked = experiment.and_then(|named| experiments::checked(named).map_err(str::to_owned));
            let checked = match checked {
                Ok(found) if self.experiments.iter().any(|known| known.id == found.id) => {
                    Err("its id stands twice".to_owned())
                }
                checked => checked,
            };
            match checked {
                Ok(experiment) => self.experiments.push(experiment),
                Err(why) => self.problems.push(Problem::Experiment { path: path(), experiment: name, why }),
            }
        }
    }
}

#[cfg(test)]
mod tests;
