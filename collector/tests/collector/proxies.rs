//! Behind proxies: whose limit a post counts to, and what the owner is told.

use std::process::Stdio;

use say_so_collector::{
    http::proxies::ForwardedHeader::{self, Forwarded, XForwardedFor},
    options::Options,
};
use tempfile::tempdir;
use tokio::{io::AsyncReadExt, process::Command};

use crate::{
    command::Process,
    databases::database,
    running::{Running, answer, client, golden, options},
};

/// The statuses of posts with that header each, where one post is taken from each client.
async fn statuses(trusted: &str, header: Option<ForwardedHeader>, posts: &[&[(&str, &str)]]) -> Vec<u16> {
    let folder = tempdir().unwrap();
    let proxies = vec![trusted.parse().unwrap()];
    let options = Options { rate_limit: 1, proxies, forwarded_header: header, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    let mut statuses = Vec::new();
    for lines in posts {
        let post = lines.iter().fold(collector.feedback(), |post, (name, value)| post.header(*name, *value));
        statuses.push(answer(post.body(golden("words"))).await.status);
    }
    collector.stop().await;
    statuses
}

#[tokio::test]
async fn ports_make_no_other_client() {
    let x = "x-forwarded-for";
    let posts: [&[(&str, &str)]; 8] = [
        &[(x, "198.51.100.1:50001")],
        &[(x, "198.51.100.1:50002")],
        &[(x, "198.51.100.2:50001")],
        &[(x, "[2001:db8::1]:50001")],
        &[(x, "2001:db8::2")],
        &[(x, "[2001:db8:0:1::1]:50001")],
        &[(x, "::ffff:198.51.100.2")],
        &[(x, "9.9.9.9, 198.51.100.2:1")],
    ];
    assert_eq!(statuses("127.0.0.0/8", None, &posts).await, [201, 429, 200, 200, 429, 200, 429, 429]);
}

#[tokio::test]
async fn forwarded_names_clients_too() {
    let f = "forwarded";
    let posts: [&[(&str, &str)]; 7] = [
        &[(f, "for=198.51.100.1;proto=https")],
        &[(f, "For=\"198.51.100.1:50001\"")],
        &[(f, "for=9.9.9.9"), (f, "for=\"[2001:db8::1]:50001\";by=_lb, for=127.0.0.9")],
        &[(f, "for=\"[2001:db8::ffff]\"")],
        &[(f, "for=_hidden")],
        &[(f, "for=unknown")],
        &[(f, "for=\"")],
    ];
    assert_eq!(statuses("127.0.0.0/8", None, &posts).await, [201, 429, 200, 429, 200, 429, 429]);
}

#[tokio::test]
async fn the_header_that_the_proxy_passes_on_helps_nobody() {
    let (x, f) = ("x-forwarded-for", "forwarded");
    let posts: [&[(&str, &str)]; 4] = [
        &[(x, "198.51.100.1")],
        &[(x, "198.51.100.1"), (f, "for=9.9.9.1")],
        &[(x, "198.51.100.1"), (f, "for=9.9.9.2")],
        &[(x, "198.51.100.2"), (f, "for=198.51.100.2")],
    ];
    assert_eq!(statuses("127.0.0.1", None, &posts).await, [201, 200, 429, 200], "they share the proxy's limit");
    assert_eq!(statuses("127.0.0.1", Some(XForwardedFor), &posts).await, [201, 429, 429, 200]);
    assert_eq!(statuses("127.0.0.1", Some(Forwarded), &posts).await, [201, 200, 200, 200]);
}

#[tokio::test]
async fn an_address_outside_the_network_is_not_believed() {
    let posts: [&[(&str, &str)]; 2] = [&[("x-forwarded-for", "198.51.100.1")], &[("x-forwarded-for", "198.51.100.2")]];
    assert_eq!(statuses("10.0.0.0/8", None, &posts).await, [201, 429]);
}

/// What the log says after those requests, sent twenty times.
async fn log(arguments: &[&str], lines: &[(&str, &str)]) -> String {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).current_dir(folder.path());
    command.stderr(Stdio::piped());
    let mut process = Process::read(command).await;
    let client = client();
    for _ in 0..20 {
        for path in ["/v1/feedback", "/healthz"] {
            let request = client.post(format!("{}{path}", process.url)).header("content-type", "text/plain");
            let request = lines.iter().fold(request, |request, (name, value)| request.header(*name, *value));
            answer(request.body(golden("words"))).await;
        }
    }
    process.signal("-TERM").await;
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    log
}

#[tokio::test]
async fn a_proxy_that_nobody_trusts_is_told_of_once() {
    for name in ["x-forwarded-for", "forwarded", "x-forwarded-proto", "x-real-ip"] {
        let log = log(&[], &[(name, "198.51.100.1")]).await;
        assert_eq!(log.matches("a proxy seems to stand in front").count(), 1, "{log}");
        assert!(log.contains("--trust-proxy 127.0.0.1") && log.contains(name), "{log}");
        assert!(!log.contains("198.51.100.1"), "{log}");
    }
    let strange = log(&["--trust-proxy", "10.0.0.0/8"], &[("x-forwarded-for", "198.51.100.1")]).await;
    assert_eq!(strange.matches("WARN").count(), 1, "{strange}");
    assert!(strange.contains("not among those of --trust-proxy"), "{strange}");
}

#[tokio::test]
async fn where_all_is_well_nobody_is_warned() {
    assert!(!log(&[], &[]).await.contains("WARN"));
    let trusted = ["--trust-proxy", "127.0.0.1"];
    assert!(!log(&trusted, &[]).await.contains("WARN"), "a monitor asks without an Origin");
    let lines = [("x-forwarded-for", "198.51.100.1"), ("origin", "https://shop.example")];
    assert!(!log(&trusted, &lines).await.contains("WARN"));
}

#[tokio::test]
async fn a_trusted_proxy_that_names_nobody_is_told_of_once() {
    let (origin, client) = (("origin", "https://shop.example"), ("x-forwarded-for", "198.51.100.1"));
    let trusted = ["--trust-proxy", "127.0.0.1", "--forwarded-header", "forwarded"];
    for (arguments, lines) in [(&trusted[..2], &[origin][..]), (&trusted, &[origin, client])] {
        let log = log(arguments, lines).await;
        assert_eq!(log.matches("WARN").count(), 1, "{log}");
        assert!(log.contains("doesn't say who sends it"), "{log}");
    }
}

#[tokio::test]
async fn two_headers_that_differ_are_told_of_once() {
    let lines = [("x-forwarded-for", "198.51.100.1"), ("forwarded", "for=9.9.9.9")];
    let differing = log(&["--trust-proxy", "127.0.0.1"], &lines).await;
    assert_eq!(differing.matches("--forwarded-header x-forwarded-for").count(), 1, "{differing}");
    assert!(!differing.contains("198.51.100.1") && !differing.contains("9.9.9.9"), "{differing}");
    let named = ["--trust-proxy", "127.0.0.1", "--forwarded-header", "x-forwarded-for"];
    assert!(!log(&named, &lines).await.contains("WARN"));
}
