//! Whose pages may post, and what the others are told.

use std::time::Duration;

use say_so_collector::options::Options;
use tempfile::tempdir;
use tokio::{process::Command, time::timeout};

use crate::{
    command::Process,
    databases::database,
    running::{Answer, Running, answer, client, golden, options},
};

async fn post(collector: &Running, origin: &str) -> Answer {
    answer(collector.feedback().header("origin", origin).body(golden("words"))).await
}

#[tokio::test]
async fn a_star_lets_subdomains_post_and_nobody_else() {
    let folder = tempdir().unwrap();
    let origins = ["https://*.Shop.example/", "http://*.localhost:3000"].map(|origin| origin.parse().unwrap()).to_vec();
    let collector = Running::start(Options { origins, ..options(&database(&folder)) }).await;
    for origin in ["https://www.shop.example", "https://a.b.shop.example", "http://shop.localhost:3000"] {
        let answer = post(&collector, origin).await;
        assert!([200, 201].contains(&answer.status), "{origin}: {answer:?}");
        assert_eq!(answer.header("access-control-allow-origin"), origin);
    }
    for origin in [
        "https://shop.example",
        "https://evilshop.example",
        "https://www.shop.example.evil.example",
        "https://www.shop.example:8443",
        "http://www.shop.example",
        "http://localhost:3000",
    ] {
        let answer = post(&collector, origin).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (403, Some("origin_not_allowed")));
        let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
        assert!(message.ends_with(&format!("--allow-origin {origin}")), "{message}");
        assert_eq!(answer.header("access-control-allow-origin"), origin, "the page can read why");
    }
    collector.stop().await;
}

#[tokio::test]
async fn pages_without_an_origin_post_only_where_that_was_chosen() {
    let folder = tempdir().unwrap();
    for (arguments, status) in
        [(&[][..], 403), (&["--allow-origin", "https://shop.example"], 403), (&["--allow-opaque-origins"], 201)]
    {
        let process = Process::start(folder.path(), arguments).await;
        let post = client().post(format!("{}/v1/feedback", process.url)).header("content-type", "text/plain");
        let answer = answer(post.header("origin", "null").body(golden("words"))).await;
        assert_eq!(answer.status, status, "{arguments:?}: {answer:?}");
        assert_eq!(answer.body.contains("--allow-opaque-origins"), status == 403);
        assert_eq!(answer.header("access-control-allow-origin"), "null");
    }
}

#[tokio::test]
async fn the_environment_can_let_them_post_but_not_by_mistake() {
    let folder = tempdir().unwrap();
    for (value, starts) in [("true", true), ("false", true), ("maybe", false)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(folder.path());
        command.env("SAY_SO_ALLOW_OPAQUE_ORIGINS", value);
        if !starts {
            let output = timeout(Duration::from_secs(30), command.kill_on_drop(true).output()).await;
            assert!(!output.expect("it does not start").unwrap().status.success(), "{value}");
            continue;
        }
        let process = Process::read(command).await;
        let post = client().post(format!("{}/v1/feedback", process.url)).header("content-type", "text/plain");
        let status = answer(post.header("origin", "null").body(golden("words"))).await.status;
        assert_eq!(status == 201, value == "true", "{value}: {status}");
    }
}

#[tokio::test]
async fn behind_a_proxy_that_changes_the_host_the_own_pages_may_post() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { origins: Vec::new(), ..options(&database(&folder)) }).await;
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("same-origin", 201)] {
        let post = collector.feedback().header("origin", "https://shop.example").header("sec-fetch-site", site);
        assert_eq!(answer(post.body(golden("words"))).await.status, status, "{site}");
    }
    collector.stop().await;
}
