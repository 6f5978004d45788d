//! The collector under a path of another host: directly, behind a proxy that takes the path away, and
//! behind one that leaves it there.

use std::{fs, path::Path};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    response::Response,
};
use reqwest::{Client, Method};
use say_so_collector::options::Options;
use tempfile::{TempDir, tempdir};
use tokio::net::TcpListener;
use url::Url;

use crate::{
    databases::database,
    running::{Answer, Running, TOKEN, answer, client, golden, message, options, withdrawal},
};

/// A proxy on a free port that shows a collector under that path; returns the address of the path.
async fn proxy(collector: &Running, path: &'static str, takes_away: bool) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}/", listener.local_addr().unwrap());
    let (client, inner) = (client(), collector.url.clone());
    let forward = async move |request: Request| {
        let (head, body) = request.into_parts();
        let asked = head.uri.path_and_query().unwrap().as_str();
        let below = asked.strip_prefix(path).expect("nothing else of this host is asked for");
        let address = format!("{inner}{}", if takes_away { below } else { asked });
        let body = to_bytes(body, usize::MAX).await.unwrap();
        let mut headers = head.headers;
        headers.remove("host");
        let request = client.request(head.method, address).headers(headers).body(body);
        let inner = request.send().await.unwrap();
        let mut response = Response::builder().status(inner.status());
        response.headers_mut().unwrap().extend(inner.headers().clone());
        response.body(Body::from(inner.bytes().await.unwrap())).unwrap()
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(forward)).await });
    url.parse().unwrap()
}

/// A browser, as far as paths go: it resolves links and keeps one cookie for the path it was set at.
struct Browser {
    client: Client,
    url: Url,
    cookie: Option<(String, String)>,
}

impl Browser {
    async fn ask(&mut self, method: Method, url: Url, form: Option<String>) -> Answer {
        let (mut method, mut form) = (method, form);
        self.url = url;
        for _ in 0..5 {
            let mut request = self.client.request(method.clone(), self.url.clone());
            if let Some((path, pair)) = &self.cookie
                && (self.url.path() == path || self.url.path().starts_with(&format!("{path}/")))
            {
                request = request.header("cookie", pair);
            }
            if let Some(form) = form.take() {
                request = request.header("content-type", "application/x-www-form-urlencoded").body(form);
            }
            let answer = answer(request).await;
            let set = answer.header("set-cookie");
            if !set.is_empty() {
                assert!(!set.contains("Path="), "{set}");
                // The default path of RFC 6265.
                let path = self.url.path().rsplit_once('/').unwrap().0.to_owned();
                let pair = set.split(';').next().unwrap().to_owned();
                let ends = set.ends_with("Max-Age=0");
                assert!(
                    !ends || self.cookie.as_ref().is_some_and(|(kept, _)| *kept == path),
                    "it ends that very cookie"
                );
                self.cookie = (!ends).then_some((path, pair));
            }
            if !(300..400).contains(&answer.status) {
                return answer;
            }
            self.url = self.url.join(answer.header("location")).unwrap();
            method = Method::GET;
        }
        panic!("{} is never left", self.url);
    }

    async fn get(&mut self, address: &str) -> Answer {
        let url = self.url.join(address).unwrap();
        self.ask(Method::GET, url, None).await
    }
}

