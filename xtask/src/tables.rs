//! The tables in `src/tables/`: what the widget's JavaScript takes from the code, under names.
//!
//! Git ignores them. Whoever puts the JavaScript together, checks or tests it writes them first.

use std::{collections::BTreeMap, fmt::Write as _, fs};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::{esbuild, locales::Locales, npm, printed, workspace::Workspace};

/// The kinds of feedback, as they stand in keys.
const KINDS: [&str; 3] = ["complaint", "praise", "suggestion"];

/// Writes the tables, as far as they are not what stands there.
///
/// # Errors
/// If esbuild can't be had, a source can't be read, or a table can't be written.
pub fn write(workspace: &Workspace, locales: &Locales) -> Result<()> {
    let printed = printed::read(workspace)?;
    let keys = printed.widget("keys")?.as_array().context("the keys are no list")?;
    let keys: Vec<_> = keys.iter().filter_map(Value::as_str).collect();
    ensure!(keys.len() == locales.english().len(), "the catalogs have other keys than the code");
    let early = printed.widget("early")?.as_u64().and_then(|early| usize::try_from(early).ok());
    let early = locales.english().get(..early.unwrap_or_default()).unwrap_or_default();
    let trees = printed.widget("trees")?.as_object().context("the trees have no names")?;
    let tables = [
        ("words", words(&keys)),
        (
            "languages",
            module(&[
                ("english", "The English sentences of the first screens.", json!(early)),
                ("count", "How many sentences a language has.", json!(keys.len())),
                ("labels", "What the launcher says, by language; 0 where that is the English word.", locales.labels()),
                ("tags", "The BCP 47 tags of languages, where they are more than the language.", locales.tags()),
            ]),
        ),
        (
            "settings",
            module(&[
                ("pattern", "The pattern of a setting and its value.", printed.widget("pattern")?.clone()),
                ("allowed", "What each setting can be, in words.", printed.widget("settings")?.clone()),
                ("fields", "The fields of a body that can be renamed.", printed.widget("wire")?.clone()),
            ]),
        ),
        ("trees", module(&trees.iter().map(|(name, tree)| (name.as_str(), "", tree.clone())).collect::<Vec<_>>())),
        (
            "styles",
            module(&[
                ("first", "Of the launcher and the first screens.", style(workspace, "panel.css")?),
                ("later", "Of the screens after those.", style(workspace, "later.css")?),
                ("answer", "Of what only the panel shows.", style(workspace, "answer.css")?),
            ]),
        ),
    ];
    let folder = workspace.root.join("src/tables");
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    for (name, text) in tables {
        let path = folder.join(name).with_extension("js");
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
        }
    }
    Ok(())
}

fn style(workspace: &Workspace, name: &str) -> Result<Value> {
    let path = workspace.root.join("src/panel").join(name);
    let sheet = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let tools = workspace.root.join("xtask");
    npm::install(&tools, &["esbuild"])?;
    Ok(esbuild::minified_style(&tools, &sheet)?.into())
}

const HEAD: &str = "// Written by cargo xtask from the Rust code and the catalogs.\n";

/// A module of constants: name, what it is, value.
fn module(constants: &[(&str, &str, Value)]) -> String {
    let mut text = String::from(HEAD);
    for (name, what, value) in constants {
        let about = if *name == "labels" || *name == "tags" { " @type {Record<string, any>}" } else { "" };
        let comment = [*what, about].concat();
        if !comment.is_empty() {
            let _ = write!(text, "\n/** {} */", comment.trim());
        }
        let _ = writeln!(text, "\nexport const {name} = {value};");
    }
    text
}

/// The numbers of the sentences, under the names of their keys: `clickOn` for `click.on`. Where three keys differ
/// in the kind only, also an object of the three numbers by kind: `thanksNameOf` for `thanks.complaint.name` and
/// the other two, and `kindOf` for the kinds' own names.
fn words(keys: &[&str]) -> String {
    let mut text = String::from(HEAD);
    let mut families = BTreeMap::<String, Vec<String>>::new();
    for (number, key) in keys.iter().enumerate() {
        let parts: Vec<_> = key.split(['.', '-']).collect();
        let _ = writeln!(text, "export const {} = {number};", camel_case(&parts));
        if let Some(kind) = parts.iter().find(|part| KINDS.contains(part)) {
            let others: Vec<_> = parts.iter().copied().filter(|part| part != kind).collect();
            let name = if others.is_empty() { "kind".into() } else { camel_case(&others) };
            families.entry(name).or_default().push(format!("{kind}: {number}"));
        }
    }
    for (name, members) in families.iter().filter(|(_, members)| members.len() == KINDS.len()) {
        let _ = writeln!(text, "export const {name}Of = {{ {} }};", members.join(", "));
    }
    text
}

fn camel_case(parts: &[&str]) -> String {
    let mut name = String::new();
    for part in parts {
        let (first, rest) = part.split_at(part.len().min(1));
        name.push_str(&if name.is_empty() { first.into() } else { first.to_uppercase() });
        name.push_str(rest);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_sentence_goes_by_its_key_and_three_by_their_kind() {
        let keys = ["click.on", "complaint", "praise", "suggestion", "error.message.empty", "copy-words"];
        let thanks = ["thanks.complaint.name", "thanks.praise.name", "thanks.suggestion.name"];
        let text = words(&[&keys[..], &thanks].concat());
        for line in [
            "export const clickOn = 0;",
            "export const complaint = 1;",
            "export const errorMessageEmpty = 4;",
            "export const copyWords = 5;",
            "export const kindOf = { complaint: 1, praise: 2, suggestion: 3 };",
            "export const thanksNameOf = { complaint: 6, praise: 7, suggestion: 8 };",
        ] {
            assert!(text.contains(line), "there is no {line} in {text}");
        }
    }
}
