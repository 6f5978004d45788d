//! The browsers' drivers: one process for each engine, started when first needed.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Command, Stdio},
    sync::Arc,
};

use anyhow::{Context, Result};
use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

use crate::{Engine, process::Process, until};

/// The time zone of every visitor: far from UTC, and further from most sites.
pub const ZONE: &str = "Pacific/Auckland";

/// The drivers of a test run; dropping them ends them.
#[derive(Default)]
pub struct Drivers([Slot; Engine::ALL.len()]);

/// The place of one engine's driver.
struct Slot {
    driver: Mutex<Option<Driver>>,
    sessions: Arc<Semaphore>,
}

impl Default for Slot {
    fn default() -> Self {
        Self { driver: Mutex::new(None), sessions: Arc::new(Semaphore::new(0)) }
    }
}

/// A running driver, and the screen that WebKit draws on. The driver ends first.
struct Driver {
    address: String,
    process: Process,
    _screen: Option<Process>,
}

impl Drivers {
    /// The address of an engine's driver, and the right to one session there for as long as the
    /// permit lives.
    ///
    /// # Errors
    /// If the driver can't be started.
    pub async fn driver(&self, engine: Engine) -> Result<(String, OwnedSemaphorePermit)> {
        let slot = &self.0[engine as usize];
        let address = {
            let mut driver = slot.driver.lock().await;
            if driver.as_mut().is_none_or(|driver| driver.process.has_ended()) {
                let again = driver.replace(Driver::start(engine).await?).is_some();
                slot.sessions.add_permits(if again { 0 } else { engine.sessions() });
            }
            driver.as_ref().map(|driver| driver.address.clone()).context("there is no driver")?
        };
        Ok((address, Arc::clone(&slot.sessions).acquire_owned().await?))
    }
}

impl Driver {
    async fn start(engine: Engine) -> Result<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let mut command = Command::new(match engine {
            Engine::Chromium => "chromedriver",
            Engine::Firefox => "geckodriver",
            Engine::WebKit => "WebKitWebDriver",
        });
        match engine {
            Engine::Firefox => command.args(["--log", "fatal", "--port", &port.to_string()]),
            Engine::Chromium | Engine::WebKit => command.arg(format!("--port={port}")),
        };
        // Browsers ask their environment where they are, and have it from their driver.
        command.env("TZ", ZONE);
        let screen = match engine {
            Engine::WebKit => {
                let (screen, display) = screen()?;
                command.env("DISPLAY", display).env("LANG", "en_GB.UTF-8");
                Some(screen)
            }
            Engine::Chromium | Engine::Firefox => None,
        };
        let driver = Process::start(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()))?;
        let address = format!("http://127.0.0.1:{port}");
        let status = format!("{address}/status");
        until(&format!("{engine}'s driver"), async || {
            Ok(reqwest::get(&status).await.ok().filter(|answer| answer.status().is_success()))
        })
        .await?;
        Ok(Self { address, process: driver, _screen: screen })
    }
}

/// A virtual screen and its name.
fn screen() -> Result<(Process, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]);
    let mut screen = Process::start(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()))?;
    let output = screen.child().stdout.take().context("Xvfb has no output")?;
    let number = BufReader::new(output).lines().next().context("Xvfb named no screen")??;
    Ok((screen, format!(":{}", number.trim())))
}
