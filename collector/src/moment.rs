//! Points in time, as the collector stores, reads and sends them.

use std::time::Duration;

use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};
pub use say_so_voice::{day, moment as instant};

/// Now, by this machine's clock: RFC 3339 in UTC with milliseconds. Such texts sort by time.
pub fn now() -> String {
    text(Timestamp::now())
}

/// A point in time, written like that.
pub fn text(time: Timestamp) -> String {
    format!("{time:.3}")
}

/// Today, by this machine's clock: `YYYY-MM-DD`, in UTC.
pub fn today() -> String {
    day_of(Timestamp::now()).to_string()
}

/// The day of a point in time, in UTC.
pub fn day_of(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

/// When a day begins, in UTC.
pub fn start_of(day: Date) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

/// How long after a point in time the next day begins, in UTC: whole seconds, rounded up.
pub fn until_tomorrow(time: Timestamp) -> Duration {
    const DAY: i64 = 24 * 60 * 60;
    Duration::from_secs((DAY - time.as_second().rem_euclid(DAY)).unsigned_abs())
}

/// The number of that day, counted from 1 January 1970.
pub fn number(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// A point in time as people write it: `21 November 2026, 09:30 UTC`. A text that is no such time is returned unchanged.
pub fn readable(text: &str) -> String {
    instant(text).map_or_else(|| text.to_owned(), |time| time.strftime("%-d %B %Y, %H:%M UTC").to_string())
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
    fn a_day_is_that_of_utc() {
        for (time, day) in [("2026-11-27T00:30:00+01:00", 26), ("2026-11-26T23:30:00-01:00", 27)] {
            assert_eq!(day_of(time.parse().unwrap()), date(2026, 11, day), "{time}");
        }
    }

    #[test]
    fn a_day_ends_at_midnight_of_utc() {
        for (time, seconds) in [
            ("2026-11-26T00:00:00Z", 86_400),
            ("2026-11-26T23:59:59.999Z", 1),
            ("2026-11-27T00:00:00+01:00", 3_600),
            ("1969-12-31T23:59:58Z", 2),
        ] {
            assert_eq!(until_tomorrow(time.parse().unwrap()).as_secs(), seconds, "{time}");
        }
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
