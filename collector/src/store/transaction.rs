//! Posts that are kept together: one transaction, and so one wait for the disk.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use sqlx::{AnyConnection, FromRow};

use super::{
    counter::{Counter, add},
    engine::{Engine, Sql, over_rows},
    error::Error,
    keep::{Kept, Posted},
    made_up::PastMessage,
    message::{Message, Post},
    total::{self, Totals},
};
use crate::{moment, reference};

/// How often a reference may turn out to be taken before the store gives up. There are 34 thousand million.
const REFERENCE_TRIES: usize = 16;

/// Holds the lock of each message until the transaction ends. (SQLite has one writer at a time anyway.) They are taken in
/// their order, so no two batches wait for each other. What a post comes to hangs on what stands there: whether it is new,
/// the same or another, taken back, and what it changes in the totals. `on conflict do nothing` would tell too late.
const LOCK: &str = "select count(pg_advisory_xact_lock(key)) from json_to_recordset($1::json) as locks(key bigint)";

/// What is known of each posted revision.
const FIND: Sql = over_rows!(
    "select posted.place, withdrawn.mark, revision.fingerprint, revision.received as first, message.reference,
            message.created, message.revision, message.kind, message.received, message.flag, message.experiment,
            message.variant, message.locale, message.counted, message.worded, message.length, message.address
         from",
    [place integer, site text, id text, revision integer, mark text],
    "left join withdrawn on withdrawn.site = posted.site and withdrawn.mark = posted.mark
     left join message on message.site = posted.site and message.id = posted.id
     left join revision on revision.site = posted.site and revision.id = posted.id
                       and revision.revision = posted.revision"
);

/// Makes messages: not those under a reference that another one has, or had and was taken back.
const BEGIN: Sql = over_rows!(
    "insert into message (site, id, reference, created, revision, kind, received, flag, experiment, variant, locale,
                          counted, worded, length, address)
         select site, id, reference, created, revision, kind, received, flag, experiment, variant, locale, counted,
                worded, length, address from",
    [site text, id text, reference text, created text, revision integer, kind text, received text, flag text,
     experiment text, variant text, locale text, counted integer, worded integer, length integer, address integer],
    "where not exists (
             select 1 from withdrawn where withdrawn.site = posted.site and withdrawn.reference = posted.reference)
         on conflict (site, reference) do nothing returning site, id"
);

/// Writes what has become of messages.
const CHANGE: Sql = over_rows!(
    "update message set revision = posted.revision, kind = posted.kind, received = posted.received, flag = posted.flag,
            experiment = posted.experiment, variant = posted.variant, locale = posted.locale, counted = posted.counted,
            worded = posted.worded, length = posted.length, address = posted.address from",
    [site text, id text, revision integer, kind text, received text, flag text, experiment text, variant text,
     locale text, counted integer, worded integer, length integer, address integer],
    "where message.site = posted.site and message.id = posted.id"
);

const REVISIONS: Sql = over_rows!(
    "insert into revision (site, id, revision, kind, fingerprint, received)
         select site, id, revision, kind, fingerprint, received from",
    [site text, id text, revision integer, kind text, fingerprint text, received text],
    ""
);

const BODIES: Sql = over_rows!(
    "insert into body (site, id, revision, text) select site, id, revision, text from",
    [site text, id text, revision integer, text text],
    ""
);

#[derive(Serialize)]
struct Asked<'a> {
    place: usize,
    site: &'a str,
    id: &'a str,
    revision: i64,
    mark: &'a str,
}

#[derive(FromRow)]
struct Found {
    place: i64,
    mark: Option<String>,
    fingerprint: Option<String>,
    first: Option<String>,
    reference: Option<String>,
    created: Option<String>,
    revision: Option<i64>,
    kind: Option<String>,
    received: Option<String>,
    flag: Option<String>,
    experiment: Option<String>,
    variant: Option<String>,
    locale: Option<String>,
    counted: Option<i64>,
    worded: Option<i64>,
    length: Option<i64>,
    address: Option<i64>,
}

#[derive(Serialize)]
struct NewRevision<'a> {
    site: &'a str,
    id: &'a str,
    revision: i64,
    kind: &'a str,
    fingerprint: &'a str,
    received: &'a str,
}

#[derive(Serialize)]
struct NewBody<'a> {
    site: &'a str,
    id: &'a str,
    revision: i64,
    text: &'a str,
}

impl<'a> NewRevision<'a> {
    fn of(post: &'a Post, received: &'a str) -> Self {
        let Post { site, id, revision, kind, fingerprint, .. } = post;
        Self { site, id, revision: *revision, kind, fingerprint, received }
    }
}

impl<'a> NewBody<'a> {
    fn of(post: &'a Post) -> Self {
        let Post { site, id, revision, body, .. } = post;
        Self { site, id, revision: *revision, text: body }
    }
}

