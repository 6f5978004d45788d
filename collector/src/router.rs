//! Every route of the collector.

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use say_so::feedback::Refusal;
use tower::ServiceExt;
use tower_http::{catch_panic::CatchPanicLayer, trace::TraceLayer};
use tracing::Span;

use crate::{
    app::App,
    assets,
    error::Error,
    health,
    http::{
        base::{Asked, BasePath},
        client, cors,
        held::Held,
    },
    inbox, ingest, openapi,
};

/// How long a browser speaks only TLS with a host that has spoken it once: two years, in seconds.
const HSTS: &str = "max-age=63072000";

/// The router that answers every request.
pub fn router(app: Arc<App>) -> Router {
    let base = app.base_path.clone();
    let routes = Router::new()
        .nest("/v1", ingest::router())
        .merge(inbox::router())
        .route("/openapi.json", get(openapi::show))
        .fallback(elsewhere)
        .layer(middleware::from_fn_with_state(app.clone(), admit))
        // Below that: whoever crowds a proxy's own address keeps none of its questions from an answer.
        .route("/healthz", get(health::ready))
        .route("/readyz", get(health::ready))
        .route("/livez", get(health::live))
        .method_not_allowed_fallback(async || Error::MethodNotAllowed { allow: "GET, HEAD" })
        .layer(CatchPanicLayer::custom(Error::of_panic))
        .layer(middleware::from_fn_with_state(app.clone(), look))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(log)
                .on_body_chunk(())
                .on_eos(())
                .on_failure(()),
        )
        .with_state(app.clone());
    let routes = match base {
        Some(base) => below(base, routes),
        None => routes,
    };
    routes.layer(middleware::from_fn_with_state(app, secure))
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
    let mut response = Error::UnderAnotherPath(path.to_string()).into_response();
    cors::let_read(&mut response, request.headers().get(header::ORIGIN).cloned());
    response
}

/// Counts refusals. Has every answer taken for what it says it is; and where TLS is spoken, has browsers speak nothing else from then on.
async fn secure(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let tls = client::is_tls(request.headers(), request.extensions(), &app.proxies);
    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions().get::<Refusal>() {
        app.metrics.refused(&refusal.error.code);
    }
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    response
}

/// Holds each client to so many requests under way through the proxies, whose connections are those of many: half-sent
/// posts of one would hold the places of all. Who is turned away is listened to for a moment only.
async fn admit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (headers, extensions) = (request.headers(), request.extensions());
    if !app.proxies.trust(client::peer(extensions)) {
        return next.run(request).await;
    }
    let Some(guest) = app.under_way.admit(client::address(headers, extensions, &app.proxies)) else {
        let mut response = Error::Crowded.into_response();
        cors::let_read(&mut response, headers.get(header::ORIGIN).cloned());
        ingest::drain(request.into_body()).await;
        return response;
    };
    next.run(request).await.map(|body| Body::new(Held::new(body, guest)))
}

/// Looks at each request for a proxy that isn't trusted.
async fn look(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    app.proxies.look_at(request.headers(), request.extensions());
    next.run(request).await
}

/// What the log says of a request: its method and its route. The address itself may hold anything; neither that, nor its
/// query, headers and body, nor who asks is written.
fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("elsewhere", MatchedPath::as_str);
    tracing::debug_span!("request", method = %request.method(), route)
}

/// Writes one line per request.
fn log(response: &Response, latency: Duration, _: &Span) {
    tracing::debug!(status = response.status().as_u16(), ms = latency.as_millis(), "answered");
}
