//! Points in time, as the collector stores and sends them.

use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339, macros::format_description};

/// Now, by this machine's clock: RFC 3339 in UTC with milliseconds. Such texts sort by time.
pub fn now() -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    OffsetDateTime::now_utc().format(form).expect("every part of the form is there")
}

/// Today, by this machine's clock: `YYYY-MM-DD`, in UTC.
pub fn today() -> String {
    OffsetDateTime::now_utc().date().to_string()
}

/// A point in time as people write it: `21 November 2026, 09:30 UTC`. A text that is no such time is returned unchanged.
pub fn readable(text: &str) -> String {
    let form = format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");
    let time = OffsetDateTime::parse(text, &Rfc3339).ok();
    let readable = time.and_then(|time| time.checked_to_offset(UtcOffset::UTC)).and_then(|time| time.format(form).ok());
    readable.unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_readable_in_utc() {
        assert_eq!(readable("2026-11-21T09:30:00.123Z"), "21 November 2026, 09:30 UTC");
        assert_eq!(readable("2026-11-01T00:30:00+01:00"), "31 October 2026, 23:30 UTC");
        assert_eq!(readable("9999-12-31T23:59:59-23:59"), "9999-12-31T23:59:59-23:59");
        assert_eq!(readable("soon"), "soon");
    }

    #[test]
    fn now_is_a_moment() {
        let now = now();
        assert_eq!(now.len(), "2026-11-21T09:30:00.123Z".len(), "{now}");
        assert_ne!(readable(&now), now);
        assert_eq!(today().len(), "2026-11-21".len());
        assert!(now.starts_with(&today()) || today() > now, "{now}");
    }
}
