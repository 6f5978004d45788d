//! Each phase, rendered natively: what a visitor's browser is given, as snapshots.

use leptos::prelude::*;

use super::*;
use crate::{draft::Draft, feedback::Kind};

/// The panel's markup, one element a line.
fn rendered(arrange: impl FnOnce(Session)) -> String {
    let owner = Owner::new();
    let html = owner.with(|| {
        let session = Session::new(Context { one_click: true, ..Context::default() }, |_, _| {});
        arrange(session);
        view! {
            <Panel session>
                <Sent session>
                    <More session />
                </Sent>
            </Panel>
        }
        .to_html()
    });
    html.replace("><", ">\n<")
}

fn wrong_draft() -> Draft {
    Draft { kind: Kind::Complaint, message: " ".into(), name: "n".repeat(101), email: "nobody".into(), reply: true }
}

#[test]
fn phases() {
    insta::assert_snapshot!("choose", rendered(|_| {}));
    insta::assert_snapshot!("write", rendered(|session| session.choose(Kind::Praise)));
    insta::assert_snapshot!(
        "errors",
        rendered(|session| {
            session.choose(Kind::Complaint);
            session.problems.set(wrong_draft().check());
        })
    );
}
