//! What can be said of the words that a wording brings, without them: more messages are not better ones.

use sqlx::FromRow;

use super::{database::Store, error::Error};

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
            " as locale, cast(sum(messages) as bigint) as messages, cast(sum(addresses) as bigint) as addresses,
                    cast(sum(useful) as bigint) as useful, cast(sum(flagged) as bigint) as flagged,
                    cast(case when sum(messages) > 0 then
                        (min(case when 2 * upto >= whole then length end)
                         + min(case when 2 * upto > whole then length end)) / 2.0 end as double precision) as length
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
        Ok(facts.bind(site.to_owned()).bind(experiment.to_owned()).fetch_all(&self.reader).await?)
    }

    /// The same for each variant and language.
    ///
    /// # Errors
    /// The database fails.
    pub async fn facts_by_locale(&self, site: &str, experiment: &str) -> Result<Vec<Facts>, Error> {
        let facts = sqlx::query_as(facts!("locale", "variant, locale"));
        Ok(facts.bind(site.to_owned()).bind(experiment.to_owned()).fetch_all(&self.reader).await?)
    }
}
