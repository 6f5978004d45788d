//! Counts that were never counted: a past for a demonstration, and marked as such.

use sqlx::AnyConnection;

use super::{
    counter::{Counter, add},
    database::Store,
    engine::Engine,
    error::Error,
};

impl Store {
    /// Writes made-up counts of an experiment, all in one transaction, and that they are made up until that day
    /// (`YYYY-MM-DD`, that day included). Returns false, and writes nothing, if it has such a past already.
    ///
    /// # Errors
    /// The database fails; then nothing is written.
    pub async fn make_up<'a>(
        &self,
        site: &str,
        experiment: &str,
        until: &str,
        counts: impl Iterator<Item = (&'a Counter, u32)>,
    ) -> Result<bool, Error> {
        let mut connection = self.writer.acquire().await?;
        let made = make_up(&mut connection, self.engine, [site, experiment, until], counts).await;
        if made.is_err() {
            // As after a failed post: the connection may count a transaction that is no more.
            connection.close_on_drop();
        }
        Ok(made?)
    }

    /// Until which day the counts of an experiment are made up, for a demonstration: `YYYY-MM-DD`, that day included.
    /// None if all of them were counted.
    ///
    /// # Errors
    /// The database fails.
    pub async fn made_up_until(&self, site: &str, experiment: &str) -> Result<Option<String>, Error> {
        let until = sqlx::query_scalar("select until from made_up where site = $1 and experiment = $2");
        Ok(until.bind(site.to_owned()).bind(experiment.to_owned()).fetch_optional(&self.reader).await?)
    }
}

async fn make_up<'a>(
    connection: &mut AnyConnection,
    engine: Engine,
    [site, experiment, until]: [&str; 3],
    counts: impl Iterator<Item = (&'a Counter, u32)>,
) -> Result<bool, sqlx::Error> {
    let mut transaction = engine.begin(connection).await?;
    let marked = sqlx::query(
        "insert into made_up (site, experiment, until) values ($1, $2, $3) on conflict (site, experiment) do nothing",
    );
    let marked = marked
        .bind(site.to_owned())
        .bind(experiment.to_owned())
        .bind(until.to_owned())
        .execute(&mut *transaction)
        .await?;
    if marked.rows_affected() == 0 {
        return Ok(false);
    }
    for (counter, count) in counts {
        add(&mut transaction, counter, count).await?;
    }
    transaction.commit().await?;
    Ok(true)
}
