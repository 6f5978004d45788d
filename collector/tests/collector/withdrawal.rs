//! What its author takes back is gone, and stays gone.

use std::{fs, path::Path, time::Duration};

use futures_util::future::join_all;
use proptest::{prelude::*, sample::Index, test_runner::Config};
use say_so::feedback::{Submission, Withdrawal};
use say_so_collector::{
    options::{Database, Options},
    store::{Post, Posted, Store},
};
use serde_json::Value;
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Transaction};
use tempfile::{TempDir, tempdir};
use tokio::runtime::Runtime;

use crate::{
    databases::{at_once, database, file_in, hold, look_into, on_a_server},
    running::{Running, answer, edited, golden, options, withdrawal},
};

/// The key in a receipt.
fn key(receipt: &Value) -> &str {
    receipt["key"].as_str().unwrap()
}

/// Which of the texts stand in any file of the folder, the database's and its log's; or in any table of PostgreSQL.
pub fn found<'a>(folder: &Path, texts: &[&'a str]) -> Vec<&'a str> {
    let files = on_a_server(folder).map_or_else(|| found_in_files(folder), |address| found_in_tables(&address));
    assert!(!files.is_empty());
    let stands = |text: &&&str| files.iter().any(|file| file.contains(**text));
    texts.iter().filter(stands).copied().collect()
}

fn found_in_files(folder: &Path) -> Vec<String> {
    let read = |entry: std::io::Result<fs::DirEntry>| fs::read(entry.unwrap().path()).unwrap();
    fs::read_dir(folder).unwrap().map(|entry| String::from_utf8_lossy(&read(entry)).into_owned()).collect()
}

fn found_in_tables(address: &str) -> Vec<String> {
    at_once(address, async |connection: &mut AnyConnection| {
        let names = "select cast(table_name as text) from information_schema.tables where table_schema = 'public'";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut *connection).await.unwrap();
        let mut tables = Vec::new();
        for name in names {
            let rows = format!("select coalesce(string_agg(cast(rows as text), ' '), '') from {name} as rows");
            tables.push(sqlx::query_scalar(AssertSqlSafe(rows)).fetch_one(&mut *connection).await.unwrap());
        }
        tables
    })
}

/// How many rows stand in the tables message, revision and withdrawn.
async fn rows(folder: &TempDir) -> [i64; 3] {
    let store = look_into(&database(folder)).await;
    let count = async |table| sqlx::query_scalar(table).fetch_one(&store).await.unwrap();
    let rows = [
        count("select count(*) from message").await,
        count("select count(*) from revision").await,
        count("select count(*) from withdrawn").await,
    ];
    store.close().await;
    rows
}

/// The inbox, of every kind.
async fn inbox(collector: &Running) -> String {
    let entered = collector.sign_in(crate::running::TOKEN).await;
    let cookie = entered.header("set-cookie").split(';').next().unwrap().to_owned();
    answer(collector.request("GET", "/inbox").header("cookie", cookie)).await.body
}

#[tokio::test]
async fn nothing_of_a_message_can_be_read_afterwards() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let other = collector.post(golden("words-anonymous")).await.json();
    for name in ["click", "words", "words-edited"] {
        assert_eq!(collector.post(golden(name)).await.status, 201);
    }
    let receipt = collector.post(golden("words")).await.json();
    let reference = receipt["reference"].as_str().unwrap();
    let said = [
        "My parcel to Leeds",
        "Tell us when a parcel is late.",
        "Priya",
        "priya@example.com",
        "shop.example/orders",
        "Your orders",
        "A-1042",
        "2026-11-24T17:00:00.000Z",
        key(&receipt),
    ];
    assert_eq!(found(folder.path(), &said), said[..said.len() - 1], "the key is stored nowhere, the rest is");
    assert!(inbox(&collector).await.contains(reference));

    let answer = collector.withdraw(withdrawal("words", key(&receipt))).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"ok":true}"#));
    assert_eq!(found(folder.path(), &said), Vec::<&str>::new(), "as soon as it is answered");
    let page = inbox(&collector).await;
    assert!(!page.contains(reference) && !page.contains("Leeds"), "{page}");
    assert!(page.contains("All <span class=\"count\">1</span>"), "{page}");
    assert!(page.contains(other["reference"].as_str().unwrap()) && page.contains("man at the counter"), "{page}");
    assert_eq!(rows(&folder).await, [1, 1, 1]);
    collector.stop().await;
    assert_eq!(found(folder.path(), &said), Vec::<&str>::new());
    assert_eq!(found(folder.path(), &["man at the counter"]).len(), 1);
}

