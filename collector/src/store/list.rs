//! Reading what was kept, newest first.

use std::{fmt, str::FromStr};

use say_so::feedback::Kind;

use super::{database::Store, error::Error};

/// How many messages stand on one page.
const PAGE: usize = 30;
/// How many revisions of a message are read, the shown one among them.
const REVISIONS: i64 = 10;

/// Which messages to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those of one kind, or all.
    pub kind: Option<Kind>,
    /// Those older than this one, or from the newest on.
    pub before: Option<Mark>,
}

/// A place in the list of all messages: between two of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub(super) received: String,
    pub(super) site: String,
    pub(super) id: String,
}

/// Messages, newest first.
#[derive(Clone, Debug)]
pub struct Page {
    /// The messages.
    pub messages: Vec<Listed>,
    /// Where the next page starts, if there is one.
    pub older: Option<Mark>,
}

/// A message as the inbox shows it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The site it is for.
    pub site: String,
    /// What its author can quote.
    pub reference: String,
    /// When its first revision came in: RFC 3339, UTC.
    pub created: String,
    /// Whether somebody marked it as useful.
    pub useful: bool,
    /// Its revisions, the highest first, at most ten.
    pub revisions: Vec<Revision>,
}

/// A posted body of a message.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Revision {
    /// Which one.
    #[sqlx(rename = "revision")]
    pub number: i64,
    /// When it came in: RFC 3339, UTC.
    pub received: String,
    /// What was posted.
    pub body: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    site: String,
    id: String,
    reference: String,
    created: String,
    received: String,
    useful: i64,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}", self.received, self.site, self.id)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, '~').map(str::to_owned);
        let mut part = || parts.next().ok_or(());
        Ok(Self { received: part()?, site: part()?, id: part()? })
    }
}

impl Store {
    /// Reads a page of messages, the one whose shown revision came in last first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn list(&self, filter: &Filter) -> Result<Page, Error> {
        // Every time starts with a digit, so this stands after all of them.
        let end = Mark { received: "~".to_owned(), site: String::new(), id: String::new() };
        let before = filter.before.as_ref().unwrap_or(&end);
        let query = match filter.kind {
            None => sqlx::query_as(
                "select site, id, reference, created, received, useful from message
                 where (received, site, id) < ($1, $2, $3)
                 order by received desc, site desc, id desc limit $4",
            ),
            Some(_) => sqlx::query_as(
                "select site, id, reference, created, received, useful from message
                 where kind = $5 and (received, site, id) < ($1, $2, $3)
                 order by received desc, site desc, id desc limit $4",
            ),
        };
        let query =
            query.bind(before.received.clone()).bind(before.site.clone()).bind(before.id.clone()).bind(PAGE as i64 + 1);
        let query = match filter.kind {
            None => query,
            Some(kind) => query.bind(kind.name()),
        };
        let mut rows: Vec<Row> = query.fetch_all(&self.reader).await?;

        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let older = rows.last().filter(|_| more).map(|row| Mark {
            received: row.received.clone(),
            site: row.site.clone(),
            id: row.id.clone(),
        });
        let mut messages = Vec::with_capacity(rows.len());
        for row in rows {
            let revisions = sqlx::query_as(
                "select revision.revision, revision.received, body.text as body
                 from revision join body
                   on body.site = revision.site and body.id = revision.id and body.revision = revision.revision
                 where revision.site = $1 and revision.id = $2
                 order by revision.revision desc limit $3",
            )
            .bind(row.site.clone())
            .bind(row.id)
            .bind(REVISIONS)
            .fetch_all(&self.reader)
            .await?;
            let Row { site, reference, created, useful, .. } = row;
            messages.push(Listed { site, reference, created, useful: useful != 0, revisions });
        }
        Ok(Page { messages, older })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_survives_its_text() {
        let text = "2026-11-21T09:30:00.000Z~shop.example~0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<Mark>().unwrap().to_string(), text);
        assert!("2026~shop.example".parse::<Mark>().is_err());
    }
}
