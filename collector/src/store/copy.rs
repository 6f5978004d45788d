//! Copies of a whole database.

use std::path::Path;

use futures_util::TryStreamExt;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row, any::AnyRow};

use super::{
    database::Store,
    engine::Engine,
    error::{Error, OpenError},
    watch::damage,
};

/// How many rows are written in one statement.
const CHUNK: usize = 200;

/// A table: its name, which of its rows are copied, its columns, and how many of these are its key. Integers are marked.
struct Table {
    name: &'static str,
    rows: &'static str,
    key: usize,
    columns: &'static [Column],
}

#[derive(Clone, Copy)]
enum Column {
    Text(&'static str),
    Integer(&'static str),
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Text(name) | Self::Integer(name) => name,
        }
    }

    const fn kind(self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "bigint",
        }
    }
}

use Column::{Integer, Text};

/// All rows.
const ALL: &str = "";
/// The bodies that are left: in SQLite the rows of those that were taken back stay, overwritten.
const LEFT: &str = "where exists (select 1 from revision where revision.site = body.site and revision.id = body.id
                                      and revision.revision = body.revision)";

/// Every table but that of who is signed in, in an order in which each row finds those that it refers to.
const TABLES: [Table; 8] = [
    Table { name: "secret", rows: ALL, key: 1, columns: &[Text("name"), Text("value")] },
    Table {
        name: "message",
        rows: ALL,
        key: 2,
        columns: &[
            Text("site"),
            Text("id"),
            Text("reference"),
            Text("created"),
            Integer("revision"),
            Text("kind"),
            Text("received"),
            Integer("useful"),
            Text("flag"),
            Text("experiment"),
            Text("variant"),
            Text("locale"),
            Integer("counted"),
            Integer("worded"),
            Integer("length"),
            Integer("address"),
        ],
    },
    Table {
        name: "revision",
        rows: ALL,
        key: 3,
        columns: &[Text("site"), Text("id"), Integer("revision"), Text("kind"), Text("fingerprint"), Text("received")],
    },
    Table { name: "body", rows: LEFT, key: 3, columns: &[Text("site"), Text("id"), Integer("revision"), Text("text")] },
    Table { name: "withdrawn", rows: ALL, key: 2, columns: &[Text("site"), Text("mark"), Text("reference")] },
    Table { name: "total", rows: ALL, key: 2, columns: &[Text("site"), Text("name"), Integer("count")] },
    Table {
        name: "counter",
        rows: ALL,
        key: 6,
        columns: &[
            Text("site"),
            Text("experiment"),
            Text("variant"),
            Text("locale"),
            Text("day"),
            Text("step"),
            Integer("count"),
        ],
    },
    Table { name: "made_up", rows: ALL, key: 2, columns: &[Text("site"), Text("experiment"), Text("until")] },
];

