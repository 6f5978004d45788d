//! Prints what `embed.js` carries, as JSON: the settings it allows, the copy of the shell, the
//! shell's markup, and the settings once more as the README's table.

use leptos::prelude::*;
use say_so::{
    config::{SETTINGS, Values},
    panel::{Context, Panel, Session},
    wording::ENGLISH,
};
use serde_json::{Map, Value, json};

/// The sentences that the shell can do without: they stand in its markup, or only the panel says them.
fn is_carried(key: &str) -> bool {
    let suffixes = [".prompt", ".noted", ".send", ".thanks", ".thanks.name", ".next"];
    let prefixes = ["click.", "error.", "problem.", "reply.", "launcher"];
    let others = ["title", "noting", "not-noted", "again", "sending", "copied", "selected"];
    suffixes.iter().any(|suffix| key.ends_with(suffix))
        || prefixes.iter().any(|prefix| key.starts_with(prefix))
        || others.contains(&key)
}

/// What the loader checks of a setting: a list of words, or the name of a form.
fn allowed(values: Values) -> Value {
    match values {
        Values::Address => json!("address"),
        Values::Site => json!("site"),
        Values::OneOf(words) => json!(words),
        Values::Object => json!("object"),
    }
}

/// The panel's markup as the loader's builder reads it: `</>` closes, `/>` stands on what has no content.
fn shell() -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let session = Session::new(Context { one_click: true, ..Context::default() }, |_, _| {});
        view! { <Panel session /> }.to_html()
    });
    let mut shell = String::new();
    let mut opened = false;
    for piece in html.replace("<!>", "").replace(" class=\"\"", "").split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        shell.push_str(if text == " " { "" } else { text });
        if tag.starts_with("</") {
            let empty = text.trim().is_empty() && opened;
            if empty {
                shell.pop();
            }
            shell.push_str(if empty { "/>" } else { "</>" });
        } else if tag.starts_with("<input") {
            shell.push_str(tag.trim_end_matches('>'));
            shell.push_str("/>");
        } else {
            shell.push_str(tag);
        }
        opened = !tag.starts_with("</") && !tag.starts_with("<input");
    }
    assert!(!shell.contains('&'), "the loader's builder knows no entities: {shell}");
    shell
}

/// The table of settings, in Markdown.
fn table() -> String {
    let mut table = String::from("| Attribute | Values | If not set | What it does |\n| --- | --- | --- | --- |\n");
    for setting in SETTINGS {
        let values = match setting.values {
            Values::Address => "an http or https address".into(),
            Values::Site => "1 to 64 of `a-z 0-9 . -`".into(),
            Values::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Values::Object => "a JSON object of texts".into(),
        };
        table.push_str(&format!("| `data-{}` | {values} | {} | {} |\n", setting.name, setting.default, setting.doc));
    }
    table
}

fn main() {
    let settings: Map<_, _> = SETTINGS.iter().map(|setting| (setting.name.into(), allowed(setting.values))).collect();
    let copy: Map<_, _> =
        ENGLISH.iter().filter(|(key, _)| is_carried(key)).map(|(key, text)| ((*key).into(), json!(text))).collect();
    println!("{}", json!({ "settings": settings, "copy": copy, "shell": shell(), "table": table() }));
}
