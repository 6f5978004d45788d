//! For the JavaScript: the settings that the tag allows, and the markup of the launcher and the panel.

use std::collections::BTreeMap;

use leptos::prelude::*;
use say_so::{
    config::{FIELDS, SETTINGS, Values},
    panel::{Context, Launcher, Outside, Panel, Session},
    wording::{COUNT, Catalog, Key, NAMES},
};
use serde_json::{Map, Value, json};

/// The last sentence that the embed carries: the catalog begins with those of the first screens.
const EARLY: Key = Key::Problem;

/// A catalog that says of each sentence only its number, as the embed's builder reads it.
fn numbers() -> Catalog {
    Catalog::new((0..COUNT).map(|number| format!("{number}^")).collect())
}

/// Takes out of the panel's markup what can be typed in without, from one tag up to another: first aid brings it.
fn cut(markup: &mut String, from: &str, to: &str) -> String {
    let start = markup.find(from).expect("the form has that part");
    let end = markup.find(to).expect("the form has the part after it");
    let part: String = markup.drain(start..end).collect();
    part.trim_end_matches('~').into()
}

/// What a setting may be: a pattern, and the same in words.
fn allowed(values: Values) -> (String, String) {
    let (pattern, words) = match values {
        Values::Address => ("(https?://|(?!\\w+:)).+", "an http or https address"),
        // Where it is relative, nothing is fetched that could look at it: the pattern is the other's, which is there.
        Values::WholeAddress => ("(https?://|(?!\\w+:)).+", "a whole http or https address"),
        Values::Source => ("(https?://|(?!\\w+:)).+", "an http or https address, or # and an id"),
        Values::Site => ("[a-z\\d.-]{1,64}", "1 to 64 of a-z 0-9 . -"),
        Values::Language => ("[\\w-]{2,35}", "a language tag, such as de-AT"),
        Values::Visitor => (r"[\w.-]{1,64}", "1 to 64 of A-Z a-z 0-9 _ . -"),
        Values::Label => (".{1,40}", "1 to 40 characters"),
        Values::OneOf(words) => return (format!("({})", words.join("|")), words.join(" or ")),
        Values::Object => ("\\s*{.*}\\s*", "a JSON object of texts"),
    };
    (pattern.into(), words.into())
}

/// A setting's name as a script finds it in the tag's `dataset`: `oneClick` for `one-click`.
fn in_dataset(name: &str) -> String {
    let mut parts = name.split('-');
    let mut found: String = parts.next().unwrap_or_default().into();
    for part in parts {
        let (first, rest) = part.split_at(1);
        found.extend([&first.to_uppercase(), rest]);
    }
    found
}

/// One pattern for all settings, each as `name=value`; those of one pattern stand together.
fn pattern() -> String {
    let mut names = BTreeMap::<_, Vec<_>>::new();
    for setting in SETTINGS {
        names.entry(allowed(setting.values).0).or_default().push(in_dataset(setting.name));
    }
    let setting = |(pattern, names): (String, Vec<String>)| match names.as_slice() {
        [name] => format!("{name}={pattern}"),
        names => format!("({})={pattern}", names.join("|")),
    };
    names.into_iter().map(setting).collect::<Vec<_>>().join("|")
}

/// A part of the widget before anything has happened, as the embed's builder reads it.
fn markup<V: RenderHtml>(view: impl FnOnce(Session) -> V) -> String {
    let owner = Owner::new();
    compact(&owner.with(|| view(session()).to_html()))
}

fn session() -> Session {
    let outside = Outside { act: |_, _| {}, number: |number, _| number.to_string() };
    Session::new(Context::default(), numbers(), outside)
}

/// Markup as the embed's builder reads it, node for node: `{` begins an element, `|` ends its name and the names and
/// values of its attributes by turns, `}` ends its start, and `~` the element itself. Its text is the value of an
/// attribute with the name `.`. What stands before `^` is the number of a sentence.
fn compact(html: &str) -> String {
    let mut compact = String::new();
    // What these attributes say holds without them; who owns the panel is for first aid to say.
    let html = [
        " class=\"\"",
        " aria-pressed=\"false\"",
        " data-by=\"aid\"",
        " aria-invalid=\"false\"",
        " aria-disabled=\"false\"",
    ]
    .iter()
    .fold(html.to_owned(), |html, nothing| html.replace(nothing, ""));
    assert!(!html.contains(['{', '|', '}', '~', '&']), "the embed's builder knows no such text: {html}");
    assert!(!html.contains("<!"), "the embed's builder knows no comments: {html}");
    for piece in html.split_inclusive('>') {
        let (text, tag) = piece.split_at(piece.find('<').unwrap_or(piece.len()));
        if !text.is_empty() {
            assert!(compact.pop() == Some('}'), "a text stands behind an element: {html}");
            compact.extend(["|.|", text, "}"]);
        }
        if tag.starts_with("</") {
            compact.push('~');
        } else if let Some(tag) = tag.strip_prefix('<') {
            compact.push_str(&start(tag.trim_end_matches(['/', '>'])));
            if tag.starts_with("input") {
                compact.push('~');
            }
        }
    }
    compact.trim_end_matches('~').into()
}

/// The start of an element: its name and its attributes.
fn start(tag: &str) -> String {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut start = format!("{{{name}");
    while !rest.is_empty() {
        let (key, after) = rest.split_at(rest.find([' ', '=']).unwrap_or(rest.len()));
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("a value ends where it began"),
            None => ("", after),
        };
        start.extend(["|", key, "|", value]);
        rest = after.trim_start();
    }
    start + "}"
}

/// What the JavaScript takes, by name.
pub fn printed() -> Value {
    let settings: Map<_, _> =
        SETTINGS.iter().map(|setting| (setting.name.into(), json!(allowed(setting.values).1))).collect();
    let launcher = markup(|session| view! { <Launcher session /> });
    let mut panel = markup(|session| view! { <Panel session /> });
    let problem = cut(&mut panel, "{div|part|problem|", "{label|for|message|");
    let error = cut(&mut panel, "{p|id|message-error|", "{textarea|");
    let fields = cut(&mut panel, "{input|part|reply|", "~~{div|class|foot}");
    json!({
        "settings": settings,
        "pattern": pattern(),
        "wire": FIELDS,
        "early": EARLY as usize + 1,
        "keys": NAMES[..],
        "trees": { "launcher": launcher, "panel": panel, "problem": problem, "error": error, "fields": fields },
    })
}
