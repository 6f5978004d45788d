//! How long and how much is kept, copies of it, and deleting for an author who asks.

use std::{
    path::Path,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use say_so_collector::{
    options::Options,
    store::{CopyError, Store},
};
use sqlx::migrate::Migrator;
use tempfile::tempdir;
use tokio::{process::Command, time::timeout};

use crate::{
    databases::{database, file_in, look_into, on_a_server},
    running::{Answer, Running, answer, edited, golden, message, options, withdrawal},
    withdrawal::found,
};

/// Runs `say-so`, and returns what it prints, or what it says is wrong.
async fn run(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    if let Some(address) = on_a_server(folder) {
        command.env("SAY_SO_DATABASE", address);
    }
    let output = command.args(arguments).current_dir(folder).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stdout) + &text(output.stderr)) }
}

#[tokio::test]
async fn what_is_too_old_is_deleted() {
    let folder = tempdir().unwrap();
    let url = database(&folder);
    let collector = Running::start(options(&url)).await;
    for (id, site) in [(1, "shop.example"), (2, "shop.example"), (3, "blog.example"), (4, "other.example")] {
        let body = message(id)
            .replace("shop.example\",\"id", &format!("{site}\",\"id"))
            .replace("Leeds", &format!("Leeds-{id}."));
        assert_eq!(collector.post(body).await.status, 201);
    }
    collector.stop().await;
    // Of all but the second one nothing came for three days.
    let rows = look_into(&url).await;
    let then = (jiff::Timestamp::now() - jiff::ToSpan::hours(72)).to_string();
    let older = "update message set received = $1 where id <> $2";
    sqlx::query(older).bind(then).bind(format!("{:032x}", 2)).execute(&rows).await.unwrap();
    rows.close().await;
    let retention = vec!["2".parse().unwrap(), "blog.example=4".parse().unwrap()];
    let collector = Running::start(Options { retention, ..options(&url) }).await;
    let gone = async {
        while !found(folder.path(), &["Leeds-1.", "Leeds-4."]).is_empty() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(30), gone).await.expect("it stays");
    assert_eq!(found(folder.path(), &["Leeds-2.", "Leeds-3."]).len(), 2, "a site has its own days");
    assert_eq!(collector.post(message(1)).await.status, 201, "it was not taken back");
    collector.stop().await;
    let store = Store::open(&url, Duration::from_secs(5)).await.unwrap();
    assert_eq!(store.total().await.unwrap().kinds.iter().sum::<i64>(), 3);
    store.close().await;
}

/// Seconds until midnight UTC, by this machine's clock.
fn until_midnight() -> u64 {
    86_400 - SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() % 86_400
}

/// Checks that an answer says to come back at midnight, however long the test took.
fn says_tomorrow(answer: &Answer, before: u64) {
    let wait = answer.header("retry-after").parse().unwrap();
    assert!((until_midnight()..=before).contains(&wait) || until_midnight() > before, "{before}: {answer:?}");
}

#[tokio::test]
async fn a_site_fills_no_more_than_its_day() {
    let folder = tempdir().unwrap();
    let mut options = options(&database(&folder));
    options.quotas.site_posts_per_day = 2;
    options.proxies = vec!["127.0.0.1".parse().unwrap()];
    let (collector, before) = (Running::start(options).await, until_midnight());
    let post = async |client: &str, body: String| {
        answer(collector.feedback().header("x-forwarded-for", client).body(body)).await
    };
    for (client, name) in [("198.51.100.1", "click"), ("198.51.100.2", "words")] {
        assert_eq!(post(client, golden(name)).await.status, 201);
    }
    let full = post("198.51.100.3", golden("words-edited")).await;
    assert_eq!((full.status, full.json()["error"]["code"].as_str()), (503, Some("full")));
    says_tomorrow(&full, before);
    assert_eq!(post("198.51.100.2", golden("words")).await.status, 200, "what is kept is kept");
    let other = edited("words", "\"shop.example\"", "\"blog.example\"");
    assert_eq!(post("198.51.100.3", other).await.status, 201, "another site has a day of its own");
    collector.stop().await;
}

#[tokio::test]
async fn an_address_fills_no_more_than_its_share_of_a_day() {
    let folder = tempdir().unwrap();
    let mut options = options(&database(&folder));
    options.quotas.site_posts_per_day = 20;
    options.proxies = vec!["127.0.0.1".parse().unwrap()];
    let (collector, before) = (Running::start(options).await, until_midnight());
    let post = async |client: &str, body: String| {
        answer(collector.feedback().header("x-forwarded-for", client).body(body)).await
    };
    for number in 0..2 {
        assert_eq!(post("198.51.100.1", message(number)).await.status, 201);
    }
    let of_another_site = message(2).replace("shop.example\",\"id", "blog.example\",\"id");
    for body in [message(2), of_another_site] {
        let over = post("198.51.100.1", body).await;
        assert_eq!((over.status, over.json()["error"]["code"].as_str()), (429, Some("too_many")));
        says_tomorrow(&over, before);
    }
    assert_eq!(post("198.51.100.1", message(1)).await.status, 200, "what is kept is kept");
    assert_eq!(post("198.51.100.2", message(2)).await.status, 201);
    collector.stop().await;
}

