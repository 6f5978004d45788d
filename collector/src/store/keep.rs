//! Keeping what is posted.

use say_so::feedback::Submission;
use sqlx::{Connection, SqliteConnection};

use super::{database::Store, error::Error, facts, withdraw::is_withdrawn};
use crate::{moment, reference, secret::sha256};

/// How often a reference may turn out to be taken before the store gives up. There are 34 thousand million.
const REFERENCE_TRIES: usize = 16;

/// What has become of a posted body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Posted {
    /// It is a new revision, and kept.
    New(Kept),
    /// The same bytes were kept before.
    Again(Kept),
    /// Another body is kept under the same site, id and revision.
    Conflict,
    /// The message was taken back: nothing of it is kept any more.
    Withdrawn,
}

/// A revision that stands in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The reference of its message.
    pub reference: String,
    /// When it came in first: RFC 3339, UTC.
    pub received: String,
}

impl Store {
    /// Keeps a posted body, unless it is kept already. When this returns, the commit is on disk.
    ///
    /// # Errors
    /// The database fails; then nothing is kept.
    pub async fn keep(&self, submission: &Submission, body: &str) -> Result<Posted, Error> {
        let mut connection = self.writer.acquire().await?;
        let posted = post(&mut connection, submission, body).await;
        if posted.is_err() {
            // SQLite ends a transaction by itself when the disk fails, and sqlx goes on counting it:
            // the connection would refuse every later one.
            connection.close_on_drop();
        }
        posted
    }
}

async fn post(connection: &mut SqliteConnection, submission: &Submission, body: &str) -> Result<Posted, Error> {
    let Submission { site, id, kind, .. } = submission;
    let (number, kind) = (i64::from(submission.revision), kind.name());
    let fingerprint = sha256(body);
    let now = moment::now();

    let mut transaction = connection.begin_with("begin immediate").await?;
    if is_withdrawn(&mut transaction, site, id).await? {
        return Ok(Posted::Withdrawn);
    }
    let message: Option<(String, i64)> =
        sqlx::query_as("select reference, revision from message where site = $1 and id = $2")
            .bind(site)
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
    let (reference, shown) = match message {
        Some(message) => message,
        None => (open(&mut transaction, submission, &now).await?, number),
    };
    let made = sqlx::query(
        "insert into revision (site, id, revision, kind, body, fingerprint, received)
             values ($1, $2, $3, $4, (select coalesce(max(number), 0) + 1 from body), $5, $6)
             on conflict (site, id, revision) do nothing",
    )
    .bind(site)
    .bind(id)
    .bind(number)
    .bind(kind)
    .bind(&fingerprint)
    .bind(&now)
    .execute(&mut *transaction)
    .await?;
    if made.rows_affected() == 0 {
        let (kept, received): (String, String) =
            sqlx::query_as("select fingerprint, received from revision where site = $1 and id = $2 and revision = $3")
                .bind(site)
                .bind(id)
                .bind(number)
                .fetch_one(&mut *transaction)
                .await?;
        let same = kept == fingerprint;
        return Ok(if same { Posted::Again(Kept { reference, received }) } else { Posted::Conflict });
    }
    sqlx::query(
        "insert into body (number, text)
             select body, $4 from revision where site = $1 and id = $2 and revision = $3",
    )
    .bind(site)
    .bind(id)
    .bind(number)
    .bind(body)
    .execute(&mut *transaction)
    .await?;
    if number > shown {
        sqlx::query("update message set revision = $3, kind = $4, received = $5 where site = $1 and id = $2")
            .bind(site)
            .bind(id)
            .bind(number)
            .bind(kind)
            .bind(&now)
            .execute(&mut *transaction)
            .await?;
    }
    facts::note(&mut transaction, submission, &now).await?;
    transaction.commit().await?;
    Ok(Posted::New(Kept { reference, received: now }))
}

/// Makes a message, and returns its reference.
async fn open(connection: &mut SqliteConnection, submission: &Submission, now: &str) -> Result<String, Error> {
    for _ in 0..REFERENCE_TRIES {
        let reference = reference::random()?;
        if open_as(connection, submission, now, &reference).await? {
            return Ok(reference);
        }
    }
    Err(Error::References)
}

/// Makes a message under that reference; not if another one has it, or had it and was taken back.
async fn open_as(
    connection: &mut SqliteConnection,
    submission: &Submission,
    now: &str,
    reference: &str,
) -> Result<bool, sqlx::Error> {
    let made = sqlx::query(
        "insert into message (site, id, reference, created, revision, kind, received)
             select $1, $2, $3, $4, $5, $6, $4
             where not exists (select 1 from withdrawn where site = $1 and reference = $3)
             on conflict (site, reference) do nothing",
    )
    .bind(&submission.site)
    .bind(&submission.id)
    .bind(reference)
    .bind(now)
    .bind(i64::from(submission.revision))
    .bind(submission.kind.name())
    .execute(connection)
    .await?;
    Ok(made.rows_affected() == 1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use say_so::feedback::{Kind, Page, Wording};

    use super::*;

    fn click(site: &str, id: &str) -> Submission {
        Submission {
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
        }
    }

    #[tokio::test]
    async fn a_reference_is_given_once() {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite://{}", folder.path().join("say-so.db").display());
        let store = Store::open(&address, Duration::from_secs(1)).await.unwrap();
        let first = click("shop.example", "1");
        let Posted::New(Kept { reference, .. }) = store.keep(&first, "{}").await.unwrap() else {
            panic!("it was there")
        };
        let again = async |site: &str| {
            let mut connection = store.writer.acquire().await.unwrap();
            let mut transaction = connection.begin_with("begin immediate").await.unwrap();
            open_as(&mut transaction, &click(site, "2"), &moment::now(), &reference).await.unwrap()
        };
        assert!(!again("shop.example").await);
        store.withdraw("shop.example", "1").await.unwrap();
        assert!(!again("shop.example").await, "it was taken back, and its reference is not free");
        assert!(again("blog.example").await, "another site counts on its own");
        store.close().await;
    }
}
