//! Takes every screen in four languages, light and dark, in several windows, to be looked at:
//! `cargo xtask pictures --all`.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use say_so_tests::{Answer, Endpoint, Look, Scene, page, said, show, until};
use serde_json::json;
use thirtyfour::Key;

const DESK: Look = Look { width: 1200, height: 900, scale: 1.0, dark: false, phone: false };
const PHONE: Look = Look { width: 390, height: 844, scale: 1.0, dark: false, phone: true };

/// The windows, and the names of their folders.
const LOOKS: [(&str, Look); 6] = [
    ("desk", DESK),
    ("desk-dark", Look { dark: true, ..DESK }),
    ("phone", PHONE),
    ("phone-dark", Look { dark: true, ..PHONE }),
    ("narrow", Look { width: 320, height: 640, ..PHONE }),
    // A window of 1200 × 900 at 200 %.
    ("zoomed", Look { width: 600, height: 450, scale: 2.0, ..DESK }),
];

/// What visitors of a language write.
struct Visitor {
    lang: &'static str,
    name: &'static str,
    words: [&'static str; 3],
}

const VISITORS: [Visitor; 4] = [
    Visitor {
        lang: "en",
        name: "Priya",
        words: [
            "The jug is lovely, but its lid arrived in two pieces. The straw was all at the bottom of the box.",
            "The mug sits in the hand as if it had always been there.",
            "Sell the lids alone. They are what breaks.",
        ],
    },
    Visitor {
        lang: "de",
        name: "Annegret Wüstenhagen",
        words: [
            "Der Krug ist schön, aber der Deckel kam in zwei Teilen an. Das Stroh lag ganz unten im Karton.",
            "Der Becher liegt in der Hand, als wäre er immer dort gewesen.",
            "Verkaufen Sie die Deckel einzeln. Die Versandkostenpauschale wäre mir gleichgültig.",
        ],
    },
    Visitor {
        lang: "ar",
        name: "ليلى",
        words: [
            "الإبريق جميل، لكن غطاءه وصل مكسورًا إلى قطعتين. رقم الطلب NR-2041، وكان القش كله في أسفل الصندوق.",
            "الكوب مريح في اليد كأنه كان فيها دائمًا.",
            "بيعوا الأغطية وحدها، فهي التي تنكسر.",
        ],
    },
    Visitor {
        lang: "ja",
        name: "佐藤",
        words: [
            "水差しはすてきですが、ふたが二つに割れて届きました。わらは全部、箱の底にありました。",
            "マグカップは、ずっと前からそこにあったように手になじみます。",
            "ふただけでも売ってください。割れるのはいつもふたです。",
        ],
    },
];

/// One word without a place to break it.
const LONG: &str = "'https://shop.example/'.padEnd(240, 'Donaudampfschifffahrtsgesellschaft')";

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("name the folder for the pictures")?);
    for (name, look) in LOOKS {
        let folder = folder.join(name);
        fs::create_dir_all(&folder)?;
        show(look, async |scene| {
            for visitor in &VISITORS {
                Gallery::open(scene, &folder, visitor).await?.all().await?;
            }
            Ok(())
        })?;
        println!("{}", folder.display());
    }
    Ok(())
}

/// The pictures of one window in one language.
struct Gallery<'a> {
    scene: &'a Scene,
    visitor: &'a Visitor,
    endpoint: Endpoint,
    folder: PathBuf,
    taken: Cell<u32>,
}

impl<'a> Gallery<'a> {
    async fn open(scene: &'a Scene, folder: &Path, visitor: &'a Visitor) -> Result<Self> {
        scene.allow("unreachable");
        scene.allow("busy");
        scene.site.file("/say-so.json", "application/json", site())?;
        let endpoint = Endpoint::start(Answer::Pass(scene.collector.endpoint())).await?;
        Ok(Self { scene, visitor, endpoint, folder: folder.into(), taken: Cell::new(0) })
    }

    async fn all(&self) -> Result<()> {
        self.writing().await?;
        self.complaint().await?;
        self.others().await?;
        self.inline().await
    }

