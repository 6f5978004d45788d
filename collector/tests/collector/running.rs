//! A collector that runs, and what it answers.

use std::{net::SocketAddr, time::Duration};

use reqwest::{Client, RequestBuilder, header::HeaderMap, redirect::Policy};
use say_so_collector::{
    Collector, Inbox,
    options::{Database, Options, SiteFiles},
    quota::Quotas,
};
use serde_json::Value;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// The token of every inbox in these tests.
pub const TOKEN: &str = "a-token-for-the-tests";

/// A collector on a free port of this machine.
pub struct Running {
    pub address: SocketAddr,
    pub url: String,
    pub inbox: Inbox,
    /// A link into the inbox that works once.
    pub link: String,
    pub client: Client,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header's value; an empty text if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What a collector is told in these tests unless a test changes it.
pub fn options(database: &str) -> Options {
    Options {
        database: Database { url: database.to_owned(), patience: Duration::from_secs(20) },
        listen: ([127, 0, 0, 1], 0).into(),
        origins: vec!["https://shop.example".parse().unwrap()],
        assets: None,
        pages: None,
        rate_limit: 0,
        site_rate_limit: 0,
        metrics: None,
        connections: 0,
        connections_per_address: 0,
        allow_opaque_origins: false,
        proxies: Vec::new(),
        forwarded_header: None,
        base_path: None,
        sites: SiteFiles::default(),
        quotas: Quotas::default(),
        retention: Vec::new(),
        inbox_token: Some(TOKEN.to_owned()),
    }
}

/// A client that follows no redirect and asks no proxy.
pub fn client() -> Client {
    Client::builder().no_proxy().redirect(Policy::none()).timeout(Duration::from_secs(60)).build().unwrap()
}

impl Running {
    pub async fn start(options: Options) -> Self {
        let collector = Collector::open(&options).await.unwrap();
        let listener = TcpListener::bind(options.listen).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let inbox = collector.inbox().clone();
        let link = collector.sign_in_path().unwrap();
        let done = tokio::spawn(collector.serve(listener, async { drop(stopped.await) }));
        Self { address, url: format!("http://{address}"), inbox, link, client: client(), stop, done }
    }

    /// Stops the collector, once what is under way is finished.
    pub async fn stop(self) {
        drop(self.client);
        self.stop.send(()).unwrap();
        self.done.await.unwrap();
    }

    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.client.request(method.parse().unwrap(), format!("{}{path}", self.url))
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request("GET", path)).await
    }

    /// Gives the inbox a token, as its form does.
    pub async fn sign_in(&self, token: &str) -> Answer {
        let post = self.request("POST", "/inbox/sign-in").header("content-type", "application/x-www-form-urlencoded");
        answer(post.body(format!("token={token}"))).await
    }

    /// Posts a body as the widget does.
    pub async fn post(&self, body: impl Into<reqwest::Body>) -> Answer {
        answer(self.feedback().body(body)).await
    }

    /// Posts a withdrawal as the widget does.
    pub async fn withdraw(&self, body: impl Into<reqwest::Body>) -> Answer {
        let post = self.request("POST", "/v1/feedback/withdraw").header("content-type", "text/plain;charset=UTF-8");
        answer(post.body(body)).await
    }

    /// A post as the widget sends it, without its body.
    pub fn feedback(&self) -> RequestBuilder {
        self.request("POST", "/v1/feedback").header("content-type", "text/plain;charset=UTF-8")
    }
}

pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.text().await.unwrap() }
}

/// A golden submission, to the byte.
pub fn golden(name: &str) -> String {
    file(&format!("submissions/{name}"))
}

/// A golden withdrawal, with that key.
pub fn withdrawal(name: &str, key: &str) -> String {
    file(&format!("withdrawals/{name}")).replace("<key>", key)
}

fn file(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.trim_end().to_owned()
}

/// A golden submission with one text in it replaced.
pub fn edited(name: &str, from: &str, to: &str) -> String {
    let text = golden(name);
    assert!(text.contains(from), "{name} has no {from}");
    text.replacen(from, to, 1)
}

/// The golden words of a message of their own.
pub fn message(number: u32) -> String {
    edited("words", "8f14e45fceea167a5a36dedd4bea2543", &format!("{number:032x}"))
}
