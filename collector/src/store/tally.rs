//! What was counted of an experiment, day by day.

use sqlx::FromRow;

use super::{database::Store, error::Error};

/// An experiment of which something was counted.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Tried {
    /// The site that tries wordings out.
    pub site: String,
    /// The experiment’s id.
    pub experiment: String,
    /// The first day on which something was counted: `YYYY-MM-DD`, in UTC.
    pub first: String,
    /// The last such day.
    pub last: String,
}

/// How many came how far under one wording, in one language, on one day.
///
/// The steps are counted apart from each other, and a post of one of them may get lost: more may have been sent than
/// were opened.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Tally {
    /// The variant’s id.
    pub variant: String,
    /// The language, as a BCP 47 tag.
    pub locale: String,
    /// The day: `YYYY-MM-DD`, in UTC.
    pub day: String,
    /// How many openings of the panel.
    pub opened: i64,
    /// In how many of them a kind was chosen.
    pub chosen: i64,
    /// In how many words were begun.
    pub started: i64,
    /// From how many words have arrived that were not flagged.
    pub sent: i64,
    /// How many ended without.
    pub left: i64,
}

impl Store {
    /// Every experiment of which something was counted, by site and id.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tried(&self) -> Result<Vec<Tried>, Error> {
        let tried = sqlx::query_as(
            "select site, experiment, min(day) as first, max(day) as last from counter where count > 0
                 group by site, experiment order by site, experiment",
        );
        Ok(tried.fetch_all(&self.reader).await?)
    }

    /// What was counted of an experiment: by variant, then language, then day. Days on which nothing was counted are
    /// left out.
    ///
    /// # Errors
    /// The database fails.
    pub async fn tallies(&self, site: &str, experiment: &str) -> Result<Vec<Tally>, Error> {
        let tallies = sqlx::query_as(
            "select variant, locale, day,
                    cast(sum(case step when 'opened' then count else 0 end) as bigint) as opened,
                    cast(sum(case step when 'chosen' then count else 0 end) as bigint) as chosen,
                    cast(sum(case step when 'started' then count else 0 end) as bigint) as started,
                    cast(sum(case step when 'sent' then count else 0 end) as bigint) as sent,
                    cast(sum(case step when 'left' then count else 0 end) as bigint) as \"left\"
                 from counter where site = $1 and experiment = $2
                 group by variant, locale, day order by variant, locale, day",
        );
        Ok(tallies.bind(site.to_owned()).bind(experiment.to_owned()).fetch_all(&self.reader).await?)
    }
}