#[tokio::test]
async fn a_late_post_can_t_bring_it_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let receipt = collector.post(golden("click")).await.json();
    let body = withdrawal("words", key(&receipt));
    assert_eq!(collector.withdraw(body.clone()).await.status, 200);
    collector.stop().await;
    let collector = Running::start(options(&database(&folder))).await;
    for name in ["click", "words", "words-edited", "click"] {
        let answer = collector.post(golden(name)).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (410, Some("withdrawn")), "{name}");
    }
    assert_eq!(collector.withdraw(body).await.status, 200, "as often as asked, after a restart too");
    assert_eq!(rows(&folder).await, [0, 0, 1]);
    // The same id on another site is another message.
    assert_eq!(collector.post(edited("words", "\"shop.example\"", "\"blog.example\"")).await.status, 201);
    collector.stop().await;
}

#[tokio::test]
async fn without_the_key_nothing_is_taken_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    let other = collector.post(golden("words-anonymous")).await.json();
    let right = key(&receipt);
    let swapped: String = right.chars().map(|c| if c.is_lowercase() { c.to_ascii_uppercase() } else { c }).collect();
    for wrong in [&"A".repeat(43), key(&other), &swapped, &right.chars().rev().collect::<String>()] {
        let there = collector.withdraw(withdrawal("words", wrong)).await;
        let nowhere = withdrawal("words", wrong).replace("8f14e45f", "00000000");
        let nowhere = collector.withdraw(nowhere).await;
        assert_eq!((there.status, there.json()["error"]["code"].as_str()), (403, Some("wrong_key")), "{wrong}");
        assert_eq!((there.status, &there.body), (nowhere.status, &nowhere.body), "they tell nothing");
    }
    assert_eq!(rows(&folder).await, [2, 2, 0]);
    assert_eq!(collector.post(golden("words")).await.json(), receipt);
    collector.stop().await;
}

#[tokio::test]
async fn withdrawals_count_as_posts() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { rate_limit: 2, ..options(&database(&folder)) }).await;
    let receipt = collector.post(golden("words")).await.json();
    assert_eq!(collector.withdraw(withdrawal("words", &"A".repeat(43))).await.status, 403);
    let answer = collector.withdraw(withdrawal("words", key(&receipt))).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (429, Some("too_many")));
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0), "{answer:?}");
    collector.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_and_withdrawals_at_once_end_with_nothing() {
    let folder = tempdir().unwrap();
    let (here, there) =
        (Running::start(options(&database(&folder))).await, Running::start(options(&database(&folder))).await);
    let receipt = here.post(golden("words")).await.json();
    let body = withdrawal("words", key(&receipt));
    let answers = join_all((0..60).map(async |n| {
        let collector = if n % 2 == 0 { &here } else { &there };
        match n % 6 {
            0 | 1 => collector.withdraw(body.clone()).await,
            2 | 3 => collector.post(golden("words-edited")).await,
            _ => collector.post(golden("click")).await,
        }
    }))
    .await;
    for (n, answer) in answers.iter().enumerate() {
        let expected: &[u16] = if n % 6 < 2 { &[200] } else { &[200, 201, 410] };
        assert!(expected.contains(&answer.status), "{answer:?}");
    }
    assert_eq!(there.post(golden("words")).await.status, 410);
    assert_eq!(rows(&folder).await, [0, 0, 1]);
    here.stop().await;
    there.stop().await;
    assert!(found(folder.path(), &["Leeds", "Priya"]).is_empty());
}

