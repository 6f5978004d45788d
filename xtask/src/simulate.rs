//! How often the statistics of the wordings are wrong, and how soon they are right.

use anyhow::Result;

use crate::{command, workspace::Workspace};

/// Runs thousands of made-up experiments, and prints the tables that stand in docs/wordings.md.
///
/// # Errors
/// If the build fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    command::run(command::cargo(&workspace.root, "run --release --package say-so-collector --example simulate"))
}
