//! Points in time, as the collector stores and sends them.

use time::{OffsetDateTime, macros::format_description};

/// Now, by this machine's clock: RFC 3339 in UTC with milliseconds. Such texts sort by time.
pub fn now() -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    OffsetDateTime::now_utc().format(form).expect("every part of the form is there")
}
