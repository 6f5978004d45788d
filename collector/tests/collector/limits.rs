//! How much is taken, and how often.

use std::{
    io::ErrorKind,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use reqwest::{Client, RequestBuilder};
use say_so_collector::options::Options;
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::{
    databases::database,
    running::{Running, answer, golden, message, options},
};

const PATIENCE: Duration = Duration::from_secs(20);

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
        assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("malformed"), "{nonsense}: {answer}");
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
async fn one_address_has_so_many_connections_and_the_next_is_turned_away() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { connections_per_address: 2, ..options(&database(&folder)) }).await;
    let connect = || async { TcpStream::connect(collector.address).await.unwrap() };
    let (first, _second, mut third) = (connect().await, connect().await, connect().await);
    third.write_all((head("Content-Length: 2") + "{}").as_bytes()).await.unwrap();
    let mut said = String::new();
    timeout(PATIENCE, third.read_to_string(&mut said)).await.expect("it is kept open").unwrap();
    assert!(said.starts_with("HTTP/1.1 503 ") && said.contains("retry-after: 5\r\n"), "{said}");
    assert!(said.contains(r#"{"ok":false,"error":{"code":"crowded","#), "{said}");
    // Who says nothing is told as well, and then nobody waits for them.
    let mut silent = connect().await;
    said.clear();
    timeout(PATIENCE, silent.read_to_string(&mut said)).await.expect("it is kept open").unwrap();
    assert!(said.starts_with("HTTP/1.1 503 "), "{said}");
    // Once another one is gone there is room again.
    drop(first);
    let again =
        async { while collector.feedback().body(golden("words")).send().await.is_ok_and(|a| a.status() == 503) {} };
    timeout(PATIENCE, again).await.expect("there is no room again");
    collector.stop().await;
}

#[tokio::test]
async fn a_trusted_proxy_has_as_many_connections_as_it_likes() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let options = Options { connections_per_address: 1, proxies, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    let _silent =
        [TcpStream::connect(collector.address).await.unwrap(), TcpStream::connect(collector.address).await.unwrap()];
    assert_eq!(collector.post(golden("words")).await.status, 201);
    collector.stop().await;
}

#[tokio::test]
async fn who_finds_no_place_is_served_once_there_is_one() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { connections: 2, ..options(&database(&folder)) }).await;
    let connect = || async { TcpStream::connect(collector.address).await.unwrap() };
    let (mut first, _second, mut waiting) = (connect().await, connect().await, connect().await);
    let (alive, mut read) = (b"GET /livez HTTP/1.1\r\nHost: collector\r\n\r\n", [0; 1024]);
    waiting.write_all(alive).await.unwrap();
    // The one that waits is heard only when this one has ended, however long that takes.
    for _ in 0..200 {
        first.write_all(alive).await.unwrap();
        assert!(first.read(&mut read).await.unwrap() > 0);
    }
    assert!(waiting.try_read(&mut read).is_err_and(|error| error.kind() == ErrorKind::WouldBlock), "it was heard");
    drop(first);
    let heard = timeout(PATIENCE, waiting.read(&mut read)).await.expect("it is never heard").unwrap();
    assert!(read[..heard].starts_with(b"HTTP/1.1 200 "));
    drop(waiting);
    assert_eq!(timeout(PATIENCE, collector.post(golden("words"))).await.expect("it is never heard").status, 201);
    collector.stop().await;
}

