//! Which wordings the sites' files name, so that no other is counted where a site has one.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use tokio::time::Instant;

use super::{SiteFile, read};

/// How long what was read is believed.
const FRESH: Duration = Duration::from_secs(10);

/// The wordings of each site that has a file.
#[derive(Debug)]
pub struct Named {
    files: Vec<SiteFile>,
    sites: Mutex<HashMap<String, Seen>>,
}

/// What a site's files named a moment ago.
#[derive(Debug)]
struct Seen {
    at: Instant,
    /// The experiment and variant of each wording; none if a file can't be used, and so may name others.
    wordings: Option<Vec<(String, String)>>,
}

impl Named {
    /// Of those files.
    pub fn of(files: Vec<SiteFile>) -> Self {
        Self { files, sites: Mutex::default() }
    }

    /// Whether that wording may be counted: where a file is a site's own, only what it names. Elsewhere, and where a file
    /// can't be used, whatever comes.
    pub fn takes(&self, site: &str, experiment: &str, variant: &str) -> bool {
        if !self.files.iter().any(|file| file.site.as_deref() == Some(site)) {
            return true;
        }
        let mut sites = self.sites.lock().expect("nothing panics while it holds this");
        let seen = sites.entry(site.to_owned()).or_insert_with(|| self.look(site));
        if seen.at.elapsed() > FRESH {
            *seen = self.look(site);
        }
        let is = |(named, of): &(String, String)| named == experiment && of == variant;
        seen.wordings.as_ref().is_none_or(|wordings| wordings.iter().any(is))
    }

    fn look(&self, site: &str) -> Seen {
        let read = read(&self.files, site);
        let wordings = read.problems.is_empty().then(|| {
            let of = |experiment: &super::Experiment| {
                let id = experiment.id.clone();
                experiment.variants.iter().map(move |variant| (id.clone(), variant.id.clone())).collect::<Vec<_>>()
            };
            read.experiments.iter().flat_map(of).collect()
        });
        Seen { at: Instant::now(), wordings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_site_has_a_file_only_what_it_names_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("say-so.json");
        let file = r#"{"experiments":[{"id":"titles","variants":[{"id":"short"},{"id":"long"}]}]}"#;
        std::fs::write(&path, file).unwrap();
        let named = Named::of(vec![SiteFile { site: Some("shop.example".to_owned()), path: path.clone() }]);
        assert!(named.takes("shop.example", "titles", "short"));
        assert!(!named.takes("shop.example", "titles", "other"));
        assert!(!named.takes("shop.example", "made-up", "short"));
        assert!(named.takes("blog.example", "made-up", "short"), "it has none");
        let named = Named::of(vec![SiteFile { site: None, path: path.clone() }]);
        assert!(named.takes("shop.example", "made-up", "short"), "it is no one's own");
        std::fs::write(&path, "{").unwrap();
        let named = Named::of(vec![SiteFile { site: Some("shop.example".to_owned()), path }]);
        assert!(named.takes("shop.example", "made-up", "short"), "who knows what it names");
    }
}
