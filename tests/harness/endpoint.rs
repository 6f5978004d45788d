//! An endpoint that answers as it is told, and remembers what it was sent.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context, Result};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header},
};
use tokio::task::JoinHandle;

use crate::{
    origin,
    stand_ins::{Reply, Service},
    until,
};

/// What an endpoint does with a post.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Answers with this status, MIME type and body.
    With(u16, &'static str, String),
    /// Answers as a service does, preflights too, and adds no header.
    As(Service),
    /// Takes the post and never answers.
    Never,
    /// Closes the connection in the middle of the answer.
    Broken,
    /// Hands the body on to a collector at this address, and its answer back.
    Pass(String),
    /// Hands the body on to a collector at this address, and closes the connection in the middle of the answer.
    Lose(String),
}

/// A post that an endpoint was sent.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

/// An endpoint on a port of its own, open to pages of every origin.
pub struct Endpoint {
    address: String,
    state: Shared,
    task: JoinHandle<()>,
}

type Shared = Arc<Mutex<(Answer, Vec<Received>)>>;

impl Answer {
    /// Answers with JSON.
    pub fn json(status: u16, body: &str) -> Self {
        Self::With(status, "application/json", body.into())
    }

    /// Refuses as a collector does.
    pub fn refusal(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "ok": false, "error": { "code": code, "message": message } });
        Self::json(status, &body.to_string())
    }

    /// Answers with a page for people, as a server does that isn't an endpoint at all.
    pub fn html(status: u16) -> Self {
        let page = "<!doctype html><title>Welcome</title><p>Thank you for your message.";
        Self::With(status, "text/html;charset=utf-8", page.into())
    }
}

impl Endpoint {
    /// Starts an endpoint.
    ///
    /// # Errors
    /// If no port can be had.
    pub async fn start(answer: Answer) -> Result<Self> {
        let listener = origin::listen().await?;
        let address = format!("http://{}/feedback", listener.local_addr()?);
        let state = Arc::new(Mutex::new((answer, Vec::new())));
        let router = Router::new().fallback(reply).with_state(Arc::clone(&state));
        let task = tokio::spawn(async move {
            // It ends when the endpoint is dropped.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Self { address, state, task })
    }

    /// The address to post to.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Answers in another way from now on.
    pub fn answer(&self, answer: Answer) {
        lock(&self.state).0 = answer;
    }

    /// What was posted so far.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state).1.clone()
    }

    /// The posts, once there are as many.
    ///
    /// # Errors
    /// If they don't come.
    pub async fn wait_for(&self, posts: usize) -> Result<Vec<Received>> {
        until(&format!("{posts} posts at the endpoint"), async || {
            Ok(Some(self.received()).filter(|received| received.len() >= posts))
        })
        .await
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Received {
    /// The body as text.
    ///
    /// # Errors
    /// If it isn't UTF-8.
    pub fn text(&self) -> Result<&str> {
        Ok(std::str::from_utf8(&self.body)?)
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// If it isn't JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("not JSON: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The body as the fields of a form post.
    ///
    /// # Errors
    /// If it isn't one.
    pub fn form(&self) -> Result<BTreeMap<String, String>> {
        serde_urlencoded::from_bytes(&self.body).with_context(|| format!("not a form: {:?}", self.text()))
    }

    /// A header, empty if it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn lock(state: &Shared) -> MutexGuard<'_, (Answer, Vec<Received>)> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn reply(State(state): State<Shared>, method: Method, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let received = Received { headers: headers.clone(), body: body.clone() };
    let is_preflight = method == Method::OPTIONS;
    let answer = {
        let mut state = lock(&state);
        if !is_preflight {
            state.1.push(received.clone());
        }
        state.0.clone()
    };
    open(match answer {
        Answer::As(service) => return exactly(service(&method, &received)),
        _ if is_preflight => response(204, "text/plain", Body::empty()),
        Answer::With(status, mime, body) => response(status, mime, body.into()),
        Answer::Never => std::future::pending().await,
        Answer::Broken => broken(),
        Answer::Lose(endpoint) => pass(&endpoint, &headers, body).await.map_or_else(fault, |_| broken()),
        Answer::Pass(endpoint) => pass(&endpoint, &headers, body).await.unwrap_or_else(fault),
    })
}

fn exactly(reply: Reply) -> Response<Body> {
    let mut response = Response::new(reply.body.into());
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    response
}

async fn pass(endpoint: &str, headers: &HeaderMap, body: Bytes) -> Result<Response<Body>> {
    let mime = headers.get(header::CONTENT_TYPE).context("the post has no Content-Type")?;
    let answer = reqwest::Client::new().post(endpoint).header(header::CONTENT_TYPE, mime).body(body).send().await?;
    let status = answer.status().as_u16();
    Ok(response(status, "application/json", answer.bytes().await?.into()))
}

fn broken() -> Response<Body> {
    let start = [Ok("{\"ok\":tr"), Err(std::io::Error::other("the connection is cut"))];
    response(200, "application/json", Body::from_stream(futures_util::stream::iter(start)))
}

fn fault(error: anyhow::Error) -> Response<Body> {
    response(502, "text/plain", error.to_string().into())
}

fn response(status: u16, mime: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(mime));
    response
}

fn open(mut response: Response<Body>) -> Response<Body> {
    let all = HeaderValue::from_static("*");
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, all.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, all.clone());
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, all);
    response
}
