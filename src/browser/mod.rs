//! The panel in a visitor's browser: all that touches `web-sys`.
//!
//! `embed.js` and `shell.js` are there first. They open and close the panel, gather the page's facts,
//! and have the one way to the endpoint, which they need when wasm can't run; the panel calls it.

mod deliver;
mod fields;
mod handed;

use std::cell::RefCell;

use any_spawner::Executor;
use handed::Handed;
use js_sys::{Date, Function, Number};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::{
    feedback::Kind,
    panel::{Choose, Context, Failure, Outside, Panel, Problem, Session, Write},
    promise::Hours,
    revisions::{Frozen, Revisions},
    wording::{Catalog, Key},
};

/// What the shell hands over: the state in which it leaves the visitor's message.
struct Carried {
    /// The kind chosen, if any.
    kind: Option<Kind>,
    /// The kind last posted by itself, if any.
    posted: Option<Kind>,
    /// Whether the click on it has been posted; none if that was not tried.
    noted: Option<bool>,
    /// The first revision that has not been posted.
    next: u8,
    /// The last words posted.
    frozen: Option<Frozen>,
    /// Why posting them failed, if it did.
    failure: Option<Failure>,
}

/// The panel that stands on the page. There is one at most.
struct Mounted {
    /// The element in the loader's shadow root that holds the panel.
    root: HtmlElement,
    /// The way to the endpoint, from `shell.js`: a body to a promise of an answer.
    post: Function,
    /// Shows the confirmation: a function of `shell.js`.
    confirm: Function,
    /// When the site's people work and how far their clock is from UTC, where a day can be promised.
    hours: Option<(Hours, Function)>,
    /// Until when a reply to the last words posted was promised, in seconds since 1970.
    promised: Option<i64>,
    /// What `shell.js` knows of the message, as it is now.
    state: JsValue,
    session: Session,
    /// When the panel was opened, in milliseconds since 1970 by the device's clock.
    opened: f64,
    revisions: Revisions,
    /// What the panel's elements do, and its signals: for as long as this lives.
    _panel: Box<dyn std::any::Any>,
}

thread_local! {
    static MOUNTED: RefCell<Option<Mounted>> = const { RefCell::new(None) };
}

/// Puts the panel into `root` in place of what stands there; answers with warnings for the web team.
pub fn mount(root: HtmlElement, context: &JsValue, state: &JsValue, post: Function) -> Vec<String> {
    let handed = Handed(context);
    let opened = handed.number("opened").unwrap_or_else(Date::now);
    let (catalog, confirm, offset) = (handed.catalog(), handed.function("confirm"), handed.function("offset"));
    let hours = handed.hours();
    let context = handed.context();
    let carried = Handed(state).carried();
    let (hours, warnings) = hours.map_or_else(|warning| (None, vec![warning]), |hours| (hours, Vec::new()));
    let revisions = Revisions::carried(carried.next, carried.posted, carried.frozen);
    let note = match (carried.kind, carried.noted) {
        (Some(kind), Some(true)) => Some(deliver::noted(kind)),
        (Some(_), Some(false)) => Some(Key::NotedNot),
        _ => None,
    };
    root.set_text_content(None);
    let (owner, session) = begin(context, catalog);
    session.resume(carried.kind, carried.failure, note);
    let panel = owner.with(|| {
        let mut panel = view! { <Panel session /> }.build();
        panel.mount(&root, None);
        panel
    });
    MOUNTED.set(Some(Mounted {
        root,
        post,
        confirm: confirm.unwrap_or_default(),
        hours: hours.zip(offset),
        promised: None,
        state: state.clone(),
        session,
        opened,
        revisions,
        _panel: Box::new((panel, owner)),
    }));
    warnings
}

/// Does a part of what [`mount`] does where nobody sees it, and undoes it.
///
/// A browser compiles a function when it is first called, all of the panel's at once when that is mounted:
/// too long, on a slow phone, for one task. So shell.js has it rehearsed, a task for each part.
pub fn rehearse(context: &JsValue, part: u8) {
    let (owner, session) = begin(Context::default(), Catalog::new(Vec::new()));
    owner.with(|| match part {
        0 => {
            let handed = Handed(context);
            drop((handed.catalog(), handed.context(), handed.hours()));
        }
        1 => drop(view! { <Problem session /> }.build()),
        2 => drop(view! { <Choose session /> }.build()),
        _ => drop(view! { <Write session /> }.build()),
    });
}

/// A session, and the owner of its signals.
fn begin(context: Context, catalog: Catalog) -> (Owner, Session) {
    // An error says that it has been done before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let session = owner.with(|| Session::new(context, catalog, Outside { act: deliver::act, number }));
    (owner, session)
}

/// Goes back to the words that were sent, and to what shell.js has posted of them since.
pub fn reopen() {
    let session = with_mounted(|mounted| {
        let Carried { next, posted, frozen, .. } = Handed(&mounted.state).carried();
        mounted.revisions = Revisions::carried(next, posted, frozen);
        mounted.session
    });
    if let Some(session) = session {
        session.reopen();
    }
}

fn number(number: u32, locale: &str) -> String {
    Number::from(number).to_locale_string(locale).into()
}

/// Lets go of the panel; shell.js takes its elements off the page.
pub fn unmount() {
    drop(MOUNTED.take());
}

fn with_mounted<T>(act: impl FnOnce(&mut Mounted) -> T) -> Option<T> {
    MOUNTED.with(|mounted| mounted.try_borrow_mut().ok()?.as_mut().map(act))
}

/// Puts the focus on the element of that selector, once the screen shows what it should.
fn focus(selector: &'static str) {
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let found = with_mounted(|mounted| mounted.root.query_selector(selector).ok().flatten()).flatten();
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            drop(element.focus());
        }
    });
}