/// A database can't be copied.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// It is PostgreSQL's, which has its own way.
    #[error("PostgreSQL has a program for it: pg_dump")]
    NoFile,
    /// There is something in the other one already.
    #[error("the database to copy into is not empty: its table {0} has rows")]
    NotEmpty(&'static str),
    /// What was copied is not what was there.
    #[error(
        "the copy of {0} is not the same: stop every collector of both databases, empty the second one and try again"
    )]
    Differs(&'static str),
    /// The copy is damaged.
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    /// A database fails.
    #[error(transparent)]
    Store(#[from] Error),
    /// The copy can't be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl From<sqlx::Error> for CopyError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Store {
    /// Writes a copy of an SQLite database into a file that is empty, checks it, and returns how many messages it has.
    ///
    /// # Errors
    /// See [`CopyError`].
    pub async fn copy_to(&self, path: &Path) -> Result<i64, CopyError> {
        if self.engine != Engine::Sqlite {
            return Err(CopyError::NoFile);
        }
        let target = path.display().to_string();
        sqlx::query("vacuum into $1").bind(target.clone()).execute(&self.reader).await?;
        let copy = sqlx::AnyPool::connect(&format!("sqlite://{target}?mode=ro")).await?;
        let found = match damage(&copy).await {
            Some(damage) => Err(CopyError::Damaged(damage)),
            None => Ok(sqlx::query_scalar("select count(*) from message").fetch_one(&copy).await?),
        };
        copy.close().await;
        found
    }

    /// Copies every table into another database, compares both, and returns how many rows each has.
    ///
    /// # Errors
    /// See [`CopyError`].
    pub async fn migrate_to(&self, to: &Self) -> Result<Vec<(&'static str, u64)>, CopyError> {
        let mut reading = self.reader.acquire().await?;
        if self.engine == Engine::Postgres {
            // All of it as it is at one moment.
            sqlx::query("set session characteristics as transaction isolation level repeatable read")
                .execute(&mut *reading)
                .await?;
        }
        let mut reading = reading.begin().await?;
        let mut writing = to.writer.acquire().await?;
        let mut writing = to.engine.begin(&mut writing).await?;
        let mut copied = Vec::new();
        for table in &TABLES {
            let there = format!("select count(*) from {}", table.name);
            let there: i64 = sqlx::query_scalar(AssertSqlSafe(there)).fetch_one(&mut *writing).await?;
            if there > 0 {
                return Err(CopyError::NotEmpty(table.name));
            }
        }
        for table in &TABLES {
            let (rows, read) = table.copy(&mut reading, to.engine, &mut writing).await?;
            if table.digest(&mut writing).await? != read {
                return Err(CopyError::Differs(table.name));
            }
            copied.push((table.name, rows));
        }
        writing.commit().await?;
        Ok(copied)
    }
}

impl Table {
    fn names(&self) -> String {
        self.columns.iter().map(|column| column.name()).collect::<Vec<_>>().join(", ")
    }

    /// All rows in the order of their key.
    fn select(&self) -> AssertSqlSafe<String> {
        let key = self.columns[..self.key].iter().map(|column| column.name()).collect::<Vec<_>>().join(", ");
        AssertSqlSafe(format!("select {} from {} {} order by {key}", self.names(), self.name, self.rows))
    }

    fn insert(&self, engine: Engine) -> AssertSqlSafe<String> {
        let (name, names) = (self.name, self.names());
        let rows = match engine {
            Engine::Sqlite => {
                let values = self.columns.iter().map(|column| format!("value ->> '{}'", column.name()));
                format!("select {} from json_each($1)", values.collect::<Vec<_>>().join(", "))
            }
            Engine::Postgres => {
                let columns = self.columns.iter().map(|column| format!("{} {}", column.name(), column.kind()));
                let columns = columns.collect::<Vec<_>>().join(", ");
                format!("select {names} from json_to_recordset($1::json) as copied({columns})")
            }
        };
        AssertSqlSafe(format!("insert into {name} ({names}) {rows}"))
    }

    /// Copies the rows, and returns how many there were and their digest.
    async fn copy(
        &self,
        reading: &mut AnyConnection,
        engine: Engine,
        writing: &mut AnyConnection,
    ) -> Result<(u64, Vec<u8>), sqlx::Error> {
        let (mut number, mut digest, mut chunk) = (0, Sha256::new(), Vec::new());
        let mut rows = sqlx::query(self.select()).fetch(reading);
        loop {
            let row = rows.try_next().await?;
            let ended = row.is_none();
            if let Some(row) = row {
                let row = self.row(&row)?;
                note(&mut digest, &row);
                number += 1;
                chunk.push(row);
            }
            if chunk.len() >= CHUNK || (ended && !chunk.is_empty()) {
                let json = Value::Array(std::mem::take(&mut chunk).into_iter().map(Value::Object).collect());
                sqlx::query(self.insert(engine)).bind(json.to_string()).execute(&mut *writing).await?;
            }
            if ended {
                return Ok((number, digest.finalize().to_vec()));
            }
        }
    }

    async fn digest(&self, reading: &mut AnyConnection) -> Result<Vec<u8>, sqlx::Error> {
        let mut digest = Sha256::new();
        let mut rows = sqlx::query(self.select()).fetch(reading);
        while let Some(row) = rows.try_next().await? {
            note(&mut digest, &self.row(&row)?);
        }
        Ok(digest.finalize().to_vec())
    }

    fn row(&self, row: &AnyRow) -> Result<Map<String, Value>, sqlx::Error> {
        let value = |column: &Column| -> Result<Value, sqlx::Error> {
            Ok(match column {
                Text(name) => row.try_get::<Option<String>, _>(*name)?.into(),
                Integer(name) => row.try_get::<Option<i64>, _>(*name)?.into(),
            })
        };
        self.columns.iter().map(|column| Ok((column.name().to_owned(), value(column)?))).collect()
    }
}

fn note(digest: &mut Sha256, row: &Map<String, Value>) {
    digest.update(serde_json::to_string(row).expect("texts and numbers are always JSON"));
    digest.update([0]);
}
