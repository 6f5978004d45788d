//! The command line of the collector.

use std::{error::Error, io::Write, process::ExitCode};

use clap::{Parser, Subcommand};
use say_so_collector::{
    Collector, Inbox,
    inbox::access,
    options::{Database, Options},
    store::Store,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

/// The listening end of Say-so: takes feedback, keeps it, and shows it in an inbox
#[derive(Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take feedback until stopped; the first line printed is the address
    Serve(Options),
    /// Make a new token for the inbox; the one before it and every sign-in with it end
    Token(Database),
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_env("SAY_SO_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let done = match Cli::parse().command {
        Command::Serve(options) => serve(options).await,
        Command::Token(database) => token(database).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("say-so: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(options: Options) -> Result<(), Box<dyn Error>> {
    // Before anything can be answered: whoever stops the collector right after its first line stops it gently.
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let collector = Collector::open(&options).await?;
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| format!("can't listen on {}: {error}", options.listen))?;
    let mut out = std::io::stdout();
    let url = format!("http://{}", listener.local_addr()?);
    writeln!(out, "{url}")?;
    match collector.inbox() {
        Inbox::Chosen(token) => writeln!(out, "Inbox: {url}/inbox?token={token}")?,
        Inbox::New(token) => {
            writeln!(out, "Inbox: {url}/inbox?token={token}")?;
            writeln!(out, "The token is new, and only its hash is stored: keep it now. `say-so token` makes another.")?;
        }
        Inbox::Known => {
            writeln!(out, "Inbox: {url}/inbox")?;
            writeln!(out, "Its token was printed at the first start. `say-so token` makes another.")?;
        }
    }
    out.flush()?;
    let shutdown = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
    };
    collector.serve(listener, shutdown).await;
    Ok(())
}

async fn token(database: Database) -> Result<(), Box<dyn Error>> {
    let store = Store::open(&database.url, database.patience).await?;
    let token = access::renew(&store).await?;
    store.close().await;
    println!("{token}");
    Ok(())
}
