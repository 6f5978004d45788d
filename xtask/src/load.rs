//! What a collector can take, measured on a real one.
//!
//! The figures are those of one machine, and only as steady as it is idle; no test depends on them.

use std::{env, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{command, debian, workspace::Workspace};

/// What is measured.
#[derive(Args)]
pub struct Load {
    /// Only on sqlite, or only on postgres
    #[arg(long)]
    only: Option<String>,
    /// Only one part: rates, inbox or counting
    #[arg(long)]
    part: Option<String>,
}

impl Load {
    /// Builds the collector's release, and prints how many messages a second it keeps and how soon it says so, what it
    /// does when there are far too many, how long the inbox takes, and what counting costs posting.
    ///
    /// # Errors
    /// If a build or the collector fails, or if posting falls to nine tenths or less while 1,000 steps a second are
    /// counted.
    pub fn measure(&self, workspace: &Workspace) -> Result<()> {
        debian::postgresql()?;
        // Both at once: alone, the collector would be built once more, without what examples need of its dependencies.
        let build = "build --quiet --release --package say-so-collector --bin say-so --example load";
        command::run(command::cargo(&workspace.root, build))?;
        let program = workspace.collector_release();
        let example = program.with_file_name("examples").join(format!("load{}", env::consts::EXE_SUFFIX));
        let mut measured = Command::new(example);
        measured.arg(program);
        measured.args(self.only.iter().flat_map(|only| ["--only", only]));
        measured.args(self.part.iter().flat_map(|part| ["--part", part]));
        command::run(measured)
    }
}
