//! Signing in to the inbox, and out of it.

use std::time::Duration;

use say_so_collector::options::Options;
use sqlx::AnyPool;
use tempfile::tempdir;
use tokio::time::timeout;

use crate::{
    databases::{database, look_into},
    inbox::{cookie, form},
    running::{Answer, Running, TOKEN, answer, options},
};

/// What the inbox answers to that cookie.
async fn status(collector: &Running, cookie: &str) -> u16 {
    answer(collector.request("GET", "/inbox").header("cookie", cookie)).await.status
}

async fn press(collector: &Running, path: &str, cookie: &str) -> Answer {
    answer(collector.request("POST", path).header("cookie", cookie)).await
}

/// Sets the times of every sign-in in the database, to so many seconds ago.
async fn age(store: &AnyPool, created: i64, seen: i64) {
    let ago = |seconds: i64| format!("{:.3}", jiff::Timestamp::now() - Duration::from_secs(seconds.cast_unsigned()));
    let update = sqlx::query("update session set created = $1, seen = $2");
    update.bind(ago(created)).bind(ago(seen)).execute(store).await.unwrap();
}

/// When the browser was seen last.
async fn seen(store: &AnyPool) -> String {
    sqlx::query_scalar("select seen from session").fetch_one(store).await.unwrap()
}

/// Waits until it is noted that the browser was seen, which no answer waits for.
async fn noted(store: &AnyPool, before: &str) {
    let noted = async {
        while seen(store).await == before {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(60), noted).await.expect("it is noted");
}

#[tokio::test]
async fn a_link_works_once_and_holds_no_token() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let link = collector.link.clone();
    assert!(link.starts_with("/inbox/sign-in?code=") && !link.contains(TOKEN), "{link}");
    assert_eq!(answer(collector.request("HEAD", &link)).await.header("set-cookie"), "", "a look is no sign-in");
    let entered = collector.get(&link).await;
    assert_eq!((entered.status, entered.header("location")), (303, "../inbox"));
    assert_eq!(status(&collector, &cookie(&entered)).await, 200);
    let again = collector.get(&link).await;
    assert_eq!((again.status, again.header("set-cookie")), (403, ""));
    assert!(again.body.contains("This link was used"), "{again:?}");
    // The token opens nothing from an address, which proxies log.
    for path in ["/inbox", "/inbox/sign-in"] {
        let answer = collector.get(&format!("{path}?token={TOKEN}")).await;
        assert!(answer.status != 200 && answer.header("set-cookie").is_empty(), "{answer:?}");
        assert!(!answer.header("location").contains(TOKEN) && !answer.body.contains(TOKEN), "{answer:?}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn wrong_tokens_are_limited_and_the_right_one_always_opens() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for wrong in ["", "x", "a-token-for-the-test", "A-TOKEN-FOR-THE-TESTS", "", "", "", ""] {
        let answer = collector.sign_in(wrong).await;
        assert_eq!((answer.status, answer.header("set-cookie")), (403, ""), "{wrong}");
        assert!(answer.body.contains("That is not the inbox's token"), "{answer:?}");
    }
    for _ in 8..10 {
        assert_eq!(collector.get("/inbox/sign-in?code=guess").await.status, 403);
    }
    let busy = collector.sign_in("guess").await;
    assert_eq!((busy.status, busy.header("set-cookie")), (429, ""));
    assert!(busy.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0));
    assert!(busy.body.contains("too many wrong ones were tried"), "{busy:?}");
    let program = collector.request("POST", "/inbox/sign-in").header("accept", "application/json");
    let busy = answer(form(program, "token=guess")).await;
    assert_eq!((busy.status, busy.json()["error"]["code"].as_str()), (429, Some("too_many")));
    assert!(busy.header("retry-after").parse::<u64>().is_ok_and(|wait| wait > 0), "{busy:?}");
    assert_eq!(collector.sign_in(TOKEN).await.status, 303, "nobody locks the owner out");
    assert_eq!(collector.get(&collector.link).await.status, 303);
    collector.stop().await;
}

