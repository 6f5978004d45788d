//! The panel in a visitor's browser: all that touches `web-sys`.
//!
//! First aid is there first. It hands the message over once, and from then on everything happens here:
//! nothing calls back into it. If the instance traps, first aid goes on with the same elements; what it
//! needs for that stands in the [`Note`].

mod behind;
mod clock;
mod console;
mod deliver;
mod fields;
mod freeze;
mod hand_over;
mod json;
mod language;
mod note;
mod opening;
mod page;
mod receipt;
mod sender;
mod site;
mod steps;
mod timer;
mod tried;
mod withdraw;

use std::{
    any::Any,
    cell::{Cell, RefCell},
};

use js_sys::{Array, Number, Promise};
use leptos::{mount::mount_to, prelude::*, tachys::view::Position, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::{Element, HtmlElement};

use crate::{
    feedback::{Submission, request::Endpoint},
    message::Message,
    panel::{Context, Outside, Panel, Reached, Session, Undo},
    wording::{Catalog, Key},
};
use fields::Fields;
use hand_over::HandOver;
use language::Words;
use note::Note;
use sender::Receipt;
use site::Site;
use steps::Opening;
use timer::Timer;

#[wasm_bindgen]
extern "C" {
    /// The loader, which drew the elements.
    pub type Embed;

    /// Fills every sentence that it drew, and says which language that is.
    #[wasm_bindgen(method)]
    fn speak(this: &Embed, words: &Array, lang: &str);

    /// The kind that is chosen; empty if none is.
    #[wasm_bindgen(method, setter)]
    fn set_kind(this: &Embed, kind: &str);

    /// Asks for the site's file once more.
    #[wasm_bindgen(method)]
    fn ask(this: &Embed) -> Promise;

    /// The visitor's id: the site's, or one that is kept in the browser, if the site remembers, new from the message's
    /// id. Empty if there is none.
    #[wasm_bindgen(method)]
    fn visitor(this: &Embed, remembers: bool, id: &str) -> String;

    /// Whether that message can be the visitor's first in an experiment.
    #[wasm_bindgen(method)]
    fn is_first(this: &Embed, experiment: &str, id: &str) -> bool;

    /// It is their first from now on, if there was none.
    #[wasm_bindgen(method)]
    fn take(this: &Embed, experiment: &str, id: &str);

    /// Tells the page of a step, and posts it to the address where it is counted, if there is one; once the call into
    /// the panel has ended.
    #[wasm_bindgen(method)]
    fn step(
        this: &Embed,
        step: &str,
        kind: &str,
        address: &str,
        site: &str,
        id: &str,
        locale: &str,
        experiment: &str,
        variant: &str,
    );

    /// Tells the web team what is wrong with the experiments of a file.
    #[wasm_bindgen(method)]
    fn advise(this: &Embed, file: &JsValue, path: &str);
}

/// How long words wait for the site's file: those that are said, and those that first aid hands over, since a day is
/// promised by it; in milliseconds.
const SITE_WAIT: i32 = 1_000;

/// The panel that stands on the page. There is one at most.
struct Live {
    /// The element in the loader's shadow root that holds the panel.
    root: HtmlElement,
    embed: Embed,
    note: Note,
    session: Session,
    /// The setting `data-lang`.
    lang: String,
    one_click: bool,
    endpoint: Endpoint,
    /// The site's file: where it stands, its text once that is known, and what it says.
    config: String,
    file: Option<String>,
    site: Site,
    /// The visitor that wordings are drawn for; empty if each message stands for itself.
    visitor: String,
    /// The wording that somebody wants to look at, by the page's address; empty if nobody does.
    preview: String,
    /// How far the visitor has come.
    opening: Opening,
    /// Whether the panel has been seen since it was opened.
    is_seen: bool,
    /// The words of the language, and the catalog that is spoken: with the site's own in it.
    words: Words,
    catalog: Catalog,
    /// The language that the page is in, once it has changed that.
    wanted: String,
    /// Words of another language, until they disturb nothing.
    pending: Option<Words>,
    message: Message,
    /// When the panel was opened, in milliseconds since 1970 by the device's clock.
    opened: f64,
    /// By how many seconds the device's clock is behind the endpoint's.
    skew: f64,
    /// Whether words that first aid has handed over wait for the site's file.
    held: bool,
    /// How many posts are on their way.
    posting: u32,
    /// How many posts there have been.
    posts: u32,
    /// Until when a reply to the last words posted was promised, in seconds since 1970.
    promised: Option<i64>,
    /// Whether the last words that were frozen have arrived.
    arrived: bool,
    /// What the endpoint said last of the message.
    receipt: Receipt,
    /// The last words that were sent.
    last: Option<Submission>,
    /// Whether the words may be quoted.
    quotable: bool,
    /// The question whether the message is to be deleted, for as long as it is asked.
    question: Option<Timer>,
    /// The confirmation, for as long as it stands.
    confirmation: Option<Box<dyn Any>>,
}

thread_local! {
    /// What the panel will show, once it is prepared.
    static SESSION: Cell<Option<Session>> = const { Cell::new(None) };
    static LIVE: Cell<Option<&'static RefCell<Live>>> = const { Cell::new(None) };
}

/// Reads what is handed over, which does not count yet.
///
/// A browser compiles a function when it is first called. All that adopting takes are too many for one task on a slow
/// phone: so this comes first, then [`prepare`], and then [`adopt`].
#[wasm_bindgen]
pub fn rehearse(hand_over: JsValue) {
    // Only where it is looked for: the release has no words for a panic.
    #[cfg(feature = "diagnostic")]
    console_error_panic_hook::set_once();
    drop(json::read::<HandOver>(hand_over));
}

/// Builds what the panel adds to the quiet line, into `beside`: nobody sees it before the panel adopts that.
/// Called once; true, for a panel that has died answers nothing.
#[wasm_bindgen]
pub fn prepare(beside: HtmlElement) -> bool {
    let owner = Owner::new();
    let outside = Outside { act: deliver::act, number };
    let session = owner.with(|| Session::new(Context::default(), Catalog::default(), outside));
    // For as long as the page stands.
    std::mem::forget(owner);
    mount_to(beside, move || view! { class="", <Undo session /> }).forget();
    SESSION.set(Some(session));
    true
}

/// Hydrates the elements in `root` as they stand there, and goes on with what the visitor has done so far.
///
/// `file` is the answer to the request for the site's file, if it has one; `click` is that to a bare click that first
/// aid has posted, as long as it is open. Called once, by first aid of the same version.
#[wasm_bindgen]
pub fn adopt(
    root: HtmlElement,
    embed: Embed,
    note: Note,
    hand_over: JsValue,
    file: Option<Promise>,
    click: Option<Promise>,
) -> Result<(), JsValue> {
    let session = SESSION.get().ok_or(JsValue::UNDEFINED)?;
    let mut hand_over: HandOver = json::read(hand_over)?;
    let click = click.filter(|_| hand_over.noted.is_none());
    let owner = Owner::new();
    let catalog = Catalog::new(std::mem::take(&mut hand_over.words));
    let words = Words { lang: hand_over.lang.clone(), catalog };
    // Where nothing is said yet, nothing is what stands there.
    let said = if hand_over.silent { Catalog::default() } else { words.catalog.clone() };
    session.update(|state| (state.context, state.catalog) = (hand_over.context(), said));
    session.resume(hand_over.begun());
    let panel = owner.with(|| {
        let panel = view! { class="", <Panel session /> };
        panel.hydrate_from_position::<true>(&root, Position::FirstChild)
    });
    // For as long as the page stands: what the panel's elements do, and its signals.
    std::mem::forget((panel, owner));
    let is_begun = hand_over.has_chosen() || Fields::read(&root).is_typed();
    let live = Live {
        root,
        embed,
        note,
        session,
        lang: hand_over.setting_lang.clone(),
        one_click: hand_over.one_click,
        endpoint: hand_over.endpoint(),
        config: hand_over.config.clone(),
        file: None,
        site: Site::default(),
        visitor: String::new(),
        preview: page::preview(),
        opening: Opening::new(is_begun.then_some(false)),
        is_seen: false,
        catalog: words.catalog.clone(),
        last: None,
        confirmation: None,
        words,
        wanted: String::new(),
        pending: None,
        message: hand_over.message(),
        opened: hand_over.opened,
        skew: hand_over.skew(),
        held: hand_over.send,
        posting: 0,
        posts: 0,
        promised: None,
        arrived: false,
        receipt: hand_over.receipt(),
        quotable: false,
        question: None,
    };
    // For as long as the page stands.
    LIVE.set(Some(Box::leak(Box::new(RefCell::new(live)))));
    go_on(session, &hand_over, file, click);
    Ok(())
}

/// Goes on with what is under way.
fn go_on(session: Session, hand_over: &HandOver, file: Option<Promise>, click: Option<Promise>) {
    if let (Some(kind), Some(click)) = (hand_over.kind(), click) {
        deliver::await_click(session, kind, click);
    }
    spawn_local(async move {
        // To adopt is enough for one task.
        timer::sleep(0).await;
        if let Some(fields) = with_live(|live| live.find(".write")).flatten() {
            mount_to(fields.unchecked_into(), move || view! { class="", <Reached session /> }).forget();
        }
        opening::take_up(session, file).await;
        deliver::send_held(session);
    });
    if !hand_over.config.is_empty() {
        spawn_local(async move {
            timer::sleep(SITE_WAIT).await;
            with_live(Live::break_silence);
            deliver::send_held(session);
        });
    }
}

/// The panel has been opened again, maybe with a kind that is chosen for the visitor: nothing is posted for that.
#[wasm_bindgen]
pub fn opened(kind: String) {
    opening::opened(&kind);
}

/// The panel has been closed.
#[wasm_bindgen]
pub fn closed() {
    opening::closed();
}

/// The visitor has come so far: `seen`, `started` or `left`.
#[wasm_bindgen]
pub fn come(far: String) {
    steps::come(&far);
}

/// The page lets nobody type in the panel: whoever is told so can look for another way.
#[wasm_bindgen]
pub fn refused() {
    with_live(|live| live.session.update(|state| state.note = Some(Key::ProblemTyping)));
}

/// The page has changed its language: `file` is the answer to the request for its words.
#[wasm_bindgen]
pub fn language(lang: String, file: Promise) {
    with_live(|live| live.wanted.clone_from(&lang));
    spawn_local(language::change(lang, file));
}

impl Live {
    /// Tells who goes on after a trap that another message has begun.
    fn renew_note(&self) {
        self.embed.set_kind("");
        self.note.renew(&self.session.read(|state| state.context.id.clone()).unwrap_or_default());
    }

    /// Goes back from the confirmation to the words; what the endpoint said for that moment is said no more.
    fn reopen(&mut self) {
        self.leave();
        self.session.update(|state| state.catalog = self.catalog.clone());
    }

    /// Takes the confirmation away, once the handler of the click that leaves it has ended.
    fn leave(&mut self) {
        let confirmation = self.confirmation.take();
        spawn_local(async move { drop(confirmation) });
    }

    /// How the visitor writes dates.
    fn region(&self) -> String {
        page::region(&self.lang, &self.words.lang, self.words.locale())
    }

    /// An element of the panel.
    fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }
}

fn number(number: u32, locale: &str) -> String {
    Number::from(number).to_locale_string(locale).into()
}

fn with_live<T>(act: impl FnOnce(&mut Live) -> T) -> Option<T> {
    live()?.try_borrow_mut().ok().map(|mut live| act(&mut live))
}

/// The panel that stands on the page, if one does.
fn live() -> Option<&'static RefCell<Live>> {
    LIVE.get()
}

/// Whether the message of that name is still the one on the screen.
fn is_current(session: Session, id: &str) -> bool {
    session.read(|state| state.context.id == id) == Some(true)
}

/// Puts the focus on the element of that selector, once the screen shows what it should.
fn focus(selector: &'static str) {
    spawn_local(async move {
        leptos::task::tick().await;
        let found = with_live(|live| live.find(selector)).flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}
