//! The sites' files that the command is told of.

use std::fs;

use tempfile::tempdir;
use tokio::io::AsyncReadExt;

use crate::command::Process;

#[tokio::test]
async fn a_file_that_can_t_be_used_is_said_and_ends_nothing() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("good.json"), "{}").unwrap();
    fs::write(folder.path().join("bad.json"), r#"{"experimnts":[],"experiments":[{"id":"x","variants":3}]}"#).unwrap();
    let files = ["--site-file", "good.json", "--site-file", "shop.example=bad.json", "--site-file", "gone.json"];
    let mut process = Process::start(folder.path(), &files).await;
    assert_eq!(process.post(crate::running::golden("words")).await.status, 201);
    process.signal("-TERM").await;
    process.child.wait().await.unwrap();
    let mut log = String::new();
    process.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
    assert!(log.contains("bad.json is not a site's file: unknown field `experimnts`"), "{log}");
    assert!(log.contains(r#"The experiment \"x\" in bad.json can't be used: variants: invalid type"#), "{log}");
    assert!(log.contains("gone.json can't be read: "), "{log}");
    assert!(!log.contains("good.json"), "{log}");
}