/// The values of an attribute in a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Goes through everything that a person and a widget do below that address.
async fn walk(root: &Url, link: &str) {
    let mut browser = Browser { client: client(), url: root.clone(), cookie: None };

    // The demo's page, its tag and its pages.
    let page = browser.get("").await;
    assert_eq!(page.status, 200, "{root}");
    let tag = page.body.split("<script async").nth(1).unwrap();
    let endpoint = root.join(values(tag, "data-endpoint")[0]).unwrap();
    for link in [values(tag, "src")[0], values(tag, "data-config")[0], "inline.html", "host.css", "folder"] {
        let found = browser.ask(Method::GET, root.join(link).unwrap(), None).await;
        assert_eq!(found.status, 200, "{link} below {root}");
    }
    assert_eq!(browser.url, root.join("folder/").unwrap());

    // The widget: its post, and the address in the answer.
    for number in 0..40 {
        let post = browser.client.post(endpoint.clone()).header("content-type", "text/plain");
        assert_eq!(answer(post.body(message(number))).await.status, 201, "{endpoint}");
    }
    let post = || browser.client.post(endpoint.clone()).header("content-type", "text/plain");
    let edited = message(39).replace("\"revision\":1", "\"revision\":2");
    assert_eq!(answer(post().body(edited)).await.status, 201);
    let receipt = answer(post().body(golden("words"))).await.json();
    let withdraw = endpoint.join(receipt["withdraw"].as_str().unwrap()).unwrap();
    let body = withdrawal("words", receipt["key"].as_str().unwrap());
    let withdrawn = browser.client.post(withdraw).header("content-type", "text/plain").body(body);
    assert_eq!(answer(withdrawn).await.status, 200);

    // The inbox: refused, a wrong token, the form, each link and sheet, signed out, the link.
    let inbox = root.join("inbox").unwrap();
    let sign_in = browser.ask(Method::GET, root.join("inbox/").unwrap(), None).await;
    assert_eq!((sign_in.status, &browser.url), (401, &inbox));
    let form = |page: &Answer, here: &Url| here.join(values(&page.body, "action")[0]).unwrap();
    let wrong = browser.ask(Method::POST, form(&sign_in, &inbox), Some("token=wrong".to_owned())).await;
    assert_eq!(wrong.status, 403);
    let sheet = values(&wrong.body, "href")[0].to_owned();
    let again = form(&wrong, &browser.url);
    assert_eq!(browser.get(&sheet).await.header("content-type"), "text/css; charset=utf-8");
    let list = browser.ask(Method::POST, again, Some(format!("token={TOKEN}"))).await;
    assert_eq!((list.status, &browser.url), (200, &inbox));
    assert!(list.body.contains("inbox/message?"), "a message has an earlier version");
    for link in values(&list.body, "href") {
        let url = inbox.join(&link.replace("&amp;", "&")).unwrap();
        if url.host() == inbox.host() {
            assert!(url.as_str().starts_with(root.as_str()), "{url}");
            assert_eq!(browser.ask(Method::GET, url, None).await.status, 200, "{link}");
        }
    }
    assert!(list.body.contains("rel=\"next\""), "there is a second page");
    assert_eq!(browser.ask(Method::POST, form(&list, &inbox), Some(String::new())).await.status, 401);
    assert!(browser.cookie.is_none());
    let inside = browser.ask(Method::GET, root.join(link.trim_start_matches('/')).unwrap(), None).await;
    assert_eq!((inside.status, &browser.url), (200, &inbox));
    assert_eq!(browser.get("inbox/sign-in").await.status, 200, "whoever is signed in is in");
}

/// A collector with the demo's pages and a widget's file.
async fn start(folder: &TempDir, base_path: Option<&str>) -> Running {
    let root = folder.path();
    let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    for (to, from) in [("index.html", "index.html"), ("inline.html", "inline.html"), ("host.css", "host.css")] {
        fs::create_dir_all(root.join("pages/folder")).unwrap();
        fs::copy(www.join(from), root.join("pages").join(to)).unwrap();
    }
    fs::copy(www.join("say-so.json"), root.join("pages/say-so.json")).unwrap();
    fs::write(root.join("pages/folder/index.html"), "a folder").unwrap();
    fs::create_dir_all(root.join("assets")).unwrap();
    fs::write(root.join("assets/embed.js"), "embed()").unwrap();
    let (assets, pages) = (Some(root.join("assets")), Some(root.join("pages")));
    let base_path = base_path.map(|path| path.parse().unwrap());
    Running::start(Options { assets, pages, base_path, ..options(&database(folder)) }).await
}

#[tokio::test]
async fn directly_asked_everything_leads_on() {
    let folder = tempdir().unwrap();
    let collector = start(&folder, None).await;
    walk(&format!("{}/", collector.url).parse().unwrap(), &collector.link).await;
    collector.stop().await;
}

#[tokio::test]
async fn a_proxy_that_takes_the_path_away_needs_no_option() {
    let folder = tempdir().unwrap();
    let collector = start(&folder, None).await;
    walk(&proxy(&collector, "/say/so", true).await, &collector.link).await;
    collector.stop().await;
}

#[tokio::test]
async fn a_proxy_that_leaves_the_path_is_told_of_by_an_option() {
    let folder = tempdir().unwrap();
    let collector = start(&folder, Some("/say/so")).await;
    walk(&proxy(&collector, "/say/so", false).await, &collector.link).await;
    collector.stop().await;
}

#[tokio::test]
async fn with_a_base_path_the_collector_also_stands_at_its_root() {
    let folder = tempdir().unwrap();
    let collector = start(&folder, Some("/feedback")).await;
    assert_eq!(collector.get("/healthz").await.status, 200, "a monitor asks directly");
    assert_eq!(collector.get("/feedback/healthz").await.status, 200);
    let itself = collector.get("/feedback?x=1").await;
    assert_eq!((itself.status, itself.header("location")), (308, "feedback/?x=1"));
    assert_eq!(collector.get("/feedback/../secret").await.status, 404);
    assert_eq!(collector.get("/feedbacks/healthz").await.status, 404);
    walk(&format!("{}/feedback/", collector.url).parse().unwrap(), &collector.link).await;
    collector.stop().await;
}

#[tokio::test]
async fn an_unknown_path_in_front_of_the_endpoint_is_told_readably() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for path in ["/feedback/v1/feedback", "/feedback/v1/feedback/withdraw"] {
        let post = collector.request("POST", path).header("origin", "https://shop.example").body(golden("words"));
        let answer = answer(post).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (404, Some("not_found")));
        assert!(answer.body.contains("--base-path /feedback"), "{answer:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "https://shop.example");
    }
    collector.stop().await;
}
