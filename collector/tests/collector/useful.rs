//! The mark "Useful" in the inbox.

use say_so_collector::store::Store;
use tempfile::tempdir;

use crate::{
    databases::database,
    running::{Answer, Running, TOKEN, answer, golden, message, options},
};

/// Posts the button's form as a browser does that is signed in.
async fn press(collector: &Running, cookie: &str, site: &str, body: &str) -> Answer {
    let post = collector.request("POST", "/inbox/useful").header("content-type", "application/x-www-form-urlencoded");
    answer(post.header("cookie", cookie).header("sec-fetch-site", site).body(body.to_owned())).await
}

async fn sign_in(collector: &Running) -> String {
    let entered = collector.sign_in(TOKEN).await;
    entered.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn page(collector: &Running, cookie: &str, path: &str) -> String {
    answer(collector.request("GET", path).header("cookie", cookie)).await.body
}

#[tokio::test]
async fn it_is_set_by_a_click_and_taken_away_by_another() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let reference = collector.post(golden("words")).await.json()["reference"].as_str().unwrap().to_owned();
    collector.post(message(2)).await;
    let cookie = sign_in(&collector).await;
    let pressed = async || page(&collector, &cookie, "/inbox").await.matches("aria-pressed=\"true\"").count();
    assert_eq!(pressed().await, 0);
    let form = |useful: &str| format!("site=shop.example&reference={reference}&useful={useful}");
    for _ in 0..2 {
        let back = press(&collector, &cookie, "same-origin", &form("yes")).await;
        assert_eq!((back.status, back.header("location")), (303, format!("../inbox#{reference}").as_str()));
        assert_eq!(pressed().await, 1, "a click that is posted twice changes nothing more");
    }
    let shown = page(&collector, &cookie, "/inbox").await;
    let article = shown.split("<article").find(|article| article.contains(&format!("id=\"{reference}\""))).unwrap();
    assert!(article.contains("value=\"no\" aria-pressed=\"true\""), "{article}");
    let store = Store::open(&database(&folder), std::time::Duration::from_secs(20)).await.unwrap();
    let facts = store.facts("shop.example", "prompt").await.unwrap();
    assert_eq!((facts[0].messages, facts[0].useful), (2, 1));
    // An edit doesn't take it away.
    collector.post(golden("words-edited")).await;
    assert_eq!(pressed().await, 1);
    press(&collector, &cookie, "same-origin", &form("no")).await;
    assert_eq!(pressed().await, 0);
    store.close().await;
    collector.stop().await;
}

#[tokio::test]
async fn it_leads_back_to_the_same_place() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for number in 0..35 {
        collector.post(message(number)).await;
    }
    let cookie = sign_in(&collector).await;
    let first = page(&collector, &cookie, "/inbox?kind=complaint").await;
    let next = first.split_once("rel=\"next\" href=\"").unwrap().1.split('"').next().unwrap().replace("&amp;", "&");
    let second = page(&collector, &cookie, &format!("/{next}")).await;
    let value = |name: &str| {
        let start = format!("name=\"{name}\" value=\"");
        second.split_once(&start).unwrap().1.split('"').next().unwrap().to_owned()
    };
    assert_eq!(value("kind"), "complaint");
    let form = format!(
        "site=shop.example&reference={}&useful=yes&kind=complaint&before={}",
        value("reference"),
        value("before")
    );
    let back = press(&collector, &cookie, "same-origin", &form).await;
    let place = back.header("location").strip_prefix("../").unwrap().to_owned();
    assert_eq!(place, format!("{next}#{}", value("reference")));
    assert!(page(&collector, &cookie, &format!("/{next}")).await.contains("aria-pressed=\"true\""));
    collector.stop().await;
}

#[tokio::test]
async fn who_is_not_signed_in_or_comes_from_elsewhere_marks_nothing() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let reference = collector.post(golden("words")).await.json()["reference"].as_str().unwrap().to_owned();
    let cookie = sign_in(&collector).await;
    let form = format!("site=shop.example&reference={reference}&useful=yes");
    let stranger = press(&collector, "", "same-origin", &form).await;
    assert_eq!(stranger.status, 401);
    assert!(stranger.body.contains("action=\"../inbox/sign-in\""), "{stranger:?}");
    for site in ["cross-site", "same-site"] {
        assert_eq!(press(&collector, &cookie, site, &form).await.status, 403, "{site}");
    }
    for nonsense in ["", "site=shop.example", &form.replace("=yes", "=perhaps")] {
        assert_eq!(press(&collector, &cookie, "same-origin", nonsense).await.status, 400, "{nonsense}");
    }
    // What a form could hold that is none of ours can only become an address.
    let hostile = "site=x&reference=%0d%0aset-cookie%3a+x%22&useful=yes&kind=rant&before=%0d~%22~%26";
    let back = press(&collector, &cookie, "same-origin", hostile).await;
    let location = back.header("location");
    assert_eq!(location, "../inbox?before=%0D~%22~%26#%0D%0Aset-cookie%3A%20x%22");
    assert!(!page(&collector, &cookie, "/inbox").await.contains("aria-pressed=\"true\""));
    collector.stop().await;
}
