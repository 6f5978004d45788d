//! One message in the inbox.

use maud::{Markup, html};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use say_so::feedback::{Contact, Kind, MESSAGE_MAX, Submission, cut};
use url::Url;

use super::{extent::Extent, history, text::foreign};
use crate::{
    flag::{self, Flag},
    moment,
    store::{Listed, Revision},
};

/// What is written as it is in the address of a mail.
const MAIL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Under this key the widget sends `yes` if the visitor lets their praise be quoted by name.
const QUOTE: &str = "say-so.quote";

/// The name of a kind.
pub fn singular(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "Complaint",
        Kind::Praise => "Praise",
        Kind::Suggestion => "Suggestion",
    }
}

/// The name of all of a kind.
pub fn plural(kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => "Complaints",
        Kind::Praise => "Praise",
        Kind::Suggestion => "Suggestions",
    }
}

/// A message: its highest revision. The mark stands beside its kind.
pub fn article(message: &Listed, mark: &Markup, extent: Extent) -> Markup {
    let submission = read(message.body());
    let whole = history::address(message);
    let earlier = message.revisions - 1;
    html! {
        article.message id=(message.reference) aria-labelledby={ "kind-" (message.reference) } {
            header {
                @if let Some(submission) = &submission {
                    h2 #{ "kind-" (message.reference) } { (sign(submission.kind)) (singular(submission.kind)) }
                } @else {
                    h2 #{ "kind-" (message.reference) } { "A message" }
                }
                (mark)
                p.meta {
                    (time(&message.received)) " · " (message.site) " · "
                    span.reference { "Reference " code { (message.reference) } }
                }
            }
            @match &submission {
                Some(submission) => (said(submission, message, extent)),
                None => pre.words { (foreign(extent.lines(message.body()))) },
            }
            @if extent == Extent::Listed {
                @let shown = submission.as_ref().map_or(message.body(), |it| it.message.as_deref().unwrap_or_default());
                @let cut = extent.lines(shown).len() < shown.len();
                @if cut || earlier > 0 {
                    p.whole {
                        @if cut { a href=(whole) { "The rest of it" } }
                        @if cut && earlier > 0 { " · " }
                        @if earlier > 0 {
                            a href=(whole) { (earlier) " earlier " (if earlier == 1 { "version" } else { "versions" }) }
                        }
                    }
                }
            }
        }
    }
}

/// What was posted; it is kept as it came, and shown without the white space around it.
fn read(body: &str) -> Option<Submission> {
    let mut submission: Submission = serde_json::from_str(body).ok()?;
    submission.trim();
    Some(submission)
}

/// What a submission says.
fn said(submission: &Submission, message: &Listed, extent: Extent) -> Markup {
    let Submission { page, wording, .. } = submission;
    let (shown, folded): (Vec<_>, Vec<_>) = submission
        .custom
        .iter()
        .flatten()
        .enumerate()
        .partition(|(place, (key, _))| *place < extent.pairs() || *key == QUOTE);
    html! {
        (words(submission, extent))
        @match flag::of(submission) {
            Some(Flag::Trap) => p.flag { "Perhaps from a program: a field was filled in that people don't see." },
            Some(Flag::Haste) => p.flag {
                "Perhaps from a program: the words came " (seconds(submission.took_ms.unwrap_or_default()))
                " after the panel was opened."
            },
            // The rules may have changed since.
            None if message.flag.is_some() => p.flag { "Flagged as it came in: perhaps from a program." },
            None => {}
        }
        @if flag::is_sample(submission) { p.flag { "Made up for this demonstration: nobody wrote it." } }
        @if let Some(variant) = flag::preview(submission) {
            p.flag { "Written while looking at " (foreign(variant)) ", and not counted." }
        }
        dl {
            @if let Some(contact) = &submission.contact { (reach(contact, &message.reference)) }
            @if let Some(promise) = &submission.promise {
                (pair("Promised", html! {
                    "a reply by " (time(&promise.by))
                    @if let Some(person) = &promise.person { " (" (foreign(person)) ")" }
                }))
            }
            (pair("Page", html! {
                @if let Some(title) = &page.title { (foreign(title)) br; }
                (link(&page.url, extent))
            }))
            @for (_, (key, value)) in shown { (custom(key, value)) }
        }
        details {
            summary { "More about it" }
            dl {
                @for (_, (key, value)) in folded { (custom(key, value)) }
                (pair("Wording", html! {
                    (wording.locale)
                    @if let Some(experiment) = &wording.experiment { ", experiment " (foreign(experiment)) }
                    @if let Some(variant) = &wording.variant { ", variant " (foreign(variant)) }
                }))
                @if let Some(referrer) = &page.referrer { (pair("Came from", link(referrer, extent))) }
                @if let Some(language) = &page.language { (pair("Browser’s language", foreign(language))) }
                @if let Some([width, height]) = page.viewport {
                    (pair("Window", html! { (width) " × " (height) }))
                }
                @if let Some(ms) = submission.took_ms {
                    (pair("Time taken", html! { (seconds(ms)) }))
                }
                (pair("Sent", html! { (time(&submission.sent_at)) " by the visitor’s clock" }))
                (pair("Message", html! { code { (submission.id) } ", revision " (submission.revision) }))
            }
        }
    }
}

