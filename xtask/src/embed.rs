//! `embed.js` and `shell.js`, assembled from their sources and what only the build knows.
//!
//! A source has a placeholder for each such part, written `__NAME__`. The values are
//! JavaScript literals in plain ASCII, since a page of any encoding may load the file.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use crate::{command, css, glue::Glue, locales::Locales, toolchain::WASM, widget, workspace::Workspace};

/// What `cargo xtask embed` writes, and where to.
#[derive(Args)]
pub struct Embed {
    /// The folder to write the widget's files into
    #[arg(long, env = "TRUNK_STAGING_DIR")]
    out: PathBuf,
    /// How cargo has built the wasm
    #[arg(long, env = "TRUNK_PROFILE")]
    profile: Profile,
}

/// Trunk's names for its two ways to build.
#[derive(Clone, Copy, ValueEnum)]
enum Profile {
    /// `trunk serve` and `trunk build`
    Debug,
    /// `trunk build --release`
    Release,
}

impl Embed {
    /// Writes all that a visitor's browser loads into the folder. Trunk has its own glue there by then, which ours
    /// takes the place of.
    ///
    /// # Errors
    /// As [`write`] and [`Glue::write`].
    pub fn run(&self, workspace: &Workspace) -> Result<()> {
        // As www/index.html names them to Trunk.
        let profile = match self.profile {
            Profile::Debug => "trunk",
            Profile::Release => "widget",
        };
        let wasm = workspace.target.join(WASM).join(profile).join("say_so.wasm");
        Glue::bind(workspace, &wasm)?.write(&self.out)?;
        write(workspace, &self.out)
    }
}

/// A built file: its name, and its integrity as `fetch` checks it (empty for none).
pub type File = (String, String);

/// The files that `shell.js` imports.
const MODULES: [&str; 7] =
    ["catalog.js", "clock.js", "confirmation.js", "draft.js", "page.js", "post.js", "receipt.js"];

/// Writes `embed.js` and what it asks for, `shell.js` with its modules and the languages, into a folder.
///
/// # Errors
/// If a source can't be read, a placeholder is missing or unknown, or a file can't be written.
pub fn write(workspace: &Workspace, folder: &Path) -> Result<()> {
    let printed = printed(workspace)?;
    let unchecked = |name: String| (name, String::new());
    let glue = unchecked(format!("{}.js", widget::NAME));
    let wasm = unchecked(format!("{}_bg.wasm", widget::NAME));
    let save = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))
    };
    for (name, text) in modules(workspace, &printed)? {
        save(name, text)?;
    }
    let locales = Locales::read(workspace)?;
    for (name, text) in locales.files(DEVELOPED) {
        save(&name, text)?;
    }
    save("site.js", site(workspace, &printed)?)?;
    save("shell.js", shell(workspace, &printed, &glue, &wasm, &unchecked("site.js".into()))?)?;
    save("embed.js", embed(workspace, &printed, &locales, DEVELOPED, &unchecked("shell.js".into()))?)
}

/// What follows the language in a language file's name while one develops.
const DEVELOPED: &str = ".json";

/// `embed.js`, which asks for `shell` and for a language's file, whose name ends in `ending`.
///
/// # Errors
/// If a source can't be read, or a placeholder is missing or unknown.
pub fn embed(
    workspace: &Workspace,
    printed: &Printed,
    locales: &Locales,
    ending: &str,
    shell: &File,
) -> Result<String> {
    let values = vec![
        ("__CSS__".into(), style(workspace, "panel.css")?),
        ("__FILE__".into(), literal(&json!(shell))),
        ("__LABELS__".into(), literal(&locales.labels())),
        ("__LOCALES__".into(), literal(&json!(ending))),
    ];
    filled(workspace, printed, "embed.js", &["valid", "copy", "launcher", "shell"], values)
}

/// The files that `shell.js` and `site.js` import: name and text.
///
/// # Errors
/// If a source can't be read, or a placeholder is missing or unknown.
pub fn modules(workspace: &Workspace, printed: &Printed) -> Result<Vec<(&'static str, String)>> {
    let module = |name| {
        let carried = if name == "catalog.js" { &["words"][..] } else { &[] };
        Ok((name, filled(workspace, printed, name, carried, Vec::new())?))
    };
    MODULES.into_iter().map(module).collect()
}

/// `site.js`, which imports modules too.
///
/// # Errors
/// If a source can't be read, or a placeholder is missing or unknown.
pub fn site(workspace: &Workspace, printed: &Printed) -> Result<String> {
    filled(workspace, printed, "site.js", &["names", "settings", "shape", "wire"], Vec::new())
}

/// A source with what the crate knows, the numbers of the sentences that it names, and more values.
fn filled(
    workspace: &Workspace,
    printed: &Printed,
    name: &str,
    known: &[&str],
    mut values: Vec<(String, String)>,
) -> Result<String> {
    let source = source(workspace, name)?;
    values.extend(carried(printed, known)?);
    values.extend(numbers(printed, &source)?);
    assemble(&source, &values).with_context(|| format!("src/{name} can't be assembled"))
}

/// `shell.js`, which imports its modules and asks for the glue, the wasm and `site.js`.
///
/// # Errors
/// If a source can't be read, or a placeholder is missing or unknown.
pub fn shell(workspace: &Workspace, printed: &Printed, glue: &File, wasm: &File, site: &File) -> Result<String> {
    let files = json!({ "js": glue, "wasm": wasm, "site": site });
    let values = vec![("__CSS__".into(), style(workspace, "shell.css")?), ("__FILES__".into(), literal(&files))];
    filled(workspace, printed, "shell.js", &["problem", "fields", "sent"], values)
}

/// The text of a source file in `src/`.
///
/// # Errors
/// If it can't be read.
pub fn source(workspace: &Workspace, name: &str) -> Result<String> {
    fs::read_to_string(workspace.root.join("src").join(name)).with_context(|| format!("src/{name} can't be read"))
}

fn style(workspace: &Workspace, name: &str) -> Result<String> {
    Ok(literal(&css::minified(&source(workspace, &format!("panel/{name}"))?).into()))
}

fn carried(printed: &Printed, names: &[&str]) -> Result<Vec<(String, String)>> {
    let carried = names.iter().map(|name| {
        let value = printed.get(*name).with_context(|| format!("examples/embed.rs printed no {name}"))?;
        Ok((format!("__{}__", name.to_uppercase()), literal(value)))
    });
    carried.collect()
}

/// The numbers of the sentences that a source names, such as `__AT_CLICK_ON__` for `click.on`.
fn numbers(printed: &Printed, source: &str) -> Result<Vec<(String, String)>> {
    let names = printed.get("names").and_then(Value::as_array).context("examples/embed.rs printed no names")?;
    let number = |(at, name): (usize, &Value)| {
        let name = name.as_str().unwrap_or_default().to_uppercase().replace(['.', '-'], "_");
        (format!("__AT_{name}__"), at.to_string())
    };
    Ok(names.iter().enumerate().map(number).filter(|(name, _)| source.contains(name.as_str())).collect())
}

/// What `examples/embed.rs` prints: a value for each placeholder.
pub type Printed = Map<String, Value>;

/// What the crate knows: a value for each placeholder.
///
/// # Errors
/// If `examples/embed.rs` doesn't print it.
pub fn printed(workspace: &Workspace) -> Result<Printed> {
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
