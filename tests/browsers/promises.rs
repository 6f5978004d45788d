//! The day by which a reply is promised: the site's hours, told as the visitor's own day.

use anyhow::{Context, Result, ensure};
use jiff::{Timestamp, ToSpan, Zoned, civil::Weekday};
use say_so::wording::english;
use say_so_tests::{Revision, Scene, ZONE, said, until};

use super::{
    gates::run,
    held::{self, says, tasks},
    trap::{TRAP, trapped},
    trap_cases::CALL,
};

/// Where the site is: so far from its visitors that closing time is the next day to them.
const SITE: &str = "America/Los_Angeles";

/// Works on weekdays, and needs two of them.
fn weekdays() -> String {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let days: String = days.iter().map(|day| format!(r#""{day}":["09:00-12:30","13:00-17:00"],"#)).collect();
    format!(
        r#"{{"reader":{{"person":"Dana","team":"Customer Care"}},"hours":{{"zone":"{SITE}",{days}"reply":"2 days"}}}}"#
    )
}

/// Works day and night, and needs 90 minutes.
fn always() -> String {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let days: String = days.iter().map(|day| format!(r#""{day}":["00:00-24:00"],"#)).collect();
    format!(r#"{{"hours":{{"zone":"{SITE}",{days}"reply":"90 minutes"}}}}"#)
}

/// Leaves words, with an address and the wish for a reply or without.
async fn complain(scene: &Scene, head: &str, attributes: &str, reply: bool) -> Result<()> {
    let browser = &scene.browser;
    held::open(scene, "en-GB", head, &format!("data-config=/say-so.json {attributes}")).await?;
    let zone: String = browser.script("return Intl.DateTimeFormat().resolvedOptions().timeZone", vec![]).await?;
    ensure!(zone == ZONE, "the visitor is in {zone}");
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("complaint").await?;
    if !attributes.contains("one-click=off") {
        browser.seen(".note").await?;
        says(scene, ".note", english("noted.complaint")).await?;
    }
    browser.type_into("message", "The lid broke.").await?;
    if reply {
        browser.click("[part~=reply]").await?;
        browser.type_into("email", "ada@example.com").await?;
    }
    browser.send().await?;
    browser.phase("sent").await?;
    browser.seen(".reads").await
}

/// What a revision promises.
fn promised(revision: &Revision) -> Result<Timestamp> {
    let by = revision.body["promise"]["by"].as_str();
    Ok(by.with_context(|| format!("nothing is promised: {}", revision.text))?.parse()?)
}

/// Makes sure that the confirmation names the day of that instant where the visitor is.
async fn names(scene: &Scene, by: Timestamp) -> Result<()> {
    let day = by.in_tz(ZONE)?;
    let said = scene.browser.text(".reads").await?;
    for part in ["%A", "%-d", "%B"].map(|part| day.strftime(part).to_string()) {
        ensure!(said.contains(&part), "it says {said:?}; {by} is a {}", day.strftime("%A, %-d %B"));
    }
    Ok(())
}

fn is_weekday(day: &Zoned) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Two working days after the one on which the words can first be read, at closing time.
pub async fn working_days(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", weekdays())?;
    complain(scene, "", "", true).await?;
    let words = scene.collector.revision(1).await?;
    let by = promised(&words)?;
    let sent: Timestamp = words.body["sent_at"].as_str().context("no time")?.parse()?;
    let (at_site, mut day) = (by.in_tz(SITE)?, sent.in_tz(SITE)?);
    ensure!(is_weekday(&at_site) && at_site.time() == jiff::civil::time(17, 0, 0, 0), "due at {at_site}");
    if day.hour() >= 17 {
        day = day.tomorrow()?;
    }
    while !is_weekday(&day) {
        day = day.tomorrow()?;
    }
    let mut days = 0;
    while day.date() < at_site.date() {
        day = day.tomorrow()?;
        days += i32::from(is_weekday(&day));
    }
    ensure!(days == 2 && day.date() == at_site.date(), "sent at {sent}, due at {at_site}: {days} working days later");
    ensure!(by.in_tz(ZONE)?.date() != at_site.date(), "the visitor's day is the site's: this shows nothing");
    names(scene, by).await?;
    ensure!(words.body["promise"]["person"] == "Dana", "it arrived as {}", words.text);
    scene.browser.says(".reads", "Dana in Customer Care will read it and write to you by ").await
}

/// In the visitor's own language, written as where they live, on the day that it is there.
pub async fn in_another_language(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", always())?;
    complain(scene, "", "data-lang=ja-JP data-one-click=off", true).await?;
    let by = promised(&scene.collector.revision(1).await?)?.to_string();
    let day =
        "return new Date(arguments[0]).toLocaleDateString('ja-JP', { weekday: 'long', day: 'numeric', month: 'long' })";
    let day: String = scene.browser.script(day, vec![by.into()]).await?;
    let reads = said("ja", "reads.by")?.replace("{reader}", &said("ja", "reader.us")?).replace("{date}", &day);
    says(scene, ".reads", &reads).await
}

/// Without a wish for a reply nothing is promised.
pub async fn none(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", always())?;
    complain(scene, "", "", false).await?;
    says(scene, ".reads", &english("reads.none").replace("{reader}", english("reader.us"))).await?;
    let words = scene.collector.revision(1).await?;
    ensure!(words.body.get("promise").is_none(), "it arrived as {}", words.text);
    Ok(())
}

/// Sets the device's clock wrong by so many days.
fn wrong_clock(days: i32) -> String {
    format!(
        "<script>
            const Right = Date;
            const wrong = {days} * 864e5;
            window.Date = class extends Right {{
                constructor(...given) {{
                    if (given.length) super(...given);
                    else super(Right.now() + wrong);
                }}
                static now() {{
                    return Right.now() + wrong;
                }}
            }};
        </script>"
    )
}

/// Makes sure that an instant is 90 minutes, and so many days, from now.
fn is_soon(by: Timestamp, days: i64) -> Result<()> {
    let expected = Timestamp::now() + (days * 24).hours() + 90.minutes();
    // Between the promise and now, a slow machine may take a while.
    let behind = expected.as_second() - by.as_second();
    ensure!((-5..120).contains(&behind), "due at {by}, not at {expected}");
    Ok(())
}

/// The endpoint's clock is right: what the device's made of the hours is replaced before it is told.
async fn corrected(scene: &Scene, days: i32) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", always())?;
    complain(scene, &wrong_clock(days), "data-one-click=off", true).await?;
    let first = scene.collector.revision(1).await?;
    is_soon(promised(&first)?, days.into()).context("the first promise is not by the device's clock")?;
    let last = scene.collector.revision(2).await?;
    let by = promised(&last)?;
    is_soon(by, 0)?;
    ensure!(last.message == first.message && last.body["contact"] == first.body["contact"], "it became {}", last.text);
    names(scene, by).await?;
    ensure!(scene.collector.messages().await?.len() == 1, "two messages");
    Ok(())
}

/// Three days ahead.
pub async fn a_clock_ahead(scene: &Scene) -> Result<()> {
    corrected(scene, 3).await
}

/// Three days behind.
pub async fn a_clock_behind(scene: &Scene) -> Result<()> {
    corrected(scene, -3).await
}

/// Breaks off so many posts after the first one, and lets no time pass before one is tried again.
fn cut(posts: u32) -> String {
    format!(
        "<script>
            const before = window.fetch;
            window.posts = 0;
            window.fetch = (file, options) => {{
                const cut = (file?.method ?? options?.method) === 'POST' && ++posts > 1 && posts < 2 + {posts};
                return cut ? Promise.reject(new TypeError('cut')) : before(file, options);
            }};
            const wait = window.setTimeout;
            const pauses = [1e3, 3e3, 9e3, 27e3];
            window.setTimeout = (act, after, ...more) => wait(act, posts > 1 && pauses.includes(after) ? 0 : after, ...more);
        </script>"
    )
}

/// The right promise is cut off thrice on its way. What was received is confirmed at once, with the day by the endpoint's
/// clock, and the promise arrives.
pub async fn a_correction_that_is_cut_off(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    scene.site.file("/say-so.json", "application/json", always())?;
    for (at, days) in [3, -3].into_iter().enumerate() {
        complain(scene, &[wrong_clock(days), cut(3)].concat(), "data-one-click=off", true).await?;
        says(scene, "#title", english("thanks.complaint")).await?;
        let corrected = until("the promise to arrive", async || {
            Ok(collector.revisions().await?.into_iter().filter(|it| it.revision == 2).nth(at))
        });
        let by = promised(&corrected.await?)?;
        is_soon(by, 0)?;
        names(scene, by).await?;
        let posts: u32 = browser.script("return posts", vec![]).await?;
        ensure!(posts == 5, "there were {posts} posts");
    }
    ensure!(collector.messages().await?.len() == 2, "not one message each");
    Ok(())
}

/// The promise can't be mended: what was received stays confirmed, and no day that is none is named any more.
pub async fn a_clock_that_stays_wrong(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    scene.site.file("/say-so.json", "application/json", always())?;
    let reads = english("reads.reply").replace("{reader}", english("reader.us"));
    for (at, days) in [3, -3].into_iter().enumerate() {
        complain(scene, &[wrong_clock(days), cut(9)].concat(), "data-one-click=off", true).await?;
        says(scene, ".reads", &reads.replace("{email}", "ada@example.com")).await?;
        let posts: u32 = browser.script("return posts", vec![]).await?;
        ensure!(posts == 5, "the promise was posted {} times", posts - 1);
        says(scene, "#title", english("thanks.complaint")).await?;
        says(scene, ".quote", "The lid broke.").await?;
        let messages = collector.messages().await?;
        ensure!(messages.len() == at + 1 && messages[at].revision == 1, "not one message each: {messages:?}");
        browser.says("[part~=reference]", &messages[at].reference).await?;
        let words = collector.revisions().await?.pop().context("no words")?;
        ensure!(words.message.as_deref() == Some("The lid broke."), "it arrived as {}", words.text);
    }
    Ok(())
}

/// The right promise is tried again behind a message that has been left, and then the panel traps: what is being written
/// is a message of its own.
pub async fn a_correction_behind_the_next_message(scene: &Scene) -> Result<()> {
    // The pause before it is tried again lasts until the test says so.
    const PAUSE: &str = "<script>
        {
            const wait = window.setTimeout;
            const paused = [];
            window.setTimeout = (act, after, ...more) =>
                posts === 2 && after === 1000 ? paused.push(act) : wait(act, after, ...more);
            window.goOn = () => paused.splice(0).forEach(act => act());
        }
    </script>";
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    scene.expect("without WebAssembly");
    scene.site.file("/say-so.json", "application/json", always())?;
    complain(scene, &[TRAP, &wrong_clock(3), &cut(1), PAUSE].concat(), "data-one-click=off", true).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.gone("[part~=panel]").await?;
    browser.launch().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely jug.").await?;
    run(scene, "goOn()").await?;
    collector.revision(2).await?;
    tasks(scene).await?;
    run(scene, &["trapAfter(0);", CALL].concat()).await?;
    trapped(scene).await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel that stopped is still in charge");
    ensure!(browser.value("message").await? == "Lovely jug.", "the words are gone");
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, "#title", english("thanks.praise")).await?;
    let rows: Vec<(u8, Option<String>)> = collector
        .revisions()
        .await?
        .into_iter()
        .map(|row| (u8::try_from(row.revision).unwrap_or(u8::MAX), row.message))
        .collect();
    ensure!(collector.messages().await?.len() == 2, "not two messages: {rows:?}");
    ensure!(rows.last().is_some_and(|(_, words)| words.as_deref() == Some("Lovely jug.")), "there arrived {rows:?}");
    Ok(())
}

/// What the click's answer told of the clock is known when the words go: their promise is right at once.
pub async fn a_clock_known_by_the_click(scene: &Scene) -> Result<()> {
    scene.site.file("/say-so.json", "application/json", always())?;
    for (at, days) in [3, -3].into_iter().enumerate() {
        complain(scene, &wrong_clock(days), "", true).await?;
        let revisions = scene.collector.revisions().await?;
        ensure!(revisions.len() == 2 * (at + 1), "the words went twice");
        let words = revisions.last().context("no words")?;
        let by = promised(words)?;
        is_soon(by, 0).with_context(|| format!("with a clock wrong by {days} days"))?;
        names(scene, by).await?;
    }
    Ok(())
}
