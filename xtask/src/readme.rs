//! The README's table of settings, written from the one in the code.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{embed, workspace::Workspace};

const START: &str = "<!-- settings -->\n";
const END: &str = "<!-- /settings -->";

/// Writes the table into the README.
///
/// # Errors
/// If the README has no place for it, or can't be read or written.
pub fn write(workspace: &Workspace) -> Result<()> {
    let path = workspace.root.join("README.md");
    fs::write(&path, expected(workspace)?).with_context(|| format!("{} can't be written", path.display()))
}

/// Makes sure that the table in the README is the one in the code.
///
/// # Errors
/// If it isn't.
pub fn check(workspace: &Workspace) -> Result<()> {
    let stands = fs::read_to_string(workspace.root.join("README.md"))?;
    ensure!(stands == expected(workspace)?, "the README's settings are out of date: `cargo xtask readme` writes them");
    Ok(())
}

fn expected(workspace: &Workspace) -> Result<String> {
    let readme = fs::read_to_string(workspace.root.join("README.md")).context("README.md can't be read")?;
    filled(&readme, &embed::table(workspace)?)
}

/// The text with the table between its two marks.
fn filled(readme: &str, table: &str) -> Result<String> {
    let missing = || format!("README.md has no {} … {END}", START.trim_end());
    let (before, rest) = readme.split_once(START).with_context(missing)?;
    let (_, after) = rest.split_once(END).with_context(missing)?;
    Ok(format!("{before}{START}\n{}\n\n{END}{after}", table.trim()))
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn the_table_stands_between_its_marks() {
        let readme = "a\n<!-- settings -->\nold\n<!-- /settings -->\nb\n";
        let once = filled(readme, "| x |\n").unwrap();
        assert_eq!(once, "a\n<!-- settings -->\n\n| x |\n\n<!-- /settings -->\nb\n");
        assert_eq!(filled(&once, "| x |").unwrap(), once);
    }

    #[test]
    fn a_readme_without_marks_is_an_error() {
        assert!(filled("a\n", "| x |").unwrap_err().to_string().contains("<!-- settings -->"));
    }
}
