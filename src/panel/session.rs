//! What the visitor is doing, and what each screen reads from it.

use leptos::{ev::MouseEvent, prelude::*};

use super::{
    Sent,
    context::Context,
    phase::{self, Phase},
    steps::{Steps, TakeBack},
};
use crate::{
    config::site::Reach,
    feedback::{Field, Kind, Problem},
    wording::{Catalog, Key, fill_all},
};

/// Something the visitor does that reaches beyond the panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// They choose a kind.
    Choose(Kind),
    /// They send their words.
    Send,
    /// They say whether they want a reply.
    Reply,
    /// They follow a link to a field.
    Go(Field),
    /// They copy something.
    Copy(Source),
    /// They save a copy of the confirmation.
    Save,
    /// They go back to the words they sent, to add something.
    Reopen,
    /// They take a click on a kind back.
    Undo,
    /// They leave an address after all, for an answer.
    Answer,
    /// They let their praise be quoted.
    Quote,
    /// They ask that the message be deleted, and are asked whether they mean it.
    TakeBack,
    /// They don't mean it.
    Keep,
    /// They mean it.
    Delete,
}

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The words in their box.
    Message,
    /// The reference.
    Reference,
}

/// What the visitor has begun with first aid.
#[derive(Default)]
pub struct Begun {
    /// The kind that is chosen.
    pub kind: Option<Kind>,
    /// The screen that stands there.
    pub phase: Phase,
    /// The rules that the draft broke when it was last sent.
    pub problems: Vec<Problem>,
    /// What the quiet line says.
    pub note: Option<Key>,
    /// Whether a click can be taken back.
    pub can_undo: bool,
}

/// What lies beyond the panel.
#[derive(Clone, Copy)]
pub struct Outside {
    /// Carries out what the visitor does.
    pub act: fn(Session, Act),
    /// Writes a number as it is written in a language, given by its BCP 47 tag.
    pub number: fn(u32, &str) -> String,
}

/// The panel's state, and the way to it: a copy is the same session.
///
/// The state is one signal, and everything on the screen is a text or a yes or no that follows it: each further type of
/// signal would weigh on every visitor.
#[derive(Clone, Copy)]
pub struct Session {
    state: RwSignal<State>,
    act: fn(Session, Act),
}

/// What the visitor is doing.
pub struct State {
    /// Whether the panel owns the elements; before that, first aid does.
    pub adopted: bool,
    /// Which screen is shown.
    pub phase: Phase,
    /// The kind last chosen.
    pub kind: Option<Kind>,
    /// The rules that the draft broke when it was last sent.
    pub problems: Vec<Problem>,
    /// The quiet line that says what became of the click, if there is one.
    pub note: Option<Key>,
    /// Whether a click on a kind can be taken back, once it is noted.
    pub can_undo: bool,
    /// Whether a click on a kind is being taken back.
    pub undoing: bool,
    /// Until when the endpoint takes nothing from this visitor, as a day in their language; empty if it does.
    pub blocked: String,
    /// What travels with the words.
    pub context: Context,
    /// The sentences.
    pub catalog: Catalog,
    /// Other ways to reach a person.
    pub reach: Reach,
    /// What the visitor has done with the confirmation.
    pub steps: Steps,
    number: fn(u32, &str) -> String,
}

impl Session {
    /// A session that begins with nothing chosen, as the first screens are drawn.
    pub fn new(context: Context, catalog: Catalog, outside: Outside) -> Self {
        let state = State {
            adopted: false,
            phase: Phase::Choose,
            kind: None,
            problems: Vec::new(),
            note: None,
            can_undo: false,
            undoing: false,
            blocked: String::new(),
            context,
            catalog,
            reach: Reach::default(),
            steps: Steps::default(),
            number: outside.number,
        };
        Self { state: RwSignal::new(state), act: outside.act }
    }

    /// Reads the state as it is now. After the panel is gone there is none.
    pub fn read<T>(self, read: impl FnOnce(&State) -> T) -> Option<T> {
        self.state.try_with_untracked(read)
    }

    /// Changes the state, and the screen with it; does nothing after the panel is gone.
    pub fn update(self, change: impl FnOnce(&mut State)) {
        self.state.try_update(change);
    }

