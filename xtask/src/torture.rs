//! Collectors and databases that are ended at any moment while many post, and whether all is there that was acknowledged.

use std::{env, path::Path, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{command, debian, workspace::Workspace};

/// How many rounds with a kill on each database are a part of `cargo xtask test`; one with a stop comes between them.
const A_FEW: &str = "2";

/// How long collectors and databases are tortured, and which.
#[derive(Args)]
pub struct Torture {
    /// In how many rounds something is killed, on each database; in a few more a collector is asked to stop
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Only on sqlite, or only on postgres
    #[arg(long)]
    only: Option<String>,
}

impl Torture {
    /// Builds the collector's release, and kills it and its databases.
    ///
    /// # Errors
    /// If a build fails, or something is lost, kept twice or answered wrongly.
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        let only = self.only.iter().flat_map(|only| ["--only", only]);
        torture(workspace, "--release", &workspace.collector_release(), &self.rounds.to_string(), only)
    }
}

/// The same in a few rounds, with the collector as its tests have it.
///
/// # Errors
/// As for [`Torture::run`].
pub fn a_little(workspace: &Workspace) -> Result<()> {
    torture(workspace, "", &workspace.collector(), A_FEW, [])
}

fn torture<'a>(
    workspace: &Workspace,
    profile: &str,
    program: &Path,
    rounds: &str,
    only: impl IntoIterator<Item = &'a str>,
) -> Result<()> {
    debian::postgresql()?;
    // Both at once: alone, the collector would be built once more, without what examples need of its dependencies.
    let build = format!("build --quiet {profile} --package say-so-collector --bin say-so --example torture");
    command::run(command::cargo(&workspace.root, &build))?;
    let example = program.with_file_name("examples").join(format!("torture{}", env::consts::EXE_SUFFIX));
    let mut tortured = Command::new(example);
    tortured.arg(program).args(["--rounds", rounds]).args(only);
    command::run(tortured)
}
