//! What a visitor does with the panel, and reads there.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::{
    Browser,
    browser::{FIND, part},
    until,
};

impl Browser {
    /// Opens the panel by the floating button, and waits until it has the keyboard, as one who has to see it first.
    ///
    /// # Errors
    /// If there is no button, or no panel appears.
    pub async fn launch(&self) -> Result<()> {
        self.click_beside(&part("launcher")).await?;
        self.part("panel").await?;
        self.focused("title").await
    }

    /// Waits until the Leptos panel owns the elements.
    ///
    /// # Errors
    /// If it doesn't come.
    pub async fn arrived(&self) -> Result<()> {
        until("the panel to adopt what stands there", async || {
            Ok((self.owner().await?.as_deref() == Some("panel")).then_some(()))
        })
        .await
    }

    /// Who owns the panel's elements: `aid` or `panel`; none before they are drawn.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn owner(&self) -> Result<Option<String>> {
        self.attribute(&part("panel"), "data-by").await
    }

    /// Chooses a kind, once it can be pressed.
    ///
    /// # Errors
    /// If it isn't there to be chosen.
    pub async fn choose(&self, kind: &str) -> Result<()> {
        self.click(&format!("[part~=kind][value={kind}]:not([inert] *)")).await?;
        self.phase("write").await
    }

    /// Presses Send: each time in another place of it, since two quick clicks in one place are taken for one.
    ///
    /// # Errors
    /// If it isn't there to be pressed.
    pub async fn send(&self) -> Result<()> {
        self.click_beside(&part("send")).await
    }

    /// Types into a part, key by key.
    ///
    /// # Errors
    /// If the part can't be typed into.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<()> {
        self.with(&part(name), async |element| element.send_keys(text).await).await
    }

    /// Types into the field of a name, key by key.
    ///
    /// # Errors
    /// If the field can't be typed into.
    pub async fn type_into_field(&self, name: &str, text: &str) -> Result<()> {
        self.with(&format!("[name={name}]"), async |element| element.send_keys(text).await).await
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

    /// What has the focus: its part, name, deed, class or tag, looked up through shadow roots.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn focus(&self) -> Result<String> {
        let script = "
            let element = document.activeElement;
            while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
            if (!element) return '';
            const name = element.getAttribute('part') ?? element.getAttribute('name') ?? element.dataset.do ?? element.id;
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
        let script = format!("{FIND} return (seen ?? found[0])?.getAttribute(arguments[1])");
        self.script(&script, vec![json!(selector), json!(name)]).await
    }

    /// The text of an element of the widget that a visitor reads; empty if it isn't there.
    ///
    /// # Errors
    /// If the browser can't say.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let script = format!("{FIND} return (seen ?? found[0])?.innerText?.trim() ?? ''");
        self.script(&script, vec![json!(selector)]).await
    }

    /// The value of a field.
    ///
    /// # Errors
    /// If the field isn't there.
    pub async fn value(&self, name: &str) -> Result<String> {
        self.script(&format!("{FIND} return (seen ?? found[0]).value"), vec![json!(part(name))]).await
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
}
