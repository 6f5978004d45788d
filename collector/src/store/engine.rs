//! The two databases, and where their SQL differs.

use sqlx::{Any, AnyConnection, Connection, Transaction, pool::PoolConnection};

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file of this machine.
    Sqlite,
    /// A server, for any number of collectors.
    Postgres,
}

/// A statement, as each of them reads it.
#[derive(Clone, Copy)]
pub(super) struct Sql {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

impl Sql {
    /// The statement for that database.
    pub(super) const fn of(self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }
}

/// A statement over rows that are bound as one text, a JSON list of objects: `$1`. In it they are called `posted`. So a
/// batch of any size is one statement, prepared once. (`unnest` would want a list for each column, and the driver that both
/// databases share binds none.)
macro_rules! over_rows {
    ($head:literal, [$($column:ident $type:ident),+], $tail:literal) => {
        $crate::store::engine::Sql {
            sqlite: concat!(
                $head, " (select ", $("value ->> '", stringify!($column), "' as ", stringify!($column), ", ",)+
                "null as padding from json_each($1)) as posted ", $tail
            ),
            postgres: concat!(
                $head, " json_to_recordset($1::json) as posted(",
                $(stringify!($column), " ", stringify!($type), ", ",)+ "padding integer) ", $tail
            ),
        }
    };
}
pub(super) use over_rows;

impl Engine {
    /// Begins a transaction that is going to write.
    ///
    /// # Errors
    /// The database fails, or another process writes for too long.
    pub(super) async fn begin(self, connection: &mut AnyConnection) -> Result<Transaction<'_, Any>, sqlx::Error> {
        match self {
            // Whoever begins with reading may find that another process has written since, and can't write any more.
            Self::Sqlite => connection.begin_with("begin immediate").await,
            Self::Postgres => connection.begin().await,
        }
    }
}

/// What has become of a transaction. If it failed, its connection is not used again: SQLite ends a transaction by itself
/// when the disk fails, and sqlx goes on counting it, so the connection would refuse every later one.
pub(super) fn ended<T, E>(connection: &mut PoolConnection<Any>, outcome: Result<T, E>) -> Result<T, E> {
    if outcome.is_err() {
        connection.close_on_drop();
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_called_posted_in_both() {
        let sql = over_rows!("select id from", [id text, revision integer], "order by id");
        assert_eq!(
            sql.of(Engine::Sqlite),
            "select id from (select value ->> 'id' as id, value ->> 'revision' as revision, null as padding from \
             json_each($1)) as posted order by id"
        );
        assert_eq!(
            sql.of(Engine::Postgres),
            "select id from json_to_recordset($1::json) as posted(id text, revision integer, padding integer) \
             order by id"
        );
    }
}
