//! How much is taken, and how often.

use std::net::SocketAddr;

use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::running::{Running, answer, database, golden, message, options};

/// Sends bytes as they are and reads the answer's head and body until the connection closes.
async fn send(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn head(length: &str) -> String {
    format!(
        "POST /v1/feedback HTTP/1.1\r\nHost: collector\r\nOrigin: https://shop.example\r\nConnection: close\r\n\
         Content-Type: text/plain\r\n{length}\r\n\r\n"
    )
}

/// Words in a body of so many bytes: white space around the object is JSON too.
fn padded(length: usize) -> String {
    let words = golden("words");
    let space = " ".repeat(length - words.len());
    space + &words
}

#[tokio::test]
async fn a_body_has_at_most_32_768_bytes() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (length, status) in [(32_768, 201), (32_769, 413), (200_000, 413)] {
        let answer = collector.post(padded(length)).await;
        assert_eq!(answer.status, status, "{length}: {answer:?}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_body_of_no_known_length_has_the_same_limit() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (length, status) in [(32_768, "201"), (32_769, "413"), (100_000, "413")] {
        let mut bytes = head("Transfer-Encoding: chunked").into_bytes();
        for chunk in padded(length).as_bytes().chunks(1_000) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).bytes());
            bytes.extend(chunk);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        let answer = send(collector.address, &bytes).await;
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{length}: {answer}");
        assert!(answer.contains("access-control-allow-origin: https://shop.example"), "{answer}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_false_length_gets_nothing_in() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let words = golden("words");
    // More is announced than any limit allows: answered at once, without waiting for it.
    let answer = send(collector.address, (head("Content-Length: 99999999999") + &words).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    // Less is announced than comes: what is read is cut off, and so no JSON.
    let answer = send(collector.address, (head("Content-Length: 100") + &words).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    for nonsense in ["Content-Length: -1", "Content-Length: 10\r\nContent-Length: 20", "Content-Length: ten"] {
        let answer = send(collector.address, (head(nonsense) + &words).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 400"), "{nonsense}: {answer}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_body_that_breaks_off_is_not_kept() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let words = golden("words");
    let mut stream = TcpStream::connect(collector.address).await.unwrap();
    let bytes = head(&format!("Content-Length: {}", words.len() + 1)) + &words;
    stream.write_all(bytes.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(!answer.contains("201"), "{answer}");
    assert_eq!(collector.post(words).await.status, 201, "it was new");
    collector.stop().await;
}

#[tokio::test]
async fn a_head_has_at_most_32_kib() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (length, status) in [(20_000, 200), (40_000, 431)] {
        let healthz = collector.request("GET", "/healthz").header("x-padding", "x".repeat(length));
        assert_eq!(answer(healthz).await.status, status, "{length}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn bytes_that_are_no_text_are_malformed() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let mut words = golden("words").into_bytes();
    let at = words.iter().position(|&b| b == b'L').unwrap();
    words[at] = 0xff;
    let answer = collector.post(words).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (400, Some("malformed")));
    collector.stop().await;
}

#[tokio::test]
async fn too_many_posts_are_told_when_to_come_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(say_so_collector::options::Options { rate_limit: 3, ..options(&database(&folder)) });
    let collector = collector.await;
    for number in 0..3 {
        assert_eq!(collector.post(message(number)).await.status, 201);
    }
    let refused = answer(collector.feedback().header("origin", "https://shop.example").body(message(3))).await;
    assert_eq!((refused.status, refused.json()["error"]["code"].as_str()), (429, Some("too_many")));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=20).contains(&wait), "{wait}");
    assert_eq!(refused.header("access-control-allow-origin"), "https://shop.example");
    assert_eq!(refused.header("access-control-expose-headers"), "retry-after");
    // What another address claims counts only if a trusted proxy says it.
    let claimed = collector.feedback().header("x-forwarded-for", "198.51.100.7").body(message(3));
    assert_eq!(answer(claimed).await.status, 429);
    collector.stop().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_counts_alone() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let options = say_so_collector::options::Options { rate_limit: 1, proxies, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    for (client, status) in [("198.51.100.7", 201), ("198.51.100.8", 200), ("198.51.100.7", 429)] {
        let post = collector.feedback().header("x-forwarded-for", client).body(golden("words"));
        assert_eq!(answer(post).await.status, status, "{client}");
    }
    collector.stop().await;
}
