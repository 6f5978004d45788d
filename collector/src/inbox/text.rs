//! Text that strangers wrote, shown so that it can do nothing but be read.

use std::fmt;

use maud::{Markup, html};
use unicode_normalization::char::is_combining_mark;

/// How many marks may stand on one letter. Real scripts need six at most; a heap of them paints over what stands around.
const MARKS_MAX: usize = 8;
/// How many characters or runs that can't be seen are named in one text. The others are counted.
const NAMED_MAX: usize = 20;

/// A text of one line or more. Its direction is its own and ends with it; characters that would
/// act on what stands around them are named instead, a run of them once.
pub fn foreign(text: &str) -> Markup {
    html! {
        bdi dir="auto" {
            @for piece in pieces(text) {
                @match piece {
                    Piece::Text(text) => (text),
                    Piece::Break => "\n",
                    Piece::Named(run) => span.unseen title=(run.title()) { (run) },
                    Piece::More(more) => span.unseen { "and " (more) " more that can’t be seen" },
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
        Piece::Named(run) => run.to_string(),
        Piece::More(more) => format!(" (and {more} more that can’t be seen)"),
    });
    pieces.collect()
}

/// The text up to so many lines.
pub fn lines(text: &str, most: usize) -> &str {
    let end = text.char_indices().filter(|(_, c)| *c == '\n' || is_break(*c)).nth(most.saturating_sub(1));
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

enum Piece<'a> {
    Text(&'a str),
    Break,
    Named(Run),
    /// How many characters are named no more.
    More(usize),
}

/// Characters without a break between them that are named and not written.
#[derive(Clone, Copy)]
struct Run {
    first: char,
    length: usize,
    /// Whether all of them are the first one.
    same: bool,
    /// Whether they are marks on a letter.
    marks: bool,
}

impl Run {
    /// The run at the beginning of a text; it has one character at least.
    fn of(text: &str) -> Option<Self> {
        let first = text.chars().next()?;
        let marks = is_combining_mark(first);
        let belongs = |c: &char| if marks { is_combining_mark(*c) } else { is_unseen(*c) };
        let run = text.chars().take_while(belongs);
        Some(Self { first, length: run.clone().count(), same: run.clone().all(|c| c == first), marks })
    }

    const fn title(self) -> &'static str {
        match (self.marks, self.length) {
            (true, _) => "Marks piled on one letter",
            (false, 1) => "A character that can’t be seen",
            (false, _) => "Characters that can’t be seen",
        }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "U+{:04X}", u32::from(self.first))?;
        match (self.length, self.same) {
            (1, _) => Ok(()),
            (length, true) => write!(f, " × {length}"),
            (length, false) => write!(f, " and {} more", length - 1),
        }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    let (mut marks, mut named, mut more) = (0, 0, 0);
    loop {
        let (plain, special) = rest.split_at(plain_length(rest, &mut marks));
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        let Some(first) = special.chars().next() else { break };
        let length = if is_break(first) {
            if !special.starts_with("\r\n") {
                pieces.push(Piece::Break);
                marks = 0;
            }
            1
        } else {
            let Some(run) = Run::of(special) else { break };
            if named < NAMED_MAX {
                pieces.push(Piece::Named(run));
                (named, marks) = (named + 1, 0);
            } else {
                more += run.length;
            }
            run.length
        };
        let end = special.char_indices().nth(length).map_or(special.len(), |(end, _)| end);
        rest = &special[end..];
    }
    if more > 0 {
        pieces.push(Piece::More(more));
    }
    pieces
}

/// How much of the text, in bytes, is written as it is. `marks` is how many stand on the letter before it, and becomes how
/// many stand on its last one.
fn plain_length(text: &str, marks: &mut usize) -> usize {
    for (at, c) in text.char_indices() {
        if is_break(c) || is_unseen(c) || (is_combining_mark(c) && *marks == MARKS_MAX) {
            return at;
        }
        if is_combining_mark(c) {
            *marks += 1;
        } else if !is_silent(c) {
            *marks = 0;
        }
    }
    text.len()
}

/// Line ends of which HTML knows nothing.
const fn is_break(c: char) -> bool {
    matches!(c, '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, the characters that turn the direction of what follows, and noncharacters.
///
/// Marks and joiners (U+200C to U+200F, U+061C) stay: Persian, Hebrew and emoji are written with them,
/// and they reach no further than the text.
fn is_unseen(c: char) -> bool {
    let kept = matches!(c, '\n' | '\t') || is_break(c);
    let turning = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}');
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    (c.is_control() && !kept) || turning || none
}

/// Characters that stay and show nothing: between two marks they take none off the letter.
const fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2065}' | '\u{feff}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let html = foreign(text).into_string();
        let html = html.strip_prefix("<bdi dir=\"auto\">").and_then(|html| html.strip_suffix("</bdi>")).unwrap();
        let mut parts = html.split("<span class=\"unseen\"");
        let mut shown = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('>').unwrap().1.split_once("</span>").unwrap();
            shown += &format!("[{name}]{rest}");
        }
        shown
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
            shown("a\u{202e}b\u{2066}c\0d\u{1b}[31m\u{7f}e\u{9b}"),
            "a[U+202E]b[U+2066]c[U+0000]d[U+001B][31m[U+007F]e[U+009B]"
        );
        assert_eq!(shown("\u{ffff}a\u{10fffe}a\u{fdd0}"), "[U+FFFF]a[U+10FFFE]a[U+FDD0]");
    }

    #[test]
    fn a_run_of_them_is_named_once() {
        assert_eq!(shown(&format!("a{}b", "\u{202e}".repeat(4_000))), "a[U+202E × 4000]b");
        assert_eq!(shown("\u{202e}\0\u{202e}"), "[U+202E and 2 more]");
        assert_eq!(shown("\0\n\0"), "[U+0000]\n[U+0000]");
    }

    #[test]
    fn so_many_are_named_and_the_others_counted() {
        let shown = shown(&"a\u{202e}".repeat(NAMED_MAX + 30));
        assert_eq!(shown, "a[U+202E]".repeat(NAMED_MAX) + &"a".repeat(30) + "[and 30 more that can’t be seen]");
    }

    #[test]
    fn heaps_of_marks_are_cut() {
        let heap = |marks| "\u{300}".repeat(marks);
        assert_eq!(shown(&format!("a{}b", heap(MARKS_MAX))), format!("a{}b", heap(MARKS_MAX)));
        assert_eq!(shown(&format!("a{}b", heap(500))), format!("a{}[U+0300 × 492]b", heap(8)));
        // What shows nothing takes none off, nor does what is named no more.
        assert_eq!(shown(&format!("a{0}\u{200b}{0}", heap(8))), format!("a{}\u{200b}[U+0300 × 8]", heap(8)));
        let most = "a\u{202e}".repeat(NAMED_MAX) + &format!("e{0}\0{0}\0{0}", heap(8));
        assert!(shown(&most).ends_with(&format!("]e{}[and 18 more that can’t be seen]", heap(8))));
    }

    #[test]
    fn lines_are_counted_as_they_are_shown() {
        assert_eq!((lines("a\nb\u{2028}c", 2), lines("a\nb", 2), lines("", 2)), ("a\nb", "a\nb", ""));
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
            "ကြွှေ့း",
            "שָׁ֖לוֹם",
            "བསྒྲུབས",
            "🏴\u{e0067}\u{e0062}\u{e007f}",
            "\u{fffd}",
        ] {
            assert_eq!(shown(text), text);
        }
    }
}
