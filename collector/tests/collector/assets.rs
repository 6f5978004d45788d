//! The files that the collector serves, and their headers.

use std::fs;

use say_so_collector::options::Options;
use tempfile::{TempDir, tempdir};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    databases::database,
    running::{Answer, Running, answer, options},
};

const VERSION: &str = concat!("/v", env!("CARGO_PKG_VERSION"));

async fn start(folder: &TempDir) -> Running {
    let root = folder.path();
    for (path, text) in [
        ("secret.txt", "outside"),
        ("assets/embed.js", "embed()"),
        ("assets/say-so_bg.wasm", "\0asm plain"),
        ("assets/say-so_bg.wasm.br", "\0asm br"),
        ("assets/say-so_bg.wasm.gz", "\0asm gz"),
        ("assets/say-so-0123abcd.js", "hashed()"),
        ("assets/panel.css", "a{}"),
        ("assets/.hidden/key", "hidden"),
        ("assets/folder/inner.js", "inner()"),
        ("assets/folder/index.html", "no index"),
        ("assets/v9.8.7/embed.js", "old()"),
        ("pages/index.html", "<p>start"),
        ("pages/embed.js", "of the page"),
        ("pages/say-so.json", "{}"),
        ("pages/help/index.html", "<p>help"),
        ("pages/v6.6.6/embed.js", "no version"),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (assets, pages) = (Some(root.join("assets")), Some(root.join("pages")));
    Running::start(Options { assets, pages, ..options(&database(folder)) }).await
}

fn is_for_any_site(answer: &Answer) {
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    assert_eq!(answer.header("timing-allow-origin"), "*");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    assert_eq!(answer.header("access-control-allow-credentials"), "");
}

#[tokio::test]
async fn each_file_has_its_type_and_its_caching() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    let (short, forever) = ("public, max-age=300", "public, max-age=31536000, immutable");
    for (path, body, kind, caching) in [
        ("/embed.js", "embed()", "text/javascript; charset=utf-8", short),
        ("/say-so_bg.wasm", "\0asm plain", "application/wasm", short),
        ("/panel.css", "a{}", "text/css; charset=utf-8", short),
        ("/folder/inner.js", "inner()", "text/javascript; charset=utf-8", short),
        ("/say-so-0123abcd.js", "hashed()", "text/javascript; charset=utf-8", forever),
        (&format!("{VERSION}/embed.js"), "embed()", "text/javascript; charset=utf-8", forever),
        (&format!("{VERSION}/say-so_bg.wasm"), "\0asm plain", "application/wasm", forever),
        ("/v9.8.7/embed.js", "old()", "text/javascript; charset=utf-8", forever),
    ] {
        let asked = collector.request("GET", path).header("origin", "https://anywhere.example");
        let answer = answer(asked).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
        assert_eq!(answer.header("content-type"), kind, "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert!(!answer.header("etag").is_empty() && !answer.header("last-modified").is_empty(), "{answer:?}");
        is_for_any_site(&answer);
    }
    collector.stop().await;
}

#[tokio::test]
async fn an_unchanged_file_is_not_sent_again() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    let tag = collector.get("/embed.js").await.header("etag").to_owned();
    let again = answer(collector.request("GET", "/embed.js").header("if-none-match", &tag)).await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(again.header("cache-control"), "public, max-age=300");
    is_for_any_site(&again);
    fs::write(folder.path().join("assets/embed.js"), "embed(2)").unwrap();
    let changed = answer(collector.request("GET", "/embed.js").header("if-none-match", &tag)).await;
    assert_eq!((changed.status, changed.body.as_str()), (200, "embed(2)"));
    collector.stop().await;
}

#[tokio::test]
async fn compressed_neighbours_are_sent_to_who_takes_them() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    for (accept, encoding, body) in [
        ("br, gzip", "br", "\0asm br"),
        ("gzip", "gzip", "\0asm gz"),
        ("identity", "", "\0asm plain"),
        ("br;q=0, gzip", "gzip", "\0asm gz"),
    ] {
        let asked = collector.request("GET", "/say-so_bg.wasm").header("accept-encoding", accept);
        let answer = answer(asked).await;
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, body), "{accept}");
        assert_eq!(answer.header("content-type"), "application/wasm");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(answer.header("content-length"), body.len().to_string());
    }
    collector.stop().await;
}

#[tokio::test]
async fn pages_stand_behind_the_widget_s_files() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    for (path, body) in [("/", "<p>start"), ("/index.html", "<p>start"), ("/help/", "<p>help")] {
        let answer = collector.get(path).await;
        assert_eq!((answer.status, answer.body.as_str()), (200, body), "{path}");
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("access-control-allow-origin"), "", "pages are not for other sites");
    }
    assert_eq!(collector.get("/say-so.json").await.header("content-type"), "application/json");
    assert_eq!(collector.get("/help").await.header("location"), "./help/");
    assert_eq!(collector.get("/embed.js").await.body, "embed()");
    collector.stop().await;
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    for path in [
        "/nothing.js",
        "/folder",
        "/folder/",
        VERSION,
        &format!("{VERSION}/"),
        &format!("{VERSION}/nothing.js"),
        "/v9.8.7/say-so_bg.wasm",
        "/v1.1.1/embed.js",
        "/v6.6.6/embed.js",
        "/.hidden/key",
        "/%2ehidden/key",
        "//help",
        "/%00",
        "/%ff",
        // Longer than a name of a file may be, and than a whole path.
        &format!("/{}", "a".repeat(300)),
        &format!("{VERSION}/{}", "a".repeat(300)),
        &format!("/{}", "a/".repeat(5_000)),
    ] {
        let answer = collector.get(path).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (404, Some("not_found")), "{path}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn no_path_leads_out_of_the_folder() {
    let folder = tempdir().unwrap();
    let collector = start(&folder).await;
    for path in [
        "/../secret.txt",
        "/folder/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/folder/%2e%2e/%2e%2e/secret.txt",
        "//../secret.txt",
        "/%252e%252e/secret.txt",
        &format!("{VERSION}/../../secret.txt"),
        &format!("{VERSION}/%2e%2e/%2e%2e/secret.txt"),
        &format!("/{}", folder.path().join("secret.txt").display()),
        &folder.path().join("secret.txt").display().to_string(),
    ] {
        // Without a client that would tidy the path up.
        let mut stream = TcpStream::connect(collector.address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: collector\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
        assert!(!answer.contains("outside"), "{path}: {answer}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_frozen_folder_of_this_version_comes_first() {
    let folder = tempdir().unwrap();
    let frozen = folder.path().join("assets").join(&VERSION[1..]);
    fs::create_dir_all(&frozen).unwrap();
    fs::write(frozen.join("embed.js"), "frozen()").unwrap();
    let collector = start(&folder).await;
    assert_eq!(collector.get(&format!("{VERSION}/embed.js")).await.body, "frozen()");
    assert_eq!(collector.get("/embed.js").await.body, "embed()");
    collector.stop().await;
}
