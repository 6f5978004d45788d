//! What is refused is refused in words: JSON with a code, or a page for people.

use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    databases::database,
    running::{Running, TOKEN, answer, golden, options},
};

/// Sends bytes as they are, and reads what is answered until the connection closes.
async fn send(collector: &Running, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(collector.address).await.unwrap();
    stream.write_all(bytes).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_head_that_can_not_be_read_is_answered_in_words() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let long = format!("GET / HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(40_000));
    let many = format!("GET / HTTP/1.1\r\nHost: x\r\n{}\r\n", "X-Many: x\r\n".repeat(200));
    let stuck = format!("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n{long}");
    for (head, status, code) in [
        ("NO HTTP\r\n\r\n", "400 Bad Request", "malformed"),
        ("GET / HTTP/9.9\r\n\r\n", "400 Bad Request", "malformed"),
        ("GET / HTTP/1.1\r\nno colon\r\n\r\n", "400 Bad Request", "malformed"),
        ("GET /\u{1b}[31m HTTP/1.1\r\n\r\n", "400 Bad Request", "malformed"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 Bad Request", "malformed"),
        ("\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}", "400 Bad Request", "malformed"),
        (&long, "431 Request Header Fields Too Large", "head_too_large"),
        (&many, "431 Request Header Fields Too Large", "head_too_large"),
        (&stuck, "431 Request Header Fields Too Large", "head_too_large"),
    ] {
        let answer = send(&collector, head.as_bytes()).await;
        let last = &answer[answer.rfind("HTTP/1.1 ").unwrap_or_else(|| panic!("{head:.40}: {answer}"))..];
        let (head_of_it, body) = last.split_once("\r\n\r\n").unwrap();
        assert!(head_of_it.starts_with(&format!("HTTP/1.1 {status}\r\n")), "{head:.40}: {answer}");
        for line in [
            "content-type: application/json",
            "cache-control: no-store",
            "x-content-type-options: nosniff",
            "access-control-allow-origin: *",
            "connection: close",
            &format!("content-length: {}", body.len()),
        ] {
            assert!(head_of_it.contains(&format!("\r\n{line}")), "{head:.40}: {answer}");
        }
        let said: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!((said["ok"].as_bool(), said["error"]["code"].as_str()), (Some(false), Some(code)), "{head:.40}");
        assert!(said["error"]["message"].as_str().is_some_and(|message| message.ends_with('.')), "{said}");
    }
    assert_eq!(collector.post(golden("words")).await.status, 201);
    collector.stop().await;
}

#[tokio::test]
async fn people_read_a_page_of_what_the_inbox_refuses_and_programs_json() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let form = "application/x-www-form-urlencoded";
    let long = format!("token={}", "x".repeat(5_000));
    for (method, path, kind, body, status, code) in [
        ("POST", "/inbox/sign-in", form, long.as_str(), 413, "too_large"),
        ("POST", "/inbox/sign-in", form, "name=x", 400, "malformed"),
        ("POST", "/inbox/sign-in", form, "token=x&token=x", 400, "malformed"),
        ("POST", "/inbox/sign-in", "text/plain", "token=x", 415, "unsupported_type"),
        ("POST", "/inbox/sign-in", form, "token=Wrongtoken", 403, "wrong_token"),
        ("POST", "/inbox/useful", form, "site=x&reference=x&useful=yes", 401, "not_signed_in"),
        ("POST", "/inbox/useful", form, "site=x&reference=x&useful=perhaps", 400, "malformed"),
        ("GET", "/inbox?kind=praise&kind=praise", form, "", 400, "malformed"),
        ("GET", "/inbox", form, "", 401, "not_signed_in"),
        ("GET", "/inbox/nothing", form, "", 404, "not_found"),
        ("GET", "/inbox/sign-out", form, "", 405, "method_not_allowed"),
        ("GET", "/inbox/sign-out-everywhere", form, "", 405, "method_not_allowed"),
        ("GET", "/inbox/useful", form, "", 405, "method_not_allowed"),
        ("PUT", "/inbox/sign-in", form, "", 405, "method_not_allowed"),
        ("DELETE", "/inbox", form, "", 405, "method_not_allowed"),
    ] {
        for (accept, json) in [("text/html,*/*;q=0.8", false), ("application/json", true)] {
            let request = collector.request(method, path).header("content-type", kind).header("accept", accept);
            let answer = answer(request.body(body.to_owned())).await;
            let about = format!("{method} {path} {body:.40} {accept}: {answer:?}");
            assert_eq!(answer.status, status, "{about}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{about}");
            assert_eq!(answer.header("cache-control"), "no-store", "{about}");
            assert_eq!(answer.header("allow").is_empty(), status != 405, "{about}");
            if json {
                assert_eq!(answer.header("content-type"), "application/json", "{about}");
                assert_eq!(answer.json()["error"]["code"], code, "{about}");
            } else {
                assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{about}");
                assert!(answer.body.contains("inbox.css") && answer.body.contains("<h1>"), "{about}");
            }
            assert!(!answer.body.contains("Wrongtoken") && !answer.body.contains("perhaps"), "{about}");
        }
    }
    let foreign = collector.request("POST", "/inbox/sign-in").header("sec-fetch-site", "cross-site");
    let foreign = answer(foreign.header("content-type", form).body(format!("token={TOKEN}"))).await;
    assert_eq!((foreign.status, foreign.header("set-cookie")), (403, ""));
    assert!(foreign.body.contains("This did not work"), "{foreign:?}");
    collector.stop().await;
}
