//! Every phase and state of the panel, and how a session comes to it.

use say_so::{
    draft::Draft,
    feedback::{Failure, Kind, request::Format},
    panel::{Act, Offer, Phase, Session, Steps, TakeBack},
    wording::Key,
};

/// What a screen is made of.
pub enum Made {
    /// A state of the panel, and how a session comes to it.
    State(fn(Session)),
    /// A confirmation: of which kind, whether an answer is promised, and what the visitor has done with it.
    Confirmed(Kind, bool, fn(&mut Steps)),
}

/// A screen: its name in the page, what it shows, in plain words, and what it is made of.
pub struct Screen {
    /// Its name in the page.
    pub name: &'static str,
    /// When it is seen.
    pub when: &'static str,
    /// What it is made of.
    pub made: Made,
}

const fn state(name: &'static str, when: &'static str, arrange: fn(Session)) -> Screen {
    Screen { name, when, made: Made::State(arrange) }
}

const fn sent(name: &'static str, when: &'static str, kind: Kind, answered: bool, arrange: fn(&mut Steps)) -> Screen {
    Screen { name, when, made: Made::Confirmed(kind, answered, arrange) }
}

fn failed(session: Session, kind: Kind, phase: Phase) {
    session.act(Act::Choose(kind));
    session.update(|state| state.phase = phase);
}

fn noted(session: Session, kind: Kind, note: Key, can_undo: bool) {
    session.act(Act::Choose(kind));
    session.update(|state| (state.note, state.can_undo) = (Some(note), can_undo));
}

/// A day in a sentence of which only the rest matters.
const DAY: &str = "24.11.";

/// All of them, in the order in which they can be met.
pub const SCREENS: [Screen; 23] = [
    state("choose", "First", |_| {}),
    state("write-complaint", "A complaint is chosen", |session| {
        noted(session, Kind::Complaint, Key::NotedComplaint, true)
    }),
    state("write-praise", "Praise is chosen", |session| noted(session, Kind::Praise, Key::NotedPraise, true)),
    state("write-suggestion", "An idea is chosen", |session| {
        noted(session, Kind::Suggestion, Key::NotedSuggestion, true)
    }),
    state("noting", "The choice is on its way", |session| noted(session, Kind::Complaint, Key::Noting, false)),
    state("noted-not", "The choice may not have arrived", |session| {
        noted(session, Kind::Complaint, Key::NotedNot, false)
    }),
    state("elsewhere", "The visitor has gone on to another page", |session| {
        noted(session, Kind::Complaint, Key::PageLeft, false)
    }),
    state("errors", "Something is missing, or too long", |session| {
        let draft = Draft {
            kind: Kind::Complaint,
            message: " ".into(),
            name: "n".repeat(101),
            email: "nobody".into(),
            reply: true,
        };
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.problems = draft.check());
    }),
    state("sending", "The words are on their way", |session| failed(session, Kind::Complaint, Phase::Sending)),
    state("unreachable", "The visitor is offline", |session| {
        failed(session, Kind::Complaint, Phase::NotKept(Failure::Unreachable))
    }),
    state("busy", "Too many messages come in", |session| failed(session, Kind::Praise, Phase::NotKept(Failure::Busy))),
    state("refused", "Your server refuses it", |session| {
        failed(session, Kind::Suggestion, Phase::NotKept(Failure::Refused))
    }),
    state("fault", "Your server breaks", |session| failed(session, Kind::Complaint, Phase::NotKept(Failure::Fault))),
    state("blocked", "Your server takes nothing from them until a day", |session| {
        session.update(|state| state.blocked = DAY.into());
        failed(session, Kind::Complaint, Phase::NotKept(Failure::Busy));
    }),
    state("unsure", "No answer comes back; your collector takes nothing twice", |session| {
        failed(session, Kind::Complaint, Phase::Unsure(Format::SaySo))
    }),
    state("unsure-twice", "No answer comes back from a webhook or a form receiver", |session| {
        failed(session, Kind::Suggestion, Phase::Unsure(Format::Json))
    }),
    sent("sent-complaint", "A complaint has arrived", Kind::Complaint, true, |_| {}),
    sent("sent-praise", "Praise has arrived", Kind::Praise, true, |_| {}),
    sent("sent-suggestion", "An idea has arrived, without an address", Kind::Suggestion, false, |_| {}),
    sent("quoted", "Praise may be quoted", Kind::Praise, true, |steps| {
        (steps.quote, steps.said) = (Offer::None, Some(Key::QuoteSent));
    }),
    sent("asked", "The message is to be deleted", Kind::Complaint, true, |steps| steps.take_back = TakeBack::Asked),
    sent("deleted", "It is deleted", Kind::Complaint, true, |steps| steps.take_back = TakeBack::Done),
    sent("pending", "It is out of the inbox, and is deleted soon", Kind::Complaint, true, |steps| {
        steps.take_back = TakeBack::Pending
    }),
];
