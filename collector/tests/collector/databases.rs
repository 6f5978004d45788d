//! The database of a test: a file, or, if the tests are run on PostgreSQL, one of a server's.

use std::path::Path;

use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Connection, Executor, Transaction};
use tempfile::TempDir;

/// The address of a database file in a folder.
pub fn file_in(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("say-so.db").display())
}

/// The address of the database that goes with a folder: a file in it, or, if the tests are run on PostgreSQL, a database
/// on its server.
pub fn database(folder: &TempDir) -> String {
    on_a_server(folder.path()).unwrap_or_else(|| file_in(folder))
}

/// If the tests are run on PostgreSQL, whose server's address then stands in `SAY_SO_TEST_POSTGRES`: the database on it
/// that goes with a folder, made if it is missing. Those whose folder is gone are dropped, since each takes some 8 MB.
pub fn on_a_server(folder: &Path) -> Option<String> {
    let server = std::env::var("SAY_SO_TEST_POSTGRES").ok()?;
    let beside = folder.parent().unwrap().to_owned();
    let name = name_of(folder.file_name().unwrap().as_encoded_bytes());
    let make = format!("create database {name}");
    at_once(&format!("{server}/postgres"), async move |connection: &mut AnyConnection| {
        let made = connection.execute(AssertSqlSafe(make)).await;
        assert!(made.is_ok() || made.is_err_and(|error| error.to_string().contains("already exists")));
        let named = r"select datname::text from pg_database where datname like 'folder\_%'";
        for name in sqlx::query_scalar::<_, String>(named).fetch_all(&mut *connection).await.unwrap() {
            if !beside.join(folder_of(&name)).exists() {
                let drop = format!("drop database if exists {name} with (force)");
                connection.execute(AssertSqlSafe(drop)).await.unwrap();
            }
        }
    });
    Some(format!("{server}/{name}"))
}

/// What the database of a folder is called: of the characters of a name, PostgreSQL takes few.
fn name_of(folder: &[u8]) -> String {
    format!("folder_{}", hex::encode(folder))
}

/// The folder whose database is called that.
fn folder_of(name: &str) -> String {
    String::from_utf8(hex::decode(name.trim_start_matches("folder_")).unwrap()).unwrap()
}

/// Does something with a database, for a test that can't wait for it.
pub fn at_once<T: Send + 'static>(
    address: &str,
    does: impl AsyncFnOnce(&mut AnyConnection) -> T + Send + 'static,
) -> T {
    let address = address.to_owned();
    let done = std::thread::spawn(move || {
        sqlx::any::install_default_drivers();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = AnyConnection::connect(&address).await.unwrap();
            let done = does(&mut connection).await;
            connection.close().await.unwrap();
            done
        })
    });
    done.join().unwrap()
}

/// Holds the database, so that nobody can write into it until the transaction ends.
pub async fn hold(pool: &AnyPool, address: &str) -> Transaction<'static, Any> {
    if address.starts_with("sqlite:") {
        return pool.begin_with("begin immediate").await.unwrap();
    }
    let mut transaction = pool.begin().await.unwrap();
    transaction.execute("lock table message in exclusive mode").await.unwrap();
    transaction
}

/// The database of that address, opened beside the collector.
pub async fn look_into(database: &str) -> AnyPool {
    sqlx::any::install_default_drivers();
    AnyPool::connect(database).await.unwrap()
}
