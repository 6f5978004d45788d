//! What a visitor's hands do besides clicking and typing.

use anyhow::Result;
use serde_json::json;

use crate::{Browser, browser::FIND};

impl Browser {
    /// Presses a letter with the Control key.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn control(&self, letter: &str) -> Result<()> {
        let chain = self.driver().action_chain().key_down(thirtyfour::Key::Control);
        Ok(chain.send_keys(letter).key_up(thirtyfour::Key::Control).perform().await?)
    }

    /// Presses the other mouse button on an element of the widget.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn context_click(&self, selector: &str) -> Result<()> {
        self.with(selector, async |element| {
            self.driver().action_chain().context_click_element(&element).perform().await
        })
        .await
    }

    /// Turns the wheel on an element of the widget, down by so many CSS pixels. In Chromium only.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn wheel(&self, selector: &str, down: i32) -> Result<()> {
        self.gesture(selector, "mouse", down).await
    }

    /// Moves a finger on an element of the widget, so that it scrolls down by so many CSS pixels. In Chromium only.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn swipe(&self, selector: &str, down: i32) -> Result<()> {
        let touch = json!({ "enabled": true, "maxTouchPoints": 1 });
        self.driver().cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
        self.gesture(selector, "touch", down).await
    }

    /// Drags a text over an element of the widget, and drops it there. In Chromium only.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn drop_text(&self, selector: &str, text: &str) -> Result<()> {
        let (x, y) = self.middle(selector).await?;
        let data = json!({ "items": [{ "mimeType": "text/plain", "data": text }], "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            let drag = json!({ "type": kind, "x": x, "y": y, "data": data });
            self.driver().cdp().send_raw("Input.dispatchDragEvent", drag).await?;
        }
        Ok(())
    }

    async fn gesture(&self, selector: &str, source: &str, down: i32) -> Result<()> {
        let (x, y) = self.middle(selector).await?;
        let gesture = json!({
            "x": x, "y": y, "yDistance": -down, "gestureSourceType": source, "speed": 4000, "preventFling": true,
        });
        self.driver().cdp().send_raw("Input.synthesizeScrollGesture", gesture).await?;
        Ok(())
    }

    /// Where the middle of an element of the widget is in the window.
    async fn middle(&self, selector: &str) -> Result<(f64, f64)> {
        self.seen(selector).await?;
        let middle = format!(
            "{FIND} const {{ left, top, width, height }} = seen.getBoundingClientRect();
             return [left + width / 2, top + height / 2]"
        );
        self.script(&middle, vec![json!(selector)]).await
    }
}