    /// From the launcher to words on their way.
    async fn writing(&self) -> Result<()> {
        let browser = &self.scene.browser;
        self.visit(self.endpoint.address(), "").await?;
        browser.part("launcher").await?;
        self.take("launcher").await?;
        browser.script::<()>("document.querySelector('#more').focus()", vec![]).await?;
        browser.press(Key::Tab).await?;
        self.take("launcher-focused").await?;
        browser.launch().await?;
        browser.arrived().await?;
        self.take("choose").await?;
        browser.press(Key::Tab).await?;
        browser.press(Key::Tab).await?;
        self.take("choose-focused").await?;
        self.choose("complaint").await?;
        self.take("noted").await?;
        browser.click("summary").await?;
        self.take("receive").await?;
        browser.click("summary").await?;
        browser.click("[part~=reply]").await?;
        browser.send().await?;
        browser.focused("problem").await?;
        self.take("errors").await?;
        browser.paste("message", "'x '.repeat(6e3)").await?;
        browser.paste("name", "'Ada Lovelace '.repeat(30)").await?;
        browser.type_into("email", "ada@").await?;
        browser.send().await?;
        browser.focused("problem").await?;
        self.take("errors-long").await?;
        browser.paste("message", LONG).await?;
        browser.paste("name", LONG).await?;
        browser.paste("email", "'a'.repeat(60) + '@example.com'").await?;
        self.take("unbroken").await?;
        self.fill(0).await?;
        self.take("written").await?;
        self.endpoint.answer(Answer::refusal(503, "busy", "busy"));
        browser.send().await?;
        browser.phase("not-kept").await?;
        browser.focused("problem").await?;
        self.take("not-kept").await?;
        self.endpoint.answer(Answer::Broken);
        browser.send().await?;
        browser.phase("unsure").await?;
        browser.focused("problem").await?;
        self.take("unsure").await?;
        self.endpoint.answer(Answer::Never);
        browser.send().await?;
        browser.phase("sending").await?;
        self.take("sending").await?;
        // The button, hidden.
        self.visit(self.endpoint.address(), "").await?;
        browser.click("[data-do=dismiss]").await?;
        browser.focused("undo").await?;
        self.take("hidden").await?;
        browser.script("sessionStorage.clear()", vec![]).await
    }

    /// The answer to a complaint, and what can be done there.
    async fn complaint(&self) -> Result<()> {
        let browser = &self.scene.browser;
        self.visit(&self.scene.collector.endpoint(), "").await?;
        browser.launch().await?;
        browser.arrived().await?;
        self.choose("complaint").await?;
        self.fill(0).await?;
        self.send().await?;
        self.take("sent-complaint").await?;
        browser.click("[data-do=take-back]").await?;
        browser.focused("keep").await?;
        self.take("take-back-asked").await?;
        browser.click("[data-do=delete]").await?;
        self.says("#title", "take-back.done").await?;
        self.take("taken-back").await?;
        browser.click("[part~=confirmation] [data-do=close]").await
    }

    /// The answers to praise and to an idea.
    async fn others(&self) -> Result<()> {
        let browser = &self.scene.browser;
        browser.launch().await?;
        self.choose("praise").await?;
        self.fill(1).await?;
        self.send().await?;
        self.take("sent-praise").await?;
        browser.click("[data-do=quote]").await?;
        self.says("[data-fill=said]", "quote.sent").await?;
        self.take("quoted").await?;
        browser.click("[part~=confirmation] [data-do=close]").await?;
        browser.launch().await?;
        self.choose("suggestion").await?;
        browser.paste("message", &json!(self.visitor.words[2]).to_string()).await?;
        self.send().await?;
        self.take("sent-suggestion").await?;
        browser.click(".answer summary").await?;
        browser.click("[data-do=answer]").await?;
        browser.focused("answer").await?;
        self.take("answer-wrong").await?;
        browser.type_text("ada@example.com").await?;
        browser.press(Key::Enter).await?;
        browser.gone("[data-do=answer]").await?;
        self.take("answered").await?;
        browser.click("[data-do=more]").await?;
        browser.phase("write").await?;
        browser.paste("message", LONG).await?;
        self.send().await?;
        self.take("sent-unbroken").await
    }

    /// The panel in the page's own flow.
    async fn inline(&self) -> Result<()> {
        let browser = &self.scene.browser;
        self.visit(&self.scene.collector.endpoint(), "data-launcher=inline").await?;
        browser.part("kind").await?;
        self.says("[part~=kind][value=complaint] b", "complaint").await?;
        self.take("inline").await?;
        self.choose("suggestion").await?;
        self.take("inline-noted").await?;
        browser.paste("message", &json!(self.visitor.words[2]).to_string()).await?;
        self.send().await?;
        self.take("inline-sent").await
    }

