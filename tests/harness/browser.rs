//! A browser session, and a visitor's way around in it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{Capabilities, Key, WebDriver, WebElement};
use tokio::sync::{Mutex, OwnedSemaphorePermit};

use crate::{Engine, drivers::Drivers, until};

/// A session with a new profile. It has to be closed, or the driver refuses the next one.
pub struct Browser {
    driver: WebDriver,
    recorded: Mutex<Vec<String>>,
    _permit: OwnedSemaphorePermit,
    _profile: TempDir,
}

/// Finds an element in the widget's shadow root.
const FIND: &str = "return document.querySelector('say-so')?.shadowRoot?.querySelector(arguments[0])";
/// Finds an element there that a visitor can see.
const SEE: &str = "
    const found = document.querySelector('say-so')?.shadowRoot?.querySelectorAll(arguments[0]) ?? [];
    return [...found].find(element => element.getClientRects().length > 0
        && getComputedStyle(element).visibility === 'visible')";

impl Browser {
    /// Opens a session.
    ///
    /// # Errors
    /// If the driver or the browser can't be started.
    pub(crate) async fn open(drivers: &Drivers, engine: Engine) -> Result<Self> {
        let (address, permit) = drivers.driver(engine).await?;
        let profile = TempDir::new()?;
        let mut capabilities = Capabilities::new();
        if let Value::Object(map) = engine.capabilities(&profile.path().to_string_lossy()) {
            for (name, value) in map {
                capabilities.set(name, value)?;
            }
        }
        let driver = WebDriver::new(address, capabilities).await.with_context(|| format!("no session in {engine}"))?;
        Ok(Self { driver, recorded: Mutex::default(), _permit: permit, _profile: profile })
    }

    /// Closes the session.
    ///
    /// # Errors
    /// If the driver doesn't answer.
    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    /// Goes to an address and waits until the page has loaded.
    ///
    /// # Errors
    /// If the page can't be loaded.
    pub async fn goto(&self, address: &str) -> Result<()> {
        self.collect().await?;
        self.driver.goto(address).await.with_context(|| format!("{address} can't be opened"))?;
        Ok(())
    }

    /// Runs a script in the page, with `arguments`, and gives what it returns.
    ///
    /// # Errors
    /// If the script throws, or returns something else.
    pub async fn script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> Result<T> {
        let returned = self.driver.execute(script, arguments).await?;
        returned.convert().with_context(|| format!("the script returned {}: {script}", returned.json()))
    }

    /// The element that a script returns, if it returns one.
    async fn element(&self, script: &str, selector: &str) -> Result<Option<WebElement>> {
        let returned = self.driver.execute(script, vec![json!(selector)]).await?;
        Ok(if returned.json().is_null() { None } else { Some(returned.element()?) })
    }

    /// The element of the widget that the CSS selector names, once a visitor can see it.
    ///
    /// # Errors
    /// If it doesn't appear.
    pub async fn seen(&self, selector: &str) -> Result<WebElement> {
        until(&format!("{selector} to be seen"), async || self.element(SEE, selector).await).await
    }

    /// The part of the widget, such as `message`, once a visitor can see it.
    ///
    /// # Errors
    /// If it doesn't appear.
    pub async fn part(&self, name: &str) -> Result<WebElement> {
        self.seen(&part(name)).await
    }

