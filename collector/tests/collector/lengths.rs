//! How long answers say they are: who gets no length can't tell a whole answer from one that was cut off.

use std::fs;

use say_so_collector::options::Options;
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    databases::database,
    running::{Running, answer, golden, options},
};

#[tokio::test]
async fn every_answer_says_how_long_it_is_also_behind_a_proxy() {
    let folder = tempdir().unwrap();
    let assets = folder.path().join("assets");
    fs::create_dir(&assets).unwrap();
    fs::write(assets.join("embed.js"), "embed()").unwrap();
    for proxies in [vec![], vec!["127.0.0.1".parse().unwrap()]] {
        let told = Options { assets: Some(assets.clone()), proxies, ..options(&database(&folder)) };
        let collector = Running::start(told).await;
        for path in ["/openapi.json", "/embed.js", "/healthz", "/inbox", "/inbox/", "/nothing"] {
            let whole = collector.get(path).await;
            assert_eq!(whole.header("content-length"), whole.body.len().to_string(), "{path}: {whole:?}");
            let head = answer(collector.request("HEAD", path)).await;
            assert_eq!(
                (head.header("content-length"), head.body.as_str()),
                (whole.header("content-length"), ""),
                "{path}"
            );
        }
        let kept = collector.post(golden("words")).await;
        assert!(kept.status < 300 && kept.header("content-length") == kept.body.len().to_string(), "{kept:?}");

        // The first has no body, whatever its head says, and the second none either, but speaks of another answer.
        let preflight = answer(collector.request("OPTIONS", "/v1/feedback")).await;
        assert_eq!((preflight.status, preflight.header("content-length")), (204, ""));
        let tag = collector.get("/embed.js").await.header("etag").to_owned();
        let unchanged = answer(collector.request("GET", "/embed.js").header("if-none-match", tag)).await;
        assert_eq!((unchanged.status, unchanged.header("content-length")), (304, ""));
        collector.stop().await;
    }
}

#[tokio::test]
async fn a_proxy_that_speaks_an_older_http_is_told_the_length_too() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let collector = Running::start(Options { proxies, ..options(&database(&folder)) }).await;
    let mut stream = TcpStream::connect(collector.address).await.unwrap();
    stream.write_all(b"GET /nothing HTTP/1.0\r\n\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).await.unwrap();
    let (head, body) = said.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.0 404 ") && head.contains(&format!("content-length: {}", body.len())), "{said}");
    collector.stop().await;
}
