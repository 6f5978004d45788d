//! What every answer says to browsers, whatever it is.

use std::fs;

use say_so_collector::options::Options;
use tempfile::tempdir;

use crate::{
    databases::database,
    running::{Running, answer, options},
};

#[tokio::test]
async fn every_answer_is_what_it_says_and_keeps_to_tls_where_that_is_spoken() {
    let folder = tempdir().unwrap();
    let assets = folder.path().join("assets");
    let pages = folder.path().join("pages");
    fs::create_dir_all(pages.join("help")).unwrap();
    fs::create_dir(&assets).unwrap();
    fs::write(assets.join("embed.js"), "1").unwrap();
    fs::write(pages.join("index.html"), "<p>").unwrap();
    fs::write(pages.join("help/index.html"), "<p>").unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let base_path = Some("/below".parse().unwrap());
    let told = Options { assets: Some(assets), pages: Some(pages), proxies, base_path, ..options(&database(&folder)) };
    let collector = Running::start(told).await;
    for (method, path, status) in [
        ("GET", "/", 200),
        ("GET", "/help", 307),
        ("GET", "/embed.js", 200),
        ("HEAD", "/embed.js", 200),
        ("GET", "/below/embed.js", 200),
        ("GET", "/below", 308),
        ("GET", "/nothing", 404),
        ("DELETE", "/nothing", 405),
        ("GET", "/healthz", 200),
        ("GET", "/inbox", 401),
        ("GET", "/inbox/", 308),
        ("GET", "/inbox/inbox.css", 200),
        ("POST", "/inbox/sign-out", 303),
        ("OPTIONS", "/v1/feedback", 204),
        ("POST", "/v1/feedback", 415),
    ] {
        for (scheme, tls) in [("https", true), ("HTTPS", true), ("http", false), ("", false)] {
            let request = collector.request(method, path).header("x-forwarded-proto", scheme);
            let answer = answer(request).await;
            assert_eq!(answer.status, status, "{method} {path}: {answer:?}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{method} {path}");
            assert_eq!(answer.headers.get_all("x-content-type-options").iter().count(), 1, "{method} {path}");
            let kept = answer.header("strict-transport-security");
            assert_eq!(kept, if tls { "max-age=63072000" } else { "" }, "{method} {path} {scheme}");
        }
    }
    collector.stop().await;
}

#[tokio::test]
async fn whoever_is_no_proxy_keeps_nobody_to_tls() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let healthz = answer(collector.request("GET", "/healthz").header("x-forwarded-proto", "https")).await;
    assert_eq!(healthz.header("strict-transport-security"), "");
    collector.stop().await;
}
