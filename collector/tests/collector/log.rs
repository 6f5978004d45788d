//! The log, as somebody finds it who is attacked.

use std::time::Duration;

use serde_json::Value;
use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::Command,
    time::timeout,
};

use crate::{
    command::Process,
    running::{answer, client, golden},
};

/// What must not be found in any log.
const PRIVATE: [&str; 12] = [
    "Leeds",
    "Priya",
    "priya",
    "A-1042",
    "127.0.0.1",
    "198.51.100.7",
    "Secretmood",
    "Rantrant",
    "chosen-by",
    "Wrongtoken",
    "bob@shop.example",
    "Mozilla",
];

/// Names of fields that look like another line of the log, speak to a terminal, or are somebody's address.
const HOSTILE: [&str; 6] = [
    r#"x\n{\"level\":\"ERROR\",\"message\":\"forged\"}"#,
    r"\u001b]0;owned\u0007\u001b[2J",
    r"\u009b31m\u0085",
    r"bob@shop.example",
    r"\u202e\u2066evil\u2028",
    r"\u0000",
];

/// The lines of a collector's log to which everybody was hostile.
async fn log(arguments: &[&str]) -> String {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--inbox-token", "chosen-by-its-owner"]).args(arguments);
    command.args(["--trust-proxy", "127.0.0.1"]);
    let mut process = Process::read({
        command.current_dir(folder.path()).env("SAY_SO_LOG", "debug");
        command
    })
    .await;
    // Read while it is written: whoever reads it only at the end lets the collector wait once the pipe is full.
    let mut lines = process.child.stderr.take().unwrap();
    let read = tokio::spawn(async move {
        let mut log = String::new();
        lines.read_to_string(&mut log).await.map(|_| log)
    });
    let link = process.link().await;
    for (number, name) in HOSTILE.iter().enumerate() {
        let body = golden("words").replace("8f14e45fceea167a5a36dedd4bea2543", &format!("{number:032x}"));
        let body = body.replace(r#""v":1"#, &format!(r#""{name}":"Secretmood","v":1"#));
        assert_eq!(process.post(body).await.status, 201, "{name}");
    }
    assert_eq!(process.post(golden("words").replace("complaint", "Rantrant")).await.status, 422);
    for (path, status) in [
        ("/bob@shop.example?token=Wrongtoken", 404),
        ("/v1/%0a%1b%5b2J/bob@shop.example", 404),
        ("/inbox/sign-in?token=chosen-by-its-owner", 303),
        ("/inbox/sign-in?code=Wrongtoken", 403),
        (link.as_str(), 303),
    ] {
        let get = client().get(format!("{}{path}", process.url)).header("user-agent", "Mozilla");
        assert_eq!(answer(get.header("x-forwarded-for", "198.51.100.7, nonsense")).await.status, status, "{path}");
    }
    let mut odd = TcpStream::connect(process.address()).await.unwrap();
    odd.write_all(b"bob@shop.example \x1b[31m Wrongtoken\r\n\r\n").await.unwrap();
    timeout(Duration::from_secs(30), odd.read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    process.signal("-TERM").await;
    let log = read.await.unwrap().unwrap();
    for private in PRIVATE {
        assert!(!log.contains(private), "{private} is in {log}");
    }
    assert_eq!(log.matches("somebody signed in to the inbox").count(), 1, "{log}");
    assert!(!log.contains(&link[link.len() - 40..]), "the code is in {log}");
    assert!(
        log.matches("a wrong inbox token was given").count() == 1 && log.contains("stopping"),
        "something is logged: {log}"
    );
    let odd = |c: char| c.is_control() && c != '\n' || ('\u{2028}'..='\u{202e}').contains(&c);
    assert!(!log.contains(odd), "{log:?}");
    log
}

#[tokio::test]
async fn a_log_that_is_no_terminal_s_has_one_object_a_line() {
    for arguments in [&[][..], &["--log-format", "json"]] {
        let log = log(arguments).await;
        for line in log.lines() {
            let object: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            // What the database's crate says of its statements has no message.
            let ours = object["target"].as_str().is_some_and(|target| target.starts_with("say_so"));
            for name in ["timestamp", "level"].into_iter().chain(ours.then_some("message")) {
                assert!(object[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {line}");
            }
            assert_ne!(object["level"], "ERROR", "{line}");
        }
        let request = log.lines().find(|line| line.contains("answered") && line.contains("/v1/feedback")).unwrap();
        let request: Value = serde_json::from_str(request).unwrap();
        assert_eq!((&request["span"]["method"], &request["status"]), (&"POST".into(), &201.into()), "{request}");
    }
}

#[tokio::test]
async fn a_log_of_text_has_one_thing_a_line() {
    let log = log(&["--log-format", "text"]).await;
    for line in log.lines() {
        // 2026-11-21T09:30:00.123456Z  INFO say_so_collector: …
        let level = line.split_whitespace().nth(1);
        assert!(line.starts_with("20") && matches!(level, Some("DEBUG" | "INFO" | "WARN")), "{line}");
    }
}
