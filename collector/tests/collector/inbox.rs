//! The inbox: who gets in, and what stands in it.

use reqwest::RequestBuilder;
use say_so_collector::{Inbox, options::Options};
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    databases::{database, look_into},
    running::{Answer, Running, TOKEN, answer, edited, golden, message, options},
};

/// The cookie that an answer sets: its name and value.
pub fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

pub fn form(request: RequestBuilder, body: &str) -> RequestBuilder {
    request.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned())
}

/// The inbox as someone sees it who has the token.
pub async fn read(collector: &Running, path: &str) -> String {
    let (status, body) = answered(collector, path).await;
    assert_eq!(status, 200, "{body}");
    body
}

/// The status and the page that somebody gets who has the token.
pub async fn answered(collector: &Running, path: &str) -> (u16, String) {
    let cookie = cookie(&collector.sign_in(TOKEN).await);
    let answer = answer(collector.request("GET", path).header("cookie", cookie)).await;
    (answer.status, answer.body)
}

#[tokio::test]
async fn without_the_token_nothing_is_shown() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    collector.post(golden("words")).await;
    for cookie in ["", "say-so-inbox=", "say-so-inbox=9999999999.x", &format!("say-so-inbox={TOKEN}"), "say-so-inbox=."]
    {
        let answer = answer(collector.request("GET", "/inbox").header("cookie", cookie)).await;
        assert_eq!(answer.status, 401, "{cookie}");
        assert!(!answer.body.contains("Leeds") && answer.body.contains("action=\"inbox/sign-in\""), "{answer:?}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn the_token_opens_the_inbox() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    collector.post(golden("words")).await;
    let entered = collector.sign_in(TOKEN).await;
    assert_eq!((entered.status, entered.header("location")), (303, "../inbox"));
    let set = entered.header("set-cookie");
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Max-Age=2592000"), "{set}");
    assert!(!set.contains("Path="), "the browser takes the path that it asked at: {set}");
    assert!(!set.contains(TOKEN) && set.starts_with("say-so-inbox="), "{set}");
    let inside = answer(collector.request("GET", "/inbox").header("cookie", cookie(&entered))).await;
    assert_eq!(inside.status, 200);
    assert!(inside.body.contains("My parcel to Leeds is five days late.\nNobody answers the phone."));

    let left = answer(collector.request("POST", "/inbox/sign-out").header("cookie", cookie(&entered))).await;
    assert!(
        left.header("set-cookie").starts_with("say-so-inbox=; ") && left.header("set-cookie").ends_with("Max-Age=0")
    );
    collector.stop().await;
}

#[tokio::test]
async fn a_form_has_at_most_4_096_bytes() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (path, start) in [("/inbox/sign-in", "token="), ("/inbox/useful", "reference=")] {
        for (length, small) in [(4_096, true), (4_097, false)] {
            let body = start.to_owned() + &"x".repeat(length - start.len());
            let answer = answer(form(collector.request("POST", path), &body)).await;
            assert_eq!(answer.status != 413, small, "{path} {length}: {answer:?}");
        }
    }
    collector.stop().await;
}

#[tokio::test]
async fn the_first_start_makes_a_token_and_stores_its_hash_alone() {
    let folder = tempdir().unwrap();
    let options = Options { inbox_token: None, ..options(&database(&folder)) };
    let collector = Running::start(options.clone()).await;
    let Inbox::New(token) = collector.inbox.clone() else { panic!("{:?}", collector.inbox) };
    assert!(token.len() == 40 && token.bytes().all(|b| b.is_ascii_hexdigit()), "160 bits");
    assert_eq!(collector.sign_in(&token).await.status, 303);
    let store = look_into(&options.database.url).await;
    let values: Vec<String> = sqlx::query_scalar("select value from secret").fetch_all(&store).await.unwrap();
    assert_eq!(values.len(), 2);
    assert!(!values.contains(&token));
    collector.stop().await;

    let collector = Running::start(options).await;
    assert_eq!(collector.inbox, Inbox::Known);
    assert_eq!(collector.sign_in(&token).await.status, 303, "it holds after a restart");
    collector.stop().await;
}

#[tokio::test]
async fn a_new_token_ends_the_one_before_it() {
    let folder = tempdir().unwrap();
    let options = Options { inbox_token: None, ..options(&database(&folder)) };
    let collector = Running::start(options.clone()).await;
    let Inbox::New(old) = collector.inbox.clone() else { panic!("{:?}", collector.inbox) };
    let cookie = cookie(&collector.sign_in(&old).await);
    let inside = || answer(collector.request("GET", "/inbox").header("cookie", &cookie));
    assert_eq!(inside().await.status, 200);
    let command = tokio::process::Command::new(env!("CARGO_BIN_EXE_say-so"))
        .args(["token", "--database", &options.database.url])
        .output()
        .await
        .unwrap();
    let new = String::from_utf8(command.stdout).unwrap().trim().to_owned();
    assert_eq!(inside().await.status, 401, "who signed in with the old one is out");
    assert_eq!(collector.sign_in(&old).await.status, 403);
    assert_eq!(collector.sign_in(&new).await.status, 303);
    collector.stop().await;
}

