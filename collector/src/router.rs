//! Every route of the collector.

use std::{sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{Request, State},
    http::header,
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

use crate::{
    app::App,
    assets,
    error::Error,
    health,
    http::{
        base::{Asked, BasePath},
        cors,
    },
    inbox, ingest,
};

/// The router that answers every request.
pub fn router(app: Arc<App>) -> Router {
    let base = app.base_path.clone();
    let routes = Router::new()
        .nest("/v1", ingest::router())
        .merge(inbox::router())
        .route("/healthz", get(health::check))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: "GET, HEAD" })
        .fallback(elsewhere)
        .layer(CatchPanicLayer::custom(Error::of_panic))
        .layer(middleware::from_fn_with_state(app.clone(), look))
        .layer(middleware::from_fn(log))
        .with_state(app);
    match base {
        Some(base) => below(base, routes),
        None => routes,
    }
}

/// The routes below the base path, and without it as well: for proxies that take it away, and for
/// monitors that ask directly.
fn below(base: BasePath, routes: Router) -> Router {
    Router::new().fallback(async move |mut request: Request| {
        match base.asked(request.uri()) {
            Asked::Itself => return Redirect::permanent(&base.redirect(request.uri())).into_response(),
            Asked::Below(rest) => *request.uri_mut() = rest,
            Asked::Outside => {}
        }
        routes.clone().oneshot(request).await.into_response()
    })
}

/// What no route answers: a file, or the endpoint under a path that the collector was told nothing of.
async fn elsewhere(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(path) = BasePath::before_the_endpoint(request.uri().path()) else {
        return assets::serve(State(app), request).await.into_response();
    };
    // The page that asks can read it, so that its console says what to change.
    let mut response = Error::UnderAnotherPath(path).into_response();
    cors::let_read(&mut response, request.headers().get(header::ORIGIN).cloned());
    response
}

/// Looks at each request for a proxy that isn't trusted.
async fn look(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    app.proxies.look_at(request.headers(), request.extensions());
    next.run(request).await
}

/// Writes one line per request: neither its address nor its query, headers or body.
async fn log(request: Request, next: Next) -> Response {
    let (method, path, start) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    tracing::debug!(%method, path, status = response.status().as_u16(), ms = start.elapsed().as_millis());
    response
}