    /// Takes up what the visitor began with first aid.
    pub fn resume(self, begun: Begun) {
        self.update(|state| {
            let Begun { kind, phase, problems, note, can_undo } = begun;
            (state.kind, state.phase, state.problems, state.note, state.can_undo) =
                (kind, phase, problems, note, can_undo);
            state.adopted = true;
        });
    }

    /// A kind is chosen, by the visitor or for them.
    pub fn choose(self, kind: Kind) {
        self.update(|state| {
            // What was said of another kind is not said of this one.
            if state.kind != Some(kind) {
                state.note = None;
            }
            state.kind = Some(kind);
            if matches!(state.phase, Phase::Choose) {
                state.phase = Phase::Write;
            }
        });
    }

    /// What a click does. All handlers are of one type, which keeps the wasm small.
    pub fn on(self, act: Act) -> impl Fn(MouseEvent) + 'static {
        move |event| {
            // Links to fields lead nowhere else.
            if let Act::Go(_) = act {
                event.prevent_default();
            }
            self.act(act);
        }
    }

    /// The visitor does something. While words are on their way, or a click is taken back, neither their kind nor
    /// anything else of them changes.
    pub fn act(self, act: Act) {
        let (sending, undoing) = self.read(|state| (state.is_sending(), state.undoing)).unwrap_or_default();
        let is_deleting = self.read(|state| state.steps.take_back == TakeBack::UnderWay).unwrap_or_default();
        match act {
            Act::Choose(_) | Act::Send if sending => return,
            Act::Choose(_) | Act::Undo if undoing => return,
            Act::Delete | Act::Keep if is_deleting => return,
            Act::Choose(kind) => self.choose(kind),
            Act::Reopen => self.update(|state| {
                state.note = None;
                state.phase = Phase::Write;
            }),
            // What was wrong with an address is no longer asked.
            Act::Reply => self.update(|state| state.problems.retain(|problem| problem.field() == Field::Message)),
            Act::TakeBack => self.update(|state| state.steps.take_back = TakeBack::Asked),
            _ => {}
        }
        (self.act)(self, act);
    }

    /// The words have arrived; `steps` says what is offered then.
    pub fn confirm(self, sent: Sent, steps: Steps) {
        self.update(|state| {
            state.steps = steps;
            state.phase = Phase::Sent(sent);
        });
    }

    /// A text that follows the session. All texts are of one type, and made by one closure, which keeps the wasm small.
    pub fn text(self, read: fn(&State) -> String) -> Signal<String> {
        Signal::derive(move || self.state.with(read))
    }

    /// A text of something that follows the session.
    pub fn text_of<T: Copy + Send + Sync + 'static>(self, of: T, read: fn(&State, T) -> String) -> Signal<String> {
        Signal::derive(move || self.state.with(|state| read(state, of)))
    }

    /// A yes or no that follows the session.
    pub fn when(self, holds: fn(&State) -> bool) -> Signal<bool> {
        Signal::derive(move || self.state.with(holds))
    }

    /// A yes or no of something that follows the session.
    pub fn when_of<T: Copy + Send + Sync + 'static>(self, of: T, holds: fn(&State, T) -> bool) -> Signal<bool> {
        Signal::derive(move || self.state.with(|state| holds(state, of)))
    }

    /// The sentence of that key as it is drawn: where the language changes, the loader fills it anew.
    pub fn drawn(self, key: Key) -> String {
        self.state.with_untracked(|state| state.say(key))
    }

    /// The same, with the blank that parts it from what follows in the line: one text, since two can't be side by side.
    pub fn drawn_before(self, key: Key) -> String {
        self.drawn(key) + " "
    }
}

impl State {
    /// Makes room for the next message.
    pub fn begin(&mut self, context: Context) {
        self.phase = Phase::Choose;
        self.kind = None;
        self.problems.clear();
        self.note = None;
        self.can_undo = false;
        self.context = context;
    }

    /// Whether the words are on their way.
    pub fn is_sending(&self) -> bool {
        matches!(self.phase, Phase::Sending)
    }

    /// Whether the confirmation stands.
    pub fn is_sent(&self) -> bool {
        matches!(self.phase, Phase::Sent(_))
    }

