//! Where the workspace and its build output are.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;

/// The workspace's folders.
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's target folder.
    pub target: PathBuf,
}

impl Workspace {
    /// The workspace that the current folder belongs to.
    ///
    /// # Errors
    /// If `cargo metadata` fails.
    pub fn find() -> Result<Self> {
        let here = env::current_dir()?;
        let metadata = command::output(command::cargo(&here, "metadata --no-deps --format-version 1"))?;
        let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
        let folder = |key: &str| {
            metadata[key].as_str().map(PathBuf::from).with_context(|| format!("cargo metadata names no {key}"))
        };
        Ok(Self { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// Where the widget's files are built: what a visitor's browser loads.
    pub fn widget(&self) -> PathBuf {
        self.target.join("widget")
    }

    /// Where the release is built: what the npm package holds.
    pub fn release(&self) -> PathBuf {
        self.root.join("pkg/dist")
    }

    /// The collector, built for debugging.
    pub fn collector(&self) -> PathBuf {
        self.target.join("debug").join(format!("say-so{}", env::consts::EXE_SUFFIX))
    }

    /// The collector as it is released.
    pub fn collector_release(&self) -> PathBuf {
        self.target.join("release").join(format!("say-so{}", env::consts::EXE_SUFFIX))
    }

    /// Where `cargo install --root` puts the tools that the tests need.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// A path as a person in the root folder would write it.
    pub fn shown<'a>(&self, path: &'a Path) -> std::path::Display<'a> {
        path.strip_prefix(&self.root).unwrap_or(path).display()
    }
}