/// A time in seconds, with one digit behind the point.
fn seconds(ms: u32) -> String {
    format!("{}.{} s", ms / 1_000, ms % 1_000 / 100)
}

fn words(submission: &Submission, extent: Extent) -> Markup {
    html! {
        @match &submission.message {
            Some(message) => blockquote.words { (foreign(extent.lines(message))) },
            None => p.bare { "A bare click, without words." },
        }
    }
}

/// A pair that came along. What the visitor said of their praise is told in words.
fn custom(key: &str, value: &str) -> Markup {
    match (key, value) {
        (QUOTE, "yes") => pair("Quoting", html! { "May be quoted by name" }),
        // In another dress than our own names, so that a page can't speak in our place.
        _ => html! { div { dt { code { (key) } } dd { (foreign(value)) } } },
    }
}

/// Who wrote, and whether they wait for a reply.
fn reach(contact: &Contact, reference: &str) -> Markup {
    html! {
        (pair("From", html! {
            @if let Some(name) = &contact.name { (foreign(name)) br; }
            @if let Some(email) = &contact.email {
                a href={ "mailto:" (utf8_percent_encode(email, MAIL)) "?subject=" (reference) } { (foreign(email)) }
                br;
            }
            @if contact.reply { strong { "Wants a reply" } } @else { "Wants no reply" }
        }))
    }
}

/// An earlier revision.
pub fn version(revision: &Revision) -> Markup {
    let submission = read(&revision.body);
    html! {
        section.version {
            p.meta {
                "Revision " (revision.number) " · "
                @if let Some(submission) = &submission { (singular(submission.kind)) " · " }
                (time(&revision.received))
            }
            @match &submission {
                Some(submission) => (words(submission, Extent::Whole)),
                None => pre.words { (foreign(cut(&revision.body, MESSAGE_MAX))) },
            }
        }
    }
}

fn pair(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// A link, if the text is a web address; else the text.
fn link(text: &str, extent: Extent) -> Markup {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let (shown, is_cut) = extent.line(text);
    html! {
        @match url {
            Some(url) => a href=(url) target="_blank" rel="noopener noreferrer nofollow" { (foreign(shown)) },
            None => (foreign(shown)),
        }
        @if is_cut { " …" }
    }
}

fn time(moment: &str) -> Markup {
    html! { time datetime=(moment) { (moment::readable(moment)) } }
}

/// The drawn sign of a kind. The word beside it says the same.
fn sign(kind: Kind) -> Markup {
    let (first, second) = match kind {
        Kind::Complaint => ("M4 5h16v11h-8l-4 4v-4H4z", "M12 8v4m0 1.6v.4"),
        Kind::Praise => {
            ("M12 20C5 15 3.5 11.5 3.5 9a4.3 4.3 0 0 1 8.5-1 4.3 4.3 0 0 1 8.5 1c0 2.500-1.500 6-8.500 11z", "")
        }
        Kind::Suggestion => ("M9 17c0-2-3-3.500-3-7a6 6 0 0 1 12 0c0 3.500-3 5-3 7z", "M9.500 20.500h5"),
    };
    html! {
        svg aria-hidden="true" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"
            stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" {
            path d=(first) {}
            @if !second.is_empty() { path d=(second) {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_become_links() {
        assert!(
            link("https://shop.example/a?b", Extent::Listed)
                .into_string()
                .contains("href=\"https://shop.example/a?b\"")
        );
        for text in ["javascript:alert(1)", "data:text/html,x", "//shop.example", "file:///etc/passwd", "a b"] {
            assert!(!link(text, Extent::Whole).into_string().contains("href"), "{text}");
        }
        assert!(!link("https://shop.example/\"onclick=x", Extent::Listed).into_string().contains("\"onclick"));
    }

    #[test]
    fn what_was_said_of_praise_is_told_in_words() {
        assert_eq!(custom(QUOTE, "yes").into_string(), "<div><dt>Quoting</dt><dd>May be quoted by name</dd></div>");
        let other = custom("for", "<b>Sam\u{202e}</b>").into_string();
        assert!(other.contains("U+202E") && other.contains("&lt;/b&gt;") && !other.contains('\u{202e}'), "{other}");
        for (key, value) in [(QUOTE, "no"), (QUOTE, "Yes"), (QUOTE, ""), ("say-so.x", "yes"), ("quote", "yes")] {
            let html = custom(key, value).into_string();
            assert!(html.starts_with(&format!("<div><dt><code>{key}</code></dt>")), "{html}");
            assert!(!html.contains("May be quoted"), "{html}");
        }
    }

    #[test]
    fn an_address_adds_nothing_to_the_mail() {
        let contact = Contact { name: None, email: Some("a?bcc=b&x@c.d".to_owned()), reply: true };
        let html = reach(&contact, "K7M-4QPA").into_string();
        assert!(html.contains("href=\"mailto:a%3Fbcc%3Db%26x%40c.d?subject=K7M-4QPA\""), "{html}");
    }
}
