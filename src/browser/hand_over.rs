//! What first aid hands over: what the tag says, what the page is, and what the visitor has done so far.

use serde::Deserialize;

use super::{clock, json, sender::Receipt};
use crate::{
    feedback::{
        Custom, Failure, Kind, Page, Problem, Wording, problems,
        request::{Endpoint, Format},
    },
    message::{Frozen, Message, Moment},
    panel::{Begun, Context, Phase},
    wording::Key,
};

/// What first aid can say in the quiet line.
const QUIET: [Key; 7] = [
    Key::Noting,
    Key::NotedComplaint,
    Key::NotedPraise,
    Key::NotedSuggestion,
    Key::NotedNot,
    Key::PageLeft,
    Key::ProblemTyping,
];

/// The hand-over: it goes one way, once.
///
/// It is flat, and most of it texts: each further type that is read would weigh on every visitor. What is missing is
/// empty.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct HandOver {
    /// The settings of the tag, as they stand there; empty where the tag has none.
    endpoint: String,
    format: String,
    headers: String,
    fields: String,
    /// The address of the site's file, or `#` and the id of an element that holds it.
    pub config: String,
    /// The language that the tag asks for.
    pub setting_lang: String,
    /// Whether choosing a kind is posted at once.
    pub one_click: bool,
    /// Whether the panel is part of the page's text.
    inline: bool,

    /// The language that is spoken, as files of words are named after it.
    pub lang: String,
    /// The catalog of that language, in the order of the keys.
    pub words: Vec<String>,
    /// Whether none of it is said yet.
    pub silent: bool,
    /// Its BCP 47 tag.
    locale: String,

    site: String,
    id: String,
    /// When the panel was opened, in milliseconds since 1970 by the device's clock.
    pub opened: f64,
    url: String,
    title: Option<String>,
    referrer: Option<String>,
    language: Option<String>,
    width: u32,
    height: u32,
    /// What the site sends along: a key, its text, the next key and so on.
    custom: Vec<String>,

    /// The kind that is chosen.
    kind: String,
    /// The first revision that has not been posted.
    next: u8,
    /// The kind that was last posted by itself; `no` where the visitor has chosen one, and that is not posted.
    posted: String,
    /// Whether the click on a kind has arrived; none while that is open.
    pub noted: Option<bool>,
    /// The last words that were posted: their bytes, what of them was the visitor's doing, and their moment.
    body: String,
    content: String,
    revision: u8,
    sent_at: String,
    took_ms: u32,
    /// Why posting them failed, if it did; `unsure` if nobody knows.
    failure: String,
    /// When first aid's last post was sent and answered by the device's clock, and received by the endpoint's, in
    /// seconds since 1970; 0 if it was not, or does not say.
    sent: f64,
    answered: f64,
    received: f64,
    /// What first aid's last post that arrived was answered: what opens the message, and where it is taken back.
    key: String,
    withdraw: Option<String>,
    /// The draft of which the screen says what is wrong: words, name, e-mail, and a text if a reply is wanted. Empty if
    /// it says nothing.
    judged: Vec<String>,
    /// The number of the sentence in the quiet line; 0 if it says nothing.
    quiet: u8,
    /// Whether the visitor has pressed Send, and nothing has been posted since.
    pub send: bool,
}

impl HandOver {
    /// Where feedback is posted.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint {
            address: self.endpoint.clone(),
            format: Format::named(&self.format),
            headers: json::pairs(&self.headers).into_iter().filter_map(|(name, text)| Some((name, text?))).collect(),
            fields: json::pairs(&self.fields),
        }
    }

    /// What travels with the words.
    pub fn context(&self) -> Context {
        let pairs = self.custom.chunks_exact(2).filter_map(|pair| match pair {
            [key, text] => Some((key.clone(), text.clone())),
            _ => None,
        });
        Context {
            site: self.site.clone(),
            id: self.id.clone(),
            page: Page {
                url: self.url.clone(),
                title: self.title.clone(),
                referrer: self.referrer.clone(),
                language: self.language.clone(),
                viewport: Some([self.width, self.height]),
            },
            custom: Some(Custom(pairs.collect())).filter(|custom| !custom.0.is_empty()),
            wording: Wording { locale: self.locale.clone(), ..Wording::default() },
            one_click: self.one_click,
            inline: self.inline,
        }
    }

    /// Whether the visitor has chosen a kind: a page may have done so for them.
    pub fn has_chosen(&self) -> bool {
        !self.posted.is_empty()
    }

    /// The revisions so far. First aid promises nothing.
    pub fn message(&self) -> Message {
        let moment = Moment {
            revision: self.revision,
            sent_at: self.sent_at.clone(),
            took_ms: Some(self.took_ms),
            promise: None,
        };
        let frozen = Frozen { body: self.body.clone(), content: self.content.clone(), moment };
        Message {
            next: self.next,
            posted: Kind::named(&self.posted),
            frozen: Some(frozen).filter(|frozen| !frozen.body.is_empty()),
        }
    }

    /// What the endpoint said of the message so far, as far as the panel needs it.
    pub fn receipt(&self) -> Receipt {
        Receipt { key: self.key.clone(), withdraw: self.withdraw.clone(), ..Receipt::default() }
    }

    /// What the visitor has begun, as it stands on the screen. What they have done since is not judged yet.
    pub fn begun(&self) -> Begun {
        Begun {
            kind: self.kind(),
            phase: self.phase(),
            problems: self.problems().unwrap_or_default(),
            note: QUIET.into_iter().find(|key| *key as u8 == self.quiet),
            can_undo: self.withdraw.is_some(),
        }
    }

    /// The rules that the draft breaks of which the screen says so.
    fn problems(&self) -> Option<Vec<Problem>> {
        let [message, name, email, reply] = self.judged.as_slice() else { return None };
        Some(problems(message, name, email, !reply.is_empty()))
    }

    /// The kind that is chosen, if any.
    pub fn kind(&self) -> Option<Kind> {
        Kind::named(&self.kind)
    }

    /// The screen that stands there.
    fn phase(&self) -> Phase {
        match (self.kind(), Failure::named(&self.failure)) {
            (Some(_), _) if self.send => Phase::Sending,
            (_, Some(failure)) => Phase::NotKept(failure),
            _ if self.failure == "unsure" => Phase::Unsure(Format::named(&self.format)),
            (Some(_), None) => Phase::Write,
            (None, None) => Phase::Choose,
        }
    }

    /// By how many seconds the device's clock is behind the endpoint's, as far as that is known.
    pub fn skew(&self) -> f64 {
        if self.received > 0.0 { clock::skew(self.sent, self.received, self.answered) } else { 0.0 }
    }
}

/// The key of the line that a click has been noted.
pub const fn noted(kind: Kind) -> Key {
    Key::of(kind, [Key::NotedComplaint, Key::NotedPraise, Key::NotedSuggestion])
}
