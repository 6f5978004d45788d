//! What counting costs posting, measured on a real collector.
//!
//! The figures are those of one machine, and only as steady as it is idle; no test depends on them.

use anyhow::Result;

use crate::{command, workspace::Workspace};

/// Builds the collector's release, and prints how many messages a second it takes alone and while 1,000 steps a second
/// are counted.
///
/// # Errors
/// If a build or the collector fails, or if posting falls to nine tenths or less.
pub fn measure(workspace: &Workspace) -> Result<()> {
    command::run(command::cargo(&workspace.root, "build --quiet --release --package say-so-collector"))?;
    let example = "run --quiet --release --package say-so-collector --example load --";
    let mut measured = command::cargo(&workspace.root, example);
    measured.arg(workspace.collector_release());
    command::run(measured)
}
