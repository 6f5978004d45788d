//! The catalogs of `src/wording/locales/`, as the browser gets them: a language, a file of its sentences.

use std::{collections::BTreeMap, fs};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use crate::workspace::Workspace;

/// The language whose catalog names the keys.
const ENGLISH: &str = "en";

/// Every language.
pub struct Locales {
    /// Sentences in the order of the English keys, by language without script or region.
    sentences: BTreeMap<String, Vec<String>>,
    /// The BCP 47 tags of the catalogs, by language, where they are more than that.
    tags: BTreeMap<String, String>,
}

impl Locales {
    /// Reads every catalog.
    ///
    /// # Errors
    /// If one can't be read, or does not have the keys of the English one.
    pub fn read(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join("src/wording/locales");
        let mut catalogs = BTreeMap::new();
        for entry in fs::read_dir(&folder).with_context(|| format!("{} can't be read", folder.display()))? {
            let path = entry?.path();
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
            let catalog: Map<String, Value> =
                serde_json::from_str(&text).with_context(|| format!("{} is no catalog", path.display()))?;
            catalogs.insert(name, catalog);
        }
        let english = catalogs.get(ENGLISH).context("there is no English catalog")?;
        let mut locales = Self { sentences: BTreeMap::new(), tags: BTreeMap::new() };
        for (tag, catalog) in &catalogs {
            let (language, _) = tag.split_once('-').unwrap_or((tag, ""));
            let list = list(english, catalog).with_context(|| format!("the catalog {tag}"))?;
            let other = locales.sentences.insert(language.to_owned(), list);
            ensure!(other.is_none(), "there are two catalogs for {language}");
            if language != tag {
                locales.tags.insert(language.into(), tag.clone());
            }
        }
        Ok(locales)
    }

    /// Each language's file: its name, which ends in `ending`, and its text.
    pub fn files(&self, ending: &str) -> Vec<(String, String)> {
        let file = |(language, sentences): (&String, &Vec<String>)| {
            (format!("{language}{ending}"), json!(sentences).to_string())
        };
        self.sentences.iter().map(file).collect()
    }

    /// The English sentences.
    pub fn english(&self) -> &[String] {
        self.sentences.get(ENGLISH).map_or(&[], Vec::as_slice)
    }

    /// The tags of those catalogs whose names are more than their language.
    pub fn tags(&self) -> Value {
        json!(self.tags)
    }

    /// What the launcher says in every other language; 0 where that is the English word.
    pub fn labels(&self) -> Value {
        let english = self.english().first();
        let others = self.sentences.iter().filter(|(language, _)| *language != ENGLISH);
        let label = |(language, sentences): (&String, &Vec<String>)| {
            let label = sentences.first().filter(|label| Some(*label) != english);
            (language.clone(), label.map_or(json!(0), |label| json!(label)))
        };
        others.map(label).collect::<Map<_, _>>().into()
    }
}

fn list(english: &Map<String, Value>, catalog: &Map<String, Value>) -> Result<Vec<String>> {
    if let Some(key) = catalog.keys().find(|key| !english.contains_key(*key)) {
        anyhow::bail!("the English catalog has no {key}");
    }
    let text = |key: &String| {
        let text = catalog.get(key).and_then(Value::as_str);
        Ok(text.with_context(|| format!("{key} is missing, or no text"))?.to_owned())
    };
    english.keys().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(json: &Value) -> Map<String, Value> {
        json.as_object().unwrap().clone()
    }

    #[test]
    fn a_list_has_the_order_of_the_english_keys() {
        let english = catalog(&json!({ "b": "B", "a": "A" }));
        let first: Vec<_> = english.keys().cloned().collect();
        let list = list(&english, &catalog(&json!({ "a": "1", "b": "2" }))).unwrap();
        assert_eq!(first, ["b", "a"], "maps keep the order of the file");
        assert_eq!(list, ["2", "1"]);
    }

    #[test]
    fn a_catalog_with_other_keys_is_an_error() {
        let english = catalog(&json!({ "a": "A" }));
        let unknown = list(&english, &catalog(&json!({ "a": "1", "b": "2" }))).unwrap_err();
        let missing = list(&english, &catalog(&json!({}))).unwrap_err();
        assert_eq!(unknown.to_string(), "the English catalog has no b");
        assert_eq!(missing.to_string(), "a is missing, or no text");
    }
}
