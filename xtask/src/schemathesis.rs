//! Requests that nobody here has thought of, made from the collector's own description.

use std::{
    fs,
    path::Path,
    process::{self, Command},
};

use anyhow::Result;

use crate::{collector::Collector, command, workspace::Workspace};

/// What makes them, and what it is called at Python's package index.
const PACKAGE: &str = "schemathesis==4.32.5";

/// Builds the collector and has schemathesis ask it what its `/openapi.json` lets it be asked and what it doesn't, with
/// all checks. It is installed into `target/schemathesis`, which needs Python 3 with venv, and a network once; so it is no
/// part of `cargo xtask test`.
///
/// # Errors
/// If it can't be installed, or a check fails.
pub fn run(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root.join("target/schemathesis");
    let program = folder.join("bin/st");
    if !program.is_file() {
        command::run(asked(Path::new("python3"), &["-m", "venv", "."], &folder)?)?;
        command::run(asked(&folder.join("bin/pip"), &["install", "--quiet", PACKAGE], &folder)?)?;
    }
    command::run(command::cargo(&workspace.root, "build --package say-so-collector"))?;
    // Each run has a database of its own: what was posted once is refused when it comes in other words.
    let database = folder.join(format!("{}.db", process::id()));
    let url = format!("sqlite://{}", database.display());
    let unlimited = ["--rate-limit", "0", "--site-rate-limit", "0", "--site-posts-per-day", "0"];
    let told = ["--listen", "127.0.0.1:0", "--connections-per-address", "0", "--database", &url];
    let collector = Collector::start(workspace, told.into_iter().chain(unlimited), None)?;
    let document = format!("{}/openapi.json", collector.address);
    let told =
        ["run", &document, "--checks", "all", "--max-examples", "100", "--continue-on-failure", "--warnings", "off"];
    let mut asking = asked(&program, &told, &folder)?;
    // Nothing is written beside the hooks.
    asking.env("PYTHONDONTWRITEBYTECODE", "1");
    asking.env("SCHEMATHESIS_HOOKS", workspace.root.join("collector/schemathesis/hooks.py"));
    let done = command::run(asking);
    drop(collector);
    fs::remove_file(database)?;
    done
}

/// A program with its arguments, run in a folder that is made if it is missing.
fn asked(program: &Path, arguments: &[&str], folder: &Path) -> Result<Command> {
    fs::create_dir_all(folder)?;
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder);
    Ok(command)
}
