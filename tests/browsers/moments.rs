//! At whatever moment the panel comes, it goes on with what the visitor has done.

use anyhow::{Result, ensure};
use say_so::wording::english;
use say_so_tests::{Answer, Endpoint, Scene};

use super::{
    gates::{adopted, arrived_once, heard, kept, open, open_at, posters, run, runs},
    held::{self, says},
};

const WORDS: &str = "The lid broke.";

/// Leaves a complaint from the first question on, and finds it once; the panel posts it.
async fn complain(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", WORDS).await?;
    arrived_once(scene, WORDS).await
}

/// Nothing is chosen yet.
pub async fn nothing_chosen(scene: &Scene) -> Result<()> {
    open(scene, "", "").await?;
    says(scene, ".choose p", english("click.on")).await?;
    adopted(scene).await?;
    heard(scene, &[]).await?;
    complain(scene).await
}

/// The click on a kind is on its way: it is said that it is, then that it has arrived, each once.
pub async fn a_click_under_way(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    open(scene, "", "").await?;
    run(scene, "hold('answers')").await?;
    browser.choose("complaint").await?;
    collector.revision(0).await?;
    says(scene, ".note", english("noting")).await?;
    adopted(scene).await?;
    says(scene, ".note", english("noting")).await?;
    run(scene, "free('answers')").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    kept(scene).await?;
    heard(scene, &[english("noting"), english("noted.complaint")]).await?;
    ensure!(collector.revisions().await?.len() == 1, "the click was posted again");
    // The kind is known to have been posted.
    browser.choose("complaint").await?;
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(collector.revisions().await?.len() == 2, "the click was posted again");
    arrived_once(scene, WORDS).await
}

/// The click on a kind is on its way, and does not arrive.
pub async fn a_click_that_fails(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    scene.expect("unreachable");
    open(scene, "", "").await?;
    run(scene, "hold('posts')").await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noting")).await?;
    adopted(scene).await?;
    says(scene, ".note", english("noting")).await?;
    collector.stop();
    run(scene, "free('posts')").await?;
    says(scene, ".note", english("noted.not")).await?;
    heard(scene, &[english("noting"), english("noted.not")]).await?;
    collector.start_again()?;
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(collector.revisions().await?.len() == 1, "the click arrived after all");
    arrived_once(scene, WORDS).await
}

/// What is wrong stands on the screen, and has the focus.
pub async fn errors(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "data-one-click=off").await?;
    browser.choose("suggestion").await?;
    browser.click("[part~=reply]").await?;
    browser.type_into("email", "ada").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    let told = browser.text("[part~=problem]").await?;
    adopted(scene).await?;
    ensure!(browser.text("[part~=problem]").await? == told, "it says {:?}", browser.text("[part~=problem]").await?);
    for error in ["error.title", "error.message.empty", "error.email.wrong"] {
        ensure!(told.contains(english(error)), "it says {told:?}");
    }
    let invalid = browser.attribute("[part~=message]", "aria-invalid").await?;
    ensure!(invalid.as_deref() == Some("true"), "the field is not said to be wrong");
    browser.type_into("message", WORDS).await?;
    browser.type_into("email", "@example.com").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    arrived_once(scene, WORDS).await
}

/// What was wrong stands there until it is sent again, also where it was mended before the panel came; then none of it does.
pub async fn errors_that_were_mended(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "data-one-click=off").await?;
    browser.choose("suggestion").await?;
    browser.send().await?;
    browser.focused("problem").await?;
    browser.type_into("message", WORDS).await?;
    let before = browser.text("[part~=problem]").await?;
    ensure!(before.contains(english("error.message.empty")), "it says {before:?}");
    adopted(scene).await?;
    ensure!(browser.text("[part~=problem]").await? == before, "it says {:?}", browser.text("[part~=problem]").await?);
    browser.send().await?;
    browser.phase("sent").await?;
    arrived_once(scene, WORDS).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.launch().await?;
    browser.choose("praise").await?;
    browser.seen("[part~=message]").await?;
    ensure!(!browser.sees("[part~=problem]").await?, "it still says {:?}", browser.text("[part~=problem]").await?);
    let invalid = browser.attribute("[part~=message]", "aria-invalid").await?;
    ensure!(invalid.as_deref() == Some("false"), "the field is still said to be wrong");
    Ok(())
}

/// The quiet line says that words belong to another page, and says so no more on their own.
pub async fn another_page(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "").await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.type_into("message", WORDS).await?;
    let go = |to: &str| {
        format!("saySo.close(); window.first ??= location.href; history.pushState(0, '', {to}); saySo.open()")
    };
    run(scene, &go("'/second'")).await?;
    says(scene, ".note", english("page.left")).await?;
    run(scene, "keep(); free('wasm')").await?;
    browser.arrived().await?;
    kept(scene).await?;
    says(scene, ".note", english("page.left")).await?;
    run(scene, &go("first")).await?;
    says(scene, ".note", "").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    arrived_once(scene, WORDS).await
}

