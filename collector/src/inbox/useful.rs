//! The mark "Useful" of a message: a button that sets it, and takes it away again.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    form::Form,
    page,
    session::{self, Session},
};
use crate::{
    app::App,
    error::Error,
    store::{Filter, Listed, Mark, Shown, storable},
};

/// What the button posts: which message, what becomes of its mark, and which page of the inbox it stands on.
#[derive(Deserialize)]
pub struct Change {
    site: String,
    reference: String,
    useful: Useful,
    kind: Option<String>,
    before: Option<String>,
}

/// What becomes of the mark. Not the contrary of what it is: a click that is posted twice changes nothing more.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Useful {
    Yes,
    No,
}

/// Sets the mark or takes it away, and leads back to the message.
///
/// # Errors
/// The database fails.
pub async fn change(
    State(app): State<Arc<App>>,
    session: Session,
    Form(change): Form<Change>,
) -> Result<Response, Error> {
    session::require(&app, &session).await?;
    let Change { site, reference, useful, kind, before } = change;
    app.store.mark_useful(&storable(&site), &storable(&reference), matches!(useful, Useful::Yes)).await?;
    let before = before.and_then(|mark| mark.parse::<Mark>().ok());
    let address = page::address(Shown::named(kind.as_deref()), before.as_ref());
    Ok(Redirect::to(&format!("../{address}#{}", page::encoded(&reference))).into_response())
}

/// The button of a message, on the page that shows what the filter lets through.
pub fn button(message: &Listed, filter: &Filter) -> Markup {
    html! {
        form.useful method="post" action="inbox/useful" {
            input type="hidden" name="site" value=(message.site);
            input type="hidden" name="reference" value=(message.reference);
            @if let Some(kind) = filter.shown.name() { input type="hidden" name="kind" value=(kind); }
            @if let Some(before) = &filter.before { input type="hidden" name="before" value=(before); }
            button name="useful" value=(if message.is_useful() { "no" } else { "yes" })
                aria-pressed=(if message.is_useful() { "true" } else { "false" })
                aria-describedby={ "kind-" (message.reference) } {
                svg aria-hidden="true" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
                    stroke-width="1.75" stroke-linejoin="round" {
                    path d="m12 4 2.400 5.100 5.600.700-4.100 3.900 1.100 5.500-5-2.700-5 2.700 1.100-5.500L4 9.800l5.600-.700z" {}
                }
                "Useful"
            }
        }
    }
}
