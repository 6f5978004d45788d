//! Each screen, rendered natively, as snapshots: the markup in English, and what is said in three more languages.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::{
    config::site::{Reach, Reader},
    draft::Draft,
    feedback::{Failure, Kind, Page, Problem, Submission, Wording, request::Format},
    wording::{Catalog, Confirmation, Delivery, Facts},
};

/// A screen's name, and how a session comes to it.
type Screen = (&'static str, fn(Session));

const SCREENS: [Screen; 9] = [
    ("choose", |_| {}),
    ("write", |session| session.act(Act::Choose(Kind::Praise))),
    ("errors", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.problems = wrong_draft().check());
    }),
    ("sending", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.phase = Phase::Sending);
    }),
    ("not-kept", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.phase = Phase::NotKept(Failure::Unreachable));
    }),
    ("unsure", |session| {
        session.act(Act::Choose(Kind::Suggestion));
        session.update(|state| state.phase = Phase::Unsure(Format::Json));
    }),
    ("unsure-once", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.phase = Phase::Unsure(Format::SaySo));
    }),
    ("blocked", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| {
            state.blocked = "Tuesday 24 November".into();
            state.phase = Phase::NotKept(Failure::Busy);
        });
    }),
    ("elsewhere", |session| {
        session.act(Act::Choose(Kind::Complaint));
        session.update(|state| state.note = Some(Key::PageLeft));
    }),
];

/// A confirmation's name, its kind, whether an answer is promised, and what the visitor has done with it.
type Told = (&'static str, Kind, bool, fn(&mut Steps));

const CONFIRMATIONS: [Told; 6] = [
    ("confirmed", Kind::Complaint, true, |_| {}),
    ("confirmed without an address", Kind::Suggestion, false, |_| {}),
    ("with a wrong address", Kind::Complaint, false, |steps| steps.wrong = Some(Problem::EmailWrong)),
    ("confirmed, by name", Kind::Praise, true, |_| {}),
    ("to be deleted?", Kind::Complaint, true, |steps| steps.take_back = TakeBack::Asked),
    ("deleted as soon as can be", Kind::Complaint, true, |steps| steps.take_back = TakeBack::Pending),
];

fn session(catalog: Catalog) -> Session {
    let outside = Outside { act: |_, _| {}, number: |number, _| number.to_string() };
    Session::new(Context { one_click: true, ..Context::default() }, catalog, outside)
}

/// The panel's markup.
fn rendered(catalog: Catalog, arrange: impl FnOnce(Session)) -> String {
    Owner::new().with(|| {
        let session = session(catalog);
        session.resume(Begun::default());
        arrange(session);
        view! { <Panel session /> }.to_html()
    })
}

/// The panel with a confirmation, with a day as it is written in the language, or to who left no address; `arrange`
/// says what the visitor has done with it.
fn confirmed(catalog: Catalog, kind: Kind, by: &str, arrange: fn(&mut Steps)) -> String {
    let (name, email) = if by.is_empty() { ("", "") } else { ("Priya", "priya@example.com") };
    let facts = Facts {
        kind,
        delivery: Delivery::Sent,
        words: true,
        name,
        email,
        reader: &Reader { person: "Dana".into(), team: "Customer Care".into() },
        by,
    };
    let sent = Sent {
        kind,
        words: "My parcel is <b>five</b> days late.".into(),
        said: Confirmation::compose(&catalog, &facts),
        reference: "K7M-4QPA".into(),
        withdraw: true,
    };
    let reach = Reach { phone: "+44 20 1234".into(), email: "care@shop.example".into(), ..Reach::default() };
    Owner::new().with(|| {
        let session = session(catalog);
        session.resume(Begun { kind: Some(kind), phase: Phase::Write, ..Begun::default() });
        session.update(|state| state.reach = reach);
        let offered = |holds: bool| if holds { Offer::Open } else { Offer::None };
        let mut steps = Steps {
            answer: offered(email.is_empty()),
            quote: offered(kind == Kind::Praise && !name.is_empty()),
            ..Steps::default()
        };
        arrange(&mut steps);
        session.confirm(sent.clone(), steps);
        let confirmed = view! { class="", <Confirmed session sent /> }.to_html();
        let panel = view! { class="", <Panel session /> }.to_html();
        panel.replace("</section>", &[&confirmed, "</section>"].concat())
    })
}

/// One element a line.
fn lines(html: &str) -> String {
    html.replace("><", ">\n<")
}

/// The markup, in which what the style sheet hides in its phase is hidden.
fn seen(html: &str) -> String {
    let gone: &[&str] = if html.contains("data-phase=\"choose\"") {
        &["<div class=\"write\"", "<div class=\"foot\""]
    } else if html.contains("data-phase=\"sent\"") {
        &["<div class=\"body\"", "<div class=\"foot\""]
    } else {
        &[]
    };
    gone.iter().fold(html.to_owned(), |html, start| html.replace(start, &[start, " hidden"].concat()))
}

/// What of the markup is seen or heard, an element a line, with its label, direction, value, name and error in
/// brackets. ⟨ and ⟩ stand for the marks between which a text has a direction of its own.
fn outline(html: &str) -> String {
    let html = &seen(html);
    const LINES: [&str; 13] =
        ["div", "h2", "h3", "p", "li", "a", "button", "label", "input", "textarea", "summary", "blockquote", "bdi"];
    let mut lines: Vec<String> = Vec::new();
    // Whether each of the open elements is hidden.
    let mut open = vec![false];
    for (tag, text) in html.split('<').skip(1).filter_map(|part| part.split_once('>')) {
        let name = tag.split(' ').next().unwrap_or_default();
        let attribute =
            |name: &str| tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split('"').next());
        if name.starts_with('/') {
            open.pop();
        } else if name != "!" {
            let hidden = tag.contains(" hidden") || tag.contains("aria-hidden=\"true\"") || open.ends_with(&[true]);
            open.extend((name != "input").then_some(hidden));
            if hidden {
                continue;
            }
            if LINES.contains(&name) {
                lines.push(name.into());
            }
            let more = [attribute("aria-label"), attribute("dir"), attribute("value"), attribute("name")];
            let wrong = (attribute("aria-invalid") == Some("true")).then_some("invalid");
            for said in more.into_iter().chain([wrong]).flatten() {
                lines.last_mut().unwrap().push_str(&format!(" [{said}]"));
            }
        }
        if !open.ends_with(&[true]) && !text.trim().is_empty() {
            lines.last_mut().unwrap().push_str(&format!(" {}", text.trim()));
        }
    }
    lines.retain(|line| LINES.iter().all(|name| line != name));
    lines.join("\n").replace('\u{2068}', "⟨").replace('\u{2069}', "⟩")
}

