//! A delivery that fails is told truthfully, the words stay, and trying again delivers them once.

use anyhow::{Result, ensure};
use axum::http::Method;
use say_so::wording::english;
use say_so_tests::{Answer, Endpoint, Received, Scene, stand_ins::Reply};

use super::held::says;

const WORDS: &str = "The lid arrived in two pieces.";

/// Makes the widget's patience of 15 s end at once while `hurry` is true. (WebKit's driver counts its own, of 60 s, in the
/// page too.)
const HURRY: &str = "<script>
    window.hurry = false;
    const soon = after => window.hurry && after >= 15000 && after < 20000 ? 0 : after;
    const wait = window.setTimeout;
    window.setTimeout = (act, after, ...more) => wait(act, soon(after), ...more);
    const timeout = AbortSignal.timeout;
    AbortSignal.timeout = after => timeout.call(AbortSignal, soon(after));
</script>";

/// Opens the panel at a complaint that goes to the endpoint.
async fn complain(scene: &Scene, endpoint: &str) -> Result<()> {
    scene.open_page(HURRY, &scene.tag(endpoint, "")).await?;
    scene.browser.launch().await?;
    scene.browser.choose("complaint").await?;
    scene.browser.type_into("message", WORDS).await
}

/// Presses Send and is told that the words have not arrived, and why; they are still there.
async fn not_kept(scene: &Scene, reason: &str) -> Result<()> {
    failed(scene, "not-kept", "problem.complaint", &["problem.", reason].concat()).await
}

/// Presses Send and is told, after it was tried three times, that the words may have arrived; they are still there.
async fn unsure(scene: &Scene) -> Result<()> {
    failed(scene, "unsure", "unsure.complaint", "unsure.again").await
}

async fn failed(scene: &Scene, phase: &str, title: &str, reason: &str) -> Result<()> {
    let browser = &scene.browser;
    browser.send().await?;
    browser.phase(phase).await?;
    browser.focused("problem").await?;
    browser.says("[part~=problem]", english(title)).await?;
    browser.says("[part~=problem]", english(reason)).await?;
    // Whoever is put on the box hears why, and of no list that is empty.
    let told = "const root = document.querySelector('say-so').shadowRoot;
        const box = root.querySelector('[part=problem]');
        const described = root.getElementById(box.getAttribute('aria-describedby')).textContent.trim();
        return [described, root.querySelector('.problem-list').getClientRects().length, root.querySelectorAll('header').length]";
    let told: (String, u32, u32) = browser.script(told, vec![]).await?;
    ensure!(told == (english(reason).to_owned(), 0, 0), "whoever can't see is told {told:?}");
    browser.says("[part~=send]", english("again")).await?;
    ensure!(browser.value("message").await? == WORDS, "the words are gone");
    ensure!(!browser.sees("[part~=confirmation]").await?, "it says thank you all the same");
    let title = browser.text("#title").await?;
    ensure!(title == english("title"), "the title says {title:?}");
    Ok(())
}

/// Tries again, and finds exactly one message, with the words once.
async fn again(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    browser.send().await?;
    browser.phase("sent").await?;
    browser.says("[part~=confirmation]", WORDS).await?;
    let words: Vec<_> =
        collector.revisions().await?.into_iter().filter(|revision| revision.message.is_some()).collect();
    ensure!(words.len() == 1 && words[0].message.as_deref() == Some(WORDS), "not once: {words:?}");
    ensure!(words[0].body["kind"] == "complaint", "another kind: {}", words[0].text);
    let messages = collector.messages().await?;
    ensure!(messages.len() == 1, "not one message: {messages:?}");
    browser.says("[part~=reference]", &messages[0].reference).await
}

/// An endpoint that fails in one way, is mended, and then gets the very same bytes again.
async fn fails(scene: &Scene, answer: Answer, reason: &str) -> Result<()> {
    let endpoint = Endpoint::start(answer).await?;
    complain(scene, endpoint.address()).await?;
    not_kept(scene, reason).await?;
    mended(scene, &endpoint).await
}

