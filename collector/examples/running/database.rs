//! A new database in a folder of its own, or on a server of its own that waits for its disk.

use clap::ValueEnum;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;

use super::{Result, postgres::Server};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    Sqlite,
    Postgres,
}

impl Kind {
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// Where databases are made. All of them are gone with this.
pub struct Place {
    pub folder: TempDir,
    pub server: Option<Server>,
}

impl Place {
    pub fn new(kind: Kind) -> Result<Self> {
        sqlx::any::install_default_drivers();
        let server = if kind == Kind::Postgres { Some(Server::start(true)?) } else { None };
        Ok(Self { folder: tempfile::tempdir()?, server })
    }

    /// The address of a new database.
    pub async fn database(&self, name: &str) -> Result<String> {
        let Some(server) = &self.server else {
            return Ok(format!("sqlite://{}", self.folder.path().join(format!("{name}.db")).display()));
        };
        let mut connection = AnyConnection::connect(&format!("{}/postgres", server.address())).await?;
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await?;
        connection.close().await?;
        Ok(format!("{}/{name}", server.address()))
    }
}
