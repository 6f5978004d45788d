//! How the tables of a database stand to those of this program.

use sqlx::{
    AnyConnection,
    migrate::{Migrate, MigrateError, Migrator},
};

use super::{
    engine::{Engine, Sql},
    error::OpenError,
};

/// The name under which sqlx keeps what has become of the tables.
const STEPS: &str = "_sqlx_migrations";

const HAS_STEPS: Sql =
    Sql { sqlite: "select count(*) from sqlite_schema where name = $1", postgres: "select count(to_regclass($1))" };

/// The tables of a database that is opened as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// They are those of this program.
    Current,
    /// They are older: the next start of a collector brings them up to date.
    Older,
    /// There are none yet: the first start makes them.
    Missing,
}

impl Tables {
    /// Looks which ones a database has, and changes nothing.
    ///
    /// # Errors
    /// The database fails, or its tables are newer than this program, or not those of any.
    pub(super) async fn of(
        connection: &mut AnyConnection,
        engine: Engine,
        steps: &Migrator,
    ) -> Result<Self, OpenError> {
        let has_steps = sqlx::query_scalar(HAS_STEPS.of(engine)).bind(STEPS);
        let has_steps: i64 = has_steps.fetch_one(&mut *connection).await?;
        if has_steps == 0 {
            return Ok(Self::Missing);
        }
        let done = connection.list_applied_migrations(STEPS).await?;
        for done in &done {
            let known = steps.iter().find(|step| step.version == done.version);
            match known {
                None => return Err(MigrateError::VersionMissing(done.version).into()),
                Some(known) if known.checksum != done.checksum => {
                    return Err(MigrateError::VersionMismatch(done.version).into());
                }
                Some(_) => {}
            }
        }
        Ok(if done.is_empty() {
            Self::Missing
        } else if done.len() < steps.iter().count() {
            Self::Older
        } else {
            Self::Current
        })
    }
}