#[tokio::test]
async fn what_can_t_be_taken_back_is_not_answered_with_yes() {
    let folder = tempdir().unwrap();
    let url = database(&folder);
    let patience = Duration::from_millis(100);
    let hasty = Options { database: Database { url: url.clone(), patience }, ..options(&url) };
    let collector = Running::start(hasty).await;
    let receipt = collector.post(golden("words")).await.json();
    let other = look_into(&url).await;
    let held = hold(&other, &url).await;
    let answer = collector.withdraw(withdrawal("words", key(&receipt))).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (503, Some("unavailable")));
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0), "{answer:?}");
    held.rollback().await.unwrap();
    other.close().await;
    assert_eq!(collector.post(golden("words")).await.json(), receipt, "it is still there");
    assert_eq!(rows(&folder).await, [1, 1, 0]);
    collector.stop().await;
}

#[tokio::test]
async fn what_can_only_be_read_can_t_be_taken_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&file_in(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    collector.stop().await;
    let collector = Running::start(options(&format!("{}?mode=ro", file_in(&folder)))).await;
    assert_eq!(collector.withdraw(withdrawal("words", key(&receipt))).await.status, 503);
    assert_eq!(collector.post(golden("words")).await.json(), receipt, "it is still there");
    collector.stop().await;
}

/// Somebody who has begun to read the database, which has one message, and hasn't ended. They can't write, so they won't
/// empty the log when they leave.
async fn read_for_long(url: &str) -> (AnyPool, Transaction<'static, Any>) {
    let reader = look_into(&format!("{url}?mode=ro")).await;
    let mut reading = reader.begin().await.unwrap();
    let count = "select count(*) from message";
    assert_eq!(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut *reading).await.unwrap(), 1);
    (reader, reading)
}

