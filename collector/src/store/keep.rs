//! Keeping what is posted.

use say_so::feedback::Submission;
use sqlx::{Connection, SqliteConnection};

use super::{Error, Store};
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
    let message: Option<(String, i64)> =
        sqlx::query_as("select reference, revision from message where site = $1 and id = $2")
            .bind(site)
            .bind(id)
            .fetch_optional(&mut *transaction)
            .await?;
    let (reference, shown) = match message {
        Some(message) => message,
        None => {
            let mut tries = 0;
            loop {
                let reference = reference::random()?;
                let made = sqlx::query(
                    "insert into message (site, id, reference, created, revision, kind, received)
                         values ($1, $2, $3, $4, $5, $6, $4)
                         on conflict (site, reference) do nothing",
                )
                .bind(site)
                .bind(id)
                .bind(&reference)
                .bind(&now)
                .bind(number)
                .bind(kind)
                .execute(&mut *transaction)
                .await?;
                if made.rows_affected() == 1 {
                    break (reference, number);
                }
                tries += 1;
                if tries == REFERENCE_TRIES {
                    return Err(Error::References);
                }
            }
        }
    };

    let made = sqlx::query(
        "insert into revision (site, id, revision, kind, message, body, fingerprint, received)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (site, id, revision) do nothing",
    )
    .bind(site)
    .bind(id)
    .bind(number)
    .bind(kind)
    // PostgreSQL's text holds no NUL. The body has it, escaped, as JSON wants it.
    .bind(submission.message.as_deref().map(|message| message.replace('\0', "\u{fffd}")))
    .bind(body)
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
    transaction.commit().await?;
    Ok(Posted::New(Kept { reference, received: now }))
}
