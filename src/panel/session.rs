//! What the visitor is doing: one signal per thing that changes, and what each screen reads from them.

use leptos::prelude::*;

use super::{
    context::Context,
    phase::{Failure, Phase, Words},
};
use crate::{
    draft::{Field, Problem},
    feedback::{Kind, decimal},
    wording::{fill, text, text_of},
};

/// Something the visitor does that reaches beyond the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// They choose a kind.
    Choose(Kind),
    /// They send their words.
    Send,
    /// They go back to the words they sent.
    Reopen,
}

/// The state of the panel. A copy of it is the same state.
#[derive(Clone, Copy)]
pub struct Session {
    /// Which screen is shown.
    pub phase: RwSignal<Phase>,
    /// The kind last chosen.
    pub kind: RwSignal<Option<Kind>>,
    /// The rules that the draft broke when it was last sent.
    pub problems: RwSignal<Vec<Problem>>,
    /// The key of the quiet line that says what became of the click; empty for none.
    pub note: RwSignal<&'static str>,
    /// Whether choosing a kind is posted at once.
    pub one_click: bool,
    context: StoredValue<Context>,
    act: fn(Self, Act),
}

impl Session {
    /// A session that begins with nothing chosen; `act` carries out what reaches beyond the panel.
    pub fn new(context: Context, act: fn(Self, Act)) -> Self {
        Self {
            phase: RwSignal::new(Phase::Choose),
            kind: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            note: RwSignal::new(""),
            one_click: context.one_click,
            context: StoredValue::new(context),
            act,
        }
    }

    /// Takes up what the visitor began in the shell.
    pub fn resume(self, kind: Option<Kind>, failure: Option<Failure>, note: &'static str) {
        self.kind.set(kind);
        self.note.set(note);
        match (kind, failure) {
            (_, Some(failure)) => self.phase.set(Phase::NotKept(failure)),
            (Some(_), None) => self.phase.set(Phase::Write),
            (None, None) => {}
        }
    }

    /// The visitor chooses a kind: the words are asked for. While words are on their way it stays as it is.
    pub fn choose(self, kind: Kind) {
        if matches!(self.phase.get_untracked(), Phase::Sending) {
            return;
        }
        self.kind.set(Some(kind));
        if matches!(self.phase.get_untracked(), Phase::Choose) {
            self.phase.set(Phase::Write);
        }
        (self.act)(self, Act::Choose(kind));
    }

    /// The visitor sends their words; not twice while they are on their way.
    pub fn send(self) {
        if !matches!(self.phase.get_untracked(), Phase::Sending) {
            (self.act)(self, Act::Send);
        }
    }

    /// The visitor wants to add to what they sent, or change it.
    pub fn reopen(self) {
        self.note.set("");
        self.phase.set(Phase::Write);
        (self.act)(self, Act::Reopen);
    }

    /// What shell.js knows of the page, and what was carried over from the shell.
    pub fn context(self) -> Context {
        self.context.get_value()
    }

    /// A text that follows the session. All texts are of one type, which keeps the wasm small.
    pub fn text(self, read: impl Fn(Self) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || read(self))
    }

    /// A yes or no that follows the session. All are of one type, which keeps the wasm small.
    pub fn when(self, holds: impl Fn(Self) -> bool + Send + Sync + 'static) -> Signal<bool> {
        Signal::derive(move || holds(self))
    }

    /// Whether the fields are on the screen.
    pub fn is_writable(self) -> bool {
        self.sent().is_none()
    }

    /// Whether the words are on their way.
    pub fn is_sending(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Sending))
    }

    /// What was sent, once that is true.
    pub fn sent(self) -> Option<Words> {
        self.phase.with(|phase| if let Phase::Sent(sent) = phase { Some(sent.clone()) } else { None })
    }

    fn failure(self) -> Option<Failure> {
        self.phase.with(|phase| if let Phase::NotKept(failure) = phase { Some(*failure) } else { None })
    }

    /// The sentence for the chosen kind, such as `.prompt`; empty before one is chosen.
    pub fn of_kind(self, key: &str) -> String {
        self.kind.get().map_or("", |kind| text_of(kind.name(), key)).into()
    }

    /// The panel's heading: the question, and when it is answered the thanks.
    pub fn title(self) -> String {
        match self.sent() {
            None => text("title").into(),
            Some(sent) if sent.name.is_empty() => text_of(sent.kind.name(), ".thanks").into(),
            Some(sent) => fill(text_of(sent.kind.name(), ".thanks.name"), "name", &sent.name),
        }
    }

    /// The error at a field; empty if there is none.
    pub fn error(self, field: Field) -> String {
        let problem = self.problems.with(|problems| problems.iter().copied().find(|problem| problem.field() == field));
        let Some(problem) = problem else { return String::new() };
        let sentence = text(&["error.", field.name(), ".", problem.name()].concat());
        problem.length().map_or_else(|| sentence.into(), |length| fill(sentence, "length", &thousands(length)))
    }

    /// The heading of what stands in the way; empty if nothing does.
    pub fn problem_title(self) -> String {
        if self.failure().is_some() {
            text_of("problem.title.", self.kind.get().map_or("", Kind::name)).into()
        } else if self.problems.with(Vec::is_empty) {
            String::new()
        } else {
            text("error.title").into()
        }
    }

    /// Why the words have not arrived; empty unless a delivery failed.
    pub fn reason(self) -> String {
        self.failure().map_or("", |failure| text_of("problem.", failure.name())).into()
    }

    /// What the one primary action says.
    pub fn send_label(self) -> String {
        if self.is_sending() {
            text("sending").into()
        } else if self.failure().is_some() {
            text("again").into()
        } else {
            self.of_kind(".send")
        }
    }

    /// The sentence for the kind that was sent; empty before.
    pub fn sent_text(self, key: &str) -> String {
        self.sent().map_or("", |sent| text_of(sent.kind.name(), key)).into()
    }

    /// What becomes of a reply.
    pub fn reply_line(self) -> String {
        match self.sent() {
            None => String::new(),
            Some(sent) if sent.email.is_empty() => text("reply.none").into(),
            Some(sent) if sent.reply => fill(text("reply.yes"), "email", &sent.email),
            Some(_) => text("reply.no").into(),
        }
    }

    /// The reference, if the endpoint gave one.
    pub fn reference(self) -> String {
        self.sent().map(|sent| sent.reference).unwrap_or_default()
    }
}

/// The number with a comma between thousands, as English writes it; the fields hold less than a thousand thousand.
fn thousands(number: usize) -> String {
    let mut digits = decimal(u32::try_from(number).unwrap_or(u32::MAX));
    if let Some(comma) = digits.len().checked_sub(3).filter(|at| *at > 0) {
        digits.insert(comma, ',');
    }
    digits
}

#[cfg(test)]
#[test]
fn thousands_are_set_apart() {
    assert_eq!([7, 999, 1_000, 4_001, 123_456].map(thousands), ["7", "999", "1,000", "4,001", "123,456"]);
}