async fn mended(scene: &Scene, endpoint: &Endpoint) -> Result<()> {
    endpoint.answer(Answer::Pass(scene.collector.endpoint()));
    again(scene).await?;
    let mut words = Vec::new();
    for received in endpoint.received() {
        if received.json()?.get("message").is_some() {
            words.push(received.text()?.to_owned());
        }
    }
    // A browser may repeat a post by itself when the connection is cut.
    ensure!(words.len() >= 2 && words.iter().all(|body| *body == words[0]), "not the same bytes: {words:#?}");
    ensure!(scene.collector.revision(1).await?.text == words[0], "the collector has other bytes");
    Ok(())
}

/// Nothing listens there, and then it does.
pub async fn down(scene: &Scene) -> Result<()> {
    scene.expect("unreachable");
    complain(scene, &scene.collector.endpoint()).await?;
    scene.collector.revision(0).await?;
    scene.collector.stop();
    unsure(scene).await?;
    scene.collector.start_again()?;
    again(scene).await
}

/// It takes the words and never answers.
pub async fn slow(scene: &Scene) -> Result<()> {
    scene.expect("timeout");
    let endpoint = Endpoint::start(Answer::Pass(scene.collector.endpoint())).await?;
    complain(scene, endpoint.address()).await?;
    scene.collector.revision(0).await?;
    endpoint.answer(Answer::Never);
    scene.browser.script::<()>("window.hurry = true", vec![]).await?;
    unsure(scene).await?;
    scene.browser.script::<()>("window.hurry = false", vec![]).await?;
    endpoint.answer(Answer::Pass(scene.collector.endpoint()));
    again(scene).await
}

/// It keeps the words and its answer gets lost: trying again doesn't make them two.
pub async fn the_answer_is_lost(scene: &Scene) -> Result<()> {
    let endpoint = Endpoint::start(Answer::Pass(scene.collector.endpoint())).await?;
    complain(scene, endpoint.address()).await?;
    scene.collector.revision(0).await?;
    scene.expect(endpoint.address());
    endpoint.answer(Answer::Lose(scene.collector.endpoint()));
    unsure(scene).await?;
    scene.collector.revision(1).await?;
    mended(scene, &endpoint).await
}

/// The site has to change something, and its console says what.
pub async fn forbidden(scene: &Scene) -> Result<()> {
    scene.expect("Allow https://shop.example");
    let answer = Answer::refusal(403, "origin_not_allowed", "Allow https://shop.example with --allow-origin");
    fails(scene, answer, "refused").await
}

/// A rule that only the endpoint knows.
pub async fn unprocessable(scene: &Scene) -> Result<()> {
    scene.expect("at most 12 characters");
    fails(scene, Answer::refusal(422, "rule_broken", "message must be at most 12 characters"), "refused").await
}

/// A fault of the endpoint's, with a page for people.
pub async fn server_error(scene: &Scene) -> Result<()> {
    scene.expect("fault 500");
    fails(scene, Answer::html(500), "fault").await
}

/// Too much at once.
pub async fn busy(scene: &Scene) -> Result<()> {
    scene.expect("too many at once");
    fails(scene, Answer::refusal(503, "busy", "too many at once"), "busy").await
}

/// There is no room for the day: nobody is told to wait a minute.
pub async fn full(scene: &Scene) -> Result<()> {
    scene.expect("no room is left");
    fails(scene, Answer::refusal(503, "full", "no room is left"), "refused").await
}