#[tokio::test]
async fn behind_tls_the_cookie_is_the_host_s() {
    let folder = tempdir().unwrap();
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let collector = Running::start(Options { proxies, ..options(&database(&folder)) }).await;
    let request = collector.request("POST", "/inbox/sign-in").header("x-forwarded-proto", "https");
    let entered = answer(form(request, &format!("token={TOKEN}"))).await;
    let set = entered.header("set-cookie");
    assert!(
        set.starts_with("__Host-say-so-inbox=") && set.contains("; HttpOnly; SameSite=Strict; Secure; Path=/"),
        "{set}"
    );
    let inside =
        collector.request("GET", "/inbox").header("x-forwarded-proto", "https").header("cookie", cookie(&entered));
    assert_eq!(answer(inside).await.status, 200);
    collector.stop().await;
}

#[tokio::test]
async fn other_websites_stay_out() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for path in ["/inbox", "/inbox/inbox.css", &*collector.link, "/inbox/sign-in?code=wrong"] {
        let answer = answer(collector.request("GET", path).header("origin", "https://shop.example")).await;
        let policy = answer.header("content-security-policy");
        for rule in ["default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
    for site in ["cross-site", "same-site"] {
        let foreign = collector.request("POST", "/inbox/sign-in").header("sec-fetch-site", site);
        assert_eq!(answer(form(foreign, &format!("token={TOKEN}"))).await.status, 403, "{site}");
    }
    let own = collector.request("POST", "/inbox/sign-in").header("sec-fetch-site", "same-origin");
    assert_eq!(answer(form(own, &format!("token={TOKEN}"))).await.status, 303);
    collector.stop().await;
}

#[tokio::test]
async fn a_message_stands_there_with_all_that_came() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    collector.post(golden("click")).await;
    let reference = collector.post(golden("words")).await.json()["reference"].as_str().unwrap().to_owned();
    let page = read(&collector, "/inbox").await;
    for part in [
        reference.as_str(),
        "Complaint",
        "Priya",
        "mailto:priya%40example.com",
        "<strong>Wants a reply</strong>",
        "24 November 2026, 17:00 UTC",
        "Dana",
        "https://shop.example/orders\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"",
        "Your orders – Shop",
        "experiment",
        "prompt",
        "<dt><code>order</code></dt>",
        "A-1042",
        "390 × 844",
        "42.2 s",
        "1 earlier version",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("Perhaps from a program") && !page.contains("bare click"));
    assert!(!page.contains("Made up for this demonstration") && !page.contains("Written while looking at"));
    collector.post(golden("words-trapped")).await;
    assert!(read(&collector, "/inbox").await.contains("Perhaps from a program"));
    collector.stop().await;
}

#[tokio::test]
async fn white_space_around_words_is_not_shown() {
    let folder = tempdir().unwrap();
    let address = database(&folder);
    let collector = Running::start(options(&address)).await;
    let mut body: serde_json::Value = serde_json::from_str(&golden("words")).unwrap();
    body["message"] = "\n\u{a0} Late again.\n\n".into();
    body["contact"]["name"] = " Ada B ".into();
    let body = body.to_string();
    assert_eq!(collector.post(body.clone()).await.status, 201);
    assert_eq!(collector.post(body).await.status, 200, "the same bytes again");
    let page = read(&collector, "/inbox").await;
    assert!(page.contains("<bdi dir=\"auto\">Late again.</bdi>"), "{page}");
    assert!(page.contains(">Ada B<"), "{page}");
    let store = look_into(&address).await;
    let length: i64 = sqlx::query_scalar("select length from message").fetch_one(&store).await.unwrap();
    assert_eq!(length, 11, "nor is it counted");
    store.close().await;
    collector.stop().await;
}

#[tokio::test]
async fn words_that_do_not_count_are_marked() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    collector.post(message(1).replace("42250}", "1240}")).await;
    let hasty = "Perhaps from a program: the words came 1.2 s after the panel was opened.";
    assert!(read(&collector, "/inbox").await.contains(hasty));
    let looked = message(2).replace("\"plan\":\"family\"", "\"say-so.preview\":\"prompt:<b>\"");
    assert_eq!(collector.post(looked).await.status, 201);
    let page = read(&collector, "/inbox").await;
    let looking = "Written while looking at <bdi dir=\"auto\">prompt:&lt;b&gt;</bdi>, and not counted.";
    assert!(page.contains(looking), "{page}");
    collector.stop().await;
}

/// Texts that would act where they are taken for more than text; a browser shows them in `tests/browsers/hostile.rs`.
const HOSTILE: &str = include_str!("../../../tests/golden/hostile.json");

