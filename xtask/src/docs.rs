//! What the documents take from the code: the README's table of settings, and the reference and the
//! JSON Schema of a site's file.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::{printed, workspace::Workspace};

/// The documents that have parts from the code, each between two marks of its name.
const DOCUMENTS: [(&str, &[&str]); 2] =
    [("README.md", &["settings"]), ("docs/config.md", &["members", "languages", "sentences"])];

/// The documents whose claims name the tests behind them, and the folders in which those stand.
const BACKED: [(&str, &[&str]); 3] = [
    ("docs/pages.md", &["tests/browsers"]),
    ("docs/endpoints.md", &["tests/browsers"]),
    ("docs/security.md", &["collector/tests/collector", "collector/src", "tests/browsers"]),
];

/// The JSON Schema of a site's file.
const SCHEMA: &str = "docs/say-so.schema.json";

/// Writes the parts into the documents, and the schema.
///
/// # Errors
/// If a document has no place for its part, or a file can't be read or written.
pub fn write(workspace: &Workspace) -> Result<()> {
    for (name, text) in expected(workspace)? {
        fs::write(workspace.root.join(name), text).with_context(|| format!("{name} can't be written"))?;
    }
    Ok(())
}

/// Makes sure that the files say what the code says.
///
/// # Errors
/// The first file that doesn't.
pub fn check(workspace: &Workspace) -> Result<()> {
    for (name, text) in expected(workspace)? {
        let stands = fs::read_to_string(workspace.root.join(name)).unwrap_or_default();
        ensure!(stands == text, "{name} is out of date: `cargo xtask docs` writes it");
    }
    for (name, folders) in BACKED {
        let text = fs::read_to_string(workspace.root.join(name)).with_context(|| format!("{name} can't be read"))?;
        for (module, function) in tests_in(&text) {
            let is_there = folders.iter().any(|folder| {
                let file = workspace.root.join(folder).join(module).with_extension("rs");
                has_test(&fs::read_to_string(file).unwrap_or_default(), function)
            });
            ensure!(is_there, "{name} names the test {module}::{function}, which is not there");
        }
    }
    Ok(())
}

/// Whether a file has a test of that name: a function under an attribute that says so, or one of the browser tests, which
/// are public.
fn has_test(source: &str, function: &str) -> bool {
    let mut before = "";
    source.lines().map(str::trim).any(|line| {
        let attribute = std::mem::replace(&mut before, line);
        let is_test = attribute.starts_with("#[") && attribute.contains("test");
        let head = line
            .strip_prefix("pub async fn ")
            .or_else(|| line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn ")).filter(|_| is_test));
        head.and_then(|head| head.strip_prefix(function)).is_some_and(|rest| rest.starts_with('('))
    })
}

/// The tests that a text names, each as `module::function` in code; a module may stand in folders, as in `inbox/text`.
fn tests_in(text: &str) -> Vec<(&str, &str)> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || "_0123456789".contains(letter))
    };
    let tests = text.split('`').filter_map(|code| code.split_once("::"));
    tests.filter(|(module, function)| module.split('/').all(is_name) && is_name(function)).collect()
}

/// Every file, by name, as it should be.
fn expected(workspace: &Workspace) -> Result<Vec<(&'static str, String)>> {
    let printed = printed::read(workspace)?;
    let part = |name: &str| printed.document(name);
    let mut files = vec![(SCHEMA, format!("{:#}\n", part("schema")?))];
    for (name, parts) in DOCUMENTS {
        let text = fs::read_to_string(workspace.root.join(name)).with_context(|| format!("{name} can't be read"))?;
        let filled = parts.iter().try_fold(text, |text, mark| {
            filled(&text, mark, part(mark)?.as_str().unwrap_or_default()).with_context(|| name.to_owned())
        });
        files.push((name, filled?));
    }
    Ok(files)
}

/// The text with the part between its two marks.
fn filled(text: &str, mark: &str, part: &str) -> Result<String> {
    let (start, end) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let missing = || format!("there is no {}…{end}", start.replace('\n', " "));
    let (before, rest) = text.split_once(&start).with_context(missing)?;
    let (_, after) = rest.split_once(&end).with_context(missing)?;
    Ok(format!("{before}{start}\n{}\n\n{end}{after}", part.trim()))
}

#[cfg(test)]
mod tests {
    use super::{filled, has_test, tests_in};

    #[test]
    fn a_test_is_named_by_its_module_and_function() {
        let text = "`tag::twice` and `say-so`, `a::b_2`; `Type::new`, `x::`, tag::bare, `a/b::c`, `/b::c`";
        assert_eq!(tests_in(text), [("tag", "twice"), ("a", "b_2"), ("a/b", "c")]);
    }

    #[test]
    fn a_test_says_that_it_is_one() {
        let source =
            "#[tokio::test]\nasync fn one() {\n    #[test]\n    fn two() {\npub async fn three(x: X) {\nfn four() {";
        for (name, is_there) in [("one", true), ("two", true), ("three", true), ("four", false), ("on", false)] {
            assert_eq!(has_test(source, name), is_there, "{name}");
        }
    }

    #[test]
    fn a_part_stands_between_its_marks() {
        let text = "a\n<!-- x -->\nold\n<!-- /x -->\nb\n<!-- y -->\n<!-- /y -->\n";
        let once = filled(text, "x", "| x |\n").unwrap();
        assert_eq!(once, "a\n<!-- x -->\n\n| x |\n\n<!-- /x -->\nb\n<!-- y -->\n<!-- /y -->\n");
        assert_eq!(filled(&once, "x", "| x |").unwrap(), once);
    }

    #[test]
    fn a_text_without_marks_is_an_error() {
        for text in ["a\n", "<!-- x -->\n", "<!-- /x -->\n<!-- x -->\n"] {
            let error = filled(text, "x", "| x |").unwrap_err();
            assert_eq!(error.to_string(), "there is no <!-- x --> …<!-- /x -->");
        }
    }
}
