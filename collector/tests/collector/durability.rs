//! What was answered is kept, and what can't be kept is not answered with yes.

use std::{collections::BTreeSet, process::Stdio, sync::Arc, time::Duration};

use say_so_collector::options::{Database, Options};
use sqlx::{AnyPool, AssertSqlSafe};
use tempfile::tempdir;
use tokio::{io::AsyncReadExt, process::Command, sync::Semaphore, task::JoinSet};

use crate::{
    command::Process,
    databases::{database, file_in, hold, look_into},
    running::{Running, answer, client, golden, message, options, withdrawal},
    withdrawal::found,
};

/// Whether nothing of the file is damaged.
async fn is_sound(store: &AnyPool, address: &str) {
    if address.starts_with("sqlite:") {
        let check: String = sqlx::query_scalar("pragma integrity_check").fetch_one(store).await.unwrap();
        assert_eq!(check, "ok");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_collector_has_all_that_it_acknowledged() {
    let folder = tempdir().unwrap();
    let mut acknowledged = BTreeSet::new();
    for round in 0..5 {
        let mut process = Process::start(folder.path(), &["--rate-limit", "0"]).await;
        let (url, enough) = (process.url.clone(), Arc::new(Semaphore::new(0)));
        let mut senders = JoinSet::new();
        for sender in 0..4 {
            let (url, enough) = (url.clone(), enough.clone());
            senders.spawn(async move {
                let client = client();
                let mut kept = Vec::new();
                for number in 0.. {
                    let number = round * 1_000_000 + sender * 100_000 + number;
                    let post = client.post(format!("{url}/v1/feedback")).header("content-type", "text/plain");
                    // The collector dies in the middle of this.
                    match post.body(message(number)).send().await {
                        Ok(response) if response.status() == 201 => kept.push(format!("{number:032x}")),
                        Ok(response) => panic!("{response:?}"),
                        Err(_) => break,
                    }
                    enough.add_permits(1);
                }
                kept
            });
        }
        drop(enough.acquire_many(20).await.unwrap());
        process.child.kill().await.unwrap();
        while let Some(kept) = senders.join_next().await {
            acknowledged.extend(kept.unwrap());
        }
    }
    assert!(acknowledged.len() >= 100);
    let store = look_into(&database(&folder)).await;
    let kept = "select id, body.text, message.revision from revision
                    left join body using (site, id, revision) left join message using (site, id)";
    let rows: Vec<(String, Option<String>, Option<i64>)> = sqlx::query_as(kept).fetch_all(&store).await.unwrap();
    let unique: BTreeSet<String> = rows.iter().map(|(id, ..)| id.clone()).collect();
    assert_eq!(rows.len(), unique.len());
    for (id, body, revision) in rows {
        let whole = message(u32::from_str_radix(&id, 16).unwrap());
        assert_eq!((body, revision), (Some(whole), Some(1)), "it is there as a whole");
    }
    for table in ["message", "body"] {
        let count = AssertSqlSafe(format!("select count(*) from {table}"));
        let count: i64 = sqlx::query_scalar(count).fetch_one(&store).await.unwrap();
        assert_eq!(count, unique.len() as i64, "no {table} without its revision");
    }
    assert!(acknowledged.is_subset(&unique), "lost: {:?}", acknowledged.difference(&unique));
    is_sound(&store, &database(&folder)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_collector_has_nothing_of_what_was_taken_back() {
    let folder = tempdir().unwrap();
    // What is posted says its id in its words as well. Half of it is taken back.
    let read = |ids: &BTreeSet<String>| {
        let words: Vec<String> = ids.iter().map(|id| format!("Leeds {id}")).collect();
        found(folder.path(), &words.iter().map(String::as_str).collect::<Vec<&str>>()).len()
    };
    let mut acknowledged = BTreeSet::new();
    for round in 0..5 {
        let mut process = Process::start(folder.path(), &["--rate-limit", "0"]).await;
        let (url, enough) = (process.url.clone(), Arc::new(Semaphore::new(0)));
        let mut senders = JoinSet::new();
        for sender in 0..4 {
            let (url, enough) = (url.clone(), enough.clone());
            senders.spawn(async move {
                let client = client();
                let post = async |path: &str, body: String| {
                    let post = client.post(format!("{url}{path}")).header("content-type", "text/plain").body(body);
                    post.send().await?.json::<serde_json::Value>().await
                };
                let mut gone = Vec::new();
                for number in 0.. {
                    let number = round * 1_000_000 + sender * 100_000 + number;
                    let id = format!("{number:032x}");
                    let body = message(number).replace("Leeds", &format!("Leeds {id}"));
                    // The collector dies in the middle of one of the two.
                    let Ok(receipt) = post("/v1/feedback", body).await else { break };
                    if number % 2 == 0 {
                        continue;
                    }
                    let body = withdrawal("words", receipt["key"].as_str().unwrap());
                    let body = body.replace("8f14e45fceea167a5a36dedd4bea2543", &id);
                    match post("/v1/feedback/withdraw", body).await {
                        Ok(answer) => assert_eq!(answer, serde_json::json!({ "ok": true })),
                        Err(_) => break,
                    }
                    gone.push(id);
                    enough.add_permits(1);
                }
                gone
            });
        }
        drop(enough.acquire_many(10).await.unwrap());
        process.child.kill().await.unwrap();
        while let Some(gone) = senders.join_next().await {
            acknowledged.extend(gone.unwrap());
        }
        assert_eq!(read(&acknowledged), 0, "round {round}");
    }
    assert!(acknowledged.len() >= 50);
    // Whatever is deleted is deleted whole, and gone from the files once the collector has started again.
    let mut process = Process::start(folder.path(), &[]).await;
    process.child.kill().await.unwrap();
    let store = look_into(&database(&folder)).await;
    let messages: BTreeSet<String> =
        sqlx::query_scalar("select id from message").fetch_all(&store).await.unwrap().into_iter().collect();
    let revisions: Vec<String> = sqlx::query_scalar("select id from revision").fetch_all(&store).await.unwrap();
    assert_eq!(messages, revisions.into_iter().collect());
    is_sound(&store, &database(&folder)).await;
    store.close().await;
    let posted = (0..5).flat_map(|round| (0..4).map(move |sender| round * 1_000_000 + sender * 100_000));
    let deleted = posted.flat_map(|start| (start..start + 500).map(|number| format!("{number:032x}")));
    let deleted: BTreeSet<String> = deleted.filter(|id| !messages.contains(id)).collect();
    assert!(deleted.is_superset(&acknowledged));
    assert_eq!(read(&deleted), 0);
    assert_eq!(read(&messages), messages.len());
}

#[tokio::test]
async fn a_database_that_can_only_be_read_refuses_to_keep() {
    let folder = tempdir().unwrap();
    let url = file_in(&folder);
    let collector = Running::start(options(&url)).await;
    assert_eq!(collector.post(golden("click")).await.status, 201);
    collector.stop().await;
    let collector = Running::start(options(&format!("{url}?mode=ro"))).await;
    assert_eq!(collector.post(golden("click")).await.status, 200, "it is kept");
    for body in [golden("words"), golden("words-anonymous"), golden("words-trapped")] {
        let answer = answer(collector.feedback().header("origin", "https://shop.example").body(body)).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (503, Some("unavailable")), "{answer:?}");
        assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0), "{answer:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "https://shop.example");
    }
    assert_eq!(collector.get("/readyz").await.status, 503);
    collector.stop().await;
    let rows: i64 =
        sqlx::query_scalar("select count(*) from revision").fetch_one(&look_into(&url).await).await.unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn a_database_held_by_another_is_not_available() {
    let folder = tempdir().unwrap();
    let url = database(&folder);
    let patience = Duration::from_millis(100);
    let options = Options { database: Database { url: url.clone(), patience }, ..options(&url) };
    let collector = Running::start(options).await;
    let other = look_into(&url).await;
    let held = hold(&other, &url).await;
    let answer = collector.post(golden("words")).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (503, Some("unavailable")));
    held.rollback().await.unwrap();
    assert_eq!(collector.post(golden("words")).await.status, 201, "nothing of the refused one was kept");
    collector.stop().await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_refuses_to_keep() {
    let folder = tempdir().unwrap();
    // No file of the process can grow beyond 256 KiB (the shell counts in halves of one), and trying is an
    // error, not its end.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -S -f 512; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_say-so")]);
    command.args(["serve", "--listen", "127.0.0.1:0", "--rate-limit", "0"]).current_dir(folder.path());
    command.env("SAY_SO_DATABASE", file_in(&folder)).stdin(Stdio::null());
    let mut process = Process::read(command).await;
    let (mut kept, mut refused) = (Vec::new(), 0);
    for number in 0..2_000 {
        let answer = process.post(message(number)).await;
        match answer.status {
            201 => kept.push(format!("{number:032x}")),
            503 => refused += 1,
            _ => panic!("{answer:?}"),
        }
        if refused == 20 {
            break;
        }
    }
    assert_eq!(refused, 20, "the disk never was full");
    let id = process.child.id().unwrap().to_string();
    let room = Command::new("prlimit").args(["--fsize=unlimited", "--pid", &id]).status().await.unwrap();
    assert!(room.success());
    assert_eq!(process.post(message(9_999)).await.status, 201, "once there is room again it keeps again");
    kept.push(format!("{:032x}", 9_999));
    process.child.kill().await.unwrap();
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert_eq!(log.matches("ERROR").count(), 1, "not a line for each that was refused: {log}");
    assert_eq!(log.matches("nothing can be kept, and posts are refused").count(), 1, "{log}");
    assert_eq!(log.matches("the database can be used again").count(), 1, "{log}");
    let rows: BTreeSet<String> = sqlx::query_scalar("select id from revision")
        .fetch_all(&look_into(&file_in(&folder)).await)
        .await
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(rows, kept.into_iter().collect(), "what is kept is what was answered with 201");
}
