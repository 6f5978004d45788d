//! A browser's window, and a visitor's way around in it.

use std::{
    path::Path,
    sync::atomic::{AtomicI64, Ordering},
};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::{
    By, Key, WebDriver, WebElement,
    error::{WebDriverError, WebDriverErrorInner, WebDriverResult},
};
use tokio::sync::Mutex;

use crate::{
    Engine, Look,
    drivers::{Drivers, Taken},
    session::Session,
    until,
};

/// How often a session is asked for.
const TRIES: usize = 3;

/// A window that no page has been in, of a browser that may have had others. It has to be closed, or the
/// driver refuses the next session.
pub struct Browser {
    session: Session,
    taken: Taken,
    /// Whether it looks like any other, so that the next test can go on with it.
    is_plain: bool,
    recorded: Mutex<Vec<String>>,
    /// How often was clicked beside the middle.
    clicks: AtomicI64,
}

/// Finds an element in the widget's shadow root, one that a visitor can see if there is one.
pub(crate) const FIND: &str = "
    const found = [...document.querySelector('say-so')?.shadowRoot?.querySelectorAll(arguments[0]) ?? []];
    const seen = found.find(element => element.getClientRects().length > 0
        && getComputedStyle(element).visibility === 'visible');
    ";

impl Browser {
    /// Opens a window, in Chromium also one that looks in a certain way.
    ///
    /// # Errors
    /// If the driver or the browser can't be started.
    pub(crate) async fn open(drivers: &Drivers, engine: Engine, look: Option<Look>) -> Result<Self> {
        let mut taken = drivers.take(engine).await;
        let is_plain = look.is_none();
        if is_plain && let Some(session) = taken.place.rested().await {
            return Ok(Self { session, taken, is_plain, recorded: Mutex::default(), clicks: AtomicI64::default() });
        }
        let mut tries = 0;
        loop {
            tries += 1;
            match Session::start(taken.place.driver(engine).await?, engine, look).await {
                Ok(session) => {
                    return Ok(Self {
                        session,
                        taken,
                        is_plain,
                        recorded: Mutex::default(),
                        clicks: AtomicI64::default(),
                    });
                }
                // Now and then a driver ends, or refuses a session while it still clears up after the last one.
                Err(error) if tries < TRIES => eprintln!("{engine} gave no session, trying again: {error:#}"),
                Err(error) => return Err(error),
            }
        }
    }

    /// Closes the window. The browser goes on to the next test, unless something went wrong in this one.
    ///
    /// # Errors
    /// If the driver doesn't answer.
    pub(crate) async fn close(mut self, went_well: bool) -> Result<()> {
        if went_well && self.is_plain {
            match self.session.renew().await {
                Ok(()) => {
                    self.taken.place.rest(self.session);
                    return Ok(());
                }
                Err(error) => eprintln!("the next test gets a new browser: {error:#}"),
            }
        }
        Ok(self.session.quit().await?)
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        &self.session.driver
    }

