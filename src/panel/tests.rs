//! Each phase, rendered natively: what a visitor's browser is given, as snapshots.

use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::{
    config::site::{Reach, Reader},
    draft::Draft,
    feedback::{Kind, Page, Submission, Wording},
    wording::{Catalog, Confirmation, Delivery, Facts},
};

/// The panel's markup, one element a line.
fn rendered(arrange: impl FnOnce(Session)) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let outside = Outside { act: |_, _| {}, number: |number, _| number.to_string() };
        let session = Session::new(Context { one_click: true, ..Context::default() }, Catalog::english(), outside);
        arrange(session);
        view! { <Panel session /> }.to_html()
    });
    html.replace("><", ">\n<")
}

fn wrong_draft() -> Draft {
    Draft { kind: Kind::Complaint, message: " ".into(), name: "n".repeat(101), email: "nobody".into(), reply: true }
}

#[test]
fn phases() {
    let began = |session: Session| session.choose(Kind::Complaint);
    insta::assert_snapshot!("choose", rendered(|_| {}));
    insta::assert_snapshot!("write", rendered(|session| session.choose(Kind::Praise)));
    insta::assert_snapshot!(
        "errors",
        rendered(|session| {
            began(session);
            session.problems.set(wrong_draft().check());
        })
    );
    insta::assert_snapshot!(
        "sending",
        rendered(|session| {
            began(session);
            session.phase.set(Phase::Sending);
        })
    );
    insta::assert_snapshot!(
        "not-kept",
        rendered(|session| {
            began(session);
            session.phase.set(Phase::NotKept(Failure::Timeout));
        })
    );
    insta::assert_snapshot!("sent", rendered(|session| session.phase.set(Phase::Sent)));
}

/// The confirmation, with everything in it.
#[test]
fn confirmation() {
    let owner = Owner::new();
    let html = owner.with(|| {
        let outside = Outside { act: |_, _| {}, number: |number, _| number.to_string() };
        let session = Session::new(Context::default(), Catalog::english(), outside);
        let facts = Facts {
            kind: Kind::Complaint,
            delivery: Delivery::Sent,
            words: true,
            name: "Priya",
            email: "priya@example.com",
            reply: true,
            reader: &Reader { person: "Dana".into(), team: "Customer Care".into() },
            by: "Tuesday 24 November",
        };
        let sent = Sent {
            words: "My parcel is <b>five</b> days late.".into(),
            said: Confirmation::compose(&session.catalog(), &facts),
            reference: "K7M-4QPA".into(),
            praised: false,
            withdraw: true,
            reach: Reach { phone: "+44 20 1234".into(), email: "care@shop.example".into(), ..Reach::default() },
        };
        view! { <Confirmed session sent /> }.to_html()
    });
    insta::assert_snapshot!("confirmation", html.replace("><", ">\n<"));
}

/// The golden drafts, which the shell's rules and bytes are held against as well, in the browser tests.
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
        ..Context::default()
    };
    let submission = Submission {
        revision: 1,
        sent_at: "2026-11-21T09:30:00.000Z".into(),
        took_ms: Some(4_200),
        ..context.words(&draft, &text("trap"), |_| true)
    };
    submission.check().unwrap();
    json!({ "name": name, "draft": fields, "body": submission.body() })
}
