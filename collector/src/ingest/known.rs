//! What is kept of a body: all that this collector knows, as it was written.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The names that lead to a field, from the outermost object inwards.
pub type Path = Vec<String>;

/// The body without those fields, which are not known here. Whatever else there is stays as it was written: order,
/// numbers, escapes.
pub fn kept<'a>(posted: &'a str, unknown: &HashSet<Path>) -> Cow<'a, str> {
    let kept = if unknown.is_empty() { None } else { without(posted, unknown, &mut Path::new()) };
    kept.map_or(Cow::Borrowed(posted), Cow::Owned)
}

/// The object without what is unknown of it; none if the text is no object.
fn without(object: &str, unknown: &HashSet<Path>, path: &mut Path) -> Option<String> {
    let Members(members) = serde_json::from_str(object).ok()?;
    let mut kept = String::with_capacity(object.len());
    for (name, value) in members {
        let written = serde_json::to_string(&name).ok()?;
        path.push(name);
        if !unknown.contains(path) {
            kept.push(if kept.is_empty() { '{' } else { ',' });
            kept.push_str(&written);
            kept.push(':');
            let inner = unknown.iter().any(|longer| longer.starts_with(path));
            match inner.then(|| without(value.get(), unknown, path)).flatten() {
                Some(value) => kept.push_str(&value),
                None => kept.push_str(value.get()),
            }
        }
        path.pop();
    }
    kept.push_str(if kept.is_empty() { "{}" } else { "}" });
    Some(kept)
}

/// The members of an object in their order, each value as it is written.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Deserialize<'a> for Members<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'a> Visitor<'a> for Each {
            type Value = Members<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    fn kept(text: &str, unknown: &[&[&str]]) -> String {
        let unknown = unknown.iter().map(|path| path.iter().map(|name| (*name).to_owned()).collect()).collect();
        super::kept(text, &unknown).into_owned()
    }

    #[test]
    fn what_is_known_stays_as_it_was_written() {
        let text =
            r#" { "z" : 1.50e+01, "\u0061":"\u00e9\n", "page":{"b":[1, 2],"x":{},"a":"" }, "mood":{"deep":[{}]} } "#;
        assert_eq!(kept(text, &[]), text, "nothing is unknown, nothing changes");
        assert_eq!(
            kept(text, &[&["mood"], &["page", "x"]]),
            r#"{"z":1.50e+01,"a":"\u00e9\n","page":{"b":[1, 2],"a":""}}"#
        );
        assert_eq!(kept(r#"{"x":1,"x":2}"#, &[&["x"]]), "{}", "however often it stands there");
    }

    #[test]
    fn a_name_with_a_dot_is_no_path() {
        let text = r#"{"page":{"url":1},"page.url":2,"pa?.ge":3}"#;
        assert_eq!(kept(text, &[&["page.url"], &["pa?.ge"]]), r#"{"page":{"url":1}}"#);
    }
}
