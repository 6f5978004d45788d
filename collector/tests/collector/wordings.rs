//! The report on wordings: the page and the command, of a collector that has counted.

use std::{fs, path::Path};

use serde_json::Value;
use sqlx::AnyPool;
use tempfile::{TempDir, tempdir};
use tokio::process::Command;

use crate::{
    databases::{database, look_into, on_a_server},
    inbox::{answered, read},
    running::{Running, options},
};

/// Counts of ten days: so many openings and answers on each.
async fn put(pool: &AnyPool, site: &str, experiment: &str, variant: &str, locale: &str, opened: i64, sent: i64) {
    for day in 11..=20 {
        for (step, count) in [("opened", opened), ("chosen", opened / 2), ("sent", sent), ("left", opened - sent)] {
            sqlx::query("insert into counter values ($1, $2, $3, $4, $5, $6, $7)")
                .bind(site)
                .bind(experiment)
                .bind(variant)
                .bind(locale)
                .bind(format!("2026-11-{day}"))
                .bind(step)
                .bind(count)
                .execute(pool)
                .await
                .unwrap();
        }
    }
}

/// A database in which the wording “short” is better than “as-ever”.
async fn better(folder: &TempDir) {
    let pool = look_into(&database(folder)).await;
    put(&pool, "shop.example", "titles", "short", "en", 60, 18).await;
    put(&pool, "shop.example", "titles", "short", "de", 40, 12).await;
    put(&pool, "shop.example", "titles", "as-ever", "en", 60, 12).await;
    put(&pool, "shop.example", "titles", "as-ever", "de", 40, 8).await;
    pool.close().await;
}

