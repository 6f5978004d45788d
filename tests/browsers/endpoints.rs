//! The three verdicts of a delivery: received, maybe, not sent. What leads to each is in `receivers`.

use anyhow::{Context, Result, ensure};
use say_so::wording::english;
use say_so_tests::{
    Answer, Endpoint, HangUp, Moment, Scene,
    stand_ins::{self, Reply},
    until,
};

use super::{
    gates::{self, adopted, posters, run},
    held::says,
    trap::{TRAP, trapped},
    verdict::{
        By,
        Verdict::{NotSent, Received, Unsure},
        WORDS, both, tag, told, write,
    },
};

/// A webhook that leads on.
fn redirect() -> Answer {
    Answer::As(|_, _| Reply::redirect(302, "/thanks").open())
}

fn text(status: u16) -> Answer {
    Answer::With(status, "text/plain", "so it is".into())
}

/// Words that may have arrived stay in their box, can be copied, and a person can be reached. Trying again says that it
/// may bring them twice, and whatever comes of that, nobody says that they were not sent; until they are received.
pub async fn unsure(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    scene.site.file("/say-so.json", "application/json", r#"{"reach":{"phone":"+49 30 1234567"}}"#)?;
    const FORM: &str = "data-format=form data-config=/say-so.json";
    both(scene, async |by| {
        let endpoint = Endpoint::start(redirect()).await?;
        scene.expect(endpoint.address());
        write(scene, by, "", &tag(endpoint.address(), FORM), &[]).await?;
        browser.send().await?;
        told(scene, by, FORM, Unsure).await?;
        if by == By::Panel {
            browser.says(".reach", "+49 30 1234567").await?;
        }
        endpoint.answer(text(500));
        browser.send().await?;
        endpoint.wait_for(2).await?;
        told(scene, by, FORM, Unsure).await?;
        endpoint.answer(text(200));
        browser.send().await?;
        told(scene, by, FORM, Received).await?;
        let posts = endpoint.received();
        ensure!(posts.len() == 3 && posts.iter().all(|post| post.body == posts[0].body), "it got {posts:?}");
        Ok(())
    })
    .await
}

/// Where the same is never there twice, the panel posts it again before it says anything.
pub async fn tries_again(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Lose(collector.endpoint())).await?;
    // What the panel has shown, in turn.
    let watch = "<script>
        window.shown = [];
        const shadow = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (options) {
            const root = shadow.call(this, options);
            const look = () => shown.push(root.querySelector('[part=panel]')?.dataset.phase);
            new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true });
            return root;
        };
    </script>";
    write(scene, By::Panel, watch, &tag(endpoint.address(), ""), &[]).await?;
    browser.send().await?;
    endpoint.wait_for(1).await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    told(scene, By::Panel, "", Received).await?;
    let shown: Vec<Option<String>> = browser.script("return shown", vec![]).await?;
    ensure!(!shown.iter().flatten().any(|phase| phase == "unsure" || phase == "not-kept"), "it showed {shown:?}");
    let posts = endpoint.received();
    ensure!(posts.len() > 1 && posts.iter().all(|post| post.body == posts[0].body), "it got {posts:?}");
    let rows = collector.revisions().await?;
    ensure!(rows.len() == 1 && rows[0].message.as_deref() == Some(WORDS), "not once: {rows:?}");
    Ok(())
}

/// Three times in vain: it could not connect, and trying again never sends it twice.
pub async fn three_times(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(text(504)).await?;
    scene.expect(endpoint.address());
    write(scene, By::Panel, "", &tag(endpoint.address(), ""), &[]).await?;
    browser.send().await?;
    told(scene, By::Panel, "", Unsure).await?;
    ensure!(endpoint.received().len() == 3, "there were {} posts", endpoint.received().len());
    endpoint.answer(Answer::refusal(503, "busy", "busy"));
    browser.send().await?;
    endpoint.wait_for(4).await?;
    told(scene, By::Panel, "", Unsure).await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    browser.send().await?;
    told(scene, By::Panel, "", Received).await?;
    let posts = endpoint.received();
    ensure!(posts.len() == 5 && posts.iter().all(|post| post.body == posts[0].body), "it got {posts:?}");
    ensure!(collector.revisions().await?.len() == 1, "not once: {:?}", collector.revisions().await?);
    Ok(())
}

/// A click is posted again too, but not once there are words: these carry the kind.
pub async fn a_click_tries_again(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(text(504)).await?;
    let tag = scene.tag(endpoint.address(), "");
    scene.open_page("", &tag).await?;
    browser.launch().await?;
    browser.arrived().await?;
    browser.choose("suggestion").await?;
    endpoint.wait_for(1).await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    says(scene, ".note", english("noted.suggestion")).await?;
    ensure!(endpoint.received().len() == 2, "there were {} posts", endpoint.received().len());
    let rows = collector.revisions().await?;
    ensure!(rows.len() == 1 && rows[0].revision == 0, "not the click once: {rows:?}");
    Ok(())
}

/// The page’s policy lets nothing through: not sent, and nothing is tried again.
pub async fn a_policy(scene: &Scene) -> Result<()> {
    scene.expect("connect-src");
    both(scene, async |by| {
        for attributes in ["", "data-format=form"] {
            let endpoint = Endpoint::start(text(200)).await?;
            scene.expect(endpoint.address());
            let headers = [("Content-Security-Policy", "connect-src 'self'")];
            write(scene, by, "", &tag(endpoint.address(), attributes), &headers).await?;
            scene.browser.send().await?;
            told(scene, by, attributes, NotSent("problem.unreachable")).await?;
            ensure!(endpoint.received().is_empty(), "it came through: {:?}", endpoint.received());
        }
        Ok(())
    })
    .await
}

