//! What is counted of wordings: by step from the page, and by the collector itself where words arrive.

use say_so_collector::{
    options::Options,
    store::{SITE_COUNTERS_MAX, Store, Tally},
};
use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use crate::{
    databases::{database, look_into},
    running::{Answer, Running, answer, edited, golden, message, options, withdrawal},
};

const SITE: &str = "shop.example";

/// A step of an opening, as the widget posts it.
pub fn step(id: u32, variant: &str, step: &str) -> Value {
    json!({ "v": 1, "site": SITE, "id": format!("{id:032x}"), "experiment": "prompt", "variant": variant,
            "locale": "en", "step": step })
}

/// The same with one member of another value.
fn with(mut step: Value, name: &str, value: impl Into<Value>) -> Value {
    step[name] = value.into();
    step
}

pub async fn count(collector: &Running, step: &Value) -> Answer {
    let post = collector.request("POST", "/v1/counts").header("content-type", "text/plain;charset=UTF-8");
    answer(post.header("origin", "https://shop.example").body(step.to_string())).await
}

async fn store(folder: &TempDir) -> Store {
    let Options { database, .. } = options(&database(folder));
    Store::open(&database.url, database.patience).await.unwrap()
}

/// What was counted of the experiment `prompt`, once the collector has stopped: for each variant, in the order of the
/// steps.
async fn counted(folder: &TempDir) -> Vec<(String, [i64; 5])> {
    let tallies = store(folder).await.tallies(SITE, "prompt").await.unwrap();
    let today = today().to_string();
    assert!(tallies.iter().all(|tally| tally.day <= today && tally.locale == "en"), "{tallies:?}");
    let steps = |tally: Tally| (tally.variant, [tally.opened, tally.chosen, tally.started, tally.sent, tally.left]);
    tallies.into_iter().map(steps).collect()
}

fn of(variant: &str, steps: [i64; 5]) -> (String, [i64; 5]) {
    (variant.to_owned(), steps)
}

fn today() -> jiff::civil::Date {
    jiff::Zoned::now().with_time_zone(jiff::tz::TimeZone::UTC).date()
}

#[tokio::test]
async fn steps_are_added_up_and_survive_a_restart() {
    let folder = tempdir().unwrap();
    for run in 0..2 {
        let collector = Running::start(options(&database(&folder))).await;
        for id in 0..3 {
            let answer = count(&collector, &step(run * 10 + id, "a", "opened")).await;
            assert_eq!((answer.status, answer.body.as_str(), answer.header("cache-control")), (204, "", "no-store"));
            assert_eq!(answer.header("access-control-allow-origin"), "https://shop.example");
        }
        count(&collector, &step(run * 10, "a", "chosen")).await;
        count(&collector, &step(run * 10 + 1, "a", "chosen")).await;
        count(&collector, &step(run * 10, "a", "started")).await;
        count(&collector, &step(run * 10 + 1, "a", "left")).await;
        count(&collector, &step(run * 10 + 5, "b", "opened")).await;
        collector.stop().await;
    }
    assert_eq!(counted(&folder).await, [of("a", [6, 4, 2, 0, 2]), of("b", [2, 0, 0, 0, 0])]);
}

#[tokio::test]
async fn counts_are_written_while_the_collector_runs() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    count(&collector, &step(1, "a", "opened")).await;
    let store = look_into(&database(&folder)).await;
    let written = async {
        while sqlx::query("select 1 from counter where count > 0").fetch_optional(&store).await.unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), written).await.unwrap();
    collector.stop().await;
}

#[tokio::test]
async fn a_step_is_counted_once_and_of_one_wording() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (variant, name) in [("a", "chosen"), ("a", "opened"), ("a", "opened"), ("b", "opened"), ("b", "started")] {
        assert_eq!(count(&collector, &step(1, variant, name)).await.status, 204, "{variant} {name}");
    }
    let elsewhere = with(step(1, "b", "opened"), "site", "blog.example");
    assert_eq!(count(&collector, &elsewhere).await.status, 204);
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("a", [1, 1, 0, 0, 0])]);
    let store = store(&folder).await;
    assert_eq!(store.tallies("blog.example", "prompt").await.unwrap()[0].opened, 1, "two sites count apart");
    let tried: Vec<_> = store.tried().await.unwrap().into_iter().map(|tried| (tried.site, tried.experiment)).collect();
    assert_eq!(tried, [("blog.example", "prompt"), (SITE, "prompt")].map(|(a, b)| (a.to_owned(), b.to_owned())));
}