#[tokio::test]
async fn a_message_is_forgotten_by_its_reference() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    let reference = receipt["reference"].as_str().unwrap();
    assert!(run(folder.path(), &["forget", "000-0000"]).await.unwrap_err().contains("there is no message 000-0000"));
    let error = run(folder.path(), &["forget", reference, "--site", "blog.example"]).await.unwrap_err();
    assert!(error.contains("there is no message"), "{error}");
    let said = run(folder.path(), &["forget", &reference.to_lowercase()]).await.unwrap();
    assert!(said.contains("is deleted"), "{said}");
    assert_eq!(found(folder.path(), &["Leeds", "Priya"]), Vec::<&str>::new());
    assert_eq!(collector.post(golden("words")).await.status, 410, "it can't come back");
    let key = receipt["key"].as_str().unwrap();
    assert_eq!(collector.withdraw(withdrawal("words", key)).await.status, 200);
    collector.stop().await;
}

#[tokio::test]
async fn a_backup_is_made_beside_the_collector() {
    let folder = tempdir().unwrap();
    let url = file_in(&folder);
    let collector = Running::start(options(&url)).await;
    for number in 0..20 {
        assert_eq!(collector.post(message(number)).await.status, 201);
    }
    let arguments = ["backup", "--database", &url, "copy.db"];
    let said = run(folder.path(), &arguments).await.unwrap();
    assert!(said.contains("copy.db: 20 messages"), "{said}");
    let error = run(folder.path(), &arguments).await.unwrap_err();
    assert!(error.contains("copy.db can't be made"), "it writes over nothing: {error}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let copy = std::fs::metadata(folder.path().join("copy.db")).unwrap();
        assert_eq!(copy.permissions().mode() & 0o077, 0);
    }
    collector.stop().await;
    // It takes the place of the one that it was made of.
    let copy = format!("sqlite://{}", folder.path().join("copy.db").display());
    let collector = Running::start(options(&copy)).await;
    assert_eq!(collector.post(message(3)).await.status, 200);
    collector.stop().await;
    let error = run(folder.path(), &["backup", "--database", "sqlite://none.db", "other.db"]).await.unwrap_err();
    assert!(error.contains("there is no database") && !folder.path().join("none.db").exists(), "{error}");
}

#[tokio::test]
async fn everything_moves_to_another_database() {
    let (folder, other) = (tempdir().unwrap(), tempdir().unwrap());
    let (from, to) = (file_in(&folder), database(&other));
    let collector = Running::start(options(&from)).await;
    let mut receipts = Vec::new();
    for name in ["words", "words-every-script", "words-hostile", "words-trapped", "click"] {
        let body = golden(name).replace("8f14e45fceea167a5a36dedd4bea2543", &format!("{:032x}", receipts.len()));
        receipts.push((body.clone(), collector.post(body).await.json()));
    }
    let key = receipts[0].1["key"].as_str().unwrap().to_owned();
    let back = withdrawal("words", &key).replace("8f14e45fceea167a5a36dedd4bea2543", &format!("{:032x}", 0));
    assert_eq!(collector.withdraw(back).await.status, 200);
    collector.stop().await;
    let said = run(folder.path(), &["migrate", "--from", &from, "--to", &to]).await.unwrap();
    assert!(said.contains("message: 4 rows, the same on both sides"), "{said}");
    let collector = Running::start(options(&to)).await;
    assert_eq!(collector.post(receipts[0].0.clone()).await.status, 410);
    for (body, receipt) in &receipts[1..] {
        let answer = collector.post(body.clone()).await;
        assert_eq!((answer.status, &answer.json()), (200, receipt), "the same key, reference and moment");
    }
    collector.stop().await;
    let error = run(folder.path(), &["migrate", "--from", &from, "--to", &to]).await.unwrap_err();
    assert!(error.contains("is not empty"), "{error}");
}

