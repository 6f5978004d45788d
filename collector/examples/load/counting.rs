//! What counting costs posting.
//!
//! Posts as many messages as it can to a collector of its own, in turns alone and while a thousand steps a second are
//! counted, and compares.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use reqwest::Client;

use crate::{
    message::{id, message},
    running::{Result, database::Place, process::Process},
};

/// How many messages are under way at the same time.
const VISITORS: u64 = 16;
/// How many steps are counted in a second, each of an opening of its own, and over how many connections.
const STEPS: u64 = 1_000;
const COUNTERS: u64 = 4;
/// How long each turn takes, and how many pairs of them are taken. They are short, and compared in pairs, so that
/// whatever else the machine does meets both alike.
const TURN: Duration = Duration::from_secs(1);
const PAIRS: u32 = 20;
/// The least that may be left of the rate of posting.
const LEAST: f64 = 0.9;

/// Compares on a new database, and prints.
///
/// # Errors
/// Less than nine tenths of posting are left, or the machine is too busy to tell.
pub async fn measure(program: &Path, place: &Place) -> Result<()> {
    let collector = Process::start(program, &place.database("counting").await?, place.folder.path()).await?;
    let url = format!("http://{}", collector.address);
    let client = Client::builder().no_proxy().build()?;
    turn(&client, &url, false).await?;
    let (mut alone, mut beside, mut counted) = (Vec::new(), Vec::new(), 0);
    for pair in 0..PAIRS {
        // The other one first in every second pair.
        for counting in [pair % 2 == 0, pair % 2 == 1] {
            let (posted, steps) = turn(&client, &url, counting).await?;
            if counting { &mut beside } else { &mut alone }.push(posted as f64);
            counted += steps;
        }
    }
    let seconds = (TURN * PAIRS).as_secs_f64();
    let mut ratios: Vec<f64> = beside.iter().zip(&alone).map(|(beside, alone)| beside / alone).collect();
    ratios.sort_by(f64::total_cmp);
    let ratio = (ratios[ratios.len() / 2] + ratios[(ratios.len() - 1) / 2]) / 2.0;
    let (alone, beside) = (alone.iter().sum::<f64>(), beside.iter().sum::<f64>());
    println!("posts a second, alone:            {:.0}", alone / seconds);
    println!("posts a second, while counting:   {:.0}", beside / seconds);
    println!("steps counted a second beside it: {:.0}", counted as f64 / seconds);
    println!("what is left of posting:          {ratio:.3} (the median of {PAIRS} pairs of turns)");
    if counted < STEPS * 95 / 100 * seconds as u64 {
        return Err("fewer steps were counted than were meant to be: the machine is too busy to tell".into());
    }
    if ratio <= LEAST {
        return Err(format!("counting costs posting more than a tenth: {ratio:.3}").into());
    }
    Ok(())
}

/// How many messages were posted in a turn, and how many steps were counted beside.
async fn turn(client: &Client, url: &str, counting: bool) -> Result<(u64, u64)> {
    let end = Instant::now() + TURN;
    let posting = join_all((0..VISITORS).map(|_| tokio::spawn(post(client.clone(), url.to_owned(), end))));
    let counters = if counting { COUNTERS } else { 0 };
    let counting = join_all((0..counters).map(|_| tokio::spawn(count(client.clone(), url.to_owned(), end))));
    let (posted, counted) = tokio::join!(posting, counting);
    let sum = |all: Vec<std::result::Result<std::result::Result<u64, String>, _>>| -> Result<u64> {
        let mut sum = 0;
        for one in all {
            sum += one.map_err(|error: tokio::task::JoinError| error.to_string())??;
        }
        Ok(sum)
    };
    Ok((sum(posted)?, sum(counted)?))
}

/// Posts one message after the other.
async fn post(client: Client, url: String, end: Instant) -> std::result::Result<u64, String> {
    let mut posted = 0;
    while Instant::now() < end {
        send(&client, format!("{url}/v1/feedback"), message(), 201).await?;
        posted += 1;
    }
    Ok(posted)
}

/// Counts one step after the other, as many as are this one's in a second, whatever the others do.
async fn count(client: Client, url: String, end: Instant) -> std::result::Result<u64, String> {
    let mut ticks = tokio::time::interval(Duration::from_secs(1) * COUNTERS as u32 / STEPS as u32);
    let mut counted = 0;
    while Instant::now() < end {
        ticks.tick().await;
        let variant = if counted % 2 == 0 { "a" } else { "b" };
        let body = format!(
            r#"{{"v":1,"site":"shop.example","id":"{}","experiment":"prompt","variant":"{variant}","locale":"en","step":"opened"}}"#,
            id()
        );
        send(&client, format!("{url}/v1/counts"), body, 204).await?;
        counted += 1;
    }
    Ok(counted)
}

async fn send(client: &Client, url: String, body: String, status: u16) -> std::result::Result<(), String> {
    let post = client.post(url).header("content-type", "text/plain;charset=UTF-8").body(body);
    let answer = post.send().await.map_err(|error| error.to_string())?;
    let found = answer.status().as_u16();
    answer.bytes().await.map_err(|error| error.to_string())?;
    if found == status { Ok(()) } else { Err(format!("the collector answers {found}, not {status}")) }
}