    /// Whether nobody can say that the words have arrived.
    pub fn is_failed(&self) -> bool {
        matches!(self.phase, Phase::NotKept(_) | Phase::Unsure(_))
    }

    /// Whether the quiet line offers to take the click back.
    pub fn offers_undo(&self) -> bool {
        let is_noted =
            matches!(self.note, Some(Key::NotedComplaint | Key::NotedPraise | Key::NotedSuggestion | Key::UndoFailed));
        is_noted && self.can_undo && !self.undoing
    }

    /// The sentence of that key, in the visitor's language.
    pub fn say(&self, key: Key) -> String {
        self.catalog.text(key).into()
    }

    /// The sentence of that key; empty if there is none.
    pub fn say_any(&self, key: Option<Key>) -> String {
        key.map(|key| self.say(key)).unwrap_or_default()
    }

    /// One of three sentences, each for a kind; empty before one is chosen.
    pub fn of_kind(&self, keys: [Key; 3]) -> String {
        self.say_any(self.kind.map(|kind| Key::of(kind, keys)))
    }

    /// The panel's heading.
    pub fn heading(&self) -> String {
        match &self.phase {
            Phase::Sent(_) if self.steps.take_back == TakeBack::Pending => self.say(Key::TakeBackPending),
            Phase::Sent(_) if self.steps.is_deleted() => self.say(Key::TakeBackDone),
            Phase::Sent(sent) => sent.said.heading.clone(),
            _ => self.say(Key::Title),
        }
    }

    /// The error at a field; empty if there is none.
    pub fn error(&self, field: Field) -> String {
        let problem = self.problems.iter().find(|problem| problem.field() == field);
        problem.map(|problem| self.sentence(*problem)).unwrap_or_default()
    }

    /// What is said of a problem.
    pub(super) fn sentence(&self, problem: Problem) -> String {
        let sentence = self.catalog.text(sentence(problem));
        let Some(length) = problem.length() else { return sentence.into() };
        let number = |number| {
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            (self.number)(number, &self.context.wording.locale)
        };
        fill_all(sentence, &[("length", &number(length)), ("max", &number(problem.max()))])
    }

    /// The heading of what stands in the way; empty if nothing does.
    pub fn problem_title(&self) -> String {
        if let Phase::Unsure(_) = self.phase {
            self.of_kind([Key::UnsureComplaint, Key::UnsurePraise, Key::UnsureSuggestion])
        } else if self.is_failed() {
            self.of_kind([Key::ProblemComplaint, Key::ProblemPraise, Key::ProblemSuggestion])
        } else if self.problems.is_empty() {
            String::new()
        } else {
            self.say(Key::ErrorTitle)
        }
    }

    /// Why the words have not arrived; empty unless a delivery failed.
    pub fn reason(&self) -> String {
        match self.phase {
            Phase::Unsure(format) => self.say(if format.merges() { Key::UnsureAgain } else { Key::UnsureNext }),
            Phase::NotKept(_) if !self.blocked.is_empty() => {
                self.catalog.fill(Key::ProblemBlocked, "date", &self.blocked)
            }
            Phase::NotKept(failure) => self.say(phase::reason(failure)),
            _ => String::new(),
        }
    }

    /// What the one primary action says.
    pub fn send_label(&self) -> String {
        if self.is_sending() {
            self.say(Key::Sending)
        } else if self.is_failed() {
            self.say(Key::Again)
        } else {
            self.of_kind([Key::ComplaintSend, Key::PraiseSend, Key::SuggestionSend])
        }
    }
}

/// The value of an ARIA attribute.
pub fn aria(holds: bool) -> String {
    if holds { "true" } else { "false" }.into()
}

/// What the visitor is told of a problem, in the catalog.
const fn sentence(problem: Problem) -> Key {
    match problem {
        Problem::MessageEmpty => Key::ErrorMessageEmpty,
        Problem::MessageTooLong { .. } => Key::ErrorMessageLong,
        Problem::NameTooLong { .. } => Key::ErrorNameLong,
        Problem::EmailMissing => Key::ErrorEmailMissing,
        Problem::EmailWrong => Key::ErrorEmailWrong,
        Problem::EmailTooLong { .. } => Key::ErrorEmailLong,
    }
}
