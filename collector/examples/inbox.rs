//! How long a page of the inbox takes with a million messages: `cargo run --release --example inbox`, with the address of
//! an empty database behind `--`, or one that it has filled before; else it makes an SQLite file.
//!
//! The messages are made by one statement a table. Each page is asked for by HTTP, and read to its end. The figures are
//! those of one machine, and no test depends on them.

use std::time::{Duration, Instant};

use clap::{CommandFactory, FromArgMatches, Parser};
use reqwest::{Client, redirect::Policy};
use say_so_collector::{Collector, options::Options, store::Store};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tokio::{net::TcpListener, sync::oneshot};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How many messages there are, and how often each page is asked for.
const MESSAGES: u32 = 1_000_000;
const TIMES: usize = 400;
/// What opens the inbox.
const TOKEN: &str = "a-token-for-the-measure";

/// One message a second, of every kind in turn; each fiftieth is flagged, each second came under an experiment.
const ROWS: &str = "select 'shop.example', {id}, {reference}, {time}, 1,
        case i % 3 when 0 then 'complaint' when 1 then 'praise' else 'suggestion' end, {time}, i % 2,
        case when i % 50 = 0 then 'haste' end, case when i % 2 = 0 then 'prompt' end,
        case i % 4 when 0 then 'a' when 2 then 'b' end, 'en', 1, 1, i % 997, 0 from {numbers}";
const MESSAGE: &str = "insert into message (site, id, reference, created, revision, kind, received, useful, flag,
        experiment, variant, locale, counted, worded, length, address) ";
const OTHERS: [&str; 5] = [
    "insert into revision (site, id, revision, kind, fingerprint, received)
         select site, id, 1, kind, id || id, received from message",
    "insert into body (site, id, revision, text) select site, id, 1, replace({body}, '{id}', id) from message",
    "insert into total (site, name, count) select '', kind, count(*) from message group by kind",
    "insert into total (site, name, count) select '', 'flagged', count(*) from message where flag is not null",
    "insert into counter (site, experiment, variant, locale, day, step, count) values
         ('shop.example', 'prompt', 'a', 'en', '2023-11-15', 'opened', 500000),
         ('shop.example', 'prompt', 'b', 'en', '2023-11-15', 'opened', 500000),
         ('shop.example', 'prompt', 'a', 'en', '2023-11-15', 'sent', 250000),
         ('shop.example', 'prompt', 'b', 'en', '2023-11-15', 'sent', 250000)",
];

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

#[tokio::main]
async fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = format!("sqlite://{}", folder.path().join("say-so.db").display());
    let address = std::env::args().nth(1).unwrap_or(file);
    let options = Arguments::command().get_matches_from(["inbox", "--database", &address, "--inbox-token", TOKEN]);
    let options = Arguments::from_arg_matches(&options)?.options;
    let start = Instant::now();
    fill(&address).await?;
    println!("{MESSAGES} messages in {:.0} s", start.elapsed().as_secs_f64());

    let collector = Collector::open(&options).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel::<()>();
    let link = collector.sign_in_path()?;
    let serving = tokio::spawn(collector.serve(listener, async { drop(stopped.await) }));
    let client = Client::builder().no_proxy().redirect(Policy::none()).build()?;
    let entered = client.get(format!("{url}{link}")).send().await?;
    let cookie =
        entered.headers().get("set-cookie").ok_or("no cookie")?.to_str()?.split(';').next().unwrap_or_default();
    let deep = "before=2023-11-20T12:00:00.000Z~shop.example~0";
    for path in [
        "/inbox",
        "/inbox?kind=complaint",
        "/inbox?kind=praise",
        "/inbox?kind=suggestion",
        "/inbox?kind=flagged",
        &format!("/inbox?{deep}"),
        &format!("/inbox?kind=praise&{deep}"),
        &format!("/inbox?kind=flagged&{deep}"),
        "/inbox/message?site=shop.example&reference=500000",
        "/inbox/wordings",
    ] {
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let start = Instant::now();
            let answer =
                client.get(format!("{url}{path}")).header("cookie", cookie).send().await?.error_for_status()?;
            let page = answer.text().await?;
            times.push(start.elapsed());
            if path != "/inbox/wordings" && !page.contains("<article") {
                return Err(format!("{path} is empty").into());
            }
        }
        times.sort_unstable();
        let at =
            |share: usize| times.get((TIMES - 1) * share / 100).map_or(0.0, |time: &Duration| time.as_secs_f64() * 1e3);
        println!("{path:<70} p50 {:>7.1} ms   p99 {:>7.1} ms", at(50), at(99));
    }
    drop(stop);
    serving.await?;
    Ok(())
}

/// Makes the messages.
async fn fill(address: &str) -> Result<()> {
    Store::open(address, Duration::from_secs(5)).await?.close().await;
    let mut connection = AnyConnection::connect(address).await?;
    if connection.fetch_optional("select 1 from message limit 1").await?.is_some() {
        return Ok(connection.close().await?);
    }
    let [time, id, reference, numbers, end] = if address.starts_with("sqlite:") {
        connection.execute("pragma synchronous = off").await?;
        [
            "strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + i, 'unixepoch')",
            "lower(hex(randomblob(16)))",
            "i || ''",
            "(with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < {most}) \
                  select i from numbers)",
            "pragma wal_checkpoint(truncate)",
        ]
    } else {
        [
            "to_char(to_timestamp(1700000000 + i) at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
            "md5(i::text)",
            "i::text",
            "generate_series(1, {most}) as numbers(i)",
            "analyze",
        ]
    };
    let rows = ROWS.replace("{time}", time).replace("{id}", id).replace("{reference}", reference);
    let rows = rows.replace("{numbers}", numbers).replace("{most}", &MESSAGES.to_string());
    let words = include_str!("../tests/golden/submissions/words.json").trim_end();
    let body = format!("'{}'", words.replace("8f14e45fceea167a5a36dedd4bea2543", "{id}"));
    for statement in [format!("{MESSAGE}{rows}")].into_iter().chain(OTHERS.map(|other| other.replace("{body}", &body)))
    {
        connection.execute(AssertSqlSafe(statement)).await?;
    }
    connection.execute(end).await?;
    connection.close().await?;
    Ok(())
}
