//! The report on wordings, as a page of the inbox.

mod catalogs;
mod page;
mod plot;
mod tables;
mod words;

use std::sync::Arc;

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;

use self::page::Wanted;
use super::{
    form::Asked,
    session::{self, Session},
};
use crate::{
    app::App,
    error::Error,
    moment,
    store::Tried,
    wordings::{gather, report::Report},
};

/// Which report the address asks for: that of an experiment of a site, in one language or in all.
#[derive(Deserialize)]
pub struct Parameters {
    site: Option<String>,
    experiment: Option<String>,
    locale: Option<String>,
}

/// Shows the report that is asked for, or that of the experiment that was counted last if none is asked for. Of what
/// nothing was counted there is none: then it answers 404, with a list of those that there are.
///
/// # Errors
/// The database fails.
pub async fn show(
    State(app): State<Arc<App>>,
    session: Session,
    Asked(parameters): Asked<Parameters>,
) -> Result<Response, Error> {
    session::require(&app, &session).await?;
    let tried = gather::tried(&app.store, &app.site_files).await?;
    let Parameters { site, experiment, locale } = parameters;
    let is_asked = |tried: &&Tried| {
        site.as_ref().is_none_or(|site| *site == tried.site)
            && experiment.as_ref().is_none_or(|experiment| *experiment == tried.experiment)
    };
    let Some(shown) = tried.iter().find(is_asked).cloned() else {
        let asked = Wanted { site: site.as_deref(), experiment: experiment.as_deref() };
        return Ok(match asked {
            Wanted { site: None, experiment: None } => page::empty().into_response(),
            asked => (StatusCode::NOT_FOUND, page::unknown(&asked, &tried)).into_response(),
        });
    };
    let gathered = gather::gather(&app.store, &app.site_files, shown, locale).await?;
    let report = Report::of(&gathered, &moment::today());
    Ok(page::whole(&report, &tried).into_response())
}

/// The style sheet of the report, beside that of the inbox.
pub async fn sheet() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], include_str!("wordings.css"))
}
