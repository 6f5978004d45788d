//! Prints what `embed.js` carries, as JSON: the settings it allows, the copy and the markup of the
//! launcher and the shell, and the settings once more as the README's table.

use leptos::prelude::*;
use say_so::{
    config::{SETTINGS, Values},
    panel::{Context, Launcher, More, Panel, Sent, Session},
    wording::ENGLISH,
};
use serde_json::{Map, Value, json};

/// The sentences that embed.js says by itself; the others stand in its markup.
fn is_early(key: &str) -> bool {
    [".prompt", ".send"].iter().any(|suffix| key.ends_with(suffix))
        || ["click.on", "problem", "sending", "again"].contains(&key)
}

/// The sentences that shell.js says.
fn is_late(key: &str) -> bool {
    let suffixes = [".noted", ".send", ".thanks", ".thanks.name", ".next"];
    let prefixes = ["error.", "problem.", "reply."];
    let others = ["noting", "not-noted", "again", "sending", "copied", "selected", "title"];
    suffixes.iter().any(|suffix| key.ends_with(suffix))
        || prefixes.iter().any(|prefix| key.starts_with(prefix))
        || others.contains(&key)
}

fn copy(of: fn(&str) -> bool) -> Map<String, Value> {
    ENGLISH.iter().filter(|(key, _)| of(key)).map(|(key, text)| ((*key).into(), json!(text))).collect()
}

/// What a setting may be: a pattern, and where that does not say it to people, words.
fn allowed(values: Values) -> Value {
    match values {
        Values::Address => json!(["https?://.+|(?!\\w+:).+", "an http or https address"]),
        Values::Site => json!(["[a-z\\d.-]{1,64}", "1 to 64 of a-z 0-9 . -"]),
        Values::OneOf(words) => json!([words.join("|")]),
        Values::Object => json!(["\\s*{.*}\\s*", "a JSON object of texts"]),
    }
}

/// A part of the panel, before anything has happened, as the loader's builder reads it.
fn markup<V: RenderHtml>(view: impl FnOnce(Session) -> V) -> String {
    let owner = Owner::new();
    compact(&owner.with(|| view(Session::new(Context::default(), |_, _| {})).to_html()))
}

/// Markup as the loader's builder reads it: `<>` closes, `/>` stands on what has no content, and nothing closes at the end.
fn compact(html: &str) -> String {
    let mut compact = String::new();
    let mut opened = false;
    for piece in html.replace("<!>", "").replace("<!---->", "").replace(" class=\"\"", "").split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        compact.push_str(if text == " " { "" } else { text });
        match tag.strip_suffix('>').unwrap_or_default() {
            end if end.starts_with("</") && opened && text.trim().is_empty() => {
                compact.pop();
                compact.push_str("/>");
            }
            end if end.starts_with("</") => compact.push_str("<>"),
            leaf if leaf.starts_with("<input") => {
                compact.push_str(leaf);
                compact.push_str("/>");
            }
            start => {
                compact.push_str(start);
                compact.push('>');
            }
        }
        opened = !tag.starts_with("</") && !tag.starts_with("<input");
    }
    assert!(!compact.contains('&'), "the loader's builder knows no entities: {compact}");
    compact.trim_end_matches("<>").into()
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
    let launcher = markup(|_| view! { <Launcher /> });
    let shell = markup(|session| view! { <Panel session>{""}</Panel> });
    let sent = markup(|session| view! { <Sent session><More session /></Sent> }).replacen(" hidden", "", 1);
    let parts = json!({ "settings": settings, "copy": copy(is_early), "late": copy(is_late), "launcher": launcher, "shell": shell, "sent": sent, "table": table() });
    println!("{parts}");
}