/// The device says that it is offline: not sent, and nothing is tried again.
pub async fn offline(scene: &Scene) -> Result<()> {
    let offline =
        "<script>Object.defineProperty(Navigator.prototype, 'onLine', { get: () => !window.offline })</script>";
    both(scene, async |by| {
        for attributes in ["", "data-format=form"] {
            let endpoint = HangUp::start(Moment::AtOnce).await?;
            scene.expect(endpoint.address());
            write(scene, by, offline, &tag(endpoint.address(), attributes), &[]).await?;
            run(scene, "window.offline = true").await?;
            scene.browser.send().await?;
            told(scene, by, attributes, NotSent("problem.unreachable")).await?;
        }
        Ok(())
    })
    .await
}

/// What no page can read, in every engine: the words arrive, and nobody says that they have not.
pub async fn unreadable(scene: &Scene) -> Result<()> {
    const FORM: &str = "data-format=form";
    both(scene, async |by| {
        let endpoint = Endpoint::start(Answer::As(stand_ins::silent)).await?;
        scene.expect(endpoint.address());
        write(scene, by, "", &tag(endpoint.address(), FORM), &[]).await?;
        scene.browser.send().await?;
        told(scene, by, FORM, Unsure).await?;
        let posts = endpoint.received();
        ensure!(posts.len() == 1 && posts[0].form()?["message"] == WORDS, "it got {posts:?}");
        Ok(())
    })
    .await
}

/// What first aid can’t be sure of stands there as it is when the panel comes, which posts the same bytes.
pub async fn handed_over(scene: &Scene) -> Result<()> {
    let Scene { browser, collector, .. } = scene;
    let endpoint = Endpoint::start(Answer::Pass(collector.endpoint())).await?;
    scene.expect(endpoint.address());
    gates::open_at(scene, endpoint.address(), "", "data-one-click=off").await?;
    run(scene, "hold('seconds')").await?;
    browser.choose("suggestion").await?;
    browser.type_into("message", WORDS).await?;
    endpoint.answer(Answer::Lose(collector.endpoint()));
    browser.send().await?;
    run(scene, "free('seconds')").await?;
    told(scene, By::FirstAid, "", Unsure).await?;
    adopted(scene).await?;
    told(scene, By::Panel, "", Unsure).await?;
    endpoint.answer(Answer::refusal(503, "busy", "busy"));
    browser.send().await?;
    until("the panel to post", async || Ok((posters(scene).await? == ["aid", "panel"]).then_some(()))).await?;
    told(scene, By::Panel, "", Unsure).await?;
    endpoint.answer(Answer::Pass(collector.endpoint()));
    browser.send().await?;
    told(scene, By::Panel, "", Received).await?;
    let rows = collector.revisions().await?;
    ensure!(rows.len() == 1 && rows[0].message.as_deref() == Some(WORDS), "not once: {rows:?}");
    Ok(())
}

/// A panel that traps while its post is under way, or after it could not be sure: first aid says the same of it.
pub async fn after_a_trap(scene: &Scene) -> Result<()> {
    const FORM: &str = "data-format=form";
    const CALL: &str = "trapAfter(0); document.querySelector('say-so').shadowRoot.querySelector('[data-go]').click();";
    // Holds back the answers to posts, once there is a gate.
    const HOLD: &str = "<script>
        const before = window.fetch;
        window.hold = () => (window.gate = new Promise(resolve => (window.letThrough = resolve)));
        window.fetch = async (...given) => {
            const answer = await before(...given);
            if (given[0] instanceof Request) await window.gate;
            return answer;
        };
    </script>";
    let browser = &scene.browser;
    scene.expect("without WebAssembly");
    for is_under_way in [true, false] {
        let tried = async {
            let endpoint = Endpoint::start(redirect()).await?;
            scene.expect(endpoint.address());
            write(scene, By::Panel, &[TRAP, HOLD].concat(), &tag(endpoint.address(), FORM), &[]).await?;
            if is_under_way {
                run(scene, "hold()").await?;
            }
            browser.send().await?;
            endpoint.wait_for(1).await?;
            if !is_under_way {
                told(scene, By::Panel, FORM, Unsure).await?;
            }
            run(scene, CALL).await?;
            trapped(scene).await?;
            if is_under_way {
                browser.phase("sending").await?;
                run(scene, "letThrough()").await?;
            } else {
                until("first aid", async || Ok((browser.owner().await?.as_deref() == Some("aid")).then_some(())))
                    .await?;
                // It stands as it was, and takes no focus.
                browser.phase("unsure").await?;
                run(scene, "document.querySelector('say-so').shadowRoot.querySelector('[part=problem]').focus()")
                    .await?;
            }
            told(scene, By::FirstAid, FORM, Unsure).await?;
            ensure!(endpoint.received().len() == 1, "there were {} posts", endpoint.received().len());
            endpoint.answer(text(200));
            browser.send().await?;
            told(scene, By::FirstAid, FORM, Received).await
        };
        tried.await.with_context(|| format!("under way: {is_under_way}"))?;
    }
    Ok(())
}