fn wrong_draft() -> Draft {
    Draft { kind: Kind::Complaint, message: " ".into(), name: "n".repeat(101), email: "nobody".into(), reply: true }
}

/// The elements as the loader draws them and Leptos hydrates them, before anything has happened. What is empty has
/// a blank, so that there is a text to fill.
#[test]
fn drawn() {
    let html = Owner::new().with(|| {
        let session = session(Catalog::english());
        view! { class="", <Panel session /> }.to_html()
    });
    insta::assert_snapshot!("drawn", lines(&html));
    assert!(!html.contains("<!"), "between two texts, and in place of nothing, Leptos puts a comment");
}

#[test]
fn screens() {
    for (name, arrange) in SCREENS {
        insta::assert_snapshot!(name, lines(&rendered(Catalog::english(), arrange)));
    }
    let html = confirmed(Catalog::english(), Kind::Complaint, "Tuesday 24 November", |_| {});
    insta::assert_snapshot!("sent", lines(&html));
}

/// What is said on each screen: from right to left, in long words, and in words without blanks between them.
#[test]
fn languages() {
    for (locale, day) in [("ar", "الثلاثاء 24 نوفمبر"), ("de", "Dienstag, 24. November"), ("ja", "11月24日火曜日")]
    {
        let catalog = Catalog::of(locale);
        let screens =
            SCREENS.map(|(name, arrange)| format!("{name}\n{}\n", outline(&rendered(catalog.clone(), arrange))));
        let confirmed = CONFIRMATIONS.map(|(name, kind, is_answered, arrange)| {
            let html = confirmed(catalog.clone(), kind, if is_answered { day } else { "" }, arrange);
            format!("{kind:?} {name}\n{}\n", outline(&html))
        });
        insta::assert_snapshot!(locale, [&screens[..], &confirmed].concat().join("\n"));
    }
}

/// The golden drafts, which first aid's rules and bytes are held against as well.
///
/// After a change of the contract `UPDATE_GOLDEN=1` writes what this crate makes of each draft; look at the difference.
#[test]
fn golden_drafts() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/drafts.json");
    let golden: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let judged: Vec<Value> = golden.iter().map(|case| judged(&case["name"], &case["draft"])).collect();
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&judged).unwrap() + "\n").unwrap();
    }
    for (case, judged) in golden.iter().zip(&judged) {
        assert_eq!(case, judged);
    }
}

/// The case as it should stand in the file: with the problem at each field, or with the body.
fn judged(name: &Value, fields: &Value) -> Value {
    let text = |key: &str| fields[key].as_str().unwrap().to_owned();
    let draft = Draft {
        kind: Kind::Complaint,
        message: text("message"),
        name: text("name"),
        email: text("email"),
        reply: fields["reply"].as_bool().unwrap(),
    };
    let problems: Map<_, _> =
        draft.check().into_iter().map(|it| (it.field().name().into(), it.name().into())).collect();
    if !problems.is_empty() {
        return json!({ "name": name, "draft": fields, "problems": problems });
    }
    let context = Context {
        site: "shop.example".into(),
        id: "00112233445566778899aabbccddeeff".into(),
        page: Page { url: "https://shop.example/cart".into(), ..Page::default() },
        wording: Wording { locale: "en".into(), ..Wording::default() },
        custom: serde_json::from_value(fields["custom"].clone()).ok(),
        ..Context::default()
    };
    let submission = Submission {
        revision: 1,
        sent_at: "2026-11-21T09:30:00.000Z".into(),
        took_ms: Some(4_200),
        ..context.words(&draft, &text("trap"), |_| true)
    };
    submission.check().unwrap();
    json!({ "name": name, "draft": fields, "body": serde_json::to_string(&submission).unwrap() })
}
