//! Where each key, and each item of a list, stands in a JSON text.

/// A key or an item of a list with what it stands in, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The keys from the outside in, the key itself last; an item is its [`index`] in its list.
    pub path: Vec<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column of its opening quote, or of where the item begins, in characters, from 1.
    pub column: usize,
}

/// How an item of a list stands in a path: `[0]` is the first.
pub(crate) fn index(at: usize) -> String {
    format!("[{at}]")
}

/// What is being read.
enum Open {
    /// An object, at that key.
    Object(String),
    /// A list, at the item of that number; `begun` once its first character has been read.
    List { item: usize, begun: bool },
}

impl Open {
    fn part(&self) -> String {
        match self {
            Self::Object(key) => key.clone(),
            Self::List { item, .. } => index(*item),
        }
    }
}

/// The places of all keys and items, in the order of the text, which has to be valid JSON.
pub(crate) fn places(json: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let (mut line, mut line_start) = (1, 0);
    let mut at = 0;
    while let Some(char) = json.get(at..).and_then(|rest| rest.chars().next()) {
        let place = |open: &[Open]| Place {
            path: open.iter().map(Open::part).collect(),
            line,
            column: json[line_start..at].chars().count() + 1,
        };
        let begins = !(char.is_whitespace() || matches!(char, ',' | ']'));
        if let (true, Some(Open::List { begun, .. })) = (begins, open.last_mut())
            && !std::mem::replace(begun, true)
        {
            places.push(place(&open));
        }
        match char {
            '\n' => (line, line_start) = (line + 1, at + 1),
            '{' => open.push(Open::Object(String::new())),
            '[' => open.push(Open::List { item: 0, begun: false }),
            ',' => {
                if let Some(Open::List { item, begun }) = open.last_mut() {
                    (*item, *begun) = (*item + 1, false);
                }
            }
            '}' | ']' => {
                open.pop();
            }
            '"' => {
                let end = at + string(&json[at..]);
                let is_key = json[end..].trim_start().starts_with(':');
                if let (true, Some(Open::Object(key))) = (is_key, open.last_mut()) {
                    *key = serde_json::from_str(&json[at..end]).unwrap_or_default();
                    places.push(place(&open));
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += char.len_utf8();
    }
    places
}

/// How many bytes the string that begins here has, with its quotes.
fn string(json: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in json.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_items_are_found_where_they_stand() {
        let json = "{ \"a\": \"b: \\\" {\",\n  \"wording\": { \"de\":\n    { \"\\u0061b\": [\"x\", {\"y\": 1}] } } }";
        let found: Vec<_> =
            places(json).into_iter().map(|place| (place.path.join("/"), place.line, place.column)).collect();
        let expected = [
            ("a", 1, 3),
            ("wording", 2, 3),
            ("wording/de", 2, 16),
            ("wording/de/ab", 3, 7),
            ("wording/de/ab/[0]", 3, 19),
            ("wording/de/ab/[1]", 3, 24),
            ("wording/de/ab/[1]/y", 3, 25),
        ];
        assert_eq!(found, expected.map(|(path, line, column)| (path.to_owned(), line, column)));
    }
}
