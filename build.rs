//! Turns the English catalog into a table that the widget carries without a JSON parser.

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let source = "src/wording/locales/en.json";
    println!("cargo::rerun-if-changed={source}");
    let catalog: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(source)?).map_err(|error| format!("{source}: {error}"))?;
    let mut table = String::from("&[\n");
    for (key, text) in &catalog {
        writeln!(table, "    ({key:?}, {text:?}),")?;
    }
    table.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("english.rs"), table)?;
    Ok(())
}