    /// Whether a visitor sees the part now.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn sees(&self, selector: &str) -> Result<bool> {
        Ok(self.element(SEE, selector).await?.is_some())
    }

    /// Waits until a visitor no longer sees what the selector names.
    ///
    /// # Errors
    /// If it stays.
    pub async fn gone(&self, selector: &str) -> Result<()> {
        until(&format!("{selector} to go"), async || Ok((!self.sees(selector).await?).then_some(()))).await
    }

    /// Clicks on what the selector names, once a visitor can see it.
    ///
    /// # Errors
    /// If it doesn't appear, or something lies above it.
    pub async fn click(&self, selector: &str) -> Result<()> {
        let element = self.seen(selector).await?;
        element.click().await.with_context(|| format!("{selector} can't be clicked"))
    }

    /// Opens the panel by the floating button.
    ///
    /// # Errors
    /// If there is no button, or no panel appears.
    pub async fn launch(&self) -> Result<()> {
        self.click(&part("launcher")).await?;
        self.part("panel").await?;
        Ok(())
    }

    /// Chooses a kind.
    ///
    /// # Errors
    /// If it isn't there to be chosen.
    pub async fn choose(&self, kind: &str) -> Result<()> {
        self.click(&format!("[part~=kind][value={kind}]")).await?;
        self.phase("write").await
    }

    /// Presses Send.
    ///
    /// # Errors
    /// If it isn't there to be pressed.
    pub async fn send(&self) -> Result<()> {
        self.click(&part("send")).await
    }

    /// Types into a part, key by key.
    ///
    /// # Errors
    /// If the part can't be typed into.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<()> {
        self.part(name).await?.send_keys(text).await.with_context(|| format!("{text:?} can't be typed into {name}"))
    }

    /// Puts a text into a part at once, as pasting does. The text is a JavaScript expression.
    ///
    /// # Errors
    /// If the part isn't there.
    pub async fn paste(&self, name: &str, expression: &str) -> Result<()> {
        self.part(name).await?;
        let script = format!(
            "const field = document.querySelector('say-so').shadowRoot.querySelector(arguments[0]);
             field.focus();
             field.value = {expression};
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true, composed: true }}));"
        );
        self.script(&script, vec![json!(part(name))]).await
    }

    /// Presses a key, wherever the focus is.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn press(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(key).perform().await?)
    }

    /// Presses a key while Shift is held.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn press_with_shift(&self, key: Key) -> Result<()> {
        Ok(self.driver.action_chain().key_down(Key::Shift).send_keys(key).key_up(Key::Shift).perform().await?)
    }

    /// Types wherever the focus is.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn type_text(&self, text: &str) -> Result<()> {
        Ok(self.driver.action_chain().send_keys(text).perform().await?)
    }

    /// Clicks twice, as fast as a mouse can.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn double_click(&self, selector: &str) -> Result<()> {
        let element = self.seen(selector).await?;
        Ok(self.driver.action_chain().double_click_element(&element).perform().await?)
    }

    /// What has the focus: its part, name, class or tag, looked up through shadow roots.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn focus(&self) -> Result<String> {
        let script = "
            let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            if (!element) return '';
            const name = element.getAttribute('part') ?? element.getAttribute('name') ?? element.id;
            return (name || element.className || element.localName) + (element.value && element.name === 'kind' ? ' ' + element.value : '')";
        self.script(script, vec![]).await
    }

    /// Waits until the focus is where [`focus`](Self::focus) says so.
    ///
    /// # Errors
    /// If it doesn't come there.
    pub async fn focused(&self, name: &str) -> Result<()> {
        let arrived =
            until(&format!("the focus on {name}"), async || Ok((self.focus().await? == name).then_some(()))).await;
        match arrived {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("the focus is on {}", self.focus().await?))),
        }
    }

    /// Waits for a phase of the panel.
    ///
    /// # Errors
    /// If it doesn't come; the error says what stands there instead.
    pub async fn phase(&self, phase: &str) -> Result<()> {
        let reached = until(&format!("the phase {phase}"), async || {
            Ok(self.attribute(&part("panel"), "data-phase").await?.filter(|now| now == phase))
        })
        .await;
        match reached {
            Ok(_) => Ok(()),
            Err(error) => Err(error.context(format!("the panel says: {}", self.text(&part("panel")).await?))),
        }
    }

    /// An attribute of an element of the widget, if there are both.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>> {
        let script = format!("{}?.getAttribute(arguments[1])", FIND);
        self.script(&script, vec![json!(selector), json!(name)]).await
    }

    /// The text of an element of the widget that a visitor reads; empty if it isn't there.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let script = format!("{}?.innerText?.trim() ?? ''", FIND);
        self.script(&script, vec![json!(selector)]).await
    }

    /// The value of a field.
    ///
    /// # Errors
    /// If the field isn't there.
    pub async fn value(&self, name: &str) -> Result<String> {
        self.script(&format!("{}.value", FIND), vec![json!(part(name))]).await
    }

    /// Makes sure that a part is seen and contains a text.
    ///
    /// # Errors
    /// If it doesn't; the error says what stands there instead.
    pub async fn says(&self, selector: &str, text: &str) -> Result<()> {
        self.seen(selector).await?;
        let said = self.text(selector).await?;
        ensure!(said.contains(text), "{selector} says {said:?}, not {text:?}");
        Ok(())
    }

    /// Takes a picture of the window.
    ///
    /// # Errors
    /// If it can't be taken or written.
    pub async fn picture(&self, file: &Path) -> Result<()> {
        Ok(self.driver.screenshot(file).await?)
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
        let new: Vec<String> = self.script("return (window.recorded ?? []).splice(0)", vec![]).await?;
        self.recorded.lock().await.extend(new);
        Ok(())
    }
}

/// The selector of a part.
pub(crate) fn part(name: &str) -> String {
    format!("[part~={name}]")
}