#[tokio::test]
async fn a_copy_that_is_not_the_same_is_noticed() {
    let (folder, other) = (tempdir().unwrap(), tempdir().unwrap());
    let from = Store::open(&file_in(&folder), Duration::from_secs(5)).await.unwrap();
    let to = Store::open(&file_in(&other), Duration::from_secs(5)).await.unwrap();
    let rows = look_into(&file_in(&other)).await;
    let change = "create trigger change after insert on secret begin
                      update secret set value = 'other' where name = new.name; end";
    sqlx::query(change).execute(&rows).await.unwrap();
    from.secret().await.unwrap();
    assert!(matches!(from.migrate_to(&to).await, Err(CopyError::Differs("secret"))));
    let left: i64 = sqlx::query_scalar("select count(*) from secret").fetch_one(&rows).await.unwrap();
    assert_eq!(left, 0, "nothing of it stays");
    rows.close().await;
    from.close().await;
    to.close().await;
}

#[tokio::test]
async fn check_says_what_is_wrong() {
    let folder = tempdir().unwrap();
    let url = database(&folder);
    let said = run(folder.path(), &["check", "--database", "sqlite://none.db"]).await.unwrap();
    assert!(said.contains("doubt: there is no database yet") && said.contains("--allow-origin"), "{said}");
    assert!(!folder.path().join("none.db").exists());
    let collector = Running::start(options(&url)).await;
    assert_eq!(collector.post(golden("words")).await.status, 201);
    assert!(said.contains("doubt: 127.0.0.1:8787 can be reached from this machine alone"), "{said}");
    let well = ["check", "--database", &url, "--allow-origin", "https://shop.example", "--retention", "365"];
    let well = [&well[..], &["--trust-proxy", "127.0.0.1"]].concat();
    let said = run(folder.path(), &well).await.unwrap();
    assert_eq!(said, "well:  the database can be read and written, and has 1 messages\n");
    std::fs::write(folder.path().join("say-so.json"), "{").unwrap();
    let said = run(folder.path(), &[&well[..], &["--site-file", "say-so.json"]].concat()).await.unwrap_err();
    assert!(said.contains("wrong: say-so.json is not a site's file"), "{said}");
    collector.stop().await;
    if url.starts_with("sqlite:") {
        let full = [&well[..], &["--min-free-megabytes", "1000000000"]].concat();
        let said = run(folder.path(), &full).await.unwrap_err();
        assert!(said.contains("wrong: the disk is nearly full"), "{said}");
    }
    let said = run(folder.path(), &["check", "--database", "postgres://127.0.0.1:1/x"]).await.unwrap_err();
    assert!(said.contains("wrong: the database can't be used"), "{said}");
}

#[tokio::test]
async fn commands_leave_older_tables_as_they_are() {
    let folder = tempdir().unwrap();
    let url = file_in(&folder);
    let steps = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let steps = Migrator::new(steps).await.unwrap();
    let older = Migrator::with_migrations(steps.iter().take(steps.iter().count() - 1).cloned().collect());
    let old = look_into(&format!("{url}?mode=rwc")).await;
    older.run(&old).await.unwrap();
    sqlx::query("pragma journal_mode = wal").execute(&old).await.unwrap();

    let said = run(folder.path(), &["check", "--database", &url]).await.unwrap();
    assert!(said.contains("well:  the database can be read and written; its tables are older, and the next"), "{said}");
    run(folder.path(), &["backup", "--database", &url, "copy.db"]).await.unwrap();
    let error = run(folder.path(), &["forget", "--database", &url, "K7M-4QPA"]).await.unwrap_err();
    assert!(error.contains("older than this say-so"), "{error}");
    let copy = look_into(&format!("sqlite://{}", folder.path().join("copy.db").display())).await;
    for (name, pool) in [("the database", &old), ("its copy", &copy)] {
        let last: i64 = sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(pool).await.unwrap();
        assert_eq!(last, older.iter().last().unwrap().version, "{name}");
    }
    copy.close().await;
    old.close().await;
}

#[tokio::test]
async fn tables_that_are_not_this_program_s_are_left_alone() {
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                     select 1000, description, success, checksum, 0 from _sqlx_migrations where version = 1";
    let newer = sqlx::query(newer);
    let other = sqlx::query("update _sqlx_migrations set checksum = $1 where version = 1").bind(b"another".to_vec());
    for (step, says) in [(newer, "a newer say-so (step 1000)"), (other, "can't be brought up to date: migration 1")] {
        let folder = tempdir().unwrap();
        let url = database(&folder);
        Running::start(options(&url)).await.stop().await;
        let tables = look_into(&url).await;
        assert_eq!(step.execute(&tables).await.unwrap().rows_affected(), 1);
        tables.close().await;
        for command in [&["check"][..], &["forget", "K7M-4QPA"], &["serve"]] {
            let arguments = [command, &["--database", &url]].concat();
            // Waiting would not help, so none of them tries again.
            let told = timeout(Duration::from_secs(20), run(folder.path(), &arguments)).await;
            let told = told.expect("it is tried again").unwrap_err();
            assert!(told.contains(says), "{command:?}: {told}");
        }
    }
}
