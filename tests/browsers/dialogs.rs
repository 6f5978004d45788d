//! Dialogs of the browser's own: the rest of the page is out of reach while one is open, so the widget stands in it,
//! and is back when it closes. The words outlast each move.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, until};
use thirtyfour::Key;

use super::visit::{Cases, begin, begin_inside, end};

const DIALOGS: &str = "
    <dialog id=one>
        <p>One</p><button id=tell data-say-so-open>Tell us</button>
        <button id=shut onclick=\"this.closest('dialog').close()\">Shut</button>
    </dialog>
    <dialog id=two><p>Two</p><button id=also data-say-so-open>Tell us</button></dialog>
    <dialog id=moved style=\"transform: rotate(1deg); overflow: hidden; width: 90px; height: 40px; contain: paint\">
        <p>Moved</p>
    </dialog>
    <div id=aria role=dialog aria-modal=true hidden style=\"position: fixed; inset: 10% 30%; overflow: hidden\">
        <button id=inside>Inside</button>
    </div>
    <div id=shadow></div>
    <script>
        window.$ = id => document.querySelector('#' + id);
        window.root = $('shadow').attachShadow({ mode: 'open' });
        root.innerHTML = '<dialog id=deep><button id=tell data-say-so-open>Tell us</button></dialog>';
    </script>";

/// Which element the widget stands in, by its name or id.
async fn stands_in(scene: &Scene, name: &str) -> Result<()> {
    let place = "const { parentNode } = document.querySelector('say-so') ?? {};
        return parentNode?.id || parentNode?.localName || String(parentNode)";
    let there = until(&format!("the widget to stand in {name}"), async || {
        Ok((scene.browser.script::<String>(place, vec![]).await? == name).then_some(()))
    })
    .await;
    match there {
        Ok(()) => Ok(()),
        Err(error) => {
            Err(error.context(format!("it stands in {}", scene.browser.script::<String>(place, vec![]).await?)))
        }
    }
}

async fn run(scene: &Scene, script: &str) -> Result<()> {
    scene.browser.script(script, vec![]).await
}

async fn open(scene: &Scene, attributes: &str) -> Result<()> {
    scene.open_page("", &format!("{DIALOGS}{}", scene.tag(&scene.collector.endpoint(), attributes))).await?;
    scene.loaded().await
}

/// Steps of the page's, and where the widget stands after each.
type Way = (&'static str, &'static [(&'static str, &'static str)]);

const OPENED: Way = ("opened and closed", &[("$('one').showModal()", "one"), ("$('one').close()", "html")]);
const REMOVED: Way = ("opened and removed", &[("$('one').showModal()", "one"), ("$('one').remove()", "html")]);
const EMPTIED: Way =
    ("its parent emptied", &[("$('one').showModal()", "one"), ("document.body.textContent = ''", "html")]);
// Of two it stands in the one that comes later in the page.
const STACKED: Way = (
    "stacked",
    &[
        ("$('one').showModal()", "one"),
        ("$('two').showModal()", "two"),
        ("$('two').close()", "one"),
        ("$('one').close()", "html"),
    ],
);
const NOT_MODAL: Way = (
    "not modal, then modal",
    &[("$('one').show(); $('one').close()", "html"), ("$('one').showModal()", "one"), ("$('one').close()", "html")],
);
const MOVED: Way = ("moved and clipped", &[("$('moved').showModal()", "moved")]);
// Nothing else is out of reach of it: it is only where the panel is opened, or loses the focus, that it matters.
const ARIA: Way = ("an aria dialog", &[("$('aria').hidden = false", "html"), ("$('aria').hidden = true", "html")]);
// Nobody finds it there: what is begun is behind it, and there again when it closes.
const IN_A_SHADOW_TREE: Way = (
    "in a shadow tree",
    &[("root.querySelector('dialog').showModal()", "html"), ("root.querySelector('dialog').close()", "html")],
);

/// Words that were begun outlast what dialogs do.
async fn through(scene: &Scene, ways: &[Way]) -> Result<()> {
    let mut cases = Cases::default();
    for (name, steps) in ways {
        let visit = async {
            let before = scene.collector.messages().await?.len();
            open(scene, "").await?;
            begin(scene).await?;
            for (act, place) in *steps {
                run(scene, act).await?;
                stands_in(scene, place).await?;
            }
            end(scene, name, before).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}

pub async fn modal(scene: &Scene) -> Result<()> {
    through(scene, &[OPENED, REMOVED, EMPTIED, STACKED, NOT_MODAL, MOVED, ARIA, IN_A_SHADOW_TREE]).await
}

/// Some of them, for the engines that don't go through all.
pub async fn sample(scene: &Scene) -> Result<()> {
    through(scene, &[OPENED, REMOVED, MOVED]).await
}

/// How many dialogs are open.
const OPEN: &str = "return document.querySelectorAll('dialog:modal, [aria-modal]:not([hidden])').length";

/// The panel is opened with the dialog open: by its trigger, by the launcher, which is in it too.
pub async fn opened_inside(scene: &Scene) -> Result<()> {
    let browser = &scene.browser;
    let mut cases = Cases::default();
    for (name, act, trigger) in [
        ("trigger", "$('one').showModal()", "#tell"),
        ("trigger of the second", "$('one').showModal(); $('two').showModal()", "#also"),
        ("launcher", "$('one').showModal()", ""),
        ("launcher, moved and clipped", "$('moved').showModal()", ""),
        ("launcher, aria", "$('aria').hidden = false", ""),
    ] {
        let visit = async {
            let before = scene.collector.messages().await?.len();
            open(scene, "").await?;
            run(scene, act).await?;
            if trigger.is_empty() {
                browser.launch().await?;
            } else {
                browser.click_on_page(trigger).await?;
                browser.focused("title").await?;
            }
            begin_inside(scene).await?;
            end(scene, name, before).await?;
            let opened: usize = browser.script(OPEN, vec![]).await?;
            browser.press(Key::Escape).await?;
            browser.gone("[part~=panel]").await?;
            let still: usize = browser.script(OPEN, vec![]).await?;
            ensure!(still == opened, "Escape has closed the page's dialog");
            if trigger.is_empty() {
                return Ok(());
            }
            // With the focus back in the dialog, the next one is the dialog's own.
            browser.focused(&trigger[1..]).await?;
            browser.press(Key::Escape).await?;
            until("the dialog to close", async || {
                let left: usize = browser.script(OPEN, vec![]).await?;
                Ok((left < opened).then_some(()))
            })
            .await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
