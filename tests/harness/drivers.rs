//! The browsers' drivers: a process for each place that a test can take, started when first needed.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Command, Stdio},
    sync::Arc,
};

use anyhow::{Context, Result};
use futures_util::future::select_all;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};

use crate::{Engine, process::Process, session::Session, until};

/// The time zone of every visitor: far from UTC, and further from most sites.
pub const ZONE: &str = "Pacific/Auckland";

/// The engines of the places. A driver has one session at a time, and Chromium, in which most tests are, two drivers.
const PLACES: [Engine; 4] = [Engine::Chromium, Engine::Chromium, Engine::Firefox, Engine::WebKit];
/// How many tests run at once: more would only wait for the same processors.
const AT_ONCE: usize = 3;

/// The drivers of a test run; dropping them ends them.
pub struct Drivers {
    places: [(Engine, Arc<Mutex<Place>>); PLACES.len()],
    turns: Arc<Semaphore>,
}

/// A place that a test has to itself, while it is its turn.
pub(crate) struct Taken {
    pub(crate) place: OwnedMutexGuard<Place>,
    _turn: OwnedSemaphorePermit,
}

/// A driver, and a browser with a new window, unless a test is in it.
#[derive(Default)]
pub(crate) struct Place {
    // The browser goes first.
    rested: Option<Session>,
    driver: Option<Driver>,
}

/// A running driver, and the screen that WebKit draws on. The driver ends first.
struct Driver {
    address: String,
    process: Process,
    _screen: Option<Process>,
}

impl Default for Drivers {
    fn default() -> Self {
        Self { places: PLACES.map(|engine| (engine, Arc::default())), turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Drivers {
    /// A place of an engine, once no other test has it, and once it is this one's turn.
    pub(crate) async fn take(&self, engine: Engine) -> Taken {
        let own = self.places.iter().filter(|(of, _)| *of == engine);
        let free = own.map(|(_, place)| Box::pin(Arc::clone(place).lock_owned()));
        let (place, ..) = select_all(free).await;
        let turn = Arc::clone(&self.turns).acquire_owned().await.expect("turns have no end");
        Taken { place, _turn: turn }
    }

    /// Ends every browser that no test is in.
    pub async fn close(&self) {
        for (_, place) in &self.places {
            if let Some(session) = place.lock().await.rested.take() {
                session.end().await;
            }
        }
    }
}

impl Place {
    /// The address of the engine's driver, which is started if none runs.
    ///
    /// # Errors
    /// If it can't be started.
    pub(crate) async fn driver(&mut self, engine: Engine) -> Result<String> {
        if let Some(driver) = &mut self.driver
            && !driver.process.has_ended()
        {
            return Ok(driver.address.clone());
        }
        let driver = Driver::start(engine).await?;
        let address = driver.address.clone();
        self.driver = Some(driver);
        Ok(address)
    }

    /// The browser in which the test before went well, with a new window.
    pub(crate) async fn rested(&mut self) -> Option<Session> {
        let session = self.rested.take()?;
        if session.is_alive().await {
            return Some(session);
        }
        // A driver of one session takes no other before this one has ended.
        session.end().await;
        None
    }

    /// Leaves a browser with a new window to the next test.
    pub(crate) fn rest(&mut self, session: Session) {
        self.rested = Some(session);
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
