//! A posted object as it is read from JSON.

use std::collections::HashSet;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Deserializer;

use super::known::Path;
use crate::{error::Error, unknown::Unknown};

/// How many unknown fields of one post the log names.
const NAMED_MAX: usize = 8;

/// Reads what is posted. Fields that this collector doesn't know are dropped, with one line an hour and name in the
/// log: a newer widget must never lose words here.
///
/// # Errors
/// [`Error::Malformed`] if the text is not JSON, a field is missing, there twice or of another type;
/// [`Error::RuleBroken`] if a value is outside of what its type holds, such as an unknown kind.
pub fn read<T: DeserializeOwned>(text: &str, unknown: &Unknown) -> Result<T, Error> {
    read_and_drop(text, unknown).map(|(object, _)| object)
}

/// Reads what is posted, and says which fields were dropped.
///
/// # Errors
/// As for [`read`].
pub fn read_and_drop<T: DeserializeOwned>(text: &str, unknown: &Unknown) -> Result<(T, HashSet<Path>), Error> {
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| not_json(&error))?;
    // The derived types would take an array as well, its items as fields in their order.
    if !text.trim_start().starts_with('{') {
        let message = "The body must be a JSON object.".to_owned();
        return Err(Error::Malformed { field: None, message });
    }
    let (mut dropped, mut named) = (HashSet::new(), Vec::new());
    let mut note = |path: serde_ignored::Path<'_>| {
        let path = names(&path);
        if named.len() < NAMED_MAX && !dropped.contains(&path) {
            named.push(path.join("."));
        }
        dropped.insert(path);
    };
    let mut json = Deserializer::from_str(text);
    let fields = serde_ignored::Deserializer::new(&mut json, &mut note);
    let object = serde_path_to_error::deserialize(fields).map_err(|error| {
        let path = error.path().to_string();
        refusal(&path, error.inner())
    })?;
    for path in named {
        unknown.note(&path);
    }
    Ok((object, dropped))
}

/// The names on the way to a field.
fn names(path: &serde_ignored::Path<'_>) -> Path {
    use serde_ignored::Path::{Map, NewtypeStruct, NewtypeVariant, Root, Seq, Some};
    match path {
        Root => Path::new(),
        Map { parent, key } => {
            let mut names = names(parent);
            names.push(key.clone());
            names
        }
        Seq { parent, index } => {
            let mut names = names(parent);
            names.push(index.to_string());
            names
        }
        Some { parent } | NewtypeStruct { parent } | NewtypeVariant { parent } => names(parent),
    }
}

fn not_json(error: &serde_json::Error) -> Error {
    Error::Malformed { field: None, message: format!("The body is not JSON: {error}.") }
}

/// What is wrong, in words, and where.
fn refusal(path: &str, error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    let path = Some(path).filter(|path| *path != ".");
    // Of a field that is missing, or there twice, the error names the parent alone.
    let named = ["missing field `", "duplicate field `"];
    let name = named.iter().find_map(|start| text.strip_prefix(start)?.strip_suffix('`'));
    let field = match (path, name) {
        (Some(path), Some(name)) => Some(format!("{path}.{name}")),
        (Some(path), None) => Some(path.to_owned()),
        (None, name) => name.map(str::to_owned),
    };
    let outside = ["invalid value", "unknown variant", "invalid length"].iter().any(|start| text.starts_with(start));
    let message = match &field {
        Some(field) => format!("{field}: {text}."),
        None => format!("The body is not what is posted here: {text}."),
    };
    match field {
        Some(field) if outside => Error::RuleBroken { field, message },
        field => Error::Malformed { field, message },
    }
}

#[cfg(test)]
mod tests {
    use say_so::feedback::Submission;

    use super::*;

    fn read(text: &str) -> Result<Submission, Error> {
        super::read(text, &Unknown::default())
    }

    const WORDS: &str = r#"{"v":1,"site":"shop.example","id":"0123456789abcdef0123456789abcdef","revision":1,
        "kind":"complaint","message":"Late.","contact":{"email":"ada@example.com","reply":true},
        "wording":{"locale":"en"},"page":{"url":"https://shop.example/","viewport":[390,844]},
        "sent_at":"2026-11-21T09:30:00.000Z"}"#;

    fn field(from: &str, to: &str) -> (bool, Option<String>) {
        assert!(WORDS.contains(from));
        match read(&WORDS.replacen(from, to, 1)).unwrap_err() {
            Error::Malformed { field, .. } => (false, field),
            Error::RuleBroken { field, .. } => (true, Some(field)),
            error => panic!("{error:?}"),
        }
    }

    #[test]
    fn a_refusal_names_the_field() {
        assert!(read(WORDS).is_ok());
        for (from, to, rule, name) in [
            (r#""kind":"complaint","#, "", false, "kind"),
            (r#","reply":true"#, "", false, "contact.reply"),
            (r#""wording":{"locale":"en"}"#, r#""wording":{}"#, false, "wording.locale"),
            (r#""v":1"#, r#""v":1,"v":1"#, false, "v"),
            (r#""reply":true"#, r#""reply":true,"reply":true"#, false, "contact.reply"),
            (r#""reply":true"#, r#""reply":"yes""#, false, "contact.reply"),
            (r#""revision":1"#, r#""revision":"1""#, false, "revision"),
            (r#""revision":1"#, r#""revision":300"#, true, "revision"),
            (r#""kind":"complaint""#, r#""kind":"rant""#, true, "kind"),
            (r#""kind":"complaint""#, r#""kind":null"#, false, "kind"),
            ("[390,844]", "[390]", true, "page.viewport"),
            ("[390,844]", "[390,null]", false, "page.viewport[1]"),
        ] {
            assert_eq!(field(from, to), (rule, Some(name.to_owned())), "{from} -> {to}");
        }
    }

    #[test]
    fn what_is_no_json_is_malformed() {
        for text in ["", "{", "null", "[]", "\u{feff}{}", &format!("{WORDS} x"), &"[".repeat(10_000)] {
            assert!(matches!(read(text), Err(Error::Malformed { field: None, .. })), "{text:.20}");
        }
    }

    #[test]
    fn a_lone_surrogate_is_malformed() {
        let text = WORDS.replace("Late.", r"\ud83d");
        let Err(Error::Malformed { field, .. }) = read(&text) else { panic!("it was read") };
        assert_eq!(field.as_deref(), Some("message"));
    }

    #[test]
    fn unknown_fields_are_dropped() {
        let text = WORDS.replace(r#""v":1"#, r#""v":1,"mood":{"deep":[1,{}]}"#).replace("\"url\"", "\"x\":1,\"url\"");
        assert_eq!(read(&text).unwrap(), read(WORDS).unwrap());
    }
}
