//! Prints what `embed.js` and `shell.js` carry, as JSON: the settings they allow, the shape of a site's
//! file, the copy, and the markup of the launcher and the shell.

use std::collections::BTreeMap;

use leptos::prelude::*;
use say_so::{
    config::{FIELDS, SETTINGS, Values, site::Site},
    panel::{Confirmed, Context, Launcher, Outside, Panel, Sent, Session},
    wording::{COUNT, Catalog, ENGLISH, Key, NAMES},
};
use serde_json::{Map, json};

/// The last sentence that embed.js carries: the catalog begins with those of the first screens.
const EARLY: Key = Key::Problem;

/// A catalog that says of each sentence only its number, as the loader's builder reads it.
fn numbers() -> Catalog {
    Catalog::new((0..COUNT).map(|number| format!("{{{number}}}")).collect())
}

/// Takes out of the shell's markup what can be typed in without, from one tag up to another: shell.js brings it.
fn cut(markup: &mut String, from: &str, to: &str) -> String {
    let start = markup.find(from).expect("the form has that part");
    let end = markup.find(to).expect("the form has the part after it");
    let part: String = markup.drain(start..end).collect();
    part.trim_end_matches("<>").into()
}

/// What a setting may be: a pattern, and the same in words.
fn allowed(values: Values) -> (String, String) {
    let (pattern, words) = match values {
        Values::Address => ("(https?://|(?!\\w+:)).+", "an http or https address"),
        Values::Source => ("(https?://|(?!\\w+:)).+", "an http or https address, or # and an id"),
        Values::Site => ("[a-z\\d.-]{1,64}", "1 to 64 of a-z 0-9 . -"),
        Values::Language => ("[\\w-]{2,35}", "a language tag, such as de-AT"),
        Values::Label => (".{1,40}", "1 to 40 characters"),
        Values::OneOf(words) => return (format!("({})", words.join("|")), words.join(" or ")),
        Values::Object => ("\\s*{.*}\\s*", "a JSON object of texts"),
    };
    (pattern.into(), words.into())
}

/// One pattern for all settings, each as `name=value`; those of one pattern stand together.
fn valid() -> String {
    let mut names = BTreeMap::<_, Vec<_>>::new();
    for setting in SETTINGS {
        names.entry(allowed(setting.values).0).or_default().push(setting.name);
    }
    let setting = |(pattern, names): (String, Vec<&str>)| match names.as_slice() {
        [name] => format!("{name}={pattern}"),
        names => format!("({})={pattern}", names.join("|")),
    };
    names.into_iter().map(setting).collect::<Vec<_>>().join("|")
}

/// A part of the panel, before anything has happened, as the loader's builder reads it.
fn markup<V: RenderHtml>(view: impl FnOnce(Session) -> V) -> String {
    let owner = Owner::new();
    compact(&owner.with(|| view(session()).to_html()))
}

fn session() -> Session {
    let outside = Outside { act: |_, _| {}, number: |number, _| number.to_string() };
    Session::new(Context::default(), numbers(), outside)
}

/// Markup as the loader's builder reads it: `<>` closes, `/>` stands on what has no content, and nothing closes at the end.
fn compact(html: &str) -> String {
    let mut compact = String::new();
    let mut opened = false;
    let html = ["<!>", "<!---->", " class=\"\"", " aria-invalid=\"false\"", " aria-disabled=\"false\""]
        .iter()
        .fold(html.to_owned(), |html, nothing| html.replace(nothing, ""));
    for piece in html.split_inclusive('>') {
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

fn main() {
    let settings: Map<_, _> =
        SETTINGS.iter().map(|setting| (setting.name.into(), json!(allowed(setting.values).1))).collect();
    let launcher = markup(|session| view! { <Launcher session /> });
    let mut shell = markup(|session| view! { <Panel session /> });
    let problem = cut(&mut shell, "<div part=\"problem\"", "<label for=\"message\"");
    let fields = cut(&mut shell, "<label for=\"name\"", "<button part=\"send\"");
    let sent = markup(|session| view! { <Confirmed session sent=Sent::default() /> });
    let parts = json!({
        "settings": settings,
        "valid": valid(),
        "copy": ENGLISH[..=EARLY as usize],
        "names": NAMES[..],
        "words": ENGLISH[..],
        "shape": Site::default(),
        "launcher": launcher,
        "shell": shell,
        "problem": problem,
        "fields": fields,
        "wire": FIELDS,
        "sent": sent,
    });
    println!("{parts}");
}
