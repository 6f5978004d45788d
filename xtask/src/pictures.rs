//! Pictures of the real widget in a real browser: the README's, or every screen.

use anyhow::Result;
use clap::Args;

use crate::{browsers, workspace::Workspace};

/// Which pictures are taken.
#[derive(Args)]
pub struct Pictures {
    /// Every screen in four languages, light and dark, on phones and desks, into target/gallery/
    #[arg(long)]
    all: bool,
}

impl Pictures {
    /// Takes the README's pictures into `www/pictures/`, or every screen into `target/gallery/`.
    ///
    /// # Errors
    /// If the widget, the collector or a browser is missing or fails.
    pub fn take(&self, workspace: &Workspace) -> Result<()> {
        browsers::set_up(workspace)?;
        browsers::build(workspace)?;
        let gallery = workspace.target.join("gallery");
        let (example, folder) =
            if self.all { ("gallery", gallery) } else { ("pictures", workspace.root.join("www/pictures")) };
        let command = format!("run --quiet --package say-so-tests --example {example} --");
        browsers::run(workspace, &command, &[folder.to_string_lossy().into_owned()])
    }
}
