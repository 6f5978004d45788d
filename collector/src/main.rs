//! The command line of the collector.

use std::{
    error::Error,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use say_so_collector::{
    Collector, Inbox,
    commands::{backup::Backup, check::Check, forget::Forget, migrate::Migrate},
    inbox::access,
    log::{self, LogFormat},
    options::{Database, Options},
    sample::Sample,
    store::{OpenError, Store},
    voice::Voice,
    wordings::command::Wordings,
};
use tokio::net::TcpListener;

/// The listening end of Say-so: takes feedback, keeps it, and shows it in an inbox
#[derive(Parser)]
#[command(name = "say-so", version)]
struct Cli {
    /// How the lines of the log are written; if not said, as text on a terminal, else as JSON
    #[arg(long, global = true, value_name = "FORMAT", env = "SAY_SO_LOG_FORMAT")]
    log_format: Option<LogFormat>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take feedback until stopped; the first line printed is the address
    Serve(Options),
    /// Make a new token for the inbox; the one before it and every sign-in with it end
    Token(Database),
    /// Copy an SQLite database into a file, while a collector writes into it
    Backup(Backup),
    /// Delete a message by its reference, for an author who asks for it
    Forget(Forget),
    /// Copy everything from one database into another one that is empty, such as from SQLite to PostgreSQL
    Migrate(Migrate),
    /// Read the settings and the database as `serve` does, and say what is wrong; exits with 1 if something is
    Check(Check),
    /// Make up a past for the experiments of a site’s file, for a demonstration; the report says that it is made up
    #[command(hide = true)]
    Sample(Sample),
    /// Check texts against the rules of the voice; exits with 1 if some don’t pass, with 2 if a file can’t be used
    Voice(Voice),
    /// Say which wording works, of those that are tried out against each other
    Wordings(Wordings),
}

/// How many descriptors are left for what is no connection: the database, files that are served, the log.
const OWN_DESCRIPTORS: usize = 128;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    log::begin(cli.log_format);
    let done = match cli.command {
        Command::Serve(options) => serve(options).await,
        Command::Token(database) => token(database).await,
        Command::Backup(backup) => backup.run().await,
        Command::Forget(forget) => forget.run().await,
        Command::Migrate(migrate) => migrate.run().await,
        Command::Check(check) => return if check.run().await { ExitCode::SUCCESS } else { ExitCode::FAILURE },
        Command::Sample(sample) => make_up(sample).await,
        Command::Voice(voice) => return voice.run(),
        Command::Wordings(wordings) => wordings.run().await.map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("say-so: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(mut options: Options) -> Result<(), Box<dyn Error>> {
    log::note_faults();
    // Before anything can be answered: whoever stops the collector right after its first line stops it gently.
    let stop = stop()?;
    options.connections = affordable(options.connections);
    let collector = Collector::open(&options).await?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| format!("can't listen on {}: {error}", options.listen))?;
    if let Some(address) = options.metrics {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|error| format!("can't listen on {address} for the metrics: {error}"))?;
        tokio::spawn(collector.metrics().show(listener));
    }
    let mut out = io::stdout();
    let url = format!("http://{}", listener.local_addr()?);
    writeln!(out, "{url}")?;
    out.flush()?;
    // Whoever started the collector may have read the address and closed the pipe: no reason to end.
    let _ = write!(out, "{}", sign_in_lines(&url, &collector)?);
    let _ = out.flush();
    collector.serve(listener, stop).await;
    Ok(())
}

/// How many connections may be open of those that are wished for (0: any number), each of which takes a descriptor. As
/// many as it takes are asked of the system.
fn affordable(wished: usize) -> usize {
    let needed = if wished == 0 { u64::MAX } else { wished.saturating_add(OWN_DESCRIPTORS) as u64 };
    // Where the system doesn't say, it may have no such limit.
    let Ok(limit) = rlimit::increase_nofile_limit(needed) else { return wished };
    if limit >= needed {
        return wished;
    }
    let left = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(OWN_DESCRIPTORS).max(1);
    if wished > 0 {
        tracing::warn!("only {left} connections are taken at once: the system lets {limit} descriptors be open");
    }
    left
}

/// Where the inbox is and how to sign in to it, in lines.
///
/// # Errors
/// There are no random bytes for a link.
fn sign_in_lines(url: &str, collector: &Collector) -> Result<String, OpenError> {
    let link = |then: &str| {
        Ok(format!("Inbox: {url}{}\nThis link works once, for ten minutes. {then}\n", collector.sign_in_path()?))
    };
    match collector.inbox() {
        Inbox::Chosen(_) => link("After that, the token does."),
        Inbox::New(token) => link(&format!(
            "After that, the token does: {token}\n\
             The token is new, and only its hash is stored: keep it now. `say-so token` makes another."
        )),
        Inbox::Known => Ok(format!(
            "Inbox: {url}/inbox\n\
             Its token was printed at the first start. `say-so token` makes another.\n"
        )),
    }
}

/// A future that is ready when the collector is asked to stop. Signals are caught from the call on. Asked once more, it
/// ends at once.
#[cfg(unix)]
fn stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        let mut asked = async move || {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        };
        asked().await;
        tokio::spawn(async move {
            asked().await;
            end();
        });
    })
}

/// A future that is ready when the collector is asked to stop.
#[cfg(not(unix))]
fn stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where the request can’t be received, only killing the process stops it.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::spawn(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                end();
            }
        });
    })
}

/// Ends at once, without what is under way. Whatever was acknowledged is on disk.
fn end() {
    tracing::warn!("asked to stop a second time: requests under way are cut off");
    std::process::exit(1);
}

async fn token(database: Database) -> Result<(), Box<dyn Error>> {
    let store = Store::open(&database.url, database.patience).await?;
    let token = access::renew(&store).await?;
    store.close().await;
    println!("{token}");
    Ok(())
}

async fn make_up(sample: Sample) -> Result<(), Box<dyn Error>> {
    for experiment in sample.write().await? {
        println!("{experiment}");
    }
    Ok(())
}
