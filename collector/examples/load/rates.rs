//! How much is kept in a second and how long that takes, beside a bare loop of the same statements and what the disk
//! itself takes; what happens when far too much is posted; and whether memory grows.

use std::{
    fs::File,
    io::Write,
    net::{SocketAddr, TcpListener},
    path::Path,
    time::{Duration, Instant},
};

use say_so::feedback::Submission;
use say_so_collector::store::{Post, Store};

use crate::{
    message::message,
    posting::{Posted, post},
    running::{Result, connection::Connection, database::Place, process::Process},
};

/// How many post at the same time.
const POSTERS: [usize; 4] = [1, 8, 64, 256];
/// How long each of the turns takes in which the collector and the bare loop are measured, and how many they have: in
/// turns, so that whatever else the machine does meets both alike.
const TURN: Duration = Duration::from_secs(1);
const TURNS: u32 = 5;
/// How many post at once when it is far too much, and for how long.
const CROWD: usize = 2_000;
const CROWDED: Duration = Duration::from_secs(5);
/// How many posts memory is looked at over.
const MANY: usize = 60_000;

/// Measures on a new database, and prints.
///
/// # Errors
/// The collector or the database fails.
pub async fn measure(program: &Path, place: &Place) -> Result<()> {
    let numbers = free_address()?;
    let more = ["--metrics", &numbers.to_string()];
    let collector = Process::start_with(program, &place.database("rates").await?, place.folder.path(), &more).await?;
    let bare = Store::open(&place.database("bare").await?, Duration::from_secs(20)).await?;
    // As a collector has it watched, which on PostgreSQL is what has new tables counted.
    tokio::spawn({
        let bare = bare.clone();
        async move { bare.watch().await }
    });
    post(&collector.address, 64, TURN, usize::MAX).await?;
    keep(&bare, 64, TURN).await?;
    println!("\nThe disk takes {:.0} waits a second, each for 4 KiB.\n", waits(place.folder.path())?);
    println!(
        "| posters | kept a second | p50, ms | p99, ms | in a batch | bare loop | of it | one batch for all | of it |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for posters in POSTERS {
        let (mut all, mut batches, mut like_it, mut for_all) = (Posted::default(), 0, 0, 0);
        for _ in 0..TURNS {
            let before = count_batches(numbers).await?;
            let posted = post(&collector.address, posters, TURN, usize::MAX).await?;
            let begun = count_batches(numbers).await? - before;
            like_it += keep(&bare, posted.kept().div_ceil(begun.max(1)), TURN).await?;
            for_all += keep(&bare, posters, TURN).await?;
            batches += begun;
            all.add(posted);
        }
        let (kept, seconds) = (all.kept() as f64, (TURN * TURNS).as_secs_f64());
        println!(
            "| {posters} | {:.0} | {} | {} | {:.1} | {:.0} | {:.2} | {:.0} | {:.2} |",
            kept / seconds,
            milliseconds(all.percentile(50)),
            milliseconds(all.percentile(99)),
            kept / batches as f64,
            like_it as f64 / seconds,
            kept / like_it as f64,
            for_all as f64 / seconds,
            kept / for_all as f64,
        );
    }
    let mut crowd = post(&collector.address, CROWD, CROWDED, usize::MAX).await?;
    println!(
        "\n{CROWD} at once for {} s: {} kept (p50 {} ms, p99 {} ms), {} turned away with 503.",
        CROWDED.as_secs(),
        crowd.kept(),
        milliseconds(crowd.percentile(50)),
        milliseconds(crowd.percentile(99)),
        crowd.turned_away,
    );
    let before = collector.memory()?;
    post(&collector.address, 64, Duration::MAX, MANY).await?;
    let after = collector.memory()?;
    println!("\nMemory before {MANY} more posts: {:.1} MB; after: {:.1} MB.", megabytes(before), megabytes(after));
    bare.close().await;
    Ok(())
}

/// How many posts are kept in that time if nothing but the store's own statements is run, so many in a batch. Making the
/// posts takes none of the time.
async fn keep(store: &Store, batch: usize, time: Duration) -> Result<usize> {
    let (mut kept, mut took) = (0, Duration::ZERO);
    while took < time {
        let mut posts = Vec::with_capacity(batch);
        for _ in 0..batch {
            let body = message();
            let submission: Submission = serde_json::from_str(&body)?;
            // A fingerprint is as long as an id twice.
            posts.push(Post::new(&submission, &body, &submission.id.repeat(2)));
        }
        let start = Instant::now();
        kept += store.keep_together(&posts).await?.len();
        took += start.elapsed();
    }
    Ok(kept)
}

/// How many batches of posts a collector has begun, by its metrics.
async fn count_batches(metrics: SocketAddr) -> Result<usize> {
    let answer = Connection::open(&metrics.to_string()).await?.ask("GET /metrics", "", "").await?;
    let line = answer.body.lines().find_map(|line| line.strip_prefix("say_so_batches_total "));
    Ok(line.ok_or("the metrics have no batches")?.parse()?)
}

/// An address of this machine at which nobody listens.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

/// How often in a second the disk can be waited for.
fn waits(folder: &Path) -> Result<f64> {
    let mut file = File::create(folder.join("waits"))?;
    let (start, mut waits) = (Instant::now(), 0.0);
    while start.elapsed() < TURN * 2 {
        file.write_all(&[0; 4 * 1024])?;
        file.sync_data()?;
        waits += 1.0;
    }
    Ok(waits / start.elapsed().as_secs_f64())
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1_000.0)
}

fn megabytes(kib: u64) -> f64 {
    kib as f64 / 1_024.0
}
