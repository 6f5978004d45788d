//! One message on a page of its own: all of it, and what it was before.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    extent::Extent,
    form::Asked,
    message,
    page::{Place, encoded, frame},
    session::{self, Session},
};
use crate::{
    app::App,
    error::Error,
    store::{History, Listed, storable},
};

/// Which message the address asks for.
#[derive(Deserialize)]
pub struct Parameters {
    site: String,
    reference: String,
}

/// Shows a message with its earlier versions.
///
/// # Errors
/// There is no such message, or the database fails.
pub async fn show(
    State(app): State<Arc<App>>,
    session: Session,
    Asked(parameters): Asked<Parameters>,
) -> Result<Response, Error> {
    session::require(&app, &session).await?;
    let history = app.store.history(&storable(&parameters.site), &storable(&parameters.reference)).await?;
    Ok(page(&history.ok_or(Error::NotFound)?).into_response())
}

/// Where a message stands on a page of its own, relative to the collector's root.
pub fn address(message: &Listed) -> String {
    format!("inbox/message?site={}&reference={}", encoded(&message.site), encoded(&message.reference))
}

fn page(History { message, earlier }: &History) -> Markup {
    let unshown = message.revisions - 1 - earlier.len() as i64;
    frame(
        Place::Below,
        "A message",
        html! {
            header.top {
                h1 { "A message" }
                nav.elsewhere aria-label="Elsewhere" { a href="../inbox" { "Inbox" } }
                form method="post" action="../inbox/sign-out" { button.quiet { "Sign out" } }
            }
            main.one {
                (message::article(message, &Markup::default(), Extent::Whole))
                @if !earlier.is_empty() {
                    section.earlier aria-labelledby="earlier" {
                        h2 #earlier { (if earlier.len() == 1 { "Its earlier version" } else { "Its earlier versions" }) }
                        @for revision in earlier { (message::version(revision)) }
                        @if unshown > 0 { p.meta { (unshown) " more are not shown." } }
                    }
                }
            }
        },
    )
}
