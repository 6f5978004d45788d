//! What a visitor's hands do besides clicking and typing.

use anyhow::Result;
use serde_json::json;

use crate::{Browser, browser::FIND};

/// In how many steps a finger moves.
const STEPS: u32 = 8;

impl Browser {
    /// Presses a letter with the Control key.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn control(&self, letter: &str) -> Result<()> {
        let chain = self.driver().action_chain().key_down(thirtyfour::Key::Control);
        Ok(chain.send_keys(letter).key_up(thirtyfour::Key::Control).perform().await?)
    }

    /// Presses Tab with the Shift key, which leads back.
    ///
    /// # Errors
    /// If the browser can't.
    pub async fn back(&self) -> Result<()> {
        let chain = self.driver().action_chain().key_down(thirtyfour::Key::Shift);
        Ok(chain.send_keys(thirtyfour::Key::Tab).key_up(thirtyfour::Key::Shift).perform().await?)
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
        let (x, y) = self.middle(selector).await?;
        let gesture = json!({ "x": x, "y": y, "yDistance": -down, "gestureSourceType": "mouse", "speed": 12000 });
        self.driver().cdp().send_raw("Input.synthesizeScrollGesture", gesture).await?;
        Ok(())
    }

    /// Moves a finger on an element of the widget, so that it scrolls down by so many CSS pixels. In Chromium only.
    ///
    /// # Errors
    /// If the selector names nothing that is seen.
    pub async fn swipe(&self, selector: &str, down: i32) -> Result<()> {
        self.has_fingers(true).await?;
        let (x, y) = self.middle(selector).await?;
        let at = |y: f64| json!([{ "x": x, "y": y }]);
        let steps = (0..=STEPS).map(|step| y - f64::from(down) * f64::from(step) / f64::from(STEPS));
        let moves = steps.enumerate().map(|(step, y)| (if step == 0 { "touchStart" } else { "touchMove" }, at(y)));
        for (kind, points) in moves.chain([("touchEnd", json!([]))]) {
            let touch = json!({ "type": kind, "touchPoints": points });
            self.driver().cdp().send_raw("Input.dispatchTouchEvent", touch).await?;
        }
        self.has_fingers(false).await
    }

    async fn has_fingers(&self, enabled: bool) -> Result<()> {
        let touch = json!({ "enabled": enabled, "maxTouchPoints": 1 });
        self.driver().cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await?;
        Ok(())
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
