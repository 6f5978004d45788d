//! What becomes of the database while the collector runs is noticed, and nothing is acknowledged that isn't kept.

use std::{
    fs,
    io::{Seek, SeekFrom, Write},
    time::Duration,
};

use say_so_collector::options::{Database, Options};
use tempfile::{TempDir, tempdir};
use tokio::{io::AsyncReadExt, process::Command, time::timeout};

use crate::{
    command::Process,
    databases::{database, file_in, hold, look_into},
    running::{Running, golden, message, options, withdrawal},
};

/// How the collector answers the three questions about its health.
async fn health(collector: &Running) -> [u16; 3] {
    let mut answers = [0; 3];
    for (answer, path) in answers.iter_mut().zip(["/livez", "/readyz", "/healthz"]) {
        *answer = collector.get(path).await.status;
    }
    answers
}

async fn begun(folder: &TempDir) -> Running {
    let collector = Running::start(options(&file_in(folder))).await;
    assert_eq!(collector.post(golden("words")).await.status, 201);
    assert_eq!(health(&collector).await, [200, 200, 200]);
    collector
}

#[tokio::test]
async fn nothing_is_acknowledged_into_a_file_that_was_deleted() {
    let folder = tempdir().unwrap();
    let collector = begun(&folder).await;
    fs::remove_file(folder.path().join("say-so.db")).unwrap();
    let answer = collector.post(golden("words-anonymous")).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (503, Some("unavailable")));
    assert_eq!(health(&collector).await, [200, 503, 503]);
    collector.stop().await;
}

#[tokio::test]
async fn nothing_is_acknowledged_into_a_log_that_was_deleted_or_replaced() {
    for copied in [false, true] {
        let folder = tempdir().unwrap();
        let collector = begun(&folder).await;
        let (log, moved) = (folder.path().join("say-so.db-wal"), folder.path().join("moved"));
        fs::rename(&log, &moved).unwrap();
        if copied {
            fs::copy(&moved, &log).unwrap();
        }
        assert_eq!(collector.post(golden("words-anonymous")).await.status, 503);
        assert_eq!(health(&collector).await, [200, 503, 503]);
        fs::rename(&moved, &log).unwrap();
        while collector.post(golden("words-anonymous")).await.status != 201 {
            tokio::task::yield_now().await;
        }
        collector.stop().await;
    }
}

#[tokio::test]
async fn nothing_is_taken_back_in_a_file_that_was_deleted() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&file_in(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    fs::remove_file(folder.path().join("say-so.db-wal")).unwrap();
    let answer = collector.withdraw(withdrawal("words", receipt["key"].as_str().unwrap())).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (503, Some("unavailable")));
    collector.stop().await;
}

#[tokio::test]
async fn a_log_that_others_have_open_too_is_no_other_one() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&file_in(&folder))).await;
    for number in 0..3 {
        let receipt = collector.post(message(number)).await.json();
        // Another process opens the database and closes it, and taking back empties the log.
        let mut token = Command::new(env!("CARGO_BIN_EXE_say-so"));
        assert!(token.args(["token", "--database", &file_in(&folder)]).output().await.unwrap().status.success());
        let key = receipt["key"].as_str().unwrap();
        let withdrawal =
            withdrawal("words", key).replace("8f14e45fceea167a5a36dedd4bea2543", &format!("{number:032x}"));
        assert_eq!(collector.withdraw(withdrawal).await.status, 200);
        assert_eq!(health(&collector).await, [200, 200, 200]);
    }
    collector.stop().await;
}

#[tokio::test]
async fn what_is_wrong_is_said_once_and_not_for_each_post() {
    let folder = tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    command.args(["serve", "--listen", "127.0.0.1:0"]).env("SAY_SO_DATABASE", file_in(&folder));
    let mut process = Process::read(command).await;
    assert_eq!(process.post(golden("words")).await.status, 201);
    fs::remove_file(folder.path().join("say-so.db")).unwrap();
    for number in 0..5 {
        assert_eq!(process.post(message(number)).await.status, 503);
    }
    process.signal("-TERM").await;
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert_eq!(log.matches("ERROR").count(), 1, "{log}");
    assert!(log.contains("nothing can be kept, and posts are refused: the database’s file was deleted"), "{log}");
}

#[tokio::test]
async fn what_can_be_written_again_is_noticed_without_a_post() {
    let folder = tempdir().unwrap();
    let url = database(&folder);
    let patience = Duration::from_millis(100);
    let hasty = Options { database: Database { url: url.clone(), patience }, ..options(&url) };
    let collector = Running::start(hasty).await;
    let other = look_into(&url).await;
    let held = hold(&other, &url).await;
    assert_eq!(collector.post(golden("words")).await.status, 503);
    assert_eq!(health(&collector).await, [200, 503, 503]);
    held.rollback().await.unwrap();
    other.close().await;
    let noticed = async {
        while health(&collector).await != [200, 200, 200] {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), noticed).await.expect("it is not noticed");
    collector.stop().await;
}

#[tokio::test]
async fn nothing_is_acknowledged_into_a_file_that_was_replaced() {
    let folder = tempdir().unwrap();
    let collector = begun(&folder).await;
    let (file, moved) = (folder.path().join("say-so.db"), folder.path().join("moved.db"));
    fs::rename(&file, &moved).unwrap();
    fs::copy(&moved, &file).unwrap();
    assert_eq!(collector.post(golden("words-anonymous")).await.status, 503);
    assert_eq!(health(&collector).await, [200, 503, 503]);
    fs::rename(&moved, &file).unwrap();
    while collector.post(golden("words-anonymous")).await.status != 201 {
        tokio::task::yield_now().await;
    }
    assert_eq!(health(&collector).await, [200, 200, 200]);
    collector.stop().await;
}

#[tokio::test]
async fn one_damaged_page_is_noticed() {
    let folder = tempdir().unwrap();
    let collector = begun(&folder).await;
    for number in 0..100 {
        assert_eq!(collector.post(message(number)).await.status, 201);
    }
    collector.stop().await;
    let path = folder.path().join("say-so.db");
    let pages = fs::metadata(&path).unwrap().len() / 4096;
    // The page in which the newest body stands is the last, or near it.
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start((pages - 2) * 4096)).unwrap();
    file.write_all(&[0x5a; 4096]).unwrap();
    drop(file);
    let mut check = Command::new(env!("CARGO_BIN_EXE_say-so"));
    let output = check.args(["check", "--database", &file_in(&folder)]).output().await.unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("wrong: the database’s file is damaged"), "{said}");
    let collector = Running::start(options(&file_in(&folder))).await;
    let noticed = async {
        while health(&collector).await != [200, 503, 503] {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), noticed).await.expect("it is not noticed");
    assert_eq!(collector.post(message(1_000)).await.status, 503);
    collector.stop().await;
}

#[tokio::test]
async fn some_room_stays_free_on_the_disk() {
    let folder = tempdir().unwrap();
    let mut options = options(&file_in(&folder));
    // More than any disk has.
    options.quotas.min_free_megabytes = 1_000_000_000;
    let collector = Running::start(Options { ..options }).await;
    let full = async {
        while health(&collector).await != [200, 503, 503] {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), full).await.expect("it is not noticed");
    assert_eq!(collector.post(golden("words")).await.status, 503);
    collector.stop().await;
}