/// What the command prints, and whether it succeeds.
async fn wordings(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    if let Some(address) = on_a_server(folder) {
        command.env("SAY_SO_DATABASE", address);
    }
    let output = command.arg("wordings").args(arguments).current_dir(folder).output().await.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

/// A page without its tags.
fn words(page: &str) -> String {
    let pieces = page.split('<').skip(1).filter_map(|piece| piece.split_once('>'));
    pieces.map(|(_, text)| text).collect()
}

#[tokio::test]
async fn the_page_and_the_command_say_the_same() {
    let folder = tempdir().unwrap();
    let file = r#"{ "wording": { "en": { "title": "How did we do?" } }, "experiments": [{ "id": "titles", "variants": [
        { "id": "as-ever" }, { "id": "short", "wording": { "en": { "title": "Well?", "done": "Bye" } } }] }] }"#;
    fs::write(folder.path().join("site.json"), file).unwrap();
    let mut options = options(&database(&folder));
    options.sites.files = vec![folder.path().join("site.json").display().to_string().parse().unwrap()];
    let collector = Running::start(options).await;
    better(&folder).await;
    let page = read(&collector, "/inbox/wordings").await;
    let text = wordings(folder.path(), &["--site-file", "site.json"]).await.unwrap();
    let json = wordings(folder.path(), &["--site-file", "shop.example=site.json", "--json"]).await.unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    let sentence = "Wording “short” brings more answers: between 4 and 16 points more. You can stop now.";
    assert_eq!(json[0]["sentence"], sentence);
    assert!(text.contains(sentence), "{text}");
    assert!(words(&page).contains(sentence), "{page}");
    // The numbers too, and in the order of the file.
    let line = text.lines().find(|line| line.starts_with("as-ever ")).unwrap();
    let numbers: Vec<&str> = line.split("  ").map(str::trim).filter(|part| !part.is_empty()).skip(1).collect();
    assert_eq!(numbers.len(), 5, "{line}");
    let table = words(page.split_once("id=\"rates\"").unwrap().1.split_once("</table>").unwrap().0);
    for number in numbers {
        assert!(table.contains(&number.replace(" and ", " to ")), "{number} is not in {table}");
    }
    assert_eq!((&json[0]["variants"][0]["id"], &json[0]["shares"]), (&"as-ever".into(), &"file".into()));
    // What visitors read: the wording’s own sentences, and where it has none the site’s and then the catalog’s.
    for sentence in ["Well?", "Bye", "How did we do?", "Close"] {
        assert!(words(&page).contains(sentence), "{sentence} is not in {page}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn the_words_are_those_that_visitors_of_each_language_saw() {
    let folder = tempdir().unwrap();
    let file = r#"{ "wording": { "de": { "close": "Zumachen" } }, "experiments": [{ "id": "titles", "variants": [
        { "id": "as-ever" }, { "id": "short", "wording": {
            "de": { "title": "Na?", "close": "Weg" }, "ar": { "title": "نعم؟" }, "ja": { "title": "どう？" } } }] }] }"#;
    fs::write(folder.path().join("site.json"), file).unwrap();
    let mut options = options(&database(&folder));
    options.sites.files = vec![folder.path().join("site.json").display().to_string().parse().unwrap()];
    let collector = Running::start(options).await;
    let pool = look_into(&database(&folder)).await;
    for (locale, opened) in [("de", 50), ("ar", 40), ("sv", 30), ("xx", 20)] {
        put(&pool, "shop.example", "titles", "short", locale, opened, 3).await;
        put(&pool, "shop.example", "titles", "as-ever", locale, opened, 3).await;
    }
    pool.close().await;
    // Of each language its tag, direction and sentences.
    let part = |page: &str| page.split_once("id=\"words\"").unwrap().1.split_once("</section>").unwrap().0.to_owned();
    let tags = |part: &str| {
        let tags = part.split("<h3>").skip(1).map(|tag| tag.split('<').next().unwrap().to_owned());
        tags.collect::<Vec<_>>()
    };
    let all = part(&read(&collector, "/inbox/wordings").await);
    assert_eq!(tags(&all), ["de", "ar", "sv", "ja"], "by openings; those with words of their own alone come last");
    let [_, de, ar, sv, ja] = all.split("<h3>").collect::<Vec<_>>()[..] else { panic!("{all}") };
    for (language, attributes, sentences) in [
        (de, r#"lang="de" dir="ltr""#, &["Na?", "Was möchten Sie uns sagen?", "Weg", "Zumachen"][..]),
        (ar, r#"lang="ar" dir="rtl""#, &["نعم؟", "ماذا يدور في بالك؟"]),
        (sv, r#"lang="sv" dir="ltr""#, &["Vad har du på hjärtat?", "Stäng"]),
        (ja, r#"lang="ja" dir="ltr""#, &["どう？"]),
    ] {
        assert_eq!(language.matches(attributes).count(), 2, "{language}");
        for sentence in sentences {
            assert!(words(language).contains(sentence), "{sentence} is not in {language}");
        }
    }
    assert!(!words(ar).contains("close"), "no wording says anything else there: {ar}");
    let one = part(&read(&collector, "/inbox/wordings?locale=ar").await);
    assert_eq!(tags(&one), ["ar"]);
    collector.stop().await;
}

#[tokio::test]
async fn nobody_sees_it_without_the_token() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    better(&folder).await;
    let answer = collector.get("/inbox/wordings?site=shop.example&experiment=titles").await;
    assert_eq!(answer.status, 401);
    assert!(!answer.body.contains("titles") && answer.body.contains("action=\"../inbox/sign-in\""), "{answer:?}");
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    collector.stop().await;
}

#[tokio::test]
async fn before_anything_is_counted_it_says_what_to_do() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let page = words(&read(&collector, "/inbox/wordings").await);
    let text = wordings(folder.path(), &[]).await.unwrap();
    for said in [page, text] {
        for word in ["Nothing was counted yet.", "/v1/counts", "experiments", "counts"] {
            assert!(said.contains(word), "{word} is not in {said}");
        }
    }
    assert_eq!(wordings(folder.path(), &["--json"]).await.unwrap(), "[]\n");
    assert_eq!(wordings(folder.path(), &["--csv"]).await.unwrap().lines().count(), 1);
    collector.stop().await;
}

#[tokio::test]
async fn hostile_names_can_only_be_read() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let pool = look_into(&database(&folder)).await;
    let names = ["\"><script>alert(1)</script>", "<svg onload=alert(1)>", "a&locale=b#c\u{202e}\u{1b}[2J"];
    for (number, experiment) in names.into_iter().enumerate() {
        // All three stand in the first sentence too, since each is better than another.
        for (variant, locale, sent) in [(names[0], "en", 10), (names[1], "de", 30), (names[2], "en", 60)] {
            put(&pool, "shop.example", experiment, variant, locale, 100, sent + number as i64).await;
        }
    }
    pool.close().await;
    let mut path = "/inbox/wordings".to_owned();
    for _ in names {
        let page = read(&collector, &path).await;
        for bad in ["<script", "<svg onload", " style=", "\u{202e}", "\u{1b}"] {
            assert!(!page.contains(bad), "{bad} is in {page}");
        }
        assert!(page.contains("&lt;script&gt;") && page.contains("U+202E") && page.contains("brings more answers"));
        assert_eq!(page.matches("<bdi").count(), page.matches("</bdi>").count());
        // The next of the links, which all lead to another experiment.
        let links = page.split_once("Experiments").unwrap().1.split("href=\"../").skip(1);
        let links: Vec<String> = links.map(|link| link.split('"').next().unwrap().replace("&amp;", "&")).collect();
        let here = page.split("aria-current").next().unwrap().matches("href=\"../inbox/wordings?").count();
        path = format!("/{}", links[here % 3]);
    }
    let text = wordings(folder.path(), &["--site", "shop.example"]).await.unwrap();
    assert_eq!(text.matches("experiment ").count(), 3);
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    collector.stop().await;
}

#[tokio::test]
async fn what_a_file_names_comes_before_what_strangers_count() {
    let folder = tempdir().unwrap();
    fs::write(
        folder.path().join("site.json"),
        r#"{"experiments":[{"id":"titles","variants":[{"id":"as-ever"},{"id":"short"}]}]}"#,
    )
    .unwrap();
    let mut options = options(&database(&folder));
    options.sites.files = vec![folder.path().join("site.json").display().to_string().parse().unwrap()];
    let collector = Running::start(options).await;
    better(&folder).await;
    let pool = look_into(&database(&folder)).await;
    put(&pool, "0", "aaa", "zz", "en", 10, 3).await;
    pool.close().await;
    let page = read(&collector, "/inbox/wordings").await;
    assert!(words(&page).contains("shop.example · experiment titles"), "{page}");
    collector.stop().await;
}