/// All of 127.0.0.0/8 is this machine's own on Linux.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn nobody_is_kept_out_from_one_address() {
    let folder = tempdir().unwrap();
    let options = Options { connections: 20, connections_per_address: 10, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    let half = "POST /inbox/sign-in HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                Content-Length: 100\r\n\r\ntoken=";
    let mut half_sent = Vec::new();
    for _ in 0..30 {
        let mut stream = TcpStream::connect(collector.address).await.unwrap();
        // The last ones may be closed by now.
        let _ = stream.write_all(half.as_bytes()).await;
        half_sent.push(stream);
    }
    // Sooner than those are given up.
    let client = Client::builder().no_proxy().timeout(Duration::from_secs(8));
    let client = client.local_address(IpAddr::from([127, 0, 0, 2])).build();
    let post = client.unwrap().post(format!("{}/v1/feedback", collector.url)).header("content-type", "text/plain");
    assert_eq!(answer(post.body(golden("words"))).await.status, 201);
    drop(half_sent);
    collector.stop().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_one_client_keeps_nobody_out() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let options = Options { connections_per_address: 3, proxies, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    let of_one = |length: &str| head(length).replace("Host:", "X-Forwarded-For: 198.51.100.7\r\nHost:");
    let mut half_sent = Vec::new();
    for _ in 0..3 {
        let mut stream = TcpStream::connect(collector.address).await.unwrap();
        stream.write_all(of_one("Content-Length: 100\r\nExpect: 100-continue").as_bytes()).await.unwrap();
        // The collector waits for the body when it asks for it.
        let mut asked = [0; 12];
        timeout(PATIENCE, stream.read_exact(&mut asked)).await.expect("it is not heard").unwrap();
        assert_eq!(&asked, b"HTTP/1.1 100");
        half_sent.push(stream);
    }
    let refused = timeout(PATIENCE, send(collector.address, of_one("Content-Length: 100").as_bytes())).await;
    let refused = refused.expect("its body is waited for");
    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("retry-after: 5\r\n"), "{refused}");
    assert!(refused.contains("\"code\":\"crowded\"") && refused.contains("origin: https://shop.example"), "{refused}");
    // It is listened to before it is answered: closed with something unread, the connection would break.
    let mut late = TcpStream::connect(collector.address).await.unwrap();
    late.write_all(of_one("Content-Length: 100\r\nExpect: 100-continue").as_bytes()).await.unwrap();
    let mut asked = [0; 25];
    timeout(PATIENCE, late.read_exact(&mut asked)).await.expect("it is not heard").unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    late.write_all(&[b' '; 100]).await.unwrap();
    let mut refused = String::new();
    timeout(PATIENCE, late.read_to_string(&mut refused)).await.expect("it is not answered").unwrap();
    assert!(refused.starts_with("HTTP/1.1 503 "), "{refused}");
    let ask = async |request: RequestBuilder, client: &str| answer(request.header("x-forwarded-for", client)).await;
    assert_eq!(ask(collector.request("GET", "/readyz"), "198.51.100.7").await.status, 200, "a monitor is answered");
    assert_eq!(ask(collector.feedback().body(golden("words")), "198.51.100.8").await.status, 201);
    drop(half_sent);
    let again = async {
        while ask(collector.feedback().body(message(1)), "198.51.100.7").await.status == 503 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, again).await.expect("its requests count for good");
    assert_eq!(ask(collector.feedback().body(message(1)), "198.51.100.7").await.status, 200);
    collector.stop().await;
}

#[tokio::test]
async fn too_many_posts_are_told_when_to_come_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { rate_limit: 3, ..options(&database(&folder)) });
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
async fn a_site_has_so_many_posts_from_wherever_they_come() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let options = Options { site_rate_limit: 2, rate_limit: 2, proxies, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    let post = async |client: &str, body: String| {
        answer(collector.feedback().header("x-forwarded-for", client).body(body)).await
    };
    // What breaks a rule counts for its sender alone.
    assert_eq!(post("198.51.100.1", message(0).replace("complaint", "rant")).await.status, 422);
    for number in 0..2 {
        assert_eq!(post(&format!("198.51.100.{}", number + 2), message(number)).await.status, 201);
    }
    let full = post("198.51.100.9", message(2)).await;
    assert_eq!((full.status, full.json()["error"]["code"].as_str()), (429, Some("too_many")));
    assert!(full.json()["error"]["message"].as_str().unwrap().contains("for this site. Try again in"), "{full:?}");
    assert!(full.header("retry-after").parse().is_ok_and(|wait: u64| (1..=30).contains(&wait)), "{full:?}");
    assert_eq!(
        post("198.51.100.10", message(3).replace("shop.example\",\"id", "blog.example\",\"id")).await.status,
        201
    );
    collector.stop().await;
}

#[tokio::test]
async fn behind_a_trusted_proxy_each_client_counts_alone() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let options = Options { rate_limit: 1, proxies, ..options(&database(&folder)) };
    let collector = Running::start(options).await;
    for (client, status) in [("198.51.100.7", 201), ("198.51.100.8", 200), ("198.51.100.7", 429)] {
        let post = collector.feedback().header("x-forwarded-for", client).body(golden("words"));
        assert_eq!(answer(post).await.status, status, "{client}");
    }
    collector.stop().await;
}
