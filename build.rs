//! Turns the English catalog into the list of its keys, and its sentences for native builds.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let source = "src/wording/locales/en.json";
    println!("cargo::rerun-if-changed={source}");
    let catalog: Map<String, Value> =
        serde_json::from_str(&fs::read_to_string(source)?).map_err(|error| format!("{source}: {error}"))?;
    let mut variants = String::new();
    let mut names = String::new();
    let mut sentences = String::new();
    let mut all = String::new();
    for (key, text) in &catalog {
        let text = text.as_str().ok_or_else(|| format!("{source}: {key} must be a text"))?;
        writeln!(variants, "    /// In English: {}\n    {},", text.replace('<', "&lt;"), variant(key))?;
        writeln!(all, "    Key::{},", variant(key))?;
        writeln!(names, "    {key:?},")?;
        writeln!(sentences, "    {text:?},")?;
    }
    let count = catalog.len();
    let keys = format!(
        "/// The name of a sentence, in the order of the catalog.\n\
         #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         #[repr(u8)]\n\
         pub enum Key {{\n{variants}}}\n\n\
         /// How many sentences a catalog has.\n\
         pub const COUNT: usize = {count};\n\n\
         /// Every key, in order.\n\
         pub const KEYS: [Key; COUNT] = [\n{all}];\n\n\
         /// The keys as they are written in catalogs, by [`Key`].\n\
         pub const NAMES: [&str; COUNT] = [\n{names}];\n\n\
         /// The English sentences, by [`Key`].\n\
         pub const ENGLISH: [&str; COUNT] = [\n{sentences}];\n"
    );
    fs::write(Path::new(&env::var("OUT_DIR")?).join("keys.rs"), keys)?;
    Ok(())
}

/// `KeptNext` for `kept.next`.
fn variant(key: &str) -> String {
    let mut variant = String::new();
    for word in key.split(['.', '-']) {
        let (first, rest) = word.split_at(1);
        variant.push_str(&first.to_uppercase());
        variant.push_str(rest);
    }
    variant
}
