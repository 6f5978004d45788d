//! The command `say-so`, as a process.

use std::{path::Path, process::Stdio, time::Duration};

use tempfile::tempdir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines},
    net::TcpStream,
    process::{Child, ChildStdout, Command},
    time::timeout,
};

use crate::{
    databases::on_a_server,
    running::{answer, client, golden, message},
};

const PATIENCE: Duration = Duration::from_secs(30);

/// A collector as a process of its own.
pub struct Process {
    pub child: Child,
    pub url: String,
    pub lines: Lines<BufReader<ChildStdout>>,
}

impl Process {
    /// Starts the collector in a folder and reads its first line.
    pub async fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).args(arguments).current_dir(folder);
        if let Some(address) = on_a_server(folder) {
            command.env("SAY_SO_DATABASE", address);
        }
        Self::read(command).await
    }

    /// Starts that command and reads its first line.
    pub async fn read(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = timeout(PATIENCE, lines.next_line()).await.unwrap().unwrap();
        let url = first.expect("the collector says where it listens");
        Self { child, url, lines }
    }

    pub fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// The path of the link into the inbox, from the next line.
    pub async fn link(&mut self) -> String {
        let line = timeout(PATIENCE, self.lines.next_line()).await.unwrap().unwrap().unwrap();
        let link = line.strip_prefix("Inbox: ").and_then(|link| link.strip_prefix(&self.url));
        link.unwrap_or_else(|| panic!("{line}")).to_owned()
    }

    pub async fn signal(&self, name: &str) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args([name, &id]).status().await.unwrap().success());
    }

    pub async fn post(&self, body: String) -> crate::running::Answer {
        let post = client().post(format!("{}/v1/feedback", self.url)).header("content-type", "text/plain");
        answer(post.body(body)).await
    }
}

fn post(body: &str, announced: usize) -> String {
    format!(
        "POST /v1/feedback HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: {announced}\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn it_says_where_it_listens_and_where_the_inbox_is() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &[]).await;
    let port = process.url.strip_prefix("http://127.0.0.1:").unwrap();
    assert!(port.parse::<u16>().is_ok_and(|port| port > 0), "{}", process.url);
    let link = process.link().await;
    assert!(link.starts_with("/inbox/sign-in?code="), "{link}");
    let follow = async || answer(client().get(format!("{}{link}", process.url))).await.status;
    assert_eq!([follow().await, follow().await], [303, 403], "the link works once");
    let line = process.lines.next_line().await.unwrap().unwrap();
    let token = line.rsplit(' ').next().unwrap();
    let form = client().post(format!("{}/inbox/sign-in", process.url));
    let form = form.header("content-type", "application/x-www-form-urlencoded").body(format!("token={token}"));
    assert_eq!(answer(form).await.status, 303, "{line}");
    let on_a_server = on_a_server(folder.path()).is_some();
    assert!(on_a_server || folder.path().join("say-so.db").is_file(), "the file stands in the folder it is started in");
    process.signal("-INT").await;
    assert!(timeout(PATIENCE, process.child.wait()).await.unwrap().unwrap().success());

    let mut process = Process::start(folder.path(), &[]).await;
    let inbox = process.lines.next_line().await.unwrap().unwrap();
    assert_eq!(inbox, format!("Inbox: {}/inbox", process.url), "the token is told once");
}

#[tokio::test]
async fn it_goes_on_when_nobody_reads_its_lines() {
    let folder = tempdir().unwrap();
    let Process { child: _child, url, lines } = Process::start(folder.path(), &[]).await;
    drop(lines);
    assert_eq!(answer(client().get(format!("{url}/healthz"))).await.status, 200);
}

#[tokio::test]
async fn a_chosen_token_makes_a_link() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &["--inbox-token", "chosen-by-its-owner"]).await;
    let link = process.link().await;
    assert!(link.starts_with("/inbox/sign-in?code=") && !link.contains("chosen"), "{link}");
    assert_eq!(answer(client().get(format!("{}{link}", process.url))).await.status, 303);
}