/// Somebody, such as a backup, reads the database as it was, so its log can't be emptied: the message is taken back all
/// the same, nobody waits for that reader, and the log is emptied as soon as it is gone.
#[tokio::test]
async fn a_long_reader_only_delays_the_end_of_the_words() {
    let folder = tempdir().unwrap();
    let url = file_in(&folder);
    // Longer than any post of these tests: whoever waits for the reader is not answered.
    let patience = Duration::from_secs(600);
    let patient = Options { database: Database { url: url.clone(), patience }, ..options(&url) };
    let collector = Running::start(patient).await;
    let receipt = collector.post(golden("words")).await.json();
    let (reader, reading) = read_for_long(&url).await;
    let answer = collector.withdraw(withdrawal("words", key(&receipt))).await;
    assert_eq!((answer.status, answer.body.as_str()), (202, r#"{"ok":true,"state":"pending"}"#));
    assert!(!inbox(&collector).await.contains("Leeds"));
    assert_eq!(collector.post(golden("words-anonymous")).await.status, 201, "nobody waits for the reader");
    assert_eq!(collector.post(golden("words")).await.status, 410);
    assert!(found_in_files(folder.path()).iter().any(|file| file.contains("Leeds")), "the log could not be emptied");
    reading.rollback().await.unwrap();
    reader.close().await;
    while found_in_files(folder.path()).iter().any(|file| file.contains("Leeds") || file.contains("Priya")) {
        tokio::task::yield_now().await;
    }
    collector.stop().await;
}

/// The same, where the collector stops before the reader does: the next start empties the log.
#[tokio::test]
async fn words_taken_back_end_with_the_next_start_at_the_latest() {
    let folder = tempdir().unwrap();
    let url = file_in(&folder);
    let collector = Running::start(options(&url)).await;
    let receipt = collector.post(golden("words")).await.json();
    let (reader, reading) = read_for_long(&url).await;
    assert_eq!(collector.withdraw(withdrawal("words", key(&receipt))).await.status, 202);
    collector.stop().await;
    reading.rollback().await.unwrap();
    reader.close().await;
    assert!(found_in_files(folder.path()).iter().any(|file| file.contains("Leeds")));
    let collector = Running::start(options(&url)).await;
    assert!(!found_in_files(folder.path()).iter().any(|file| file.contains("Leeds")));
    collector.stop().await;
}

/// Ids whose order is not that of their coming.
fn id(number: usize) -> String {
    format!("{:032x}", (number as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
}

/// A submission whose words and name can be told from every other's, of that length.
fn marked(number: usize, revision: u8, length: usize) -> (Submission, String) {
    let mut submission: Submission = serde_json::from_str(&golden("words")).unwrap();
    submission.id = id(number);
    let mark = format!("mark-{number:04}-{revision}.");
    submission.revision = revision;
    submission.message = Some(mark.repeat(length.div_ceil(mark.len())));
    submission.contact.as_mut().unwrap().name = Some(mark.clone());
    (submission, mark)
}

#[test]
fn only_what_is_kept_can_be_read() {
    let runtime = Runtime::new().unwrap();
    let message = (prop::collection::vec(prop_oneof![3 => 1..400_usize, 1 => 1..3_900_usize], 1..4), any::<bool>());
    let config = Config { cases: 12, failure_persistence: None, ..Config::default() };
    let strategy = (prop::collection::vec((message, any::<Index>()), 20..80),);
    proptest!(config, |((messages,) in strategy)| {
        let folder = tempdir().unwrap();
        let (left, gone) = runtime.block_on(async {
            let store = Store::open(&database(&folder), Duration::from_secs(5)).await.unwrap();
            let (mut left, mut gone) = (Vec::new(), Vec::new());
            // The order of the ids is not that of their coming, so that pages of the file are split anywhere.
            let mut order: Vec<usize> = (0..messages.len()).collect();
            for (n, (_, index)) in messages.iter().enumerate() {
                order.swap(n, index.index(messages.len()));
            }
            let mut waiting = Vec::new();
            for number in order {
                let ((lengths, withdrawn), index) = &messages[number];
                let mut marks = Vec::new();
                for (revision, length) in lengths.iter().enumerate() {
                    let (submission, mark) = marked(number, revision as u8 + 1, *length);
                    let posted = store.keep(Post::new(&submission, &serde_json::to_string(&submission).unwrap(), "")).await.unwrap();
                    assert!(matches!(posted, Posted::New(_)));
                    marks.push(mark);
                }
                if *withdrawn {
                    waiting.push(number);
                    gone.extend(marks);
                } else {
                    left.extend(marks);
                }
                if index.index(3) == 0 && let Some(number) = waiting.pop() {
                    store.withdraw("shop.example", &id(number)).await.unwrap();
                }
            }
            for number in waiting {
                store.withdraw("shop.example", &id(number)).await.unwrap();
            }
            store.close().await;
            (left, gone)
        });
        let texts = |texts: &[String]| texts.iter().map(String::as_str).collect::<Vec<&str>>().join("\n");
        let (left_text, gone_text) = (texts(&left), texts(&gone));
        let (left, gone): (Vec<&str>, Vec<&str>) = (left_text.lines().collect(), gone_text.lines().collect());
        prop_assert_eq!(found(folder.path(), &left), left);
        prop_assert_eq!(found(folder.path(), &gone), Vec::<&str>::new());
    });
}

#[test]
fn any_other_key_is_the_wrong_one() {
    let runtime = Runtime::new().unwrap();
    let folder = tempdir().unwrap();
    let collector = runtime.block_on(Running::start(options(&database(&folder))));
    let receipt = runtime.block_on(collector.post(golden("words"))).json();
    let right: Withdrawal = serde_json::from_str(&withdrawal("words", key(&receipt))).unwrap();
    let one = ("[A-Za-z0-9_-]", any::<Index>());
    let any = prop_oneof![
        one.prop_map({
            let key = right.key.clone();
            move |(digit, at)| {
                let at = at.index(key.len());
                format!("{}{digit}{}", &key[..at], &key[at + 1..])
            }
        }),
        "[A-Za-z0-9_-]{43}",
    ];
    let config = Config { cases: 100, failure_persistence: None, ..Config::default() };
    proptest!(config, |(key in any)| {
        prop_assume!(key != right.key);
        let answer = runtime.block_on(collector.withdraw(serde_json::to_string(&Withdrawal { key, ..right.clone() }).unwrap()));
        prop_assert_eq!(answer.status, 403, "{:?}", answer);
    });
    assert_eq!(runtime.block_on(collector.post(golden("words"))).json(), receipt);
    runtime.block_on(collector.stop());
}
