//! What stands in a database, held against what was acknowledged.

use std::collections::HashMap;

use sqlx::{AnyConnection, Connection};

use crate::{
    poster::{Key, Poster},
    running::Result,
};

/// Says how many revisions were acknowledged, each of which stands in the database once, with its bytes.
///
/// # Errors
/// What is missing, twice or otherwise there.
pub async fn check(database: &str, posters: &[Poster]) -> Result<usize> {
    let mut connection = AnyConnection::connect(database).await?;
    if database.starts_with("sqlite:") {
        let said: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&mut connection).await?;
        expect(said == "ok", || said)?;
    }
    let revisions: Vec<(String, String, i64)> =
        sqlx::query_as("select site, id, revision from revision").fetch_all(&mut connection).await?;
    let bodies: Vec<(String, String, i64, String)> =
        sqlx::query_as("select site, id, revision, text from body").fetch_all(&mut connection).await?;
    let messages: Vec<(String, String, String)> =
        sqlx::query_as("select site, id, reference from message").fetch_all(&mut connection).await?;
    let mut times: HashMap<Key, u32> = HashMap::new();
    for (site, id, revision) in revisions {
        *times.entry((site, id, u32::try_from(revision)?)).or_default() += 1;
    }
    let mut texts: HashMap<Key, Vec<String>> = HashMap::new();
    for (site, id, revision, text) in bodies {
        texts.entry((site, id, u32::try_from(revision)?)).or_default().push(text);
    }
    expect(times.len() == texts.len(), || format!("{} revisions and {} bodies", times.len(), texts.len()))?;
    let posted = |key: &Key| posters.iter().find_map(|poster| poster.posted.get(key));
    for (key, times) in &times {
        expect(*times == 1, || format!("{key:?} stands there {times} times"))?;
        let body = &posted(key).ok_or_else(|| format!("nobody posted {key:?}"))?.body;
        expect(texts.get(key).is_some_and(|texts| texts == std::slice::from_ref(body)), || {
            format!("{key:?} has another body than was posted: {:?}", texts.get(key))
        })?;
    }
    let mut references: HashMap<(&str, &str), (&str, &str)> = HashMap::new();
    for (site, id, reference) in &messages {
        let other = references.insert((site, reference), (site, id));
        expect(other.is_none(), || format!("{reference} is that of {other:?} and of {id}"))?;
    }
    let mut acknowledged = 0;
    for (key, posted) in posters.iter().flat_map(|poster| &poster.posted) {
        let Some(receipt) = &posted.acknowledged else { continue };
        acknowledged += 1;
        expect(times.contains_key(key), || format!("{key:?} was acknowledged, and is lost"))?;
        let message = references.get(&(key.0.as_str(), receipt.reference.as_str()));
        expect(message == Some(&(&key.0, &key.1)), || format!("{key:?} was answered with another's reference"))?;
    }
    let totals = "select site, name, cast(count as bigint) from total
             where site <> '' and name <> 'flagged' and count <> 0 order by 1, 2";
    let counted = "select site, kind, cast(count(*) as bigint) from message group by site, kind order by 1, 2";
    let totals: Vec<(String, String, i64)> = sqlx::query_as(totals).fetch_all(&mut connection).await?;
    let counted: Vec<(String, String, i64)> = sqlx::query_as(counted).fetch_all(&mut connection).await?;
    expect(totals == counted, || format!("the totals are {totals:?}, and counted it is {counted:?}"))?;
    connection.close().await?;
    Ok(acknowledged)
}

fn expect(holds: bool, fault: impl FnOnce() -> String) -> Result<()> {
    if holds { Ok(()) } else { Err(fault().into()) }
}