    /// Goes to an address and waits until the page has loaded.
    ///
    /// # Errors
    /// If the page can't be loaded.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.collect().await?;
        self.driver().goto(address).await.with_context(|| format!("{address} can't be opened"))?;
        Ok(())
    }

    /// Goes into the first frame of the page.
    ///
    /// # Errors
    /// If there is none.
    pub async fn enter_frame(&self) -> Result<()> {
        Ok(self.driver().enter_frame(0).await?)
    }

    /// Goes into the window that was opened last, once it is there.
    ///
    /// # Errors
    /// If the page has opened none.
    pub async fn enter_last_window(&self) -> Result<()> {
        let now = self.driver().window().await?;
        let other = until("another window", async || {
            Ok(self.driver().windows().await?.into_iter().find(|window| *window != now))
        });
        Ok(self.driver().switch_to_window(other.await?).await?)
    }

    /// Runs a script in the page, with `arguments`, and gives what it returns.
    ///
    /// # Errors
    /// If the script throws, or returns something else.
    pub async fn script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        let returned = self.driver().execute(script, arguments).await?;
        returned.convert().with_context(|| format!("the script returned {}: {script}", returned.json()))
    }

    /// Runs a script that hands its result to a function, its last argument.
    ///
    /// # Errors
    /// If it throws, hands over something else, or nothing in time.
    pub async fn script_later<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        let returned = self.driver().execute_async(script, vec![]).await?;
        returned.convert().with_context(|| format!("the script handed over {}", returned.json()))
    }

    /// Clicks on an element of the host page.
    ///
    /// # Errors
    /// If there is none, or something lies above it.
    pub async fn click_on_page(&self, selector: &str) -> Result<()> {
        let element = self.driver().find(By::Css(selector)).await.with_context(|| format!("there is no {selector}"))?;
        element.click().await.with_context(|| format!("{selector} can't be clicked"))
    }

    /// The element of the widget that the CSS selector names, if a visitor can see it now.
    async fn element(&self, selector: &str) -> Result<Option<WebElement>> {
        match self.driver().execute(format!("{FIND} return seen"), vec![json!(selector)]).await {
            Ok(returned) if returned.json().is_null() => Ok(None),
            Ok(returned) => Ok(Some(returned.element()?)),
            Err(error) if is_stale(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Does something with an element of the widget once a visitor can see it. If it has left the page in the
    /// meantime, the one in its place is used.
    ///
    /// # Errors
    /// If the element doesn't appear, or it can't be done.
    pub(crate) async fn with<T>(
        &self,
        selector: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<T>,
    ) -> Result<T> {
        until(&format!("{selector} to be seen"), async || {
            let Some(element) = self.element(selector).await? else { return Ok(None) };
            match act(element.clone()).await {
                Ok(done) => Ok(Some(done)),
                Err(error) if is_stale(&error) || self.has_left(&element).await => Ok(None),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    /// Whether an element is no longer on the page. Chromium calls one that leaves while keys are sent to it not
    /// interactable.
    async fn has_left(&self, element: &WebElement) -> bool {
        let Ok(element) = element.to_json() else { return false };
        let there = self.driver().execute("return arguments[0].isConnected", vec![element]).await;
        there.map_or_else(|error| is_stale(&error), |there| there.json() == false)
    }

    /// Waits until a visitor can see the element of the widget that the CSS selector names.
    ///
    /// # Errors
    /// If it doesn't appear.
    pub async fn seen(&self, selector: &str) -> Result<()> {
        self.with(selector, async |_| Ok(())).await
    }

    /// Waits until a visitor can see the part of the widget, such as `message`.
    ///
    /// # Errors
    /// If it doesn't appear.
    pub async fn part(&self, name: &str) -> Result<()> {
        self.seen(&part(name)).await
    }

    /// Whether a visitor sees the part now.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn sees(&self, selector: &str) -> Result<bool> {
        Ok(self.element(selector).await?.is_some())
    }

    /// Waits until a visitor no longer sees what the selector names.
    ///
    /// # Errors
    /// If it stays.
    pub async fn gone(&self, selector: &str) -> Result<()> {
        until(&format!("{selector} to go"), async || Ok((!self.sees(selector).await?).then_some(()))).await
    }

    /// Clicks on what the selector names, once a visitor can see it. They scroll it to where Send doesn't
    /// lie above it; drivers only scroll to what is outside of the window.
    ///
    /// # Errors
    /// If it doesn't appear, or something lies above it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        self.with(selector, async |element| {
            let scroll = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })";
            self.driver().execute(scroll, vec![element.to_json()?]).await?;
            element.click().await
        })
        .await
    }

    /// Clicks on what the selector names, as [`click`](Self::click) does, but beside its middle, and in turn farther away.
    ///
    /// # Errors
    /// If it doesn't appear, or something lies above it.
    pub async fn click_beside(&self, selector: &str) -> Result<()> {
        let far = 1 + self.clicks.fetch_add(1, Ordering::Relaxed) % 2;
        self.with(selector, async |element| {
            let aim = "const [element, far] = arguments;
                element.scrollIntoView({ block: 'center', inline: 'nearest' });
                const { left, top, width, height } = element.getBoundingClientRect();
                const above = element.getRootNode().elementFromPoint(left + width / 2 + far * width / 5, top + height / 2);
                return element.contains(above) ? Math.trunc(far * width / 5) : null";
            let offset = self.driver().execute(aim, vec![element.to_json()?, json!(far)]).await?;
            match offset.json().as_i64() {
                Some(offset) => {
                    let chain = self.driver().action_chain().move_to_element_with_offset(&element, offset, 0).click();
                    match chain.perform().await {
                        // In a frame that has to be scrolled to.
                        Err(error) if matches!(*error, WebDriverErrorInner::MoveTargetOutOfBounds(_)) => element.click().await,
                        clicked => clicked,
                    }
                }
                None => element.click().await,
            }
        })
        .await
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn press(&self, key: Key) -> Result<()> {
        Ok(self.driver().action_chain().send_keys(key).perform().await?)
    }

    /// Presses the keys that undo what was typed last.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn undo(&self) -> Result<()> {
        Ok(self.driver().action_chain().key_down(Key::Control).send_keys("z").key_up(Key::Control).perform().await?)
    }

    /// Types wherever the focus is.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver().action_chain().send_keys(text).perform().await?)
    }

    /// Composes a text where the focus is, as an input method does before anything is chosen. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn compose(&self, text: &str) -> Result<()> {
        let end = text.encode_utf16().count();
        let composition = json!({ "text": text, "selectionStart": end, "selectionEnd": end });
        self.driver().cdp().send_raw("Input.imeSetComposition", composition).await?;
        Ok(())
    }

    /// Puts a text where the focus is, in place of what is composed there, as an input method does. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn insert(&self, text: &str) -> Result<()> {
        self.driver().cdp().send_raw("Input.insertText", json!({ "text": text })).await?;
        Ok(())
    }

    /// Clicks twice, as fast as a mouse can.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn double_click(&self, selector: &str) -> Result<()> {
        self.with(selector, async |element| self.driver().action_chain().double_click_element(&element).perform().await)
            .await
    }

    /// Clicks twice on an element of the host page, as fast as a mouse can.
    ///
    /// # Errors
    /// If there is none.
    pub async fn double_click_on_page(&self, selector: &str) -> Result<()> {
        let element = self.driver().find(By::Css(selector)).await.with_context(|| format!("there is no {selector}"))?;
        Ok(self.driver().action_chain().double_click_element(&element).perform().await?)
    }

    /// Clicks on one thing and then on another, as fast as a mouse can.
    ///
    /// # Errors
    /// If a selector names nothing that is seen.
    pub async fn click_both(&self, first: &str, second: &str) -> Result<()> {
        let (first, second) = (self.element(first).await?, self.element(second).await?);
        let (Some(first), Some(second)) = (first, second) else { bail!("one of them is not seen") };
        Ok(self.driver().action_chain().click_element(&first).click_element(&second).perform().await?)
    }

    /// Taps twice with a finger in the same place of the window. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn tap_twice(&self, x: f64, y: f64) -> Result<()> {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        self.driver().cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
        for _ in 0..2 {
            let points = json!([{ "x": x, "y": y }]);
            self.driver()
                .cdp()
                .send_raw("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": points }))
                .await?;
            self.driver()
                .cdp()
                .send_raw("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }))
                .await?;
        }
        Ok(())
    }

    /// Sets the text size that the visitor has chosen for all pages, in CSS pixels. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn text_size(&self, size: u32) -> Result<()> {
        self.driver().cdp().send_raw("Page.setFontSizes", json!({ "fontSizes": { "standard": size } })).await?;
        Ok(())
    }

    /// Shows the page as in another medium, such as `print`, and with these media features, until it is said again with
    /// none. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn media(&self, medium: &str, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<_> = features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        let media = json!({ "media": medium, "features": features });
        self.driver().cdp().send_raw("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Shows the page as in a window of this size, in CSS pixels, however narrow. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn window(&self, width: u32, height: u32) -> Result<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver().cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
        Ok(())
    }

    /// What assistive tools are told of the page. In Chromium only.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn accessibility(&self) -> Result<Value> {
        Ok(self.driver().cdp().send_raw("Accessibility.getFullAXTree", json!({})).await?)
    }

    /// Waits until nothing on the page moves any more, the widget included.
    ///
    /// # Errors
    /// If it goes on moving.
    pub async fn still(&self) -> Result<()> {
        let script = "
            const done = arguments[arguments.length - 1];
            const roots = [document, document.querySelector('say-so')?.shadowRoot];
            const moving = roots.flatMap(root => root?.getAnimations?.() ?? []).map(animation => animation.finished);
            Promise.allSettled([...moving, document.fonts.ready]).then(() => done(null))";
        self.script_later(script).await
    }

    /// Takes a picture of the window.
    ///
    /// # Errors
    /// If it can't be taken or written.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        Ok(self.driver().screenshot(file).await?)
    }

    /// Everything that went wrong on the pages so far.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn recorded(&self) -> Result<Vec<String>> {
        self.collect().await?;
        Ok(self.recorded.lock().await.clone())
    }

    /// Takes over what the page has recorded, since the next page starts anew.
    async fn collect(&self) -> Result<()> {
        // A frame without an origin can't look out of itself.
        let script = "let list; try { list = window.top.recorded } catch { list = window.recorded } return (list ?? []).splice(0)";
        let new: Vec<String> = self.script(script, vec![]).await?;
        self.recorded.lock().await.extend(new);
        Ok(())
    }
}

/// Whether the element has left the page since it was found.
fn is_stale(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::StaleElementReference(_))
}

/// The selector of a part.
pub(crate) fn part(name: &str) -> String {
    format!("[part~={name}]")
}
