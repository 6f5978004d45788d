//! Whatever is posted, the inbox stays a page that can be read.

use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    databases::database,
    running::{Running, golden, message, options},
};

/// The longest body of a message that is taken, of these texts: every field is as long as it may be, until the body is.
fn worst(number: u32, text: &str) -> String {
    let times = |most: usize| text.chars().cycle().take(most).collect::<String>();
    let mut body: Value = serde_json::from_str(&message(number)).unwrap();
    body["message"] = format!("a{}a", times(3_998)).into();
    body["contact"]["name"] = format!("a{}a", times(98)).into();
    body["promise"]["person"] = times(100).into();
    body["page"]["url"] = format!("https://shop.example/{}", times(2_027)).replace(['?', '#'], "x").into();
    body["page"]["title"] = times(300).into();
    body["wording"]["experiment"] = times(64).into();
    body["wording"]["variant"] = times(64).into();
    body["custom"] = json!({});
    for pair in 0..20 {
        let before = body.clone();
        body["custom"][format!("{pair:040}")] = times(500).into();
        if body.to_string().len() > 32 * 1024 {
            return before.to_string();
        }
    }
    body.to_string()
}

#[tokio::test]
async fn a_page_has_less_than_a_megabyte() {
    for text in
        ["&", "\"<", "\u{202e}", "a\u{202e}", "\u{300}", "a\u{200b}\u{300}\u{301}", "\n", "a\0", "\u{202e}\u{2066}\n"]
    {
        let folder = tempdir().unwrap();
        let collector = Running::start(options(&database(&folder))).await;
        for number in 0..40 {
            let answer = collector.post(worst(number, text)).await;
            assert_eq!(answer.status, 201, "{text:?}: {answer:?}");
        }
        let (mut path, mut shown) = ("/inbox".to_owned(), 0);
        let cookie = crate::inbox::cookie(&collector.sign_in(crate::running::TOKEN).await);
        loop {
            let page = crate::running::answer(collector.request("GET", &path).header("cookie", &cookie)).await.body;
            assert!(page.len() < 1_000_000, "{text:?}: {} bytes", page.len());
            shown += page.matches("<article").count();
            let Some((_, next)) = page.split_once("rel=\"next\" href=\"") else { break };
            path = format!("/{}", next.split('"').next().unwrap().replace("&amp;", "&"));
        }
        assert_eq!(shown, 40, "{text:?}: each stands there once");
        collector.stop().await;
    }
}

#[tokio::test]
async fn one_message_takes_no_more_room_than_others() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let mut body: Value = serde_json::from_str(&worst(1, "x\n")).unwrap();
    body["message"] = format!("a{}End.", "\n".repeat(3_000)).into();
    body["custom"].as_object_mut().unwrap().remove(&format!("{:040}", 19));
    body["custom"]["say-so.quote"] = "yes".into();
    body["page"]["url"] = format!("https://shop.example/{}last", "x".repeat(1_000)).into();
    assert_eq!(collector.post(body.to_string()).await.status, 201);
    let page = crate::inbox::read(&collector, "/inbox").await;
    assert!(!page.contains("End.") && page.contains("The rest of it"), "{page}");
    assert!(!page.contains("last</bdi>") && page.contains("</bdi></a> …"), "{page}");
    let (open, folded) = page.split_once("<details").unwrap();
    assert_eq!(open.matches("<dt><code>").count(), 6);
    assert!(folded.matches("<dt><code>").count() > 6 && open.contains("May be quoted by name"), "{page}");
    let link = page.split("href=\"").find(|link| link.starts_with("inbox/message?")).unwrap();
    let whole =
        crate::inbox::read(&collector, &format!("/{}", link.split('"').next().unwrap().replace("&amp;", "&"))).await;
    assert!(whole.contains("End.") && whole.contains("last</bdi>") && !whole.contains("The rest of it"), "{whole}");
    collector.stop().await;
}

#[tokio::test]
async fn earlier_versions_are_shown_when_asked_for() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for name in ["click", "words", "words-edited"] {
        assert_eq!(collector.post(golden(name)).await.status, 201);
    }
    let page = crate::inbox::read(&collector, "/inbox").await;
    assert!(page.contains("2 earlier versions") && !page.contains("Leeds"), "{page}");
    let reference = collector.post(golden("words")).await.json()["reference"].as_str().unwrap().to_owned();
    let path = format!("/inbox/message?site=shop.example&reference={reference}");
    let page = crate::inbox::read(&collector, &path).await;
    for part in ["Tell us when a parcel is late.", "Its earlier versions", "Leeds", "A bare click, without words."] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let answer = collector.get(&path).await;
    assert!(answer.status == 401 && !answer.body.contains("Leeds"), "{answer:?}");
    let cookie = crate::inbox::cookie(&collector.sign_in(crate::running::TOKEN).await);
    for (query, status) in [
        (format!("?site=shop.example&reference={reference}x"), 404),
        (format!("?site=blog.example&reference={reference}"), 404),
        ("?site=%00&reference=%00".to_owned(), 404),
        ("?site=shop.example".to_owned(), 400),
        (String::new(), 400),
    ] {
        let get = collector.request("GET", &format!("/inbox/message{query}")).header("cookie", &cookie);
        assert_eq!(crate::running::answer(get).await.status, status, "{query}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn the_counts_are_of_all_sites_and_follow_what_goes() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let counts = async || {
        let page = crate::inbox::read(&collector, "/inbox").await;
        let counts = page.split("<span class=\"count\">").skip(1);
        counts.map(|count| count.split('<').next().unwrap().parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(counts().await, [0, 0, 0, 0, 0]);
    collector.post(message(1)).await;
    collector.post(message(2).replace("\"site\":\"shop.example\"", "\"site\":\"blog.example\"")).await;
    collector.post(message(3).replace("complaint", "praise").replace("42250}", "1240}")).await;
    assert_eq!(counts().await, [3, 2, 1, 0, 1]);
    collector.post(message(3).replace("\"revision\":1", "\"revision\":2")).await;
    assert_eq!(counts().await, [3, 3, 0, 0, 0], "an edit changes the kind, and what is flagged");
    let receipt = collector.post(golden("words")).await.json();
    assert_eq!(counts().await, [4, 4, 0, 0, 0]);
    collector.withdraw(crate::running::withdrawal("words", receipt["key"].as_str().unwrap())).await;
    assert_eq!(counts().await, [3, 3, 0, 0, 0]);
    collector.stop().await;
}
