//! The pages of the inbox.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use say_so::feedback::Kind;

use super::{extent::Extent, message, useful};
use crate::store::{Filter, Mark, Page, Shown, Total};

/// What is written as it is in an address: all that a token has.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The room for messages on a page, in bytes: a page has less than a megabyte, whatever was posted.
const ARTICLES_MAX: usize = 980_000;

/// Said after a wrong token.
pub const WRONG: &str = "That is not the inbox's token. Paste the whole of it, or make a new one.";
/// Said after too many of them.
pub const BUSY: &str = "That is not the inbox's token, and too many wrong ones were tried. Paste the right one.";
/// Said after a link that opens nothing.
pub const SPENT: &str = "This link was used, or is older than ten minutes. Paste the token instead.";

/// Where a page stands, since its links are relative.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At `/inbox`.
    Inbox,
    /// Below it, such as at `/inbox/sign-in`.
    Below,
    /// At `/inbox/wordings`, which has a sheet of its own beside the inbox's.
    Wordings,
}

impl Place {
    /// Where that path stands. A proxy may show it under another.
    pub fn of(path: &str) -> Self {
        if path.ends_with("/inbox") { Self::Inbox } else { Self::Below }
    }

    /// The way from there to the collector's root.
    const fn to_root(self) -> &'static str {
        match self {
            Self::Inbox => "",
            Self::Below | Self::Wordings => "../",
        }
    }
}

/// The list of messages: as many as a page has room for.
pub fn list(page: &Page, filter: &Filter, total: &Total) -> Markup {
    let all: i64 = total.kinds.iter().sum();
    let (articles, older) = articles(page, filter);
    frame(
        Place::Inbox,
        "Inbox",
        html! {
            (top())
            nav.kinds aria-label="Kinds of feedback" {
                (tab("All", Shown::All, all, filter))
                @for (kind, count) in Kind::ALL.into_iter().zip(total.kinds) {
                    (tab(message::plural(kind), Shown::Kind(kind), count, filter))
                }
                (tab("Flagged", Shown::Flagged, total.flagged, filter))
            }
            main {
                (articles)
                @if page.messages.is_empty() {
                    p.empty {
                        @if filter.before.is_some() { "Nothing older has come in." }
                        @else if filter.shown == Shown::Flagged { "Nothing that came in is flagged." }
                        @else if filter.shown != Shown::All { "Nothing of this kind has come in yet." }
                        @else { "Nothing has come in yet. What visitors say will stand here, the newest first." }
                    }
                }
            }
            @if filter.before.is_some() || older.is_some() {
                nav.pages aria-label="Pages" {
                    @if filter.before.is_some() { a href=(address(filter.shown, None)) { "Newest" } }
                    @if let Some(older) = &older {
                        a rel="next" href=(address(filter.shown, Some(older))) { "Older" }
                    }
                }
            }
            footer {
                form method="post" action="inbox/sign-out-everywhere" {
                    button.quiet { "Sign out everywhere" }
                }
            }
        },
    )
}

/// What stands above the messages.
pub fn top() -> Markup {
    html! {
        header.top {
            h1 { "Inbox" }
            nav.elsewhere aria-label="Elsewhere" { a href="inbox/wordings" { "Wordings" } }
            form method="post" action="inbox/sign-out" { button.quiet { "Sign out" } }
        }
    }
}

/// The messages for which a page has room, and where the next page starts, if there is one.
fn articles(page: &Page, filter: &Filter) -> (Markup, Option<Mark>) {
    let (mut articles, mut last) = (String::new(), None);
    for message in &page.messages {
        let PreEscaped(article) = message::article(message, &useful::button(message, filter), Extent::Listed);
        if last.is_some() && articles.len() + article.len() > ARTICLES_MAX {
            return (PreEscaped(articles), last);
        }
        articles += &article;
        last = Some(message.mark());
    }
    (PreEscaped(articles), last.filter(|_| page.more))
}

/// The form that asks for the token, with what was wrong about the last one.
pub fn sign_in(place: Place, problem: Option<&str>) -> Markup {
    frame(
        place,
        "Sign in",
        html! {
            main.sign-in {
                h1 { "Inbox" }
                form method="post" action={ (place.to_root()) "inbox/sign-in" } {
                    label for="token" { "Token" }
                    p.hint #hint {
                        "The collector printed it at its first start. "
                        code { "say-so token" }
                        " makes a new one."
                    }
                    @if let Some(problem) = problem { p.problem #problem role="alert" { (problem) } }
                    // For password managers, which keep a password under a name.
                    input type="text" name="name" value="inbox" autocomplete="username" hidden;
                    input #token name="token" type="password" required autocomplete="current-password"
                        spellcheck="false" autocapitalize="off" aria-invalid=[problem.map(|_| "true")]
                        aria-describedby=(if problem.is_some() { "hint problem" } else { "hint" });
                    button { "Sign in" }
                }
            }
        },
    )
}

/// The page that says what went wrong, and leads back.
pub fn problem(place: Place, message: &str) -> Markup {
    frame(
        place,
        "This did not work",
        html! {
            main.sign-in {
                h1 { "This did not work" }
                p { (message) }
                p { a href={ (place.to_root()) "inbox" } { "To the inbox" } }
            }
        },
    )
}

/// A page, from its head to its end.
pub fn frame(place: Place, title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title) " – Say-so" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href={ (place.to_root()) "inbox/inbox.css" };
                @if place == Place::Wordings { link rel="stylesheet" href="../inbox/wordings.css"; }
            }
            body { (body) }
        }
    }
}

fn tab(label: &str, shown: Shown, count: i64, filter: &Filter) -> Markup {
    let here = filter.shown == shown;
    html! {
        a href=(address(shown, None)) aria-current=[here.then_some("page")] {
            (label) " " span.count { (count) }
        }
    }
}

/// Where the inbox shows those messages from that place on, relative to the collector's root.
pub fn address(shown: Shown, before: Option<&Mark>) -> String {
    let kind = shown.name().map(|name| format!("kind={name}"));
    let before = before.map(|mark| format!("before={}", encoded(&mark.to_string())));
    let query: Vec<String> = kind.into_iter().chain(before).collect();
    if query.is_empty() { "inbox".to_owned() } else { format!("inbox?{}", query.join("&")) }
}

/// A text as it is written in an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PLAIN).to_string()
}
