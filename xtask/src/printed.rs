//! What `xtask/print` prints: what JavaScript and the documents take from the code.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::{command, workspace::Workspace};

/// A JSON object, with one for each of the two.
pub struct Printed(Value);

/// Has it printed.
///
/// # Errors
/// If it doesn't compile, or prints something else.
pub fn read(workspace: &Workspace) -> Result<Printed> {
    let print = command::cargo(&workspace.root, "run --quiet --package say-so-print");
    Ok(Printed(serde_json::from_str(&command::output(print)?).context("say-so-print printed no JSON")?))
}

impl Printed {
    /// What a document takes, by name.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn document(&self, name: &str) -> Result<&Value> {
        self.0["documents"].get(name).with_context(|| format!("say-so-print printed no {name} for documents"))
    }

    /// What the widget's JavaScript takes, by name.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn widget(&self, name: &str) -> Result<&Value> {
        self.0["widget"].get(name).with_context(|| format!("say-so-print printed no {name} for the widget"))
    }
}
