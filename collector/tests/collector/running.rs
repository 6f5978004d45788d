//! A collector that runs, and what it answers.

use std::{
    ffi::OsString,
    net::SocketAddr,
    os::unix::ffi::{OsStrExt, OsStringExt},
    path::Path,
    time::Duration,
};

use reqwest::{Client, RequestBuilder, header::HeaderMap, redirect::Policy};
use say_so_collector::{
    Collector, Inbox,
    options::{Database, Options, SiteFiles},
    quota::Quotas,
};
use serde_json::Value;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, Transaction};
use tempfile::TempDir;
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

/// The address of a database file in a folder.
pub fn file_in(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("say-so.db").display())
}

/// The address of the database that goes with a folder: a file in it, or, if the tests are run on PostgreSQL, a database
/// on its server.
pub fn database(folder: &TempDir) -> String {
    on_a_server(folder.path()).unwrap_or_else(|| file_in(folder))
}

/// If the tests are run on PostgreSQL, whose server's address then stands in `SAY_SO_TEST_POSTGRES`: the database on it
/// that goes with a folder, made if it is missing. Those whose folder is gone are dropped, since each takes some 8 MB.
pub fn on_a_server(folder: &Path) -> Option<String> {
    let server = std::env::var("SAY_SO_TEST_POSTGRES").ok()?;
    let beside = folder.parent().unwrap().to_owned();
    let name = name_of(folder.file_name().unwrap().as_bytes());
    let make = format!("create database {name}");
    at_once(&format!("{server}/postgres"), async move |connection: &mut AnyConnection| {
        let made = connection.execute(AssertSqlSafe(make)).await;
        assert!(made.is_ok() || made.is_err_and(|error| error.to_string().contains("already exists")));
        let named = r"select datname::text from pg_database where datname like 'folder\_%'";
        for name in sqlx::query_scalar::<_, String>(named).fetch_all(&mut *connection).await.unwrap() {
            if !beside.join(folder_of(&name)).exists() {
                let drop = format!("drop database if exists {name} with (force)");
                connection.execute(AssertSqlSafe(drop)).await.unwrap();
            }
        }
    });
    Some(format!("{server}/{name}"))
}

/// What the database of a folder is called: of the characters of a name, PostgreSQL takes few.
fn name_of(folder: &[u8]) -> String {
    format!("folder_{}", hex::encode(folder))
}

/// The folder whose database is called that.
fn folder_of(name: &str) -> OsString {
    OsString::from_vec(hex::decode(name.trim_start_matches("folder_")).unwrap())
}

/// Does something with a database, for a test that can't wait for it.
pub fn at_once<T: Send + 'static>(
    address: &str,
    does: impl AsyncFnOnce(&mut AnyConnection) -> T + Send + 'static,
) -> T {
    let address = address.to_owned();
    let done = std::thread::spawn(move || {
        sqlx::any::install_default_drivers();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = AnyConnection::connect(&address).await.unwrap();
            let done = does(&mut connection).await;
            connection.close().await.unwrap();
            done
        })
    });
    done.join().unwrap()
}

/// Holds the database, so that nobody can write into it until the transaction ends.
pub async fn hold(pool: &AnyPool, address: &str) -> Transaction<'static, Any> {
    if address.starts_with("sqlite:") {
        return pool.begin_with("begin immediate").await.unwrap();
    }
    let mut transaction = pool.begin().await.unwrap();
    transaction.execute("lock table message in exclusive mode").await.unwrap();
    transaction
}

/// The database of that address, opened beside the collector.
pub async fn look_into(database: &str) -> AnyPool {
    sqlx::any::install_default_drivers();
    AnyPool::connect(database).await.unwrap()
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
