//! Counters: how many came how far under a wording that is tried out.
//!
//! A counter is a number under a site, an experiment, a variant, a language, a day and a step. There is no row for a
//! person, and none that could be told to be one's.

use say_so::feedback::Step;
use sqlx::AnyConnection;

use super::{
    database::Store,
    engine::{Engine, ended},
    error::Error,
};

/// The most counters that a site begins in a day, one for each step of a wording in a language. Names come from whoever posts, so there is an end to them.
pub const SITE_COUNTERS_MAX: i64 = 1_000;
/// The most counters that all sites together begin in a day, since sites are names as well.
pub const DAY_COUNTERS_MAX: i64 = 20_000;

/// What is counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Counter {
    /// The site that tries wordings out.
    pub site: String,
    /// The experiment, as the page named it: any 1 to 64 characters.
    pub experiment: String,
    /// The variant, likewise.
    pub variant: String,
    /// The language of the words, as a BCP 47 tag.
    pub locale: String,
    /// The day on which it was counted: `YYYY-MM-DD`, in UTC.
    pub day: String,
    /// How far visitors came.
    pub step: Step,
}

impl Store {
    /// Adds to counters, all in one transaction, and returns how many steps were left out because their counters would
    /// have been more than [`SITE_COUNTERS_MAX`] or [`DAY_COUNTERS_MAX`].
    ///
    /// # Errors
    /// The database fails; then nothing is added.
    pub async fn add<'a>(&self, counts: impl Iterator<Item = (&'a Counter, u32)>) -> Result<u64, Error> {
        let mut connection = self.writer.acquire().await?;
        let added = add_all(&mut connection, self.engine, counts).await;
        Ok(ended(&mut connection, added)?)
    }
}

async fn add_all<'a>(
    connection: &mut AnyConnection,
    engine: Engine,
    counts: impl Iterator<Item = (&'a Counter, u32)>,
) -> Result<u64, sqlx::Error> {
    let mut transaction = engine.begin(connection).await?;
    let mut left_out = 0;
    // In their order, so that no two transactions wait for each other.
    let mut counts: Vec<(&Counter, u32)> = counts.collect();
    counts.sort_unstable();
    for (counter, count) in counts {
        if !add(&mut transaction, counter, count).await? {
            left_out += u64::from(count);
        }
    }
    transaction.commit().await?;
    Ok(left_out)
}

/// Adds to a counter, and returns whether it could: if there is none and there may be more, the counters of all steps
/// begin together. So whoever was counted as opened is counted as sent as well, however full the day is.
///
/// # Errors
/// The database fails.
pub(super) async fn add(connection: &mut AnyConnection, counter: &Counter, count: u32) -> Result<bool, sqlx::Error> {
    let Counter { site, experiment, variant, locale, day, step } = counter;
    let bound = |statement, step: Step, count: u32| {
        let names = [site, experiment, variant, locale, day].into_iter();
        names
            .fold(sqlx::query(statement), |query, name| query.bind(name.clone()))
            .bind(step.name())
            .bind(i64::from(count))
    };
    const ADD: &str = "update counter set count = count + $7
                           where site = $1 and experiment = $2 and variant = $3 and locale = $4 and day = $5
                             and step = $6";
    if bound(ADD, *step, count).execute(&mut *connection).await?.rows_affected() > 0 {
        return Ok(true);
    }
    let (of_site, of_all): (i64, i64) = sqlx::query_as(
        "select (select count(*) from counter where day = $1 and site = $2), (select count(*) from counter where day = $1)",
    )
    .bind(day.clone())
    .bind(site.clone())
    .fetch_one(&mut *connection)
    .await?;
    let steps = Step::ALL.len() as i64;
    if of_site + steps > SITE_COUNTERS_MAX || of_all + steps > DAY_COUNTERS_MAX {
        return Ok(false);
    }
    for each in Step::ALL {
        const BEGIN: &str = "insert into counter (site, experiment, variant, locale, day, step, count)
                                 values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";
        bound(BEGIN, each, 0).execute(&mut *connection).await?;
    }
    bound(ADD, *step, count).execute(connection).await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::databases::database;

    fn counter(site: &str, variant: &str) -> Counter {
        let [site, experiment, variant, locale, day] = [site, "titles", variant, "en", "2026-11-26"].map(str::to_owned);
        Counter { site, experiment, variant, locale, day, step: Step::Opened }
    }

    #[tokio::test]
    async fn a_site_and_a_day_have_so_many_counters() {
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        // Room for those of one more wording.
        let fill = async |site: &str, from: i64, until: i64| {
            let fill = "with recursive numbers(number) as (
                            select cast($2 as bigint) union all select number + 1 from numbers where number < $3)
                        insert into counter (site, experiment, variant, locale, day, step, count)
                            select $1, 'titles', cast(number as text), 'en', '2026-11-26', 'opened', 0 from numbers";
            let fill = sqlx::query(fill).bind(site.to_owned()).bind(from).bind(until);
            fill.execute(&store.writer).await.unwrap();
        };
        let left_out = async |counters: &[(Counter, u32)]| {
            store.add(counters.iter().map(|(counter, count)| (counter, *count))).await.unwrap()
        };
        let steps = Step::ALL.len() as i64;
        fill("full.example", 1, SITE_COUNTERS_MAX - steps).await;
        assert_eq!(left_out(&[(counter("full.example", "a"), 1)]).await, 0, "up to the last one");
        let two = [(counter("full.example", "b"), 3), (counter("full.example", "c"), 4)];
        assert_eq!(left_out(&two).await, 7);
        assert_eq!(left_out(&[(counter("full.example", "a"), 1)]).await, 0, "who is counted goes on");
        assert_eq!(left_out(&[(counter("other.example", "a"), 1)]).await, 0, "others have room");

        fill("many.example", 1, DAY_COUNTERS_MAX - SITE_COUNTERS_MAX - 2 * steps).await;
        assert_eq!(left_out(&[(counter("last.example", "a"), 1)]).await, 0);
        assert_eq!(left_out(&[(counter("late.example", "a"), 5)]).await, 5);
        let counted: i64 = sqlx::query_scalar("select cast(sum(count) as bigint) from counter")
            .fetch_one(&store.reader)
            .await
            .unwrap();
        assert_eq!(counted, 4);
        store.close().await;
    }
}