impl Found {
    /// The message as it stands, if there is one.
    fn message(&self, post: &Post) -> Option<Message> {
        Some(Message {
            site: post.site.clone(),
            id: post.id.clone(),
            reference: self.reference.clone()?,
            created: self.created.clone()?,
            revision: self.revision?,
            kind: self.kind.clone()?,
            received: self.received.clone()?,
            flag: self.flag.clone(),
            experiment: self.experiment.clone(),
            variant: self.variant.clone(),
            locale: self.locale.clone(),
            counted: self.counted?,
            worded: self.worded,
            length: self.length,
            address: self.address,
        })
    }
}

/// What has become of posts.
pub(super) struct Written {
    /// Of each, in their order.
    pub(super) outcomes: Vec<Posted>,
    /// A site whose words are not counted as sent: the day has as many counters as it may.
    pub(super) uncounted: Option<String>,
}

/// Keeps posts, each of another message. When this returns, the commit is on disk.
///
/// # Errors
/// The database fails, or there is no reference to be had; then nothing is kept.
pub(super) async fn write(connection: &mut AnyConnection, engine: Engine, posts: &[Post]) -> Result<Written, Error> {
    let now = moment::now();
    let mut transaction = engine.begin(connection).await?;
    if engine == Engine::Postgres {
        lock(&mut transaction, posts.iter().map(|post| &*post.mark)).await?;
    }
    let found = find(&mut transaction, engine, posts).await?;

    let mut outcome: Vec<Option<Posted>> = posts.iter().map(|_| None).collect();
    let (mut begun, mut changed, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    let mut totals = Totals::new();
    let (mut revisions, mut bodies) = (Vec::new(), Vec::new());
    for row in found {
        let Ok(place) = usize::try_from(row.place) else { continue };
        let Some((post, outcome)) = posts.get(place).zip(outcome.get_mut(place)) else { continue };
        let before = row.message(post);
        *outcome = Some(match (row.mark, row.fingerprint, row.first, &before) {
            (Some(_), ..) => Posted::Withdrawn,
            (_, Some(fingerprint), Some(received), Some(message)) if fingerprint == post.fingerprint => {
                Posted::Again(Kept { reference: message.reference.clone(), received })
            }
            (_, Some(_), ..) => Posted::Conflict,
            _ => {
                revisions.push(NewRevision::of(post, &now));
                bodies.push(NewBody::of(post));
                let is_new = before.is_none();
                let mut message = match &before {
                    Some(message) => message.clone(),
                    None => Message::begin(post, reference::random()?, &now),
                };
                counted.extend(message.take(post, &now));
                total::change(&mut totals, before.as_ref(), Some(&message));
                let kept = Kept { reference: message.reference.clone(), received: now.clone() };
                if is_new {
                    begun.push((place, message));
                } else if before.as_ref() != Some(&message) {
                    changed.push(message);
                }
                Posted::New(kept)
            }
        });
    }
    for (place, reference) in begin(&mut transaction, engine, begun).await? {
        if let Some(Some(Posted::New(kept))) = outcome.get_mut(place) {
            kept.reference = reference;
        }
    }
    over(&mut transaction, engine, CHANGE, &changed).await?;
    over(&mut transaction, engine, REVISIONS, &revisions).await?;
    over(&mut transaction, engine, BODIES, &bodies).await?;
    let mut uncounted = None;
    for (counter, count) in together(counted) {
        if !add(&mut transaction, &counter, count).await? {
            uncounted = Some(counter.site);
        }
    }
    total::write(&mut transaction, &totals).await?;
    transaction.commit().await?;
    // The database tells of each post that it was asked about.
    let outcomes = outcome.into_iter().map(|posted| posted.unwrap_or(Posted::Conflict)).collect();
    Ok(Written { outcomes, uncounted })
}

/// How often each counter is there, in their order: a row that is written again and again in one transaction is slow.
fn together(counters: Vec<Counter>) -> BTreeMap<Counter, u32> {
    let mut together = BTreeMap::new();
    for counter in counters {
        *together.entry(counter).or_default() += 1;
    }
    together
}

/// Writes messages of one revision as if each had come when it says. They are in nobody's counters: whoever makes them up
/// has made these up as well.
///
/// # Errors
/// As [`write`].
pub(super) async fn insert_past(
    connection: &mut AnyConnection,
    engine: Engine,
    past: &[PastMessage],
) -> Result<(), Error> {
    let (mut begun, mut revisions, mut bodies, mut totals) = (Vec::new(), Vec::new(), Vec::new(), Totals::new());
    for (place, PastMessage { post, received, .. }) in past.iter().enumerate() {
        let mut message = Message::begin(post, reference::random()?, received);
        message.take(post, received);
        total::change(&mut totals, None, Some(&message));
        begun.push((place, message));
        revisions.push(NewRevision::of(post, received));
        bodies.push(NewBody::of(post));
    }
    begin(connection, engine, begun).await?;
    over(connection, engine, REVISIONS, &revisions).await?;
    over(connection, engine, BODIES, &bodies).await?;
    Ok(total::write(connection, &totals).await?)
}

/// Waits until nobody else writes of the messages with these marks, and keeps others from it until the transaction ends.
///
/// # Errors
/// The database fails.
pub(super) async fn lock<'a>(
    connection: &mut AnyConnection,
    marks: impl Iterator<Item = &'a str>,
) -> Result<(), sqlx::Error> {
    #[derive(Serialize)]
    struct Lock {
        key: i64,
    }
    let mut locks: Vec<i64> = marks.map(key).collect();
    locks.sort_unstable();
    let locks: Vec<Lock> = locks.into_iter().map(|key| Lock { key }).collect();
    sqlx::query(LOCK).bind(json(&locks)).fetch_one(connection).await.map(drop)
}