#[tokio::test]
async fn hostile_text_can_only_be_read() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    collector.post(golden("words-hostile")).await;
    let texts: Vec<String> = serde_json::from_str(HOSTILE).unwrap();
    for (number, text) in texts.iter().enumerate() {
        let mut body: Value = serde_json::from_str(&message(number as u32)).unwrap();
        let short = |most| text.chars().take(most).collect::<String>();
        body["message"] = json!(text);
        body["contact"]["name"] = json!(short(100));
        body["promise"]["person"] = json!(short(100));
        body["page"]["title"] = json!(text);
        body["page"]["url"] = json!(["javascript:ran(1)", "https://shop.example/\"onload=1"][number % 2]);
        body["wording"] = json!({ "locale": "en", "experiment": short(64), "variant": short(64) });
        body["custom"] = json!({ "order": short(500) });
        let answer = collector.post(body.to_string()).await;
        assert_eq!(answer.status, 201, "{text}: {answer:?}");
    }
    let (mut next, mut pages) = (Some("/inbox".to_owned()), String::new());
    while let Some(path) = next {
        let page = read(&collector, &path).await;
        // As many isolated pieces are closed as are opened.
        assert_eq!(page.matches("<bdi").count(), page.matches("</bdi>").count());
        next = page.split_once("rel=\"next\" href=\"").map(|(_, rest)| format!("/{}", rest.split('"').next().unwrap()));
        pages += &page;
    }
    assert_eq!(pages.matches("<article").count(), texts.len() + 1);
    let lower = pages.to_lowercase();
    for bad in ["<script", "<img", "<iframe", "<svg/", "<style", "<!--", "href=\"javascript", "\"onload", "\"onerror"] {
        assert!(!lower.contains(bad), "{bad} is in {pages}");
    }
    let acts = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert_eq!(pages.chars().find(|&c| acts(c)), None);
    assert!(pages.contains("&lt;img src=nowhere onerror=ran('img')&gt;"), "{pages}");
    assert!(pages.contains("U+202E") && pages.contains("U+0000"));
    collector.stop().await;
}

#[tokio::test]
async fn the_newest_stands_first_and_kinds_can_be_chosen() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for name in ["words", "words-anonymous", "words-hostile"] {
        collector.post(golden(name)).await;
    }
    let at = |page: &str, text: &str| page.find(text);
    let (old, middle, new) = ("Leeds", "man at the counter", "U+202E");
    let page = read(&collector, "/inbox").await;
    assert!(at(&page, new) < at(&page, middle) && at(&page, middle) < at(&page, old) && at(&page, new).is_some());
    let page = read(&collector, "/inbox?kind=praise").await;
    assert!(at(&page, middle).is_some() && at(&page, old).is_none() && at(&page, new).is_none());
    assert!(page.contains("href=\"inbox?kind=praise\" aria-current=\"page\""), "{page}");
    assert!(read(&collector, "/inbox?kind=flagged").await.contains("Nothing that came in is flagged."));
    collector.post(golden("words-trapped")).await;
    let flagged = read(&collector, "/inbox?kind=flagged").await;
    assert!(flagged.matches("<article").count() == 1 && flagged.contains("Perhaps from a program"), "{flagged}");
    assert!(flagged.contains("aria-current=\"page\">Flagged <span class=\"count\">1<"), "{flagged}");
    // An edit brings a message to the top, under its new kind; what comes late changes nothing.
    collector.post(golden("words-edited")).await;
    collector.post(golden("click")).await;
    let page = read(&collector, "/inbox").await;
    assert!(at(&page, "Tell us when a parcel is late.") < at(&page, new));
    assert!(!read(&collector, "/inbox?kind=complaint").await.contains("parcel"));
    let nothing = read(&collector, "/inbox?kind=complaint").await;
    assert!(nothing.contains("Nothing of this kind has come in yet."));
    collector.stop().await;
}

#[tokio::test]
async fn older_messages_stand_on_further_pages() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for number in 0..65 {
        assert_eq!(
            collector.post(edited("words", "8f14e45fceea167a5a36dedd4bea2543", &format!("{number:032x}"))).await.status,
            201
        );
    }
    let cookie = cookie(&collector.sign_in(TOKEN).await);
    let mut path = "/inbox?kind=complaint".to_owned();
    let mut ids = Vec::new();
    let mut pages = 0;
    loop {
        let page = answer(collector.request("GET", &path).header("cookie", &cookie)).await.body;
        let found = page.split("<dt>Message</dt><dd><code>").skip(1).map(|rest| rest[..32].to_owned());
        ids.extend(found);
        pages += 1;
        let Some((_, next)) = page.split_once("rel=\"next\" href=\"") else { break };
        path = format!("/{}", next.split('"').next().unwrap().replace("&amp;", "&"));
    }
    let expected: Vec<String> = (0..65).rev().map(|number| format!("{number:032x}")).collect();
    assert_eq!((pages, ids), (3, expected));
    collector.stop().await;
}

#[tokio::test]
async fn nonsense_in_the_address_is_no_failure() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for path in [
        "/inbox?kind=rant",
        "/inbox?before=x",
        "/inbox?before=~~",
        "/inbox?x=1",
        "/inbox?kind=",
        "/inbox?before=%00~%00~%00",
    ] {
        read(&collector, path).await;
    }
    collector.stop().await;
}
