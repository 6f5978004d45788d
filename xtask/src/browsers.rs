//! What the browser tests need: browsers, their drivers, libraries from npm, the widget and the collector.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::{command, debian, npm, toolchain, workspace::Workspace};

/// The version of geckodriver that is built when there is none.
const GECKODRIVER: &str = "0.37.1";

/// A program, and the Debian package it comes in.
const PROGRAMS: [(&str, &str); 5] = [
    ("chromium", "chromium"),
    ("chromedriver", "chromium-driver"),
    ("firefox-esr", "firefox-esr"),
    ("WebKitWebDriver", "webkit2gtk-driver"),
    ("Xvfb", "xvfb"),
];

/// Installs what is missing, and says so.
///
/// # Errors
/// One line saying what to install, if it can't be installed from here.
pub fn set_up(workspace: &Workspace) -> Result<()> {
    debian::programs(&PROGRAMS)?;
    toolchain::program(workspace, "geckodriver", GECKODRIVER, &[])?;
    // They bundle the libraries of their pages.
    npm::install(&workspace.root.join("xtask"), &["esbuild"])?;
    npm::install_all(&workspace.root.join("tests")).context("the browser tests need the libraries of their pages")
}

/// Where Chromium is, installed if it is missing.
///
/// # Errors
/// As [`set_up`].
pub fn chromium() -> Result<PathBuf> {
    debian::programs(&PROGRAMS[..1])?;
    command::find("chromium").context("chromium is not on the search path")
}

/// Builds the collector. The widget is the release, as visitors get it.
///
/// # Errors
/// If the build fails.
pub fn build(workspace: &Workspace) -> Result<()> {
    command::run(command::cargo(&workspace.root, "build --package say-so-collector"))
}

/// Runs a command of cargo's with every driver on the search path.
///
/// # Errors
/// If it fails.
pub fn run(workspace: &Workspace, arguments: &str, more: &[String]) -> Result<()> {
    let mut cargo = command::cargo(&workspace.root, arguments);
    cargo.args(more).env("PATH", command::path_with(&workspace.tools().join("bin"))?);
    command::run(cargo)
}
