//! Waiting for something to become true.

use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};

/// How long a test waits for something that has to happen.
const PATIENCE: Duration = Duration::from_secs(15);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(25);

/// Asks again and again until there is an answer.
///
/// # Errors
/// If asking fails, or there is no answer within 15 s; the error says what was waited for.
pub async fn until<T>(what: &str, ask: impl AsyncFn() -> Result<Option<T>>) -> Result<T> {
    let start = Instant::now();
    loop {
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) if start.elapsed() < PATIENCE => tokio::time::sleep(GLANCE).await,
            Ok(None) => return Err(anyhow!("waited {} s in vain for {what}", PATIENCE.as_secs())),
            Err(error) => return Err(error.context(format!("while waiting for {what}"))),
        }
    }
}
