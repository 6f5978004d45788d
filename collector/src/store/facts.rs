//! What can be said of the words that a wording brings, without them: more messages are not better ones.

use say_so::feedback::{Step, Submission, length};
use sqlx::{FromRow, SqliteConnection};

use super::{
    counter::{Counter, add},
    database::Store,
    error::Error,
};
use crate::flag::{self, preview};

/// What can be said of the messages that came under one wording.
///
/// A message counts with the words of its highest revision. One that was taken back counts no more, so there may be
/// fewer messages than were counted as sent.
#[derive(Clone, Debug, PartialEq, FromRow)]
pub struct Facts {
    /// The variant’s id.
    pub variant: String,
    /// The language, as a BCP 47 tag; none for all languages together.
    pub locale: Option<String>,
    /// How many messages with words there are, without those that are flagged.
    pub messages: i64,
    /// The median length of their words, in Unicode scalar values; none if there are no messages.
    pub length: Option<f64>,
    /// How many of them left an e-mail address.
    pub addresses: i64,
    /// How many of them somebody marked as useful.
    pub useful: i64,
    /// How many more came that are flagged, and count nowhere: see [`flag`](crate::flag).
    pub flagged: i64,
}

/// The facts, for each of these columns. The median is the middle length, or the mean of both middle ones.
macro_rules! facts {
    ($locale:literal, $columns:literal) => {
        concat!(
            "with lengths as (
                 select ",
            $columns,
            ", length, sum(counted) as messages, sum(counted * address) as addresses,
                        sum(counted * useful) as useful, sum(1 - counted) as flagged
                     from message where site = $1 and experiment = $2 and experiment is not null
                     group by ",
            $columns,
            ", length
             ), running as (
                 select lengths.*, sum(messages) over (partition by ",
            $columns,
            " order by length) as upto,
                        sum(messages) over (partition by ",
            $columns,
            ") as whole
                     from lengths
             )
             select variant, ",
            $locale,
            " as locale, sum(messages) as messages, sum(addresses) as addresses,
                    sum(useful) as useful, sum(flagged) as flagged,
                    case when sum(messages) > 0 then
                        (min(case when 2 * upto >= whole then length end)
                         + min(case when 2 * upto > whole then length end)) / 2.0 end as length
                 from running group by ",
            $columns,
            " order by ",
            $columns
        )
    };
}

impl Store {
    /// What can be said of an experiment's messages, for each variant.
    ///
    /// # Errors
    /// The database fails.
    pub async fn facts(&self, site: &str, experiment: &str) -> Result<Vec<Facts>, Error> {
        let facts = sqlx::query_as(facts!("null", "variant"));
        Ok(facts.bind(site).bind(experiment).fetch_all(&self.reader).await?)
    }

    /// The same for each variant and language.
    ///
    /// # Errors
    /// The database fails.
    pub async fn facts_by_locale(&self, site: &str, experiment: &str) -> Result<Vec<Facts>, Error> {
        let facts = sqlx::query_as(facts!("locale", "variant, locale"));
        Ok(facts.bind(site).bind(experiment).fetch_all(&self.reader).await?)
    }
}

/// Notes of a new revision what can be said of its words, if it came under a wording that is tried out, and counts its
/// message as sent: once, from the first revision with words that is not flagged, in the counter of that day.
///
/// # Errors
/// The database fails.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    submission: &Submission,
    now: &str,
) -> Result<(), sqlx::Error> {
    let Submission { site, id, wording, .. } = submission;
    let Some(words) = submission.message.as_deref().filter(|_| preview(submission).is_none()) else { return Ok(()) };
    let tried = wording.experiment.as_ref().zip(wording.variant.as_ref());
    let revision = i64::from(submission.revision);
    let (counted, worded): (bool, Option<i64>) =
        sqlx::query_as("select counted, worded from message where site = $1 and id = $2")
            .bind(site)
            .bind(id)
            .fetch_one(&mut *connection)
            .await?;
    // A later edit may come under the site's own words again, once an experiment has ended.
    if worded.map_or(tried.is_some(), |worded| worded < revision) {
        let email = submission.contact.as_ref().and_then(|contact| contact.email.as_deref());
        sqlx::query("update message set worded = $3, length = $4, address = $5 where site = $1 and id = $2")
            .bind(site)
            .bind(id)
            .bind(revision)
            .bind(length(words) as i64)
            .bind(i64::from(email.is_some_and(|email| !email.is_empty())))
            .execute(&mut *connection)
            .await?;
    }
    let Some((experiment, variant)) = tried.filter(|_| !counted) else { return Ok(()) };
    let counts = flag::of(submission).is_none();
    sqlx::query(
        "update message set experiment = $3, variant = $4, locale = $5, counted = $6 where site = $1 and id = $2",
    )
    .bind(site)
    .bind(id)
    .bind(experiment)
    .bind(variant)
    .bind(&wording.locale)
    .bind(i64::from(counts))
    .execute(&mut *connection)
    .await?;
    if counts {
        let counter = Counter {
            site: site.clone(),
            experiment: experiment.clone(),
            variant: variant.clone(),
            locale: wording.locale.clone(),
            day: now.chars().take(10).collect(),
            step: Step::Sent,
        };
        if !add(connection, &counter, 1).await? {
            tracing::warn!(site, "words arrived and are not counted as sent: the day has as many counters as it may");
        }
    }
    Ok(())
}
