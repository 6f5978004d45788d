//! One message, many posts of it.

use futures_util::future::join_all;
use tempfile::tempdir;

use crate::{
    databases::{database, look_into},
    running::{Running, edited, golden, message, options},
};

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_are_one() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let answers = join_all((0..50).map(|_| collector.post(golden("words")))).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(200)), (1, 49));
    let first = answers[0].json();
    assert!(answers.iter().all(|answer| answer.json() == first), "{answers:?}");
    let store = look_into(&database(&folder)).await;
    for table in ["select count(*) from message", "select count(*) from revision"] {
        let rows: i64 = sqlx::query_scalar(table).fetch_one(&store).await.unwrap();
        assert_eq!(rows, 1, "{table}");
    }
    collector.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_bodies_for_one_place_leave_one() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let bodies = (0..50).map(|n| edited("words", "five days", &format!("{n} days")));
    let answers = join_all(bodies.map(|body| collector.post(body))).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((count(201), count(422)), (1, 49));
    collector.stop().await;
}

#[tokio::test]
async fn a_body_of_which_all_is_known_is_kept_to_the_byte() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let body = format!(" {}\n\t", edited("words-hostile", r#""v":1"#, r#""v" :  1"#));
    assert_eq!(collector.post(body.clone()).await.status, 201);
    let store = look_into(&database(&folder)).await;
    let (kept, fingerprint): (String, String) =
        sqlx::query_as("select text, fingerprint from revision join body using (site, id, revision)")
            .fetch_one(&store)
            .await
            .unwrap();
    assert_eq!(kept, body);
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&body);
    assert_eq!(fingerprint, digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    collector.stop().await;
}

#[tokio::test]
async fn the_highest_revision_is_shown_whatever_comes_later() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let mut receipts = Vec::new();
    for name in ["words", "words-edited", "click"] {
        receipts.push(collector.post(golden(name)).await.json());
    }
    assert!(receipts.iter().all(|receipt| receipt["reference"] == receipts[0]["reference"]));
    assert!(receipts.iter().all(|receipt| receipt["key"] == receipts[0]["key"]));
    let store = look_into(&database(&folder)).await;
    let (revision, kind, received): (i64, String, String) =
        sqlx::query_as("select revision, kind, received from message").fetch_one(&store).await.unwrap();
    assert_eq!((revision, kind.as_str()), (2, "suggestion"));
    assert_eq!(received, receipts[1]["received"].as_str().unwrap());
    let all: Vec<i64> =
        sqlx::query_scalar("select revision from revision order by revision").fetch_all(&store).await.unwrap();
    assert_eq!(all, [0, 1, 2]);
    collector.stop().await;
}

#[tokio::test]
async fn a_message_is_its_site_s_own() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let here = collector.post(golden("words")).await;
    let there = collector.post(edited("words", "\"shop.example\"", "\"blog.example\"")).await;
    assert_eq!((here.status, there.status), (201, 201));
    assert_ne!(here.json()["key"], there.json()["key"]);
    collector.stop().await;
}

#[tokio::test]
async fn a_restart_changes_no_answer() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let before = collector.post(golden("click")).await;
    collector.stop().await;
    let collector = Running::start(options(&database(&folder))).await;
    let again = collector.post(golden("click")).await;
    assert_eq!((before.status, again.status), (201, 200));
    assert_eq!(before.json(), again.json());
    let later = collector.post(golden("words")).await.json();
    assert_eq!((&later["reference"], &later["key"]), (&before.json()["reference"], &before.json()["key"]));
    collector.stop().await;
}

#[tokio::test]
async fn another_collector_has_another_secret() {
    let (here, there) = (tempdir().unwrap(), tempdir().unwrap());
    let mut keys = Vec::new();
    for folder in [&here, &there] {
        let collector = Running::start(options(&database(folder))).await;
        keys.push(collector.post(golden("click")).await.json()["key"].clone());
        collector.stop().await;
    }
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn references_differ() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let mut references = std::collections::BTreeSet::new();
    for number in 0..50 {
        references.insert(collector.post(message(number)).await.json()["reference"].to_string());
    }
    assert_eq!(references.len(), 50);
    collector.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_collectors_can_share_a_database() {
    let folder = tempdir().unwrap();
    let (here, there) =
        (Running::start(options(&database(&folder))).await, Running::start(options(&database(&folder))).await);
    let both = |number| join_all([here.post(message(number)), there.post(message(number))]);
    for answers in join_all((0..50).map(both)).await {
        let mut statuses = [answers[0].status, answers[1].status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 201], "{answers:?}");
        assert_eq!(answers[0].json(), answers[1].json());
    }
    here.stop().await;
    there.stop().await;
}