    /// Opens a page in the visitor's language, whose feedback goes to the endpoint.
    async fn visit(&self, endpoint: &str, attributes: &str) -> Result<()> {
        let Visitor { lang, .. } = self.visitor;
        let tag = format!(
            "<script src=/widget/embed.js data-endpoint={endpoint} data-config=/say-so.json {attributes}></script>"
        );
        let direction = if *lang == "ar" { "rtl" } else { "ltr" };
        let head = "<meta name=color-scheme content=\"light dark\">
            <style>body { font: 16px/1.5 system-ui } main { max-width: 40em }</style>";
        let more = format!("<p><a id=more href=#>{}</a></p>{tag}", self.visitor.words[0]);
        let html = page(head, &more).replacen("lang=\"en-GB\"", &format!("lang={lang} dir={direction}"), 1);
        let browser = &self.scene.browser;
        browser.goto(&self.scene.site.page("/", &html, &[])?).await?;
        self.scene.loaded().await?;
        // A caret that blinks, and the flash under a finger, would make two pictures of one thing differ.
        let calm = "const sheet = new CSSStyleSheet();
            sheet.replaceSync('* { caret-color: #0000; -webkit-tap-highlight-color: #0000 }');
            document.querySelector('say-so').shadowRoot.adoptedStyleSheets.push(sheet)";
        browser.script(calm, vec![]).await
    }

    /// Chooses a kind, and waits until that is noted.
    async fn choose(&self, kind: &str) -> Result<()> {
        self.scene.browser.choose(kind).await?;
        self.says(".note", &format!("noted.{kind}")).await
    }

    /// Fills the form as a visitor does who would like a reply.
    async fn fill(&self, kind: usize) -> Result<()> {
        let browser = &self.scene.browser;
        browser.paste("message", &json!(self.visitor.words[kind]).to_string()).await?;
        let tick = "document.querySelector('say-so').shadowRoot.querySelector('[part~=reply]').checked = true";
        browser.script::<()>(tick, vec![]).await?;
        browser.paste("name", &json!(self.visitor.name).to_string()).await?;
        browser.paste("email", "'priya@example.com'").await
    }

    async fn send(&self) -> Result<()> {
        let browser = &self.scene.browser;
        browser.send().await?;
        browser.phase("sent").await?;
        browser.part("confirmation").await
    }

    /// Waits until an element says the sentence of that key, and maybe a button behind it.
    async fn says(&self, selector: &str, key: &str) -> Result<()> {
        let sentence = said(self.visitor.lang, key)?;
        until(&format!("{selector} to say {sentence:?}"), async || {
            Ok(self.scene.browser.text(selector).await?.starts_with(&sentence).then_some(()))
        })
        .await
    }

    /// Takes a picture as it stands, and another one of its end if it doesn't fit the window.
    async fn take(&self, name: &str) -> Result<()> {
        let browser = &self.scene.browser;
        let number = self.taken.replace(self.taken.get() + 1);
        let file = |end| self.folder.join(format!("{}-{number:02}-{name}{end}.png", self.visitor.lang));
        browser.still().await?;
        browser.picture(&file("")).await?;
        let scroll = "
            const root = document.querySelector('say-so').shadowRoot;
            const parts = [...root.querySelectorAll('.frame, .body, .sent')];
            const inline = root.querySelector('.frame.inline');
            const scroller = inline ? document.scrollingElement
                : parts.find(part => part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY === 'auto') ?? parts[0];
            const { scrollTop } = scroller;
            scroller.scrollTop = arguments[0] ?? 1e6;
            return scroller.scrollTop === scrollTop ? null : scrollTop";
        let before: Option<f64> = browser.script(scroll, vec![]).await?;
        if before.is_some() {
            browser.picture(&file("-end")).await?;
            browser.script::<Option<f64>>(scroll, vec![json!(before)]).await?;
        }
        Ok(())
    }
}

/// A site's file with everything that a confirmation can show.
fn site() -> String {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let mut hours = json!({ "zone": "Europe/London", "reply": "2 days" });
    for day in days {
        hours[day] = json!(["09:00-17:00"]);
    }
    let reach = json!({
        "phone": "+44 1632 960 114",
        "email": "hello@nettlerow.example",
        "address": "The Old Dairy, 3 Nettle Row, Hathersby",
    });
    json!({ "reader": { "person": "Dana", "team": "Customer Care" }, "hours": hours, "reach": reach }).to_string()
}