#[tokio::test]
async fn nobody_is_stored() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    count(&collector, &with(step(1, "a", "opened"), "id", "8f14e45fceea167a5a36dedd4bea2543")).await;
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("a", [1, 0, 0, 0, 0])]);
    assert_eq!(crate::withdrawal::found(folder.path(), &["8f14e45fceea167a"]), Vec::<&str>::new());
}

#[tokio::test]
async fn what_is_malformed_is_told() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let opened = step(1, "a", "opened");
    for (body, status, field) in [
        (with(opened.clone(), "step", "sent"), 422, "step"),
        (with(opened.clone(), "step", "looked"), 422, "step"),
        (with(opened.clone(), "v", 2), 422, "v"),
        (with(opened.clone(), "site", "Shop"), 422, "site"),
        (with(opened.clone(), "id", "1"), 422, "id"),
        (with(opened.clone(), "experiment", ""), 422, "experiment"),
        (with(opened.clone(), "variant", "x".repeat(65)), 422, "variant"),
        (with(opened.clone(), "locale", "e n"), 422, "locale"),
        (with(opened.clone(), "variant", 1), 400, "variant"),
        (json!({ "v": 1, "site": SITE }), 400, "id"),
        (json!([]), 400, ""),
    ] {
        let answer = count(&collector, &body).await;
        let error = &answer.json()["error"];
        assert_eq!((answer.status, error["field"].as_str().unwrap_or_default()), (status, field), "{answer:?}");
        assert!(!error["message"].as_str().unwrap().contains("`sent`, `left`"), "it is taken from nobody: {answer:?}");
    }
    let large = with(opened.clone(), "more", "x".repeat(2_048));
    let answer = count(&collector, &large).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (413, Some("too_large")));
    assert_eq!(answer.json()["error"]["message"], "The body must have at most 2048 bytes.");
    let form = collector.request("POST", "/v1/counts").header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(crate::running::answer(form.body(opened.to_string())).await.status, 415);
    let get = collector.get("/v1/counts").await;
    assert_eq!((get.status, get.header("allow")), (405, "POST, OPTIONS"));
    assert_eq!(count(&collector, &with(opened, "new", "field")).await.status, 204, "a newer widget is counted");
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("a", [1, 0, 0, 0, 0])]);
}

#[tokio::test]
async fn pages_that_may_not_post_are_not_counted() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let post = collector.request("POST", "/v1/counts").header("content-type", "text/plain");
    let foreign = answer(post.header("origin", "https://other.example").body(step(1, "a", "opened").to_string())).await;
    assert_eq!((foreign.status, foreign.json()["error"]["code"].as_str()), (403, Some("origin_not_allowed")));
    assert_eq!(foreign.header("access-control-allow-origin"), "https://other.example", "its console can say why");
    collector.stop().await;
    assert_eq!(counted(&folder).await, []);
}

#[tokio::test]
async fn counting_takes_nothing_from_posting() {
    let folder = tempdir().unwrap();
    let collector = Running::start(Options { rate_limit: 1, ..options(&database(&folder)) }).await;
    for name in ["opened", "chosen", "started", "left"] {
        assert_eq!(count(&collector, &step(1, "a", name)).await.status, 204, "four steps to a message");
    }
    let answer = count(&collector, &step(2, "a", "opened")).await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (429, Some("too_many")));
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0));
    assert_eq!(collector.post(golden("words")).await.status, 201);
    collector.stop().await;
}

#[tokio::test]
async fn a_site_begins_a_thousand_counters_a_day() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for id in 0..220 {
        assert_eq!(count(&collector, &step(id, &format!("v{id}"), "opened")).await.status, 204);
    }
    collector.stop().await;
    let collector = Running::start(options(&database(&folder))).await;
    // Whatever was left out, each that stands is counted on, and another site has room.
    let stands = counted(&folder).await[0].0.clone();
    assert_eq!(count(&collector, &step(5_000, &stands, "opened")).await.status, 204);
    assert_eq!(count(&collector, &step(5_001, "new", "opened")).await.status, 204);
    assert_eq!(collector.post(golden("words")).await.status, 201, "words are kept whatever is counted");
    let sent = edited("words", "8f14e45fceea167a5a36dedd4bea2543", &format!("{:032x}", 5_000));
    let sent = sent.replace(r#""variant":"b""#, &format!(r#""variant":"{stands}""#));
    assert_eq!(collector.post(sent).await.status, 201);
    count(&collector, &with(step(5_002, "a", "opened"), "site", "blog.example")).await;
    collector.stop().await;
    let counted = counted(&folder).await;
    assert_eq!(counted.len(), SITE_COUNTERS_MAX as usize / 5, "those of all five steps begin together");
    assert!(counted.contains(&of(&stands, [2, 0, 0, 1, 0])), "whoever was counted as opened is counted as sent");
    assert!(!counted.iter().any(|(variant, _)| variant == "new" || variant == "b"));
    assert_eq!(store(&folder).await.tallies("blog.example", "prompt").await.unwrap().len(), 1);
}

