//! `embed.js`, assembled from its source and what only the build knows.
//!
//! `src/embed.js` has a placeholder for each such part, written `__NAME__`. The values are
//! JavaScript literals in plain ASCII, since a page of any encoding may load the file.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Map, Value, json};

use crate::{command, css, widget, workspace::Workspace};

/// The name under which the table of settings is printed.
const TABLE: &str = "table";

/// What stands between the glue and `late.js`, which travels with it.
const LATE: &str = "\n// --- late.js ---\n";

/// The folder `cargo xtask embed` writes to.
#[derive(Args)]
pub struct Embed {
    /// The folder to write embed.js into
    #[arg(long, env = "TRUNK_STAGING_DIR")]
    out: PathBuf,
}

impl Embed {
    /// Writes `embed.js` into the folder.
    ///
    /// # Errors
    /// As [`write`].
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        write(workspace, &self.out)
    }
}

/// Writes `embed.js` into a folder, and `late.js` behind the glue that is there.
///
/// # Errors
/// If a source can't be read, a placeholder is missing or unknown, or the file can't be written.
pub fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    let read =
        |path: &str| fs::read_to_string(workspace.root.join(path)).with_context(|| format!("{path} can't be read"));
    let files = json!({ "js": format!("{}.js", widget::NAME), "wasm": format!("{}_bg.wasm", widget::NAME) });
    let mut values = vec![
        ("__CSS__".into(), literal(&css::minified(&read("src/panel/panel.css")?).into())),
        ("__FILES__".into(), literal(&files)),
    ];
    let printed = printed(workspace)?;
    let value = |name: &str| -> Result<(String, String)> {
        let value = printed.get(name).with_context(|| format!("examples/embed.rs printed no {name}"))?;
        Ok((format!("__{}__", name.to_uppercase()), literal(value)))
    };
    for name in ["settings", "copy", "launcher", "shell"] {
        values.push(value(name)?);
    }
    let embed = assemble(&read("src/embed.js")?, &values).context("src/embed.js can't be assembled")?;
    let path = folder.join("embed.js");
    fs::write(&path, embed).with_context(|| format!("{} can't be written", path.display()))?;

    let style = literal(&css::minified(&read("src/panel/late.css")?).into());
    let values = [("__CSS__".into(), style), value("sent")?, value("late")?];
    let late = assemble(&read("src/late.js")?, &values).context("src/late.js can't be assembled")?;
    let path = folder.join(format!("{}.js", widget::NAME));
    let glue = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let glue = glue.split_once(LATE).map_or(&*glue, |(glue, _)| glue);
    fs::write(&path, format!("{glue}{LATE}{late}")).with_context(|| format!("{} can't be written", path.display()))
}

/// The table of settings for the README, in Markdown.
///
/// # Errors
/// If `examples/embed.rs` doesn't print it.
pub fn table(workspace: &Workspace) -> Result<String> {
    let printed = printed(workspace)?;
    let table = printed.get(TABLE).and_then(Value::as_str);
    Ok(table.context("examples/embed.rs printed no table of settings")?.to_owned())
}

/// What the crate knows: a value for each placeholder, and the table of settings.
fn printed(workspace: &Workspace) -> Result<Map<String, Value>> {
    let example = command::cargo(&workspace.root, "run --quiet --package say-so --features ssr --example embed");
    serde_json::from_str(&command::output(example)?).context("examples/embed.rs printed no JSON object")
}

/// The source with each placeholder replaced by its value, which may look like a placeholder itself.
fn assemble(source: &str, values: &[(String, String)]) -> Result<String> {
    if let Some((name, _)) = values.iter().find(|(name, _)| !source.contains(name.as_str())) {
        bail!("the placeholder {name} is missing");
    }
    let mut assembled = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(start) = rest.find("__") {
        let (before, from) = rest.split_at(start);
        assembled.push_str(before);
        let name = placeholder(from);
        match values.iter().find(|(known, _)| known == name) {
            Some((_, value)) => assembled.push_str(value),
            None if name.len() > 4 => bail!("nothing is known to put in place of {name}"),
            None => assembled.push_str(name),
        }
        rest = &from[name.len()..];
    }
    assembled.push_str(rest);
    Ok(assembled)
}

/// The `__NAME__` that the text starts with, or else the two underscores.
fn placeholder(text: &str) -> &str {
    let end = text[2..].find("__").map_or(2, |end| end + 2);
    if text[2..end].bytes().all(|b| b.is_ascii_uppercase() || b == b'_') && end > 2 {
        &text[..end + 2]
    } else {
        &text[..2]
    }
}

/// A value as JavaScript in ASCII.
fn literal(value: &Value) -> String {
    let mut literal = String::new();
    for c in value.to_string().chars() {
        if c.is_ascii() {
            literal.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(literal, "\\u{unit:04x}").expect("a string takes everything");
            }
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Vec<(String, String)> {
        vec![
            ("__FILES__".into(), literal(&json!({"js": "a.js"}))),
            ("__COPY__".into(), literal(&json!("“__FILES__” 🙂"))),
        ]
    }

    #[test]
    fn placeholders_become_literals_once() {
        let source = "const files = __FILES__, copy = __COPY__; x.__proto__ = __x;";
        let expected =
            r#"const files = {"js":"a.js"}, copy = "\u201c__FILES__\u201d \ud83d\ude42"; x.__proto__ = __x;"#;
        assert_eq!(assemble(source, &values()).unwrap(), expected);
    }

    #[test]
    fn a_missing_placeholder_is_named() {
        let error = assemble("const files = __FILES__;", &values()).unwrap_err();
        assert_eq!(error.to_string(), "the placeholder __COPY__ is missing");
    }

    #[test]
    fn a_placeholder_without_a_value_is_named() {
        let error = assemble("__FILES__ __COPY__ __ELSE__", &values()).unwrap_err();
        assert_eq!(error.to_string(), "nothing is known to put in place of __ELSE__");
    }
}
