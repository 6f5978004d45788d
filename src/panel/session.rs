//! What the visitor is doing: one signal per thing that changes, and what each screen reads from them.

use leptos::prelude::*;

use super::{
    context::Context,
    phase::{Failure, Phase},
};
use crate::{
    draft::{Field, Problem},
    feedback::Kind,
    wording::{Catalog, Key, fill_all},
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

/// What lies beyond the panel.
#[derive(Clone, Copy)]
pub struct Outside {
    /// Carries out what the visitor does.
    pub act: fn(Session, Act),
    /// Writes a number as it is written in a language, given by its BCP 47 tag.
    pub number: fn(u32, &str) -> String,
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
    /// The quiet line that says what became of the click, if there is one.
    pub note: RwSignal<Option<Key>>,
    /// Whether choosing a kind is posted at once.
    pub one_click: bool,
    context: StoredValue<Context>,
    catalog: StoredValue<Catalog>,
    outside: Outside,
}

impl Session {
    /// A session that begins with nothing chosen.
    pub fn new(context: Context, catalog: Catalog, outside: Outside) -> Self {
        Self {
            phase: RwSignal::new(Phase::Choose),
            kind: RwSignal::new(None),
            problems: RwSignal::new(Vec::new()),
            note: RwSignal::new(None),
            one_click: context.one_click,
            context: StoredValue::new(context),
            catalog: StoredValue::new(catalog),
            outside,
        }
    }

    /// Takes up what the visitor began in the shell.
    pub fn resume(self, kind: Option<Kind>, failure: Option<Failure>, note: Option<Key>) {
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
        (self.outside.act)(self, Act::Choose(kind));
    }

    /// The visitor sends their words; not twice while they are on their way.
    pub fn send(self) {
        if !matches!(self.phase.get_untracked(), Phase::Sending) {
            (self.outside.act)(self, Act::Send);
        }
    }

    /// The visitor wants to add to what they sent, or change it.
    pub fn reopen(self) {
        self.note.set(None);
        self.phase.set(Phase::Write);
        (self.outside.act)(self, Act::Reopen);
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
        !self.phase.with(|phase| matches!(phase, Phase::Sent))
    }

    /// Whether the words are on their way.
    pub fn is_sending(self) -> bool {
        self.phase.with(|phase| matches!(phase, Phase::Sending))
    }

    fn failure(self) -> Option<Failure> {
        self.phase.with(|phase| if let Phase::NotKept(failure) = phase { Some(*failure) } else { None })
    }

    /// The sentence of that key, in the visitor's language.
    pub fn say(self, key: Key) -> String {
        self.catalog.with_value(|catalog| catalog.text(key).into())
    }

    /// The catalog that the panel speaks from.
    pub fn catalog(self) -> Catalog {
        self.catalog.get_value()
    }

    /// One of three sentences, each for a kind; empty before one is chosen.
    pub fn of_kind(self, keys: [Key; 3]) -> String {
        self.kind.get().map(|kind| self.say(Key::of(kind, keys))).unwrap_or_default()
    }

    /// The error at a field; empty if there is none.
    pub fn error(self, field: Field) -> String {
        let problem = self.problems.with(|problems| problems.iter().copied().find(|problem| problem.field() == field));
        let Some(problem) = problem else { return String::new() };
        let sentence = self.say(problem.key());
        let Some(length) = problem.length() else { return sentence };
        let number = |number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.context.with_value(|context| (self.outside.number)(number, &context.wording.locale))
        };
        fill_all(&sentence, &[("length", &number(length)), ("max", &number(problem.max()))])
    }

    /// The heading of what stands in the way; empty if nothing does.
    pub fn problem_title(self) -> String {
        if self.failure().is_some() {
            self.of_kind([Key::ProblemComplaint, Key::ProblemPraise, Key::ProblemSuggestion])
        } else if self.problems.with(Vec::is_empty) {
            String::new()
        } else {
            self.say(Key::ErrorTitle)
        }
    }

    /// Why the words have not arrived; empty unless a delivery failed.
    pub fn reason(self) -> String {
        self.failure().map(|failure| self.say(failure.key())).unwrap_or_default()
    }

    /// What the one primary action says.
    pub fn send_label(self) -> String {
        if self.is_sending() {
            self.say(Key::Sending)
        } else if self.failure().is_some() {
            self.say(Key::Again)
        } else {
            self.of_kind([Key::ComplaintSend, Key::PraiseSend, Key::SuggestionSend])
        }
    }
}
