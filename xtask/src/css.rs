//! A style sheet without the comments and white space that only its authors need.

/// The sheet without comments, and without white space that no rule needs.
///
/// Strings stay as they are. White space before a colon stays too: in a selector it means something.
pub fn minified(sheet: &str) -> String {
    let mut short = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '/' if rest.starts_with("/*") => {
                space(&mut short);
                rest.find("*/").map_or(rest.len(), |end| end + 2)
            }
            '"' | '\'' => {
                let end = string_end(rest, c);
                short.push_str(&rest[..end]);
                end
            }
            c if c.is_ascii_whitespace() => {
                space(&mut short);
                1
            }
            '{' | '}' | ';' | ',' => {
                trim(&mut short, if c == '}' { &[' ', ';'] } else { &[' '] });
                short.push(c);
                1
            }
            c => {
                short.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    trim(&mut short, &[' ']);
    short
}

/// Adds a space where one may mean something.
fn space(short: &mut String) {
    if !short.is_empty() && !short.ends_with([' ', '{', '}', ';', ',', ':']) {
        short.push(' ');
    }
}

fn trim(short: &mut String, ends: &[char]) {
    short.truncate(short.trim_end_matches(ends).len());
}

/// Where the string that the text starts with ends, in bytes.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::minified;

    #[test]
    fn comments_and_needless_space_go() {
        let sheet = "/* the panel */\n.panel ,\n.panel :hover {\n  color : red; /* why */\n  margin: 0 auto;\n}\n";
        assert_eq!(minified(sheet), ".panel,.panel :hover{color :red;margin:0 auto}");
    }

    #[test]
    fn space_that_means_something_stays() {
        let sheet = "a b > c { width: calc(1px + 2px); }\n@media (min-width: 40em) and (hover) { a { b: c } }";
        assert_eq!(minified(sheet), "a b > c{width:calc(1px + 2px)}@media (min-width:40em) and (hover){a{b:c}}");
    }

    #[test]
    fn a_comment_separates_as_space_does() {
        assert_eq!(minified("a/* */b{c:d/**/e}"), "a b{c:d e}");
    }

    #[test]
    fn strings_stay() {
        let sheet = r#"a::before { content: "/* ; } \" x"; quotes: '“' ' } '; }"#;
        assert_eq!(minified(sheet), r#"a::before{content:"/* ; } \" x";quotes:'“' ' } '}"#);
    }
}
