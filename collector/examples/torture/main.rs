//! Collectors and databases that are ended at any moment, while many post: `cargo xtask torture`.
//!
//! Whatever was acknowledged has to stand in the database once, with its very bytes, and every answer about a message has
//! to say the same.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::Parser;

use crate::{
    poster::{Phase, Poster},
    round::{POSTERS, Round},
    running::{
        Result,
        database::{Kind, Place},
        process::{Process, last_lines},
    },
};

mod books;
mod poster;
mod proxy;
mod round;
#[path = "../running/mod.rs"]
#[allow(dead_code, reason = "the measurements use more of it")]
mod running;

#[derive(Parser)]
struct Asked {
    /// The collector's program
    program: PathBuf,
    /// In how many rounds something is killed, on each database; in a few more a collector is asked to stop
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Only on one of the databases
    #[arg(long)]
    only: Option<Kind>,
}

/// What has happened on a database.
#[derive(Default)]
struct Happened {
    killed: u32,
    stopped: u32,
    crashed: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    running::ended(run(&Asked::parse()).await)
}

async fn run(asked: &Asked) -> Result<()> {
    let program = fs::canonicalize(&asked.program)?;
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| asked.only.is_none_or(|only| only == *kind)).collect();
    println!(
        "| database | collectors | killed | asked to stop | database crashed | answered 201 | answered 200 | acknowledged revisions, each there once | s |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for kind in kinds {
        let mut place = Place::new(kind)?;
        let said = |fault, place: &Place| format!("{}: {fault}\n{}", kind.name(), last_lines(place.folder.path()));
        one(&program, kind, &mut place, asked.rounds).await.map_err(|fault| said(fault, &place))?;
        if kind == Kind::Postgres {
            three(&program, kind, &mut place).await.map_err(|fault| said(fault, &place))?;
        }
    }
    Ok(())
}

/// One collector after the other on one database, until something was killed in so many rounds: a collector, and where the
/// database has a server, that every other time. Of ten rounds, one asks a collector to stop.
async fn one(program: &Path, kind: Kind, place: &mut Place, rounds: u32) -> Result<()> {
    let (start, mut happened) = (Instant::now(), Happened::default());
    let database = place.database("one").await?;
    let mut posters: Vec<Poster> = (0..POSTERS).map(Poster::new).collect();
    let mut running = None;
    for number in 0.. {
        if happened.killed + happened.crashed >= rounds {
            break;
        }
        let collector = match running.take() {
            Some(collector) => collector,
            None => Process::start(program, &database, place.folder.path()).await?,
        };
        let mut round = Round::begin(posters, &collector.address);
        round.go_on().await?;
        if number % 10 == 1 {
            round.say(Phase::Stopping);
            let status = collector.stop().await?;
            if !status.success() {
                return Err(format!("asked to stop, it ended with {status}").into());
            }
            happened.stopped += 1;
        } else if kind == Kind::Postgres && happened.crashed < happened.killed {
            crash(place)?;
            happened.crashed += 1;
            round.go_on().await?;
            running = Some(collector);
            round.say(Phase::Over);
        } else {
            collector.kill().await?;
            happened.killed += 1;
            round.say(Phase::Over);
        }
        posters = round.end().await?;
    }
    drop(running);
    print(kind, 1, &happened, &database, &posters, start).await
}

/// Three collectors on one database, behind a proxy: one is killed and started again, and the database crashes.
async fn three(program: &Path, kind: Kind, place: &mut Place) -> Result<()> {
    let start = Instant::now();
    let database = place.database("three").await?;
    let mut collectors = Vec::new();
    for _ in 0..3 {
        collectors.push(Process::start(program, &database, place.folder.path()).await?);
    }
    let all = |collectors: &[Process]| collectors.iter().map(|collector| collector.address.clone()).collect();
    let addresses = proxy::Addresses::default();
    addresses.set(all(&collectors));
    let address = proxy::start(addresses.clone()).await?;
    let mut round = Round::begin((0..POSTERS).map(Poster::new).collect(), &address);
    round.go_on().await?;
    collectors.remove(0).kill().await?;
    round.go_on().await?;
    collectors.push(Process::start(program, &database, place.folder.path()).await?);
    addresses.set(all(&collectors));
    round.go_on().await?;
    crash(place)?;
    round.go_on().await?;
    round.say(Phase::Over);
    let posters = round.end().await?;
    print(kind, 3, &Happened { killed: 1, stopped: 0, crashed: 1 }, &database, &posters, start).await
}

/// Kills the database's server and starts it again, from the thread that has started it: it would end with another.
fn crash(place: &mut Place) -> Result<()> {
    let server = place.server.as_mut().ok_or("a file has no server")?;
    tokio::task::block_in_place(|| server.crash())
}

/// Looks whether all is there, and says what was.
async fn print(
    kind: Kind,
    collectors: u32,
    happened: &Happened,
    database: &str,
    posters: &[Poster],
    start: Instant,
) -> Result<()> {
    let acknowledged = books::check(database, posters).await?;
    let sum = |of: fn(&Poster) -> u64| posters.iter().map(of).sum::<u64>();
    println!(
        "| {} | {collectors} | {} | {} | {} | {} | {} | {acknowledged} | {:.0} |",
        kind.name(),
        happened.killed,
        happened.stopped,
        happened.crashed,
        sum(|poster| poster.new),
        sum(|poster| poster.again),
        start.elapsed().as_secs_f32(),
    );
    Ok(())
}
