//! The README's pictures, taken of the real widget in a real browser.

use anyhow::Result;

use crate::{browsers, workspace::Workspace};

/// Takes the pictures into `www/pictures/`.
///
/// # Errors
/// If the widget, the collector or a browser is missing or fails.
pub fn take(workspace: &Workspace) -> Result<()> {
    browsers::set_up(workspace)?;
    browsers::build(workspace)?;
    browsers::run(workspace, "run --quiet --package say-so-tests --example pictures --", &["www/pictures".into()])
}
