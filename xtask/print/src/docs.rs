//! For the documents: tables in Markdown of the settings, of the members of a site's file and of the
//! sentences, and the JSON Schema of a site's file.

use std::{collections::BTreeSet, error::Error, fs, path::Path};

use say_so::{
    config::{SETTINGS, Values, site::Site},
    wording::{ENGLISH, NAMES},
};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The languages that the panel speaks, from the names of the catalogs.
fn locales() -> Result<BTreeSet<String>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/wording/locales");
    let mut locales = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        locales.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    Ok(locales)
}

/// The placeholders of a sentence, such as `{reader}`, in the order in which they stand.
fn placeholders(sentence: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = sentence;
    while let Some((start, end)) = rest.find('{').zip(rest.find('}')) {
        found.push(&rest[start..=end]);
        rest = &rest[end + 1..];
    }
    found
}

/// The schema of a site's file. In `wording` and in the variants of experiments it knows the languages and the keys.
fn schema(locales: &BTreeSet<String>) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    let mut schema: Value = settings.into_generator().into_root_schema_for::<Site>().into();
    plain(&mut schema);
    schema["title"] = "A site’s file for Say-so".into();
    let by_locale: Map<_, _> =
        locales.iter().map(|locale| (locale.clone(), json!({ "$ref": "#/$defs/sentences" }))).collect();
    let members = &mut schema["properties"];
    for wording in [
        "/wording",
        "/experiments/items/properties/variants/items/properties/wording",
        "/experiment/properties/variants/additionalProperties",
    ] {
        let wording = members.pointer_mut(wording).expect("the schema has that member");
        wording["additionalProperties"] = false.into();
        wording["properties"] = by_locale.clone().into();
    }
    for (at, stricter) in [
        ("/experiments/items", json!({ "required": ["id", "variants"] })),
        ("/experiments/items/properties/id", id()),
        ("/experiments/items/properties/variants", json!({ "minItems": 2, "maxItems": 20 })),
        ("/experiments/items/properties/variants/items", json!({ "required": ["id"] })),
        ("/experiments/items/properties/variants/items/properties/id", id()),
        (
            "/experiments/items/properties/variants/items/properties/weight",
            json!({ "type": "integer", "minimum": 0, "maximum": 1000 }),
        ),
    ] {
        let member = members.pointer_mut(at).and_then(Value::as_object_mut).expect("the schema has that member");
        member.extend(stricter.as_object().cloned().unwrap_or_default());
    }
    schema["$defs"] = json!({ "sentences": sentences() });
    schema
}

/// What an id is made of.
fn id() -> Value {
    json!({ "pattern": "^[A-Za-z0-9_.-]{1,64}$" })
}

/// The schema of a language's sentences: each key, with what it says in English.
fn sentences() -> Value {
    let sentence = |(name, english): (&&str, &str)| {
        let must = match placeholders(english).as_slice() {
            [] => String::new(),
            holes => format!(" It holds {}.", holes.join(" and ")),
        };
        (String::from(*name), json!({ "type": "string", "description": format!("In English: “{english}”{must}") }))
    };
    let properties: Map<_, _> = NAMES.iter().zip(ENGLISH).map(sentence).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// Takes out the defaults, which are all nothing, and how numbers are held in Rust, and gives descriptions one line and the apostrophes of a book.
fn plain(schema: &mut Value) {
    let Value::Object(members) = schema else { return };
    members.remove("default");
    members.remove("format");
    for (name, value) in members {
        match value {
            Value::String(text) if name == "description" => {
                *text = text.replace('\'', "’").replace("\n\n", " ").replace('\n', " ")
            }
            value => plain(value),
        }
    }
}

/// The table of settings, in Markdown.
fn settings() -> String {
    let mut table = String::from("| Attribute | Values | If not set | What it does |\n| --- | --- | --- | --- |\n");
    for setting in SETTINGS {
        let values = match setting.values {
            Values::Address => "an http or https address".into(),
            Values::WholeAddress => "a whole http or https address".into(),
            Values::Site => "1 to 64 of `a-z 0-9 . -`".into(),
            Values::Source => "an http or https address, or `#` and an id".into(),
            Values::Language => "a language tag, such as `de-AT`".into(),
            Values::Visitor => "1 to 64 of `A-Z a-z 0-9 _ . -`".into(),
            Values::Label => "1 to 40 characters".into(),
            Values::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Values::Object => "a JSON object of texts".into(),
        };
        table.push_str(&format!("| `data-{}` | {values} | {} | {} |\n", setting.name, setting.default, setting.doc));
    }
    table
}

/// The tables of members, in Markdown: one of the file, and one of each object in it.
fn members(schema: &Value) -> String {
    let mut tables = table("", schema);
    for (name, member) in properties(schema) {
        if member["properties"].is_object() && name != "wording" {
            tables.push_str(&format!("\n### `{name}`\n\n{}", table(&format!("{name}."), member)));
        }
        if is_list_of_objects(member) {
            let path = format!("{name}[]");
            tables.push_str(&format!("\n### `{path}`\n\n{}", table(&format!("{path}."), &member["items"])));
            for (inner, member) in properties(&member["items"]).filter(|(_, member)| is_list_of_objects(member)) {
                let path = format!("{path}.{inner}[]");
                tables.push_str(&format!("\n### `{path}`\n\n{}", table(&format!("{path}."), &member["items"])));
            }
        }
    }
    tables
}

fn is_list_of_objects(schema: &Value) -> bool {
    schema["items"]["properties"].is_object()
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten()
}

fn table(path: &str, schema: &Value) -> String {
    let mut table = String::from("| Member | Value | What it is |\n| --- | --- | --- |\n");
    for (name, member) in properties(schema) {
        let value = match member["type"].as_str() {
            Some("object") => "an object",
            Some("array") if is_list_of_objects(member) => "a list of objects",
            Some("array") => "a list of texts",
            Some("boolean") => "`true` or `false`",
            Some("integer") => "a whole number",
            _ => "a text",
        };
        let description = member["description"].as_str().unwrap_or_default();
        table.push_str(&format!("| `{path}{name}` | {value} | {description} |\n"));
    }
    table
}

/// The table of sentences, in Markdown.
fn keys() -> String {
    let mut table = String::from("| Key | In English |\n| --- | --- |\n");
    for (name, english) in NAMES.iter().zip(ENGLISH) {
        let mut shown = english.to_owned();
        for hole in BTreeSet::from_iter(placeholders(english)) {
            shown = shown.replace(hole, &format!("`{hole}`"));
        }
        table.push_str(&format!("| `{name}` | {shown} |\n"));
    }
    table
}

/// What the documents take, by name.
///
/// # Errors
/// If the folder of the catalogs can't be read.
pub fn printed() -> Result<Value, Box<dyn Error>> {
    let locales = locales()?;
    let schema = schema(&locales);
    let languages: Vec<_> = locales.iter().map(|locale| format!("`{locale}`")).collect();
    Ok(json!({
        "settings": settings(),
        "members": members(&schema),
        "languages": languages.join(", "),
        "sentences": keys(),
        "schema": schema,
    }))
}