#[tokio::test]
async fn who_signs_out_is_out() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let [here, there] = [cookie(&collector.sign_in(TOKEN).await), cookie(&collector.sign_in(TOKEN).await)];
    let left = press(&collector, "/inbox/sign-out", &here).await;
    let set = left.header("set-cookie");
    assert!(left.status == 303 && set.starts_with("say-so-inbox=; ") && set.ends_with("Max-Age=0"), "{left:?}");
    assert_eq!([status(&collector, &here).await, status(&collector, &there).await], [401, 200]);

    let [here, elsewhere] = [cookie(&collector.sign_in(TOKEN).await), cookie(&collector.sign_in(TOKEN).await)];
    let stranger = press(&collector, "/inbox/sign-out-everywhere", "say-so-inbox=x").await;
    assert_eq!((stranger.status, status(&collector, &there).await), (303, 200), "a stranger signs nobody out");
    let foreign = collector.request("POST", "/inbox/sign-out-everywhere").header("sec-fetch-site", "cross-site");
    assert_eq!(answer(foreign.header("cookie", &here)).await.status, 403);
    assert_eq!(status(&collector, &there).await, 200);
    press(&collector, "/inbox/sign-out-everywhere", &here).await;
    for cookie in [&here, &there, &elsewhere] {
        assert_eq!(status(&collector, cookie).await, 401);
    }
    collector.stop().await;
}

#[tokio::test]
async fn signing_in_again_ends_what_the_browser_had() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let first = cookie(&collector.sign_in(TOKEN).await);
    let request = collector.request("POST", "/inbox/sign-in").header("cookie", &first);
    let second = cookie(&answer(form(request, &format!("token={TOKEN}"))).await);
    assert_ne!(first, second);
    assert_eq!([status(&collector, &first).await, status(&collector, &second).await], [401, 200]);
    // Nobody chooses the value of another's cookie.
    let request = collector.request("POST", "/inbox/sign-in").header("cookie", "say-so-inbox=chosen");
    let third = cookie(&answer(form(request, &format!("token={TOKEN}"))).await);
    assert_ne!(third, "say-so-inbox=chosen");
    assert_eq!(status(&collector, "say-so-inbox=chosen").await, 401);
    collector.stop().await;
}

#[tokio::test]
async fn a_sign_in_ends_after_a_silent_day_and_after_thirty() {
    const HOUR: i64 = 60 * 60;
    const DAY: i64 = 24 * HOUR;
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let collector = Running::start(options(&address)).await;
    let store = look_into(&address).await;
    let cookie = cookie(&collector.sign_in(TOKEN).await);
    for (created, last, answered) in
        [(29 * DAY, 0, 200), (DAY, 23 * HOUR, 200), (2 * DAY, 25 * HOUR, 401), (31 * DAY, 0, 401)]
    {
        age(&store, created, last).await;
        let before = seen(&store).await;
        assert_eq!(status(&collector, &cookie).await, answered, "{created} {last}");
        if answered == 200 && last > 0 {
            noted(&store, &before).await;
        }
    }
    store.close().await;
    collector.stop().await;
}

#[tokio::test]
async fn that_a_browser_was_seen_is_noted_once_a_minute() {
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let collector = Running::start(options(&address)).await;
    let store = look_into(&address).await;
    let cookie = cookie(&collector.sign_in(TOKEN).await);
    age(&store, 3_600, 3_600).await;
    let before = seen(&store).await;
    status(&collector, &cookie).await;
    noted(&store, &before).await;
    // What is noted is written in turn, so this would be seen behind a later mark.
    age(&store, 3_600, 30).await;
    let before = seen(&store).await;
    assert_eq!(status(&collector, &cookie).await, 200);
    let reference = collector.post(crate::running::golden("words")).await.json()["reference"].to_string();
    press(&collector, "/inbox/useful", &format!("{cookie}; x={reference}")).await;
    assert_eq!(seen(&store).await, before, "not twice in a minute");
    store.close().await;
    collector.stop().await;
}

#[tokio::test]
async fn the_database_has_no_cookie_and_another_token_ends_all() {
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let collector = Running::start(options(&address)).await;
    let cookie = cookie(&collector.sign_in(TOKEN).await);
    let value = cookie.strip_prefix("say-so-inbox=").unwrap();
    assert!(value.len() == 40 && value.bytes().all(|byte| byte.is_ascii_hexdigit()), "160 random bits: {value}");
    let store = look_into(&address).await;
    let marks: Vec<String> = sqlx::query_scalar("select mark from session").fetch_all(&store).await.unwrap();
    assert!(marks.len() == 1 && marks[0].len() == 64 && !marks[0].contains(value), "{marks:?}");
    store.close().await;
    collector.stop().await;

    let collector = Running::start(options(&address)).await;
    assert_eq!(status(&collector, &cookie).await, 200, "it holds after a restart");
    collector.stop().await;
    let collector =
        Running::start(Options { inbox_token: Some("another-token-for-it".to_owned()), ..options(&address) }).await;
    assert_eq!(status(&collector, &cookie).await, 401, "it holds for its token alone");
    collector.stop().await;
}
