//! Text that strangers wrote, shown so that it can do nothing but be read.

use maud::{Markup, html};

/// A text of one line or more. Its direction is its own and ends with it; characters that would
/// act on what stands around them are named instead.
pub fn foreign(text: &str) -> Markup {
    html! {
        bdi dir="auto" {
            @for piece in pieces(text) {
                @match piece {
                    Piece::Text(text) => (text),
                    Piece::Break => "\n",
                    Piece::Unseen(c) => span.unseen title="A character that can't be seen" { (code_point(c)) },
                }
            }
        }
    }
}

/// The same on a terminal: one line, with everything named that would act on what stands around it.
pub fn plain(text: &str) -> String {
    let pieces = pieces(text).into_iter().map(|piece| match piece {
        Piece::Text(text) => text.replace(['\n', '\t'], " "),
        Piece::Break => " ".to_owned(),
        Piece::Unseen(c) => code_point(c),
    });
    pieces.collect()
}

enum Piece<'a> {
    Text(&'a str),
    Break,
    Unseen(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (plain, special) = rest.split_at(at);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        let mut chars = special.chars();
        match chars.next() {
            Some('\r') if chars.as_str().starts_with('\n') => {}
            Some('\r' | '\u{85}' | '\u{2028}' | '\u{2029}') => pieces.push(Piece::Break),
            Some(unseen) => pieces.push(Piece::Unseen(unseen)),
            None => {}
        }
        rest = chars.as_str();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Control characters, line ends that HTML knows nothing of, the characters that turn the direction
/// of what follows, and noncharacters.
///
/// Marks and joiners (U+200C to U+200F, U+061C) stay: Persian, Hebrew and emoji are written with them,
/// and they reach no further than the text.
fn is_special(c: char) -> bool {
    let kept = matches!(c, '\n' | '\t');
    let turning = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}');
    let ends = matches!(c, '\u{2028}' | '\u{2029}');
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    (c.is_control() && !kept) || turning || ends || none
}

fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let html = foreign(text).into_string();
        let html = html.strip_prefix("<bdi dir=\"auto\">").and_then(|html| html.strip_suffix("</bdi>")).unwrap();
        html.replace("<span class=\"unseen\" title=\"A character that can't be seen\">", "[").replace("</span>", "]")
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(shown("<b>&\"x\"</b>"), "&lt;b&gt;&amp;&quot;x&quot;&lt;/b&gt;");
    }

    #[test]
    fn line_breaks_are_kept() {
        assert_eq!(shown("a\nb\r\nc\rd\u{2028}e\u{2029}f\tg"), "a\nb\nc\nd\ne\nf\tg");
    }

    #[test]
    fn what_acts_on_its_surroundings_is_named() {
        assert_eq!(
            shown("a\u{202e}b\u{2066}c\0d\u{1b}[31m\u{7f}\u{9b}"),
            "a[U+202E]b[U+2066]c[U+0000]d[U+001B][31m[U+007F][U+009B]"
        );
        assert_eq!(shown("\u{ffff}\u{10fffe}\u{fdd0}"), "[U+FFFF][U+10FFFE][U+FDD0]");
    }

    #[test]
    fn on_a_terminal_it_is_one_line_that_does_nothing() {
        assert_eq!(plain("a\nb\r\nc\td\u{1b}[2J\u{202e}e"), "a b c dU+001B[2JU+202Ee");
    }

    #[test]
    fn every_script_stays_whole() {
        for text in [
            "Grüße",
            "שלום \u{200f}!",
            "می\u{200c}خواهم",
            "👩\u{200d}👩\u{200d}👧",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "\u{fffd}",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
