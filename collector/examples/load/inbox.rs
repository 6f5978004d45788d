//! How long pages of the inbox take, the more messages there are: for one who reads, for eight at once, and for eight
//! while others post.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use futures_util::future::try_join_all;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::{
    message::{ID, WORDS},
    posting::{percentile, post},
    running::{
        Result,
        connection::Connection as Asking,
        database::{Kind, Place},
        process::{Process, TOKEN},
    },
};

/// How many messages there are.
const MESSAGES: [u32; 3] = [10_000, 100_000, 1_000_000];
/// How often each page is asked for.
const ASKED: usize = 200;
/// How many read at once, and how many post beside them.
const READERS: usize = 8;
const POSTERS: usize = 16;
const PAGES: [(&str, &str); 5] = [
    ("the first page", "/inbox"),
    ("of one kind", "/inbox?kind=praise"),
    ("flagged", "/inbox?kind=flagged"),
    ("far down", "/inbox?before=2025-06-15T15:10:00.000Z~shop.example~0"),
    ("one message", "/inbox/message?site=shop.example&reference=00000500"),
];

/// Measures on a new database, and prints.
///
/// # Errors
/// The collector or the database fails, or shows no messages.
pub async fn measure(program: &Path, place: &Place, kind: Kind) -> Result<()> {
    let database = place.database("inbox").await?;
    let start = async || Process::start(program, &database, place.folder.path()).await;
    start().await?.stop().await?;
    println!("\n| messages | page | alone, ms | {READERS} at once | {READERS} beside {POSTERS} who post |");
    println!("|---|---|---|---|---|");
    let mut made = 0;
    for messages in MESSAGES {
        make(&database, kind, made + 1, messages).await?;
        made = messages;
        let collector = start().await?;
        let line = sign_in(&collector.address).await?;
        for (name, page) in PAGES {
            let alone = ask(&collector.address, page, &line, 1).await?;
            let crowd = ask(&collector.address, page, &line, READERS).await?;
            let beside = tokio::select! {
                posted = post(&collector.address, POSTERS, Duration::MAX, usize::MAX) => {
                    return Err(format!("{} posts were all", posted?.kept()).into());
                }
                beside = ask(&collector.address, page, &line, READERS) => beside?,
            };
            println!("| {messages} | {name} | {alone} | {crowd} | {beside} |");
        }
        collector.stop().await?;
    }
    Ok(())
}

/// The line of a request's head with which somebody is signed in.
async fn sign_in(address: &str) -> Result<String> {
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let entered = Asking::open(address).await?.ask("POST /inbox/sign-in", form, &format!("token={TOKEN}")).await?;
    let cookie = entered.header("set-cookie").and_then(|set| set.split(';').next()).ok_or("nobody is let in")?;
    Ok(format!("Cookie: {cookie}\r\n"))
}

/// Has so many ask for a page at once, each again and again, and says how long half of the answers took at most, and 99
/// of a hundred.
async fn ask(address: &str, page: &str, line: &str, readers: usize) -> Result<String> {
    let read = async || {
        let mut connection = Asking::open(address).await?;
        let mut times = Vec::new();
        for _ in 0..ASKED {
            let asked = Instant::now();
            let answer = connection.ask(&format!("GET {page}"), line, "").await?;
            times.push(asked.elapsed());
            if answer.status != 200 || !answer.body.contains("My parcel to Leeds") {
                return Err(format!("{page} shows no messages: {}", answer.head).into());
            }
        }
        Result::Ok(times)
    };
    let mut times = try_join_all((0..readers).map(|_| read())).await?.concat();
    let [half, most] = [50, 99].map(|percent| percentile(&mut times, percent).as_secs_f64() * 1_000.0);
    Ok(format!("{half:.1}, {most:.1}"))
}

/// Makes messages with those numbers, a third of them of each kind and one of fifty flagged, a second apart.
async fn make(database: &str, kind: Kind, first: u32, last: u32) -> Result<()> {
    let (numbers, id, time, reference) = match kind {
        Kind::Sqlite => (
            format!(
                "with recursive numbers (number) as
                     (select {first} union all select number + 1 from numbers where number < {last})"
            ),
            "printf('%032x', number)",
            "strftime('%Y-%m-%dT%H:%M:%S.000Z', 1750000000 + number, 'unixepoch')",
            "printf('%08d', number)",
        ),
        Kind::Postgres => (
            format!("with numbers as (select number from generate_series({first}, {last}) as number)"),
            "lpad(to_hex(number), 32, '0')",
            "to_char(to_timestamp(1750000000 + number) at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.000\"Z\"')",
            "lpad(number::text, 8, '0')",
        ),
    };
    let kinds = "case number % 3 when 0 then 'praise' when 1 then 'complaint' else 'suggestion' end";
    let (before, after) = WORDS.trim().split_once(ID).ok_or("the words have another id")?;
    let quoted = |text: &str| text.replace('\'', "''");
    let body = format!("'{}' || {id} || '{}'", quoted(before), quoted(after));
    let mut connection = AnyConnection::connect(database).await?;
    let mut transaction = connection.begin().await?;
    for statement in [
        format!(
            "insert into message (site, id, reference, created, revision, kind, received, flag)
                 {numbers} select 'shop.example', {id}, {reference}, {time}, 1, {kinds}, {time},
                                  case when number % 50 = 0 then 'haste' end from numbers"
        ),
        format!(
            "insert into revision (site, id, revision, kind, fingerprint, received)
                 {numbers} select 'shop.example', {id}, 1, {kinds}, '', {time} from numbers"
        ),
        format!(
            "insert into body (site, id, revision, text)
                 {numbers} select 'shop.example', {id}, 1, {body} from numbers"
        ),
        "delete from total".to_owned(),
        // Those of all sites stand under none.
        "insert into total (site, name, count) select '', kind, count(*) from message group by kind".to_owned(),
        "insert into total (site, name, count) select '', 'flagged', count(*) from message where flag is not null"
            .to_owned(),
    ] {
        transaction.execute(AssertSqlSafe(statement)).await?;
    }
    transaction.commit().await?;
    connection.execute("analyze").await?;
    connection.close().await?;
    Ok(())
}
