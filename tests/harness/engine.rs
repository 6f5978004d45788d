//! The three browser engines.

use std::fmt;

use serde_json::{Value, json};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink, in Chromium.
    Chromium,
    /// Gecko, in Firefox.
    Firefox,
    /// WebKit, in WebKitGTK's MiniBrowser on a virtual screen.
    WebKit,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// The WebDriver capabilities of a session; Chromium keeps its profile in the given folder.
    pub(crate) fn capabilities(self, profile: &str) -> Value {
        match self {
            Self::Chromium => json!({ "browserName": "chrome", "goog:chromeOptions": { "args": flags(profile) } }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "args": ["-headless", "--width=1200", "--height=900"],
                    "prefs": {
                        "intl.accept_languages": "en-GB",
                        "network.captive-portal-service.enabled": false,
                        "network.dns.localDomains": "shop.test",
                    },
                },
            }),
            Self::WebKit => json!({ "browserName": "MiniBrowser" }),
        }
    }
}

fn flags(profile: &str) -> Vec<String> {
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
        "--window-size=1200,900",
        // A name that is not known to be this machine, for pages without TLS.
        "--host-resolver-rules=MAP shop.test 127.0.0.1",
    ];
    let profile = format!("--user-data-dir={profile}");
    flags.into_iter().map(String::from).chain([profile]).collect()
}

/// A window to take pictures of, in Chromium.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The width of the page, in CSS pixels.
    pub width: u32,
    /// The height of the page, in CSS pixels.
    pub height: u32,
    /// Device pixels in a CSS pixel.
    pub scale: f64,
    /// Whether its owner prefers dark colours.
    pub dark: bool,
    /// Whether it is a phone's.
    pub phone: bool,
}

impl Look {
    /// The WebDriver capabilities of a session that looks so.
    pub(crate) fn capabilities(self, profile: &str) -> Value {
        let mut flags = flags(profile);
        flags.push("--hide-scrollbars".into());
        if self.dark {
            flags.push("--blink-settings=preferredColorScheme=0".into());
        }
        let metrics = json!({
            "width": self.width, "height": self.height, "pixelRatio": self.scale,
            "mobile": self.phone, "touch": self.phone,
        });
        json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags, "mobileEmulation": { "deviceMetrics": metrics } },
        })
    }
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        })
    }
}
