//! A screen of the panel, as its own components draw it, in a shadow root with its own style sheets.

use leptos::{html, mount::mount_to, prelude::*};
use say_so::{
    config::site::Reach,
    feedback::{Kind, Page, Wording},
    panel::{Begun, Confirmed, Context, Offer, Outside, Panel, Phase, Reached, Sent, Session, Steps, Undo},
    wording::{Catalog, Confirmation, Delivery, Facts},
};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleSheet, HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

use super::{
    gallery::Said,
    screens::{Made, Screen},
};
use crate::moment;

/// The panel's own style sheets, and what makes a screen of a panel that floats.
const SHEETS: [&str; 4] = [
    include_str!("../../../src/panel/panel.css"),
    include_str!("../../../src/panel/later.css"),
    include_str!("../../../src/panel/answer.css"),
    ".frame { position: static; width: auto !important; max-height: none !important; box-shadow: none }
    .sent { max-height: none } .light { color-scheme: light } .dark { color-scheme: dark }",
];

/// A screen, drawn anew when what it says has changed. It is only for looking at: nothing in it can be reached.
#[component]
pub fn ScreenShown(
    /// Which one.
    screen: &'static Screen,
    /// What is said.
    said: Memo<Said>,
    /// Whether it is dark.
    dark: RwSignal<bool>,
) -> impl IntoView {
    let host = NodeRef::<html::Div>::new();
    let drawn = StoredValue::new_local(Vec::<Box<dyn std::any::Any>>::new());
    Effect::new(move |_| {
        let theme = if dark.get() { "frame dark" } else { "frame light" };
        let Some(host) = host.get() else { return };
        let Some(frame) = frame(&host) else { return };
        // What goes with the old elements goes first.
        drawn.set_value(Vec::new());
        frame.set_text_content(None);
        frame.set_class_name(theme);
        said.with(|said| {
            let _ = frame.set_attribute("lang", &said.locale);
            drawn.set_value(draw(&frame, screen, said));
        });
    });
    view! {
        <figure class="screen" data-screen=screen.name>
            <figcaption>{screen.when}</figcaption>
            <div class="screen__edge" inert><div node_ref=host></div></div>
        </figure>
    }
}

/// The frame in the host's shadow root, made if it is missing.
fn frame(host: &HtmlElement) -> Option<HtmlElement> {
    let root = match host.shadow_root() {
        Some(root) => root,
        None => {
            let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).ok()?;
            style(&root)?;
            let frame = document().create_element("div").ok()?;
            frame.set_class_name("frame");
            root.append_child(&frame).ok()?;
            root
        }
    };
    root.query_selector(".frame").ok()?.and_then(|frame| frame.dyn_into().ok())
}

fn style(root: &ShadowRoot) -> Option<()> {
    let sheets = js_sys::Array::new();
    for text in SHEETS {
        let sheet = CssStyleSheet::new().ok()?;
        sheet.replace_sync(text).ok()?;
        sheets.push(&sheet);
    }
    js_sys::Reflect::set(root, &"adoptedStyleSheets".into(), &sheets).ok().map(drop)
}

/// Draws it, and gives what it lives by.
fn draw(frame: &HtmlElement, screen: &'static Screen, said: &Said) -> Vec<Box<dyn std::any::Any>> {
    let owner = Owner::new();
    let session = owner.with(|| session(screen, said));
    let mut drawn: Vec<Box<dyn std::any::Any>> =
        vec![Box::new(mount_to(frame.clone(), move || view! { class="", <Panel session /> }))];
    let part =
        |selector: &str| frame.query_selector(selector).ok().flatten().map(JsCast::unchecked_into::<HtmlElement>);
    if let Some(line) = part(".note") {
        drawn.push(Box::new(mount_to(line, move || view! { class="", <Undo session /> })));
    }
    if let Some(fields) = part(".write") {
        drawn.push(Box::new(mount_to(fields, move || view! { class="", <Reached session /> })));
    }
    if let (Made::Confirmed(..), Some(panel)) = (&screen.made, part(".panel"))
        && let Some(Phase::Sent(sent)) = session.read(|state| state.phase.clone())
    {
        drawn.push(Box::new(mount_to(panel, move || view! { class="", <Confirmed session sent=sent.clone() /> })));
    }
    drawn.push(Box::new(owner));
    drawn
}

fn session(screen: &Screen, said: &Said) -> Session {
    let outside = Outside { act: |_, _| {}, number };
    let catalog = Catalog::new(said.texts.clone());
    let page = Page { url: "https://shop.example/orders".into(), ..Page::default() };
    let wording = Wording { locale: said.locale.clone(), ..Wording::default() };
    let session =
        Session::new(Context { one_click: true, page, wording, ..Context::default() }, catalog.clone(), outside);
    session.resume(Begun::default());
    let [phone, email, address] = said.reach.clone();
    session.update(|state| state.reach = Reach { phone, email, address });
    match &screen.made {
        Made::State(arrange) => arrange(session),
        Made::Confirmed(kind, answered, arrange) => {
            session.choose(*kind);
            confirm(session, &catalog, said, *kind, *answered, *arrange);
        }
    }
    session
}

fn confirm(session: Session, catalog: &Catalog, said: &Said, kind: Kind, answered: bool, arrange: fn(&mut Steps)) {
    let (name, email) = if answered { ("Priya", moment::EMAIL) } else { ("", "") };
    let by = if answered { said.by.as_str() } else { "" };
    let facts = Facts { kind, delivery: Delivery::Sent, words: true, name, email, reader: &said.reader, by };
    let sent = Sent {
        kind,
        words: "My parcel to Leeds is five days late.".into(),
        said: Confirmation::compose(catalog, &facts),
        reference: "K7M-4QPA".into(),
        withdraw: true,
    };
    let offered = |holds: bool| if holds { Offer::Open } else { Offer::None };
    let quote = offered(kind == Kind::Praise && answered);
    let mut steps = Steps { answer: offered(!answered), quote, ..Steps::default() };
    arrange(&mut steps);
    session.confirm(sent, steps);
}

/// A number as it is written in a language.
fn number(number: u32, locale: &str) -> String {
    js_sys::Number::from(number).to_locale_string(locale).as_string().unwrap_or_else(|| number.to_string())
}
