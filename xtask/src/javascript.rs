//! The checks of the widget's JavaScript: its types, and the tests of what needs no browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{command, locales::Locales, npm, tables, workspace::Workspace};

/// Checks the types in `src/`, which stand in its comments.
///
/// # Errors
/// If TypeScript can't be had, or finds something.
pub fn types(workspace: &Workspace) -> Result<()> {
    let tools = workspace.root.join("xtask");
    npm::install(&tools, &["typescript"])?;
    tables::write(workspace, &Locales::read(workspace)?)?;
    let mut tsc = Command::new(npm::program(&tools, "tsc"));
    tsc.current_dir(&workspace.root).args(["--project", "."]);
    command::run(tsc)
}

/// Runs the tests beside the modules, `*.test.js`, in Node.js.
///
/// # Errors
/// If there is no Node.js, or a test fails.
pub fn tests(workspace: &Workspace) -> Result<()> {
    tables::write(workspace, &Locales::read(workspace)?)?;
    let mut node = Command::new("node");
    // Not every version of it looks for them in a folder.
    node.current_dir(&workspace.root).args(["--test", "--test-reporter=dot"]);
    node.args(tests_in(&workspace.root.join("src"))?);
    command::run(node).context("the tests in src/ need Node.js, 20 or later, and pass")
}

/// The files in a folder, and in its folders, that end in `.test.js`.
fn tests_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut tests = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} can't be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            tests.extend(tests_in(&path)?);
        } else if path.to_string_lossy().ends_with(".test.js") {
            tests.push(path);
        }
    }
    Ok(tests)
}