/// A kind that the page chose in place of one that was clicked was not posted: nothing says that it was, nor can be undone.
pub async fn a_kind_of_the_page(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    open(scene, "", "").await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    run(scene, "saySo.close(); saySo.open('praise')").await?;
    says(scene, ".note", "").await?;
    adopted(scene).await?;
    says(scene, ".note", "").await?;
    ensure!(!browser.sees(".undo").await?, "what nobody clicked can be undone");
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    let words = collector.revision(1).await?;
    ensure!(words.body["kind"] == "praise", "it arrived as {}", words.text);
    arrived_once(scene, WORDS).await
}

/// Writes and presses Send, long before the wasm is there or first aid would post by itself.
async fn press_send(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    run(scene, "hold('seconds')").await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.type_into("message", WORDS).await?;
    browser.send().await?;
    browser.phase("sending").await
}

/// Send is pressed while the wasm is still coming: first aid waits, and the panel posts.
pub async fn send_pressed(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    open(scene, "", "").await?;
    press_send(scene).await?;
    held::tasks(scene).await?;
    ensure!(posters(scene).await?.is_empty(), "first aid did not wait");
    run(scene, "keep(); free('wasm')").await?;
    browser.phase("sent").await?;
    ensure!(browser.owner().await?.as_deref() == Some("panel"), "first aid is still in charge");
    ensure!(posters(scene).await? == ["panel"], "it was not the panel that posted");
    says(scene, ".quote", WORDS).await?;
    arrived_once(scene, WORDS).await
}

/// Whatever the site's file takes, words whose Send was pressed before the panel came are posted, and once.
pub async fn send_pressed_before_a_late_file(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", "{}")?;
    open(scene, &held::back("say-so[.]json"), "data-config=/say-so.json").await?;
    press_send(scene).await?;
    run(scene, "keep(); free('wasm')").await?;
    browser.phase("sent").await?;
    run(scene, "letThrough()").await?;
    held::tasks(scene).await?;
    ensure!(posters(scene).await? == ["panel"], "it was not posted once, by the panel");
    arrived_once(scene, WORDS).await
}

/// First aid has waited long enough and posts. The panel waits for the answer, and for the confirmation to be left.
pub async fn first_aid_posts(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    open(scene, "", "").await?;
    run(scene, "hold('seconds')").await?;
    browser.choose("complaint").await?;
    says(scene, ".note", english("noted.complaint")).await?;
    browser.type_into("message", WORDS).await?;
    run(scene, "hold('answers')").await?;
    browser.send().await?;
    run(scene, "free('seconds')").await?;
    collector.revision(1).await?;
    run(scene, "free('wasm')").await?;
    runs(scene).await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the panel came into first aid's post");
    run(scene, "free('answers')").await?;
    browser.phase("sent").await?;
    held::tasks(scene).await?;
    ensure!(browser.owner().await?.as_deref() == Some("aid"), "the confirmation was taken away");
    says(scene, "#title", english("thanks.complaint")).await?;
    says(scene, "[part~=reference]", &collector.messages().await?[0].reference).await?;
    ensure!(posters(scene).await? == ["aid"], "it was not first aid that posted");
    arrived_once(scene, WORDS).await?;
    browser.click(".sent [data-do=close]").await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("praise").await?;
    browser.type_into("message", "Lovely jug.").await?;
    browser.send().await?;
    browser.phase("sent").await?;
    says(scene, ".quote", "Lovely jug.").await?;
    ensure!(collector.messages().await?.len() == 2, "not two messages");
    Ok(())
}

/// What first aid could not deliver is still there, with the reason, and is posted by the panel with the same bytes.
pub async fn not_kept(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Pass(collector.endpoint())).await?;
    scene.expect("busy");
    open_at(scene, endpoint.address(), "", "").await?;
    run(scene, "hold('seconds')").await?;
    browser.choose("praise").await?;
    says(scene, ".note", english("noted.praise")).await?;
    browser.type_into("message", WORDS).await?;
    endpoint.answer(Answer::refusal(503, "busy", "busy"));
    browser.send().await?;
    run(scene, "free('seconds')").await?;
    browser.phase("not-kept").await?;
    browser.focused("problem").await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    adopted(scene).await?;
    browser.phase("not-kept").await?;
    says(scene, "[data-fill=problem-title]", english("problem.praise")).await?;
    says(scene, "[data-fill=problem-reason]", english("problem.busy")).await?;
    says(scene, "[part~=send]", english("again")).await?;
    browser.send().await?;
    browser.phase("sent").await?;
    ensure!(posters(scene).await? == ["aid", "panel"], "others posted");
    let script = "return new Set(made.map(([, body]) => body).filter(body => /message/.test(body))).size";
    ensure!(browser.script::<u32>(script, vec![]).await? == 1, "not the same bytes");
    arrived_once(scene, WORDS).await
}
