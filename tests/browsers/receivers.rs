//! Services that web teams post feedback to, and every answer that one could give: what the visitor is told.
//!
//! In Chromium; `endpoints` has a sample for every engine.

use anyhow::{Result, ensure};
use say_so_tests::{
    Answer, Endpoint, HangUp, Moment, Scene,
    stand_ins::{self, Reply},
};

use super::verdict::{
    By, Case,
    Verdict::{self, NotSent, Received, Unsure},
    both, cases, tag, told, write,
};

/// Has every answer of an endpoint come over TLS, as far as a page can see.
const TLS: &str = "<script>
    const { get } = Object.getOwnPropertyDescriptor(Response.prototype, 'url');
    Object.defineProperty(Response.prototype, 'url', { get() { return get.call(this).replace(/^http:(?=.*feedback$)/, 'https:'); } });
</script>";

fn case(answer: Answer, attributes: &'static str, verdict: Verdict, posts: usize) -> Case {
    Case { answer, attributes, verdict, posts }
}

/// A form of Formspree's.
pub async fn formspree(scene: &Scene) -> Result<()> {
    let answer = Answer::As(stand_ins::formspree);
    cases(scene, "", &[case(answer, r#"data-format=form data-fields='{"trap":"_gotcha"}'"#, Received, 1)]).await
}

/// A form of Netlify's, which takes a post for a form that it knows by name: without TLS nobody knows whose page that is.
pub async fn netlify(scene: &Scene) -> Result<()> {
    const FORM: &str = r#"data-format=form data-site=feedback data-fields='{"site":"form-name"}'"#;
    let answer = || Answer::As(stand_ins::netlify);
    let unknown = case(answer(), "data-format=form", NotSent("problem.refused"), 1);
    cases(scene, TLS, &[case(answer(), FORM, Received, 1), unknown]).await?;
    without_tls(scene, Answer::As(stand_ins::netlify), FORM).await
}

/// The same by first aid, without TLS. (The wasm is gone by now.)
async fn without_tls(scene: &Scene, answer: Answer, attributes: &str) -> Result<()> {
    let endpoint = Endpoint::start(answer).await?;
    scene.expect(endpoint.address());
    write(scene, By::FirstAid, "", &tag(endpoint.address(), attributes), &[]).await?;
    scene.browser.send().await?;
    told(scene, By::FirstAid, attributes, Unsure).await?;
    ensure!(endpoint.received().len() == 1, "not one post: {:?}", endpoint.received());
    Ok(())
}

/// A script of Google’s Apps Script leads away with every answer; and JSON doesn’t get through to it.
pub async fn apps_script(scene: &Scene) -> Result<()> {
    let answer = || Answer::As(stand_ins::apps_script);
    let json = case(answer(), "data-format=json", Unsure, 0);
    cases(scene, "", &[case(answer(), "data-format=form", Unsure, 1), json]).await
}

/// A webhook of Slack’s: JSON doesn’t get through from a page, and of a form it knows nothing.
pub async fn slack(scene: &Scene) -> Result<()> {
    let answer = || Answer::As(stand_ins::slack);
    let json = case(answer(), r#"data-format=json data-fields='{"message":"text"}'"#, Unsure, 0);
    cases(scene, "", &[json, case(answer(), "data-format=form", NotSent("problem.refused"), 1)]).await
}

/// A webhook of Discord’s, once the words have the name that it knows.
pub async fn discord(scene: &Scene) -> Result<()> {
    const NAMES: &str = r#"data-format=json data-fields='{"message":"content","kind":"username"}'"#;
    let answer = || Answer::As(stand_ins::discord);
    let unnamed = case(answer(), "data-format=json", NotSent("problem.refused"), 1);
    cases(scene, "", &[case(answer(), NAMES, Received, 1), unnamed]).await
}

/// Redirects are not followed: a collector gives none, of others they may mean that it has arrived.
pub async fn redirects(scene: &Scene) -> Result<()> {
    let mut list = Vec::new();
    for answer in [
        Answer::As(|_, _| Reply::redirect(302, "/thanks").open()),
        Answer::As(|_, _| Reply::redirect(303, "/thanks").open()),
        Answer::As(|_, _| Reply::redirect(307, "/thanks").open()),
    ] {
        list.push(case(answer.clone(), "", NotSent("problem.fault"), 1));
        list.push(case(answer, "data-format=form", Unsure, 1));
    }
    cases(scene, "", &list).await
}

/// Answers that can be read, in each format.
pub async fn answers(scene: &Scene) -> Result<()> {
    let text = |status| Answer::With(status, "text/plain", "so it is".into());
    let nothing = || Answer::With(204, "text/plain", String::new());
    let mut list = vec![case(Answer::html(200), "", NotSent("problem.fault"), 1), case(nothing(), "", Unsure, 3)];
    for format in ["data-format=json", "data-format=form"] {
        list.push(case(Answer::html(200), format, Unsure, 1));
        list.push(case(nothing(), format, Received, 1));
        list.push(case(text(502), format, Unsure, 1));
        list.push(case(text(504), format, Unsure, 1));
        list.push(case(text(500), format, NotSent("problem.fault"), 1));
        list.push(case(text(503), format, NotSent("problem.busy"), 1));
        list.push(case(text(404), format, NotSent("problem.refused"), 1));
    }
    cases(scene, "", &list).await
}

/// Answers that no page can read: the post arrived, or its preflight was not answered.
pub async fn unreadable(scene: &Scene) -> Result<()> {
    let answer = || Answer::As(stand_ins::silent);
    let list = [
        case(answer(), "", Unsure, 3),
        case(answer(), "data-format=form", Unsure, 1),
        case(answer(), "data-format=json", Unsure, 0),
    ];
    cases(scene, "", &list).await
}

/// The connection is closed before the post has been read, or behind it: to a page that is the same. Where it is closed
/// in the middle of the answer, the status has come.
pub async fn closed(scene: &Scene) -> Result<()> {
    both(scene, async |by| {
        for moment in [Moment::AtOnce, Moment::AfterTheBody, Moment::InTheAnswer] {
            for attributes in ["", "data-format=form"] {
                let endpoint = HangUp::start(moment).await?;
                let is_received = moment == Moment::InTheAnswer && !attributes.is_empty();
                let verdict = if is_received { Received } else { Unsure };
                if !is_received {
                    scene.expect(endpoint.address());
                }
                write(scene, by, "", &tag(endpoint.address(), attributes), &[]).await?;
                scene.browser.send().await?;
                told(scene, by, attributes, verdict).await?;
                // A browser may repeat a post by itself.
                let came = endpoint.posts() > 0;
                ensure!(came == (moment != Moment::AtOnce), "{moment:?}: {} posts", endpoint.posts());
            }
        }
        Ok(())
    })
    .await
}