#[tokio::test]
async fn hostile_names_are_names() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let names = [
        "'; drop table counter; --",
        "<script>alert(1)</script>",
        "\u{202e}a\0b\u{7}",
        "../../etc/passwd",
        "🏴\u{e0067}\u{e0062}\u{e007f}",
        " ",
    ];
    for (id, name) in (0..).zip(names) {
        assert_eq!(count(&collector, &with(step(id, name, "opened"), "experiment", name)).await.status, 204);
    }
    let longest = "\u{10ffff}".repeat(64);
    assert_eq!(count(&collector, &with(step(9, &longest, "opened"), "experiment", longest.as_str())).await.status, 204);
    collector.stop().await;
    let store = store(&folder).await;
    for name in names.into_iter().chain([longest.as_str()]) {
        // No database has a NUL in a text that has.
        let name = name.replace('\0', "\u{fffd}");
        let tallies = store.tallies(SITE, &name).await.unwrap();
        assert_eq!((tallies.len(), tallies[0].variant.as_str(), tallies[0].opened), (1, name.as_str(), 1));
    }
}

#[tokio::test]
async fn words_are_counted_as_sent_once() {
    let folder = tempdir().unwrap();
    for _ in 0..2 {
        let collector = Running::start(options(&database(&folder))).await;
        let edited = golden("words").replace(r#""revision":1"#, r#""revision":3"#);
        for body in ["click", "words", "words", "words-edited", "click"].map(golden).into_iter().chain([edited]) {
            assert!(matches!(collector.post(body).await.status, 200 | 201));
        }
        collector.stop().await;
    }
    assert_eq!(counted(&folder).await, [of("b", [0, 0, 0, 1, 0])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn words_posted_at_once_are_counted_once() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    futures_util::future::join_all((0..20).map(|_| collector.post(golden("words")))).await;
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("b", [0, 0, 0, 1, 0])]);
}

#[tokio::test]
async fn a_bare_click_and_words_without_an_experiment_are_not_counted() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    assert_eq!(collector.post(golden("click")).await.status, 201);
    let plain = edited("words", r#","experiment":"prompt","variant":"b""#, "").replace("8f14", "0000");
    assert_eq!(collector.post(plain).await.status, 201);
    let half = edited("words", r#","variant":"b""#, "").replace("8f14", "0001");
    assert_eq!(collector.post(half).await.status, 201);
    collector.stop().await;
    assert_eq!(counted(&folder).await, []);
}

/// Golden words that came after so many milliseconds.
fn after(ms: u32, id: u32, revision: u32) -> String {
    let words = message(id).replace("42250}", &format!("{ms}}}"));
    words.replace(r#""revision":1"#, &format!(r#""revision":{revision}"#))
}

#[tokio::test]
async fn flagged_words_are_kept_and_not_counted() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    assert_eq!(collector.post(after(1_499, 1, 1)).await.status, 201);
    let trapped = message(2).replace("42250}", r#"42250,"trap":"https://spam.example"}"#);
    assert_eq!(collector.post(trapped).await.status, 201);
    assert_eq!(collector.post(after(1_500, 3, 1)).await.status, 201);
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("b", [0, 0, 0, 1, 0])]);
    let facts = store(&folder).await.facts(SITE, "prompt").await.unwrap();
    assert_eq!((facts[0].messages, facts[0].flagged), (1, 2));
}

#[tokio::test]
async fn a_later_revision_that_is_not_flagged_is_counted() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (ms, revision) in [(900, 1), (7_000, 2), (9_000, 3)] {
        assert_eq!(collector.post(after(ms, 1, revision)).await.status, 201);
    }
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("b", [0, 0, 0, 1, 0])]);
    let facts = store(&folder).await.facts(SITE, "prompt").await.unwrap();
    assert_eq!((facts[0].messages, facts[0].flagged), (1, 0));
}

