//! The pages of the inbox.

use maud::{DOCTYPE, Markup, html};
use say_so::feedback::Kind;

use super::message;
use crate::store::{Filter, Page};

/// Said after a wrong token.
pub const WRONG: &str = "That is not the inbox's token. Paste the whole of it, or make a new one.";
/// Said after too many tokens.
pub const BUSY: &str = "Too many tokens were tried. Wait a minute, then try again.";

/// The list of messages.
pub fn list(page: &Page, filter: &Filter, counts: [i64; 3]) -> Markup {
    let all: i64 = counts.iter().sum();
    frame(
        "Inbox",
        html! {
            header.top {
                h1 { "Inbox" }
                form method="post" action="/inbox/sign-out" { button.quiet { "Sign out" } }
            }
            nav.kinds aria-label="Kinds of feedback" {
                (tab("All", None, all, filter))
                @for (kind, count) in Kind::ALL.into_iter().zip(counts) {
                    (tab(message::plural(kind), Some(kind), count, filter))
                }
            }
            main {
                @for message in &page.messages { (message::article(message)) }
                @if page.messages.is_empty() {
                    p.empty {
                        @if filter.before.is_some() { "Nothing older has come in." }
                        @else if filter.kind.is_some() { "Nothing of this kind has come in yet." }
                        @else { "Nothing has come in yet. What visitors say will stand here, the newest first." }
                    }
                }
            }
            @if filter.before.is_some() || page.older.is_some() {
                nav.pages aria-label="Pages" {
                    @if filter.before.is_some() { a href=(address(filter.kind, None)) { "Newest" } }
                    @if let Some(older) = &page.older {
                        a rel="next" href=(address(filter.kind, Some(&older.to_string()))) { "Older" }
                    }
                }
            }
        },
    )
}

/// The form that asks for the token, with what was wrong about the last one.
pub fn sign_in(problem: Option<&str>) -> Markup {
    frame(
        "Sign in",
        html! {
            main.sign-in {
                h1 { "Inbox" }
                form method="post" action="/inbox/sign-in" {
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

fn frame(title: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title) " – Say-so" }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/inbox/inbox.css";
            }
            body { (body) }
        }
    }
}

fn tab(label: &str, kind: Option<Kind>, count: i64, filter: &Filter) -> Markup {
    let here = filter.kind == kind;
    html! {
        a href=(address(kind, None)) aria-current=[here.then_some("page")] {
            (label) " " span.count { (count) }
        }
    }
}

fn address(kind: Option<Kind>, before: Option<&str>) -> String {
    let kind = kind.map(|kind| format!("kind={}", kind.name()));
    let before = before.map(|mark| format!("before={mark}"));
    let query: Vec<String> = kind.into_iter().chain(before).collect();
    if query.is_empty() { "/inbox".to_owned() } else { format!("/inbox?{}", query.join("&")) }
}