/// The first 64 bits of a mark.
fn key(mark: &str) -> i64 {
    let digits = mark.get(..16).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or_default().cast_signed()
}

async fn find(connection: &mut AnyConnection, engine: Engine, posts: &[Post]) -> Result<Vec<Found>, sqlx::Error> {
    let asked: Vec<Asked<'_>> = posts
        .iter()
        .enumerate()
        .map(|(place, post)| Asked { place, site: &post.site, id: &post.id, revision: post.revision, mark: &post.mark })
        .collect();
    sqlx::query_as(FIND.of(engine)).bind(json(&asked)).fetch_all(connection).await
}

/// Makes messages, with other references for those whose own is taken, and returns these with their places.
///
/// # Errors
/// The database fails, or every reference that is tried is taken.
async fn begin(
    connection: &mut AnyConnection,
    engine: Engine,
    mut messages: Vec<(usize, Message)>,
) -> Result<Vec<(usize, String)>, Error> {
    let mut other = Vec::new();
    for _ in 0..REFERENCE_TRIES {
        if messages.is_empty() {
            return Ok(other);
        }
        let rows: Vec<&Message> = messages.iter().map(|(_, message)| message).collect();
        let made: Vec<(String, String)> =
            sqlx::query_as(BEGIN.of(engine)).bind(json(&rows)).fetch_all(&mut *connection).await?;
        let made: HashSet<(&str, &str)> = made.iter().map(|(site, id)| (&**site, &**id)).collect();
        messages.retain(|(_, message)| !made.contains(&(&*message.site, &*message.id)));
        for (place, message) in &mut messages {
            message.reference = reference::random()?;
            other.push((*place, message.reference.clone()));
        }
    }
    Err(Error::References)
}

/// Runs a statement over rows, if there are any.
///
/// # Errors
/// The database fails.
async fn over(
    connection: &mut AnyConnection,
    engine: Engine,
    statement: Sql,
    rows: &[impl Serialize],
) -> Result<(), sqlx::Error> {
    if !rows.is_empty() {
        sqlx::query(statement.of(engine)).bind(json(rows)).execute(connection).await?;
    }
    Ok(())
}

fn json(rows: &[impl Serialize]) -> String {
    serde_json::to_string(rows).expect("texts and numbers are always JSON")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use say_so::feedback::{Kind, Page, Submission, Wording};

    use super::*;
    use crate::{databases::database, store::Store};

    fn click(site: &str, id: &str) -> Post {
        let submission = Submission {
            v: 1,
            site: site.to_owned(),
            id: id.to_owned(),
            revision: 0,
            kind: Kind::Praise,
            message: None,
            contact: None,
            promise: None,
            wording: Wording { locale: "en".to_owned(), experiment: None, variant: None },
            page: Page { url: "https://shop.example/".to_owned(), ..Page::default() },
            custom: None,
            sent_at: moment::now(),
            took_ms: None,
            trap: None,
        };
        Post::new(&submission, "{}", "")
    }

    #[tokio::test]
    async fn a_reference_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        let Posted::New(Kept { reference, .. }) = store.keep(click("shop.example", "1")).await.unwrap() else {
            panic!("it was there")
        };
        // Two more that are to have the same one.
        let begun = async |site: &str, ids: [&str; 2]| {
            let message = |id: &&str| Message::begin(&click(site, id), reference.clone(), &moment::now());
            let messages = ids.iter().map(message).enumerate().collect();
            let mut connection = store.writer.acquire().await.unwrap();
            let mut transaction = store.engine.begin(&mut connection).await.unwrap();
            begin(&mut transaction, store.engine, messages).await.unwrap()
        };
        let other = begun("shop.example", ["2", "3"]).await;
        assert_eq!(other.len(), 2);
        assert!(other.iter().all(|(_, other)| *other != reference));
        store.withdraw("shop.example", "1").await.unwrap();
        assert_eq!(
            begun("shop.example", ["2", "3"]).await.len(),
            2,
            "it was taken back, and its reference is not free"
        );
        let other = begun("blog.example", ["2", "3"]).await;
        assert_eq!(other.len(), 1, "another site counts on its own, and the second of a batch gets another");
        store.close().await;
    }

    #[test]
    fn a_lock_is_the_start_of_the_mark() {
        assert_eq!(key("000000000000000fabc"), 15);
        assert_eq!(key("ffffffffffffffff00"), -1);
    }
}
