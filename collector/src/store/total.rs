//! How many messages there are of each kind, and how many are flagged: kept as they come and go, for each site and for all
//! together.

use std::collections::BTreeMap;

use say_so::feedback::Kind;
use sqlx::AnyConnection;

use super::{
    database::Store,
    error::Error,
    message::{FLAGGED, Message},
};

/// The totals of all sites together stand under this, which is no site's name: there may be as many sites as messages.
const ALL: &str = "";

/// What is to be added to each site's total, by site and name. They are written in their order, so that no two transactions
/// wait for each other.
pub(super) type Totals = BTreeMap<(String, String), i64>;

/// How many messages there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Of each kind, in the order of [`Kind::ALL`].
    pub kinds: [i64; 3],
    /// How many of them are flagged: see [`flag`](crate::flag).
    pub flagged: i64,
}

/// Notes what a message was and is.
pub(super) fn change(totals: &mut Totals, before: Option<&Message>, after: Option<&Message>) {
    for (message, step) in [(before, -1), (after, 1)] {
        let Some(message) = message else { continue };
        for name in message.totals() {
            *totals.entry((message.site.clone(), name.to_owned())).or_default() += step;
        }
    }
}

/// Adds to the totals of the sites, and to those of all together.
///
/// # Errors
/// The database fails.
pub(super) async fn write(connection: &mut AnyConnection, totals: &Totals) -> Result<(), sqlx::Error> {
    let mut whole = Totals::new();
    for ((_, name), change) in totals {
        *whole.entry((ALL.to_owned(), name.clone())).or_default() += change;
    }
    for ((site, name), change) in whole.iter().chain(totals).filter(|(_, change)| **change != 0) {
        let statement = "insert into total (site, name, count) values ($1, $2, $3)
                             on conflict (site, name) do update set count = total.count + excluded.count";
        let total = sqlx::query(statement).bind(site.clone()).bind(name.clone()).bind(*change);
        total.execute(&mut *connection).await?;
    }
    Ok(())
}

impl Store {
    /// How many messages there are.
    ///
    /// # Errors
    /// The database fails.
    pub async fn total(&self) -> Result<Total, Error> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("select name, count from total where site = $1").bind(ALL).fetch_all(&self.reader).await?;
        let of = |name: &str| rows.iter().find(|(row, _)| row == name).map_or(0, |(_, count)| *count);
        Ok(Total { kinds: Kind::ALL.map(|kind| of(kind.name())), flagged: of(FLAGGED) })
    }
}