#[tokio::test]
async fn an_experiment_and_a_language_can_be_chosen() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    better(&folder).await;
    let pool = look_into(&database(&folder)).await;
    put(&pool, "blog.example", "buttons", "red", "en", 10, 3).await;
    put(&pool, "blog.example", "buttons", "blue", "en", 10, 3).await;
    pool.close().await;
    let page = read(&collector, "/inbox/wordings?site=blog.example&experiment=buttons").await;
    assert!(words(&page).contains("No difference yet. Look again any time.") && !page.contains("as-ever"));
    let page = read(&collector, "/inbox/wordings?site=shop.example&experiment=titles&locale=de").await;
    assert!(words(&page).contains("This is about “de” alone."), "{page}");
    assert!(words(&page).contains("30.0 % of 400") && !words(&page).contains("of 1,000"));
    // A language of which nothing was counted yet is one of the experiment’s all the same.
    read(&collector, "/inbox/wordings?locale=xx").await;
    let text = wordings(folder.path(), &["--experiment", "buttons"]).await.unwrap();
    assert!(text.contains("blog.example") && !text.contains("shop.example"));
    collector.stop().await;
}

#[tokio::test]
async fn what_was_never_counted_is_not_found_and_the_page_lists_what_was() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let (status, page) = answered(&collector, "/inbox/wordings?experiment=titles").await;
    assert_eq!(status, 404);
    let said = words(&page);
    assert!(said.contains("Nothing was counted of the experiment “titles”.Put an experiment into"), "{said}");
    better(&folder).await;
    for (query, said) in [
        ("experiment=nope", "Nothing was counted of the experiment “nope”."),
        ("site=nope", "Nothing was counted on the site “nope”."),
        ("site=nope&experiment=titles", "Nothing was counted of the experiment “titles” on the site “nope”."),
        ("experiment=", "Nothing was counted of the experiment “”."),
        ("experiment=%3Cb%3E%E2%80%AE", "Nothing was counted of the experiment “&lt;b&gt;U+202E”."),
    ] {
        let (status, page) = answered(&collector, &format!("/inbox/wordings?{query}")).await;
        assert_eq!(status, 404, "{query}");
        assert!(words(&page).contains(said), "{query}: {page}");
        assert!(page.contains("href=\"../inbox/wordings?site=shop.example&amp;experiment=titles\""), "{page}");
        assert!(!page.contains("aria-current") && !words(&page).contains("brings more answers"), "{page}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn under_a_path_of_a_site_every_link_is_relative() {
    let folder = tempdir().unwrap();
    let mut options = options(&database(&folder));
    options.base_path = Some("/feedback".parse().unwrap());
    let collector = Running::start(options).await;
    better(&folder).await;
    for path in ["/feedback/inbox/wordings", "/inbox/wordings"] {
        let page = read(&collector, path).await;
        let links: Vec<&str> = page.split("href=\"").skip(1).map(|link| link.split('"').next().unwrap()).collect();
        assert!(links.len() > 3 && links.iter().all(|link| link.starts_with("../inbox")), "{links:?}");
    }
    assert!(read(&collector, "/feedback/inbox").await.contains("href=\"inbox/wordings\""));
    let sheet = collector.get("/feedback/inbox/wordings.css").await;
    assert_eq!((sheet.status, sheet.header("content-type")), (200, "text/css; charset=utf-8"));
    collector.stop().await;
}

#[tokio::test]
async fn what_the_command_can_t_do_it_says() {
    let folder = tempdir().unwrap();
    let error = wordings(folder.path(), &["--database", "sqlite://say-so.db"]).await.unwrap_err();
    assert!(error.contains("there is no database at sqlite://say-so.db"), "{error}");
    assert!(!folder.path().join("say-so.db").exists());
    let collector = Running::start(options(&database(&folder))).await;
    better(&folder).await;
    for (arguments, words) in [
        (&["--json", "--csv"][..], "cannot be used with"),
        (&["--experiment", "tiles"], "nothing was counted of tiles; there are counts of titles on shop.example"),
        (&["--site", "blog.example"], "nothing was counted of blog.example"),
        (&["--locale", "xx"], "nothing was counted of xx; there are counts of titles on shop.example"),
        (&["--experiment", "titles", "--locale", "xx"], "nothing was counted of titles in xx"),
        (&["--database", "mysql://localhost/x"], "sqlite://say-so.db"),
        (&["--xml"], "unexpected argument"),
    ] {
        let error = wordings(folder.path(), arguments).await.unwrap_err();
        assert!(error.contains(words), "{arguments:?}: {error}");
    }
    // A file that can’t be used is said, and is no reason to say nothing else.
    let text = wordings(folder.path(), &["--site-file", "gone.json"]).await.unwrap();
    assert!(text.contains("gone.json can't be read") && text.contains("brings more answers"), "{text}");
    collector.stop().await;
}
