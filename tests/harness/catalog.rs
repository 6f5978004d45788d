//! The sentences of every language, as the project has them.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

/// The sentence of a key in the catalog of that tag, such as `pt-BR`.
///
/// # Errors
/// If there is no such catalog, or no such key in it.
pub fn said(tag: &str, key: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/wording/locales").join(tag).with_extension("json");
    let text = fs::read_to_string(&path).with_context(|| format!("there is no catalog {tag}"))?;
    let catalog: Value = serde_json::from_str(&text)?;
    Ok(catalog[key].as_str().with_context(|| format!("{tag} has no {key}"))?.to_owned())
}