#[tokio::test]
async fn what_it_can_t_do_it_says() {
    let folder = tempdir().unwrap();
    for (arguments, words) in [
        (vec!["serve", "--database", "mysql://localhost/x"], "sqlite://say-so.db"),
        (vec!["serve", "--database", "postgres://127.0.0.1:1/x"], "Connection refused"),
        (vec!["serve", "--database", "sqlite://no/such/folder/x.db"], "can't be made"),
        (vec!["serve", "--allow-origin", "shop.example"], "write https://shop.example"),
        (vec!["serve", "--allow-origin", "null"], "--allow-opaque-origins"),
        (vec!["serve", "--allow-origin", "https://*.shop.example/help"], "write https://*.shop.example"),
        (vec!["serve", "--trust-proxy", "10.0.0.1/8"], "write 10.0.0.1 for it alone, or 10.0.0.0/8 for all of it"),
        (vec!["serve", "--trust-proxy", "nginx"], "it is no address"),
        (vec!["serve", "--forwarded-header", "x-real-ip"], "possible values: x-forwarded-for, forwarded"),
        (vec!["serve", "--base-path", "https://shop.example/feedback"], "only /feedback"),
        (vec!["serve", "--inbox-token", "short"], "at least 16"),
        (vec!["serve", "--retention", "a year"], "write the days, as in 365, or shop.example=365 for one site"),
        (vec!["serve", "--assets", "no/such/folder"], "embed.js"),
        // A folder, but not that of the widget's files.
        (vec!["serve", "--assets", "."], "embed.js"),
        (vec!["serve", "--listen", "203.0.113.1:80"], "can't listen on 203.0.113.1:80"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
        let output = command.args(&arguments).current_dir(folder.path()).kill_on_drop(true).output();
        let output = timeout(PATIENCE, output).await.unwrap_or_else(|_| panic!("{arguments:?} are taken")).unwrap();
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?}");
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
}

#[tokio::test]
async fn it_says_its_name_and_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_say-so")).arg("--version").output().await.unwrap();
    let line = String::from_utf8(output.stdout).unwrap();
    assert_eq!(line, concat!("say-so ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[tokio::test]
async fn the_environment_can_say_the_same() {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    command.arg("serve").current_dir(folder.path());
    command.env("SAY_SO_DATABASE", "sqlite://other.db").env("SAY_SO_LISTEN", "127.0.0.1:0");
    command.env("SAY_SO_ALLOW_ORIGIN", "https://a.example,https://b.example");
    let process = Process::read(command).await;
    assert!(folder.path().join("other.db").is_file());
    for (origin, status) in [("https://a.example", 201), ("https://b.example", 200), ("https://c.example", 403)] {
        let post = client().post(format!("{}/v1/feedback", process.url)).header("content-type", "text/plain");
        assert_eq!(answer(post.header("origin", origin).body(golden("words"))).await.status, status, "{origin}");
    }
}

#[tokio::test]
async fn told_to_stop_it_finishes_what_is_under_way() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &[]).await;
    let body = golden("words");
    let (start, end) = body.split_at(100);

    // One that has sent nothing, one that was answered and is kept open, one in the middle of its body.
    let mut silent = TcpStream::connect(process.address()).await.unwrap();
    let mut idle = TcpStream::connect(process.address()).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    let mut seen = [0; 1024];
    assert!(idle.read(&mut seen).await.unwrap() > 0);
    let mut posting = TcpStream::connect(process.address()).await.unwrap();
    // The collector has read the start when it asks for the rest.
    let head = post("", body.len()).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    posting.write_all(head.as_bytes()).await.unwrap();
    let read = posting.read(&mut seen).await.unwrap();
    assert!(seen[..read].starts_with(b"HTTP/1.1 100"));
    posting.write_all(start.as_bytes()).await.unwrap();

    process.signal("-TERM").await;
    let mut rest = Vec::new();
    timeout(PATIENCE, idle.read_to_end(&mut rest)).await.expect("an idle connection is closed").unwrap();
    timeout(PATIENCE, silent.read_to_end(&mut rest)).await.expect("a silent connection is closed").unwrap();
    assert!(TcpStream::connect(process.address()).await.is_err(), "nobody new is let in");
    assert!(process.child.try_wait().unwrap().is_none(), "it waits for the post under way");

    posting.write_all(end.as_bytes()).await.unwrap();
    let mut answer = String::new();
    timeout(PATIENCE, posting.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let status = timeout(PATIENCE, process.child.wait()).await.unwrap().unwrap();
    assert!(status.success());
    assert!(!folder.path().join("say-so.db-wal").exists(), "the log is folded into the database");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn as_many_connections_as_it_takes_can_be_open() {
    let folder = tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -S -n 64; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_say-so")]);
    command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(folder.path());
    let process = Process::read(command).await;
    let mut silent = Vec::new();
    for _ in 0..90 {
        silent.push(TcpStream::connect(process.address()).await.unwrap());
    }
    let post = timeout(PATIENCE, process.post(golden("words")));
    assert_eq!(post.await.expect("it has no descriptor left for a post").status, 201);
}

#[tokio::test]
async fn told_to_stop_twice_it_ends_at_once() {
    for (first, second) in [("-TERM", "-TERM"), ("-INT", "-TERM"), ("-TERM", "-INT")] {
        let folder = tempdir().unwrap();
        let mut process = Process::start(folder.path(), &[]).await;
        let mut silent = TcpStream::connect(process.address()).await.unwrap();
        // A post whose body doesn't come: it is waited for, but not by whoever asks a second time.
        let mut posting = TcpStream::connect(process.address()).await.unwrap();
        let head = post("", 100).replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
        posting.write_all(head.as_bytes()).await.unwrap();
        assert!(posting.read(&mut [0; 1024]).await.unwrap() > 0);
        process.signal(first).await;
        let mut rest = Vec::new();
        timeout(PATIENCE, silent.read_to_end(&mut rest)).await.expect("a silent connection is closed").unwrap();
        process.signal(second).await;
        let status = timeout(PATIENCE, process.child.wait()).await.unwrap().unwrap();
        assert_eq!(status.code(), Some(1), "{first} {second}: it did not wait, and says so");
    }
}

#[tokio::test]
async fn told_to_stop_twice_it_waits_for_no_head() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &[]).await;
    let mut half = TcpStream::connect(process.address()).await.unwrap();
    half.write_all(b"POST /v1/feedback HTTP/1.1\r\nHo").await.unwrap();
    // What came before these is read before them.
    for _ in 0..20 {
        assert_eq!(answer(client().get(format!("{}/livez", process.url))).await.status, 200);
    }
    process.signal("-TERM").await;
    while TcpStream::connect(process.address()).await.is_ok() {
        tokio::task::yield_now().await;
    }
    assert!(process.child.try_wait().unwrap().is_none(), "it waits for the rest of the head");
    process.signal("-TERM").await;
    // Sooner than it would give up by itself.
    let status = timeout(Duration::from_secs(10), process.child.wait()).await.expect("it still waits").unwrap();
    assert_eq!(status.code(), Some(1));
}

#[tokio::test]
async fn an_unknown_field_is_a_short_line_an_hour() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &[]).await;
    let name = format!("ada <ada@shop.example> {}", "x".repeat(1_000));
    for _ in 0..20 {
        let body = golden("words").replace(r#""v":1"#, &format!(r#""{name}":1,"v":1"#));
        assert!(process.post(body).await.status < 300);
    }
    let many: String = (0..20).map(|number| format!(r#""mood-{number}":1,"#)).collect();
    assert_eq!(process.post(message(1).replace(r#""v":1"#, &format!(r#"{many}"v":1"#))).await.status, 201);
    process.signal("-TERM").await;
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert_eq!(log.matches("unknown field").count(), 1 + 8, "of one post not all are named: {log}");
    assert!(log.contains("adaadashop.example") && !log.contains('@') && !log.contains(&"x".repeat(30)), "{log}");
}

#[tokio::test]
async fn words_that_are_not_counted_are_a_line_an_hour() {
    let folder = tempdir().unwrap();
    let mut process = Process::start(folder.path(), &["--rate-limit", "0"]).await;
    // Each begins five counters of the 1,000 that a site may begin in a day.
    for number in 0..203 {
        let body = message(number).replace(r#""variant":"b""#, &format!(r#""variant":"{number}""#));
        assert_eq!(process.post(body).await.status, 201);
    }
    process.signal("-TERM").await;
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert_eq!(log.matches("are not counted as sent").count(), 1, "{log}");
}

#[tokio::test]
async fn the_log_names_nobody_and_quotes_nothing() {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--inbox-token", "chosen-by-its-owner"]);
    command.current_dir(folder.path()).env("SAY_SO_LOG", "debug");
    let mut process = Process::read(command).await;
    assert_eq!(process.post(golden("words").replace(r#""v":1"#, r#""mood":"Secretmood","v":1"#)).await.status, 201);
    assert_eq!(process.post(golden("words").replace("five", "six")).await.status, 422);
    assert_eq!(process.post(golden("words").replace("complaint", "Rantrant")).await.status, 422);
    let link = process.link().await;
    assert_eq!(answer(client().get(format!("{}{link}", process.url))).await.status, 303);
    assert_eq!(answer(client().get(format!("{}/inbox/sign-in?code=Wrongtoken", process.url))).await.status, 403);
    process.signal("-TERM").await;
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert!(log.contains("mood") && log.contains("/v1/feedback"), "something is logged: {log}");
    assert!(!log.contains('\u{1b}'), "colours are for terminals alone: {log}");
    for private in
        ["Leeds", "Priya", "priya", "127.0.0.1", "Secretmood", "Rantrant", "chosen-by", "Wrongtoken", "A-1042"]
    {
        assert!(!log.contains(private), "{private} is in {log}");
    }
}