/// Who has posted too much is told the day until which nothing is taken from them, if that is more than a few minutes.
pub async fn for_days(scene: &Scene) -> Result<()> {
    fn blocked(method: &Method, _: &Received) -> Reply {
        if method == Method::OPTIONS {
            return Reply::new(204, "text/plain", "").open();
        }
        let error = r#"{"ok":false,"error":{"code":"too_many","message":"too many"}}"#;
        let exposed = Reply::new(429, "application/json", error).with("access-control-expose-headers", "retry-after");
        exposed.with("retry-after", "172800").open()
    }
    scene.expect("too many");
    let browser = &scene.browser;
    let endpoint = Endpoint::start(Answer::As(blocked)).await?;
    complain(scene, endpoint.address()).await?;
    browser.send().await?;
    browser.phase("not-kept").await?;
    let day = "return new Date(Date.now() + 2 * 864e5).toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })";
    let day: String = browser.script(day, vec![]).await?;
    says(scene, "[data-fill=problem-reason]", &english("problem.blocked").replace("{date}", &day)).await?;
    // And no longer than that holds.
    endpoint.answer(Answer::refusal(429, "too_many", "too many"));
    browser.send().await?;
    says(scene, "[data-fill=problem-reason]", english("problem.busy")).await?;
    mended(scene, &endpoint).await
}

/// A page with status 200, such as a login or an old address, is no answer.
pub async fn a_page_instead(scene: &Scene) -> Result<()> {
    scene.expect("a page, where a receipt was expected");
    fails(scene, Answer::html(200), "fault").await
}

/// Success that isn't said in JSON is no answer of a collector's.
pub async fn not_ok(scene: &Scene) -> Result<()> {
    scene.expect("queued");
    let endpoint = Endpoint::start(Answer::json(200, "{\"status\":\"queued\"}")).await?;
    complain(scene, endpoint.address()).await?;
    unsure(scene).await?;
    mended(scene, &endpoint).await
}

/// A collector that doesn't know this site's origin, on another host name.
pub async fn a_foreign_origin(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, site, .. } = scene;
    let tag = scene.tag(&collector.endpoint(), "");
    let page = site.page("/", &say_so_tests::page("", &tag), &[])?;
    let foreign = site.origin().replace("127.0.0.1", "localhost");
    scene.expect(&foreign);
    browser.goto(&page.replace("127.0.0.1", "localhost")).await?;
    browser.launch().await?;
    browser.choose("complaint").await?;
    browser.type_into("message", WORDS).await?;
    not_kept(scene, "refused").await?;
    ensure!(collector.messages().await?.is_empty(), "it was kept all the same");
    Ok(())
}

/// The click doesn't arrive, and says so quietly; the words arrive, and carry the kind.
pub async fn the_click_before_the_words(scene: &Scene) -> Result<()> {
    let Scene { collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Broken).await?;
    scene.expect(endpoint.address());
    complain(scene, endpoint.address()).await?;
    says(scene, "[role=status]", english("noted.not")).await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    again(scene).await?;
    let revisions = collector.revisions().await?;
    ensure!(revisions.len() == 1 && revisions[0].revision == 1, "not revision 1 alone: {revisions:?}");
    Ok(())
}

/// Two clicks on Send are one post.
pub async fn double_click(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Pass(collector.endpoint())).await?;
    complain(scene, endpoint.address()).await?;
    collector.revision(0).await?;
    endpoint.answer(Answer::Never);
    browser.double_click("[part~=send]").await?;
    browser.phase("sending").await?;
    browser.says("[part~=send]", english("sending")).await?;
    let press = "const send = document.querySelector('say-so').shadowRoot.querySelector('[part~=send]');
        send.click(); send.click();";
    browser.script::<()>(press, vec![]).await?;
    endpoint.wait_for(2).await?;
    browser.phase("sending").await?;
    ensure!(endpoint.received().len() == 2, "the words were posted more than once");
    ensure!(!browser.sees("[part~=confirmation]").await?, "it says thank you before the answer");
    Ok(())
}

/// Editing after a failure is another revision, not another message.
pub async fn edited_before_trying_again(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Pass(collector.endpoint())).await?;
    complain(scene, endpoint.address()).await?;
    collector.revision(0).await?;
    scene.expect(endpoint.address());
    endpoint.answer(Answer::Broken);
    browser.send().await?;
    browser.phase("unsure").await?;
    browser.type_into("message", " The glue is fine.").await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(2).await?;
    ensure!(words.message.is_some_and(|words| words.ends_with("The glue is fine.")), "it arrived as {}", words.text);
    ensure!(collector.messages().await?.len() == 1, "it became another message");
    Ok(())
}
