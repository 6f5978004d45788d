//! Openings of the panel: each begins with the site's file as it is then, and often with a message of its own.

use js_sys::{Date, Promise};
use leptos::task::spawn_local;

use super::{
    Live, SITE_WAIT,
    fields::Fields,
    is_current, page,
    sender::Receipt,
    site::{self, Site},
    timer, with_live,
};
use crate::{
    feedback::{Kind, Step},
    message::Message,
    panel::{Context, Session, State},
    wording::Key,
};

/// The panel has been opened again, maybe with a kind that is chosen for the visitor.
///
/// A message belongs to the page on which it was begun. In a page that changes by script a click on a kind is left
/// behind; words keep the page they were written on, and the panel says so.
pub fn opened(kind: &str) {
    let anew = with_live(|live| {
        let session = live.session;
        live.is_seen = true;
        let has_words = live.message.frozen.is_some() || live.has_words();
        let is_begun = has_words || live.is_begun();
        let is_elsewhere = session.read(|state| state.context.page.url != page::address()) == Some(true);
        let is_anew = !is_begun || is_elsewhere && !has_words;
        if is_anew {
            live.begin();
        } else if is_elsewhere {
            session.update(|state| state.note = Some(Key::PageLeft));
        } else {
            session.update(|state| state.note = state.note.filter(|note| *note != Key::PageLeft));
        }
        if let Some(kind) = Kind::named(kind)
            && session.read(State::is_sending) == Some(false)
        {
            session.choose(kind);
        }
        live.change();
        is_anew.then(|| (session, live.file_anew()))
    });
    if let Some((session, file)) = anew.flatten() {
        spawn_local(take_up(session, file));
        spawn_local(settle_late(session));
    }
}

/// The panel has been closed. A confirmation that is left makes room for the next message, and so do words that have
/// arrived, and to which nothing was added.
pub fn closed() {
    with_live(|live| {
        live.reach(Step::Left);
        live.is_seen = false;
        if live.session.read(State::is_sent) == Some(true) || live.is_done() {
            live.begin();
        }
        live.change();
    });
}

/// Takes up what the site's file says now; from then on the wording of this opening stands.
pub async fn take_up(session: Session, file: Option<Promise>) {
    let id = session.read(|state| state.context.id.clone()).unwrap_or_default();
    let config = with_live(|live| live.config.clone()).unwrap_or_default();
    let text = if config.is_empty() { None } else { Some(site::text(&config, file).await) };
    with_live(|live| {
        match text {
            Some(Err(_)) if live.file.is_some() => {} // What it said before still holds.
            Some(text) if live.file.is_none() || text.as_ref().ok() != live.file.as_ref() => {
                live.file = Some(text.clone().unwrap_or_default());
                live.follow(Site::read(&live.embed, &config, text));
            }
            _ => {}
        }
        if is_current(session, &id) {
            live.settle();
        }
    });
}

/// The file is late, and what it said before stands.
async fn settle_late(session: Session) {
    let id = session.read(|state| state.context.id.clone()).unwrap_or_default();
    timer::sleep(SITE_WAIT).await;
    if is_current(session, &id) {
        with_live(Live::settle);
    }
}

impl Live {
    /// Asks for the site's file once more, if it has one.
    fn file_anew(&self) -> Option<Promise> {
        (!self.config.is_empty() && !self.config.starts_with('#')).then(|| self.embed.ask())
    }

    /// Follows what the site says. Its words stand in place of those before unless the visitor has begun with these, or
    /// is counted as one who reads them.
    fn follow(&mut self, site: Site) {
        self.session.update(|state| state.reach = site.reach.clone());
        let id = self.session.read(|state| state.context.id.clone()).unwrap_or_default();
        self.visitor = self.embed.visitor(site.remember, &id);
        self.site = site;
        if self.is_silent() || !self.is_begun() && !self.is_settled() {
            self.speak(self.words.clone());
        }
    }

    /// Begins another message, on the page as it is now.
    pub fn begin(&mut self) {
        let session = self.session;
        self.message = Message::default();
        self.receipt = Receipt::default();
        (self.promised, self.last) = (None, None);
        self.leave();
        (self.quotable, self.question) = (false, None);
        self.opened = Date::now();
        Fields::clear(&self.root);
        let catalog = self.catalog.clone();
        session.update(|state| {
            state.catalog = catalog;
            state.begin(Context { id: page::id(), page: page::facts(), ..state.context.clone() });
        });
        self.renew_note();
        self.open_anew();
        // Another wording may be drawn for it.
        if self.site.tries() {
            self.speak(self.words.clone());
        }
    }

    /// Whether the visitor has written anything.
    pub fn has_words(&self) -> bool {
        Fields::read(&self.root).is_typed()
    }

    /// Whether what stands in the fields has arrived.
    fn is_done(&self) -> bool {
        let fields = Fields::read(&self.root);
        let words =
            self.session.read(|state| state.kind).flatten().and_then(|kind| self.written(&fields, &fields.draft(kind)));
        self.arrived && words.is_some_and(|words| self.unedited(&words).is_some())
    }

    /// Whether the panel has no words yet.
    pub fn is_silent(&self) -> bool {
        self.session.read(|state| state.catalog.texts().is_empty()) == Some(true)
    }

    /// The site's own words are late: ours are said.
    pub fn break_silence(&mut self) {
        if self.is_silent() {
            self.speak(self.words.clone());
        }
    }
}
