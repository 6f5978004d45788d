//! Reading what was kept, newest first.

use std::{fmt, str::FromStr};

use say_so::feedback::Kind;

use super::{database::Store, error::Error, message::FLAGGED};

/// How many messages are read for one page.
const PAGE: usize = 30;

/// What is read of a message, in one walk with its shown body.
macro_rules! listed {
    () => {
        "select message.site, message.id, message.reference, message.created, message.received, message.useful,
                message.flag, message.revision, body.text as body,
                (select count(*) from revision where revision.site = message.site and revision.id = message.id)
                    as revisions
             from message
             left join body
               on body.site = message.site and body.id = message.id and body.revision = message.revision"
    };
}
pub(super) use listed;

/// A page of them, as one walk along an index: what is behind a mark, in the order of its columns. The limit is [`PAGE`]
/// and one more. It is written and not bound: who plans a statement without knowing it plans for a tenth of the table.
macro_rules! page {
    ($filter:literal, $order:literal) => {
        concat!(
            listed!(),
            " where ",
            $filter,
            " order by ",
            $order,
            "message.received desc, message.site desc, message.id desc limit 31"
        )
    };
}

const OF_ALL: &str = page!("(message.received, message.site, message.id) < ($1, $2, $3)", "");
/// The kind is bounded from both sides, and not equal to one: else PostgreSQL may walk through all kinds to find a rare one.
const OF_A_KIND: &str = page!(
    "(message.kind, message.received, message.site, message.id) < ($4, $1, $2, $3) and message.kind >= $4",
    "message.kind desc, "
);
const FLAGGED_ONES: &str =
    page!("message.flag is not null and (message.received, message.site, message.id) < ($1, $2, $3)", "");

/// Which messages to read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What is let through.
    pub shown: Shown,
    /// Those older than this one, or from the newest on.
    pub before: Option<Mark>,
}

/// Which messages a filter lets through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// All of them.
    #[default]
    All,
    /// Those of one kind.
    Kind(Kind),
    /// Those that are flagged: see [`flag`](crate::flag).
    Flagged,
}

impl Shown {
    /// Its name in addresses; none for all.
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::Kind(kind) => Some(kind.name()),
            Self::Flagged => Some(FLAGGED),
        }
    }

    /// The one of that name; all, if there is none.
    pub fn named(name: Option<&str>) -> Self {
        match name {
            Some(FLAGGED) => Self::Flagged,
            Some(name) => Kind::named(name).map_or(Self::All, Self::Kind),
            None => Self::All,
        }
    }
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
    /// The messages, at most thirty.
    pub messages: Vec<Listed>,
    /// Whether there are older ones.
    pub more: bool,
}

/// A message as the inbox shows it: its highest revision.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listed {
    /// The site it is for.
    pub site: String,
    pub(super) id: String,
    /// What its author can quote.
    pub reference: String,
    /// When its first revision came in: RFC 3339, UTC.
    pub created: String,
    /// When the shown revision came in: RFC 3339, UTC.
    pub received: String,
    useful: i64,
    /// Why the shown revision was flagged as it came in, if it was: the name of a [`Flag`](crate::flag::Flag).
    pub flag: Option<String>,
    /// Which revision is shown.
    pub revision: i64,
    body: Option<String>,
    /// How many revisions there are, the shown one among them.
    pub revisions: i64,
}

impl Listed {
    /// What was posted.
    pub fn body(&self) -> &str {
        self.body.as_deref().unwrap_or_default()
    }

    /// Whether somebody marked it as useful.
    pub fn is_useful(&self) -> bool {
        self.useful != 0
    }

    /// The place behind it.
    pub fn mark(&self) -> Mark {
        Mark { received: self.received.clone(), site: self.site.clone(), id: self.id.clone() }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}", self.received, self.site, self.id)
    }
}

impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        // PostgreSQL has no NUL in its texts, and no mark of ours has one.
        let mut parts = text.splitn(3, '~').filter(|part| !part.contains('\0')).map(str::to_owned);
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
        let Mark { received, site, id } = filter.before.clone().unwrap_or(end);
        let query = sqlx::query_as(match filter.shown {
            Shown::All => OF_ALL,
            Shown::Kind(_) => OF_A_KIND,
            Shown::Flagged => FLAGGED_ONES,
        });
        let query = query.bind(received).bind(site).bind(id);
        let query = match filter.shown {
            Shown::Kind(kind) => query.bind(kind.name()),
            Shown::All | Shown::Flagged => query,
        };
        let mut messages: Vec<Listed> = query.fetch_all(&self.reader).await?;
        let more = messages.len() > PAGE;
        messages.truncate(PAGE);
        Ok(Page { messages, more })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use say_so::feedback::Submission;
    use sqlx::{AssertSqlSafe, Row};

    use super::*;
    use crate::{
        databases::{database, file_in},
        store::Post,
    };

    #[test]
    fn a_mark_survives_its_text() {
        let text = "2026-11-21T09:30:00.000Z~shop.example~0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<Mark>().unwrap().to_string(), text);
        assert!("2026~shop.example".parse::<Mark>().is_err());
        assert!("2026~shop.example~\0".parse::<Mark>().is_err());
    }

    #[test]
    fn what_is_shown_survives_its_name() {
        for shown in [Shown::All, Shown::Flagged].into_iter().chain(Kind::ALL.map(Shown::Kind)) {
            assert_eq!(Shown::named(shown.name()), shown);
        }
        assert_eq!(Shown::named(Some("rant")), Shown::All);
    }

    #[tokio::test]
    async fn a_page_is_a_walk_along_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let address = file_in(&folder);
        let store = Store::open(&address, Duration::from_secs(5)).await.unwrap();
        for (page, index) in
            [(OF_ALL, "message_by_time"), (OF_A_KIND, "message_by_kind"), (FLAGGED_ONES, "message_by_flag")]
        {
            assert!(page.ends_with(&format!("limit {}", PAGE + 1)));
            let explain = sqlx::query(AssertSqlSafe(format!("explain query plan {page}")));
            let explain = ["~", "", "", "praise"].iter().fold(explain, |explain, bound| explain.bind(*bound));
            let steps = explain.fetch_all(&store.reader).await.unwrap();
            let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
            assert!(steps.iter().any(|step| step.starts_with("SEARCH message ") && step.contains(index)), "{steps:?}");
            assert!(!steps.iter().any(|step| step.contains("SCAN ") || step.contains("B-TREE")), "{steps:?}");
        }
        store.close().await;
    }

    #[tokio::test]
    async fn a_full_page_is_not_said_to_have_another_behind_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&database(&folder), Duration::from_secs(20)).await.unwrap();
        let words = include_str!("../../tests/golden/submissions/words.json");
        let mut submission: Submission = serde_json::from_str(words).unwrap();
        for number in 1..=PAGE + 1 {
            submission.id = format!("{number:032x}");
            store.keep(Post::new(&submission, words, "")).await.unwrap();
            let page = store.list(&Filter::default()).await.unwrap();
            assert_eq!((page.messages.len(), page.more), (number.min(PAGE), number > PAGE));
        }
        store.close().await;
    }
}