#[tokio::test]
async fn a_preview_is_counted_nowhere() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let looked = edited("words", r#""plan":"family""#, r#""say-so.preview":"prompt:b""#);
    assert_eq!(collector.post(looked).await.status, 201);
    collector.stop().await;
    assert_eq!(counted(&folder).await, []);
    assert_eq!(store(&folder).await.facts(SITE, "prompt").await.unwrap(), []);
}

#[tokio::test]
async fn what_is_taken_back_stays_counted_and_says_nothing_more() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    let withdrawn = withdrawal("words", receipt["key"].as_str().unwrap());
    assert_eq!(collector.withdraw(withdrawn).await.status, 200);
    assert_eq!(collector.post(golden("words")).await.status, 410);
    collector.stop().await;
    assert_eq!(counted(&folder).await, [of("b", [0, 0, 0, 1, 0])], "a number tells nobody's words");
    assert_eq!(store(&folder).await.facts(SITE, "prompt").await.unwrap(), []);
}

#[tokio::test]
async fn the_facts_are_those_of_the_latest_words() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let words = |id: u32, revision: u32, text: &str, variant: &str, locale: &str| {
        let words: Value = serde_json::from_str(&message(id)).unwrap();
        let words = with(with(words, "message", text), "revision", revision);
        with(words, "wording", json!({ "locale": locale, "experiment": "prompt", "variant": variant })).to_string()
    };
    let anonymous = |words: String| {
        let mut words: Value = serde_json::from_str(&words).unwrap();
        words.as_object_mut().unwrap().remove("contact");
        words.to_string()
    };
    for body in [
        words(1, 2, "Zwölf Töpfe", "a", "de"),
        words(1, 1, "Elf", "a", "de"),
        words(2, 1, "12345", "a", "en"),
        anonymous(words(3, 1, "1", "a", "en")),
        words(4, 1, "1", "b", "en"),
        anonymous(words(4, 2, "123", "b", "en")),
        words(5, 1, "12345678", "b", "en"),
        // An edit under the site's own words again is still what the wording brought.
        with(serde_json::from_str(&words(5, 2, "1234", "b", "en")).unwrap(), "wording", json!({ "locale": "en" }))
            .to_string(),
    ] {
        assert_eq!(collector.post(body).await.status, 201);
    }
    collector.stop().await;
    let store = store(&folder).await;
    let facts: Vec<_> = store.facts(SITE, "prompt").await.unwrap();
    let told = |facts: &[say_so_collector::store::Facts]| -> Vec<_> {
        let told = facts.iter();
        told.map(|f| (f.variant.clone(), f.locale.clone(), f.messages, f.length, f.addresses, f.flagged)).collect()
    };
    let (a, b) = ("a".to_owned(), "b".to_owned());
    assert_eq!(told(&facts), [(a.clone(), None, 3, Some(5.0), 2, 0), (b.clone(), None, 2, Some(3.5), 1, 0)]);
    let locale = |locale: &str| Some(locale.to_owned());
    assert_eq!(
        told(&store.facts_by_locale(SITE, "prompt").await.unwrap()),
        [
            (a.clone(), locale("de"), 1, Some(11.0), 1, 0),
            (a, locale("en"), 2, Some(3.0), 1, 0),
            (b, locale("en"), 2, Some(3.5), 1, 0)
        ]
    );
}

#[tokio::test]
async fn a_made_up_past_is_written_once_and_marked() {
    let folder = tempdir().unwrap();
    let file = format!("{}/../www/say-so.json", env!("CARGO_MANIFEST_DIR"));
    let url = database(&folder);
    let sample = async || {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_say-so"));
        command.args(["sample", "--database", &url, "--site-file", &file]);
        let output = command.output().await.unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(sample().await, "first-words\n");
    let store = store(&folder).await;
    let before = store.tallies("127.0.0.1", "first-words").await.unwrap();
    assert!(before.len() > 200, "{}", before.len());
    let yesterday = today().yesterday().unwrap().to_string();
    let until = store.made_up_until("127.0.0.1", "first-words").await.unwrap();
    // Midnight may pass while this runs.
    assert!(until.as_ref().is_some_and(|until| *until <= yesterday), "{until:?}");
    assert_eq!(before.iter().map(|tally| tally.day.clone()).max(), until);
    assert_eq!(store.made_up_until(SITE, "prompt").await.unwrap(), None);
    assert_eq!(sample().await, "");
    assert_eq!(store.tallies("127.0.0.1", "first-words").await.unwrap(), before);
}
