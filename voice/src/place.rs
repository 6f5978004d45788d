//! Where each key stands in a JSON text.

/// A key with what it stands in, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The keys from the outside in, the key itself last.
    pub path: Vec<String>,
    /// The line, from 1.
    pub line: usize,
    /// The column of its opening quote in characters, from 1.
    pub column: usize,
}

/// The places of all keys, in the order of the text, which has to be valid JSON.
pub(crate) fn places(json: &str) -> Vec<Place> {
    let mut places = Vec::new();
    // For each open object its current key; for each open array nothing.
    let mut open: Vec<Option<String>> = Vec::new();
    let (mut line, mut line_start) = (1, 0);
    let mut at = 0;
    while let Some(char) = json.get(at..).and_then(|rest| rest.chars().next()) {
        match char {
            '\n' => (line, line_start) = (line + 1, at + 1),
            '{' => open.push(Some(String::new())),
            '[' => open.push(None),
            '}' | ']' => {
                open.pop();
            }
            '"' => {
                let end = at + string(&json[at..]);
                let is_key = json[end..].trim_start().starts_with(':');
                if let (true, Some(Some(key))) = (is_key, open.last_mut()) {
                    *key = serde_json::from_str(&json[at..end]).unwrap_or_default();
                    let path = open.iter().flatten().cloned().collect();
                    places.push(Place { path, line, column: json[line_start..at].chars().count() + 1 });
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
    fn keys_are_found_where_they_stand() {
        let json = "{ \"a\": \"b: \\\" {\",\n  \"wording\": { \"de\":\n    { \"\\u0061b\": [\"x\", {\"y\": 1}] } } }";
        let found: Vec<_> =
            places(json).into_iter().map(|place| (place.path.join("/"), place.line, place.column)).collect();
        let expected = [
            ("a", 1, 3),
            ("wording", 2, 3),
            ("wording/de", 2, 16),
            ("wording/de/ab", 3, 7),
            ("wording/de/ab/y", 3, 25),
        ];
        assert_eq!(found, expected.map(|(path, line, column)| (path.to_owned(), line, column)));
    }
}
