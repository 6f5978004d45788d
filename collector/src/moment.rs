//! Points in time, as the collector stores, reads and sends them.

use jiff::{
    Timestamp,
    civil::{Date, date},
    tz::TimeZone,
};

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

/// The day of a text such as `2026-11-25`.
pub fn day(text: &str) -> Option<Date> {
    // There are other ways to write a day, and this is the only one that is meant.
    text.parse().ok().filter(|day: &Date| day.to_string() == text)
}

/// The number of that day, counted from 1 January 1970.
pub fn number(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

/// The point in time of a text as RFC 3339 has it: a day, the letter T, a time to the second at least, and Z or the
/// distance from UTC.
pub fn instant(text: &str) -> Option<Timestamp> {
    let form = |text: &str, form: &str| {
        text.len() == form.len()
            && text.bytes().zip(form.bytes()).all(|(byte, form)| match form {
                b'0' => byte.is_ascii_digit(),
                b'+' => matches!(byte, b'+' | b'-'),
                form => byte.eq_ignore_ascii_case(&form),
            })
    };
    let (start, rest) = text.split_at_checked("0000-00-00T00:00:00".len())?;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with(|c: char| c.is_ascii_digit()) => {
            fraction.trim_start_matches(|c: char| c.is_ascii_digit())
        }
        _ => rest,
    };
    let written = form(start, "0000-00-00T00:00:00") && (form(zone, "Z") || form(zone, "+00:00"));
    text.parse().ok().filter(|_| written)
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
    fn a_moment_is_written_in_one_way() {
        for text in ["2026-11-21T09:30:00Z", "2026-11-21t09:30:00.5z", "2026-11-21T09:30:00.123456789-23:59"] {
            assert!(instant(text).is_some(), "{text}");
        }
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T09:30Z",
            "2026-11-21 09:30:00Z",
            "20261121T093000Z",
            "2026-11-21T09:30:00",
            "2026-11-21T09:30:00.Z",
            "2026-11-21T09:30:00,5Z",
            "2026-11-21T09:30:00+01",
            "2026-11-21T09:30:00+0100",
            "2026-11-21T09:30:00Z[UTC]",
            "2026-02-31T09:30:00Z",
            "2026-11-21T24:00:00Z",
            "2026-11-21T09:30:00éZ",
        ] {
            assert_eq!(instant(text), None, "{text}");
        }
        assert_eq!(day("2026-11-25").map(|day| day.to_string()).as_deref(), Some("2026-11-25"));
        for text in ["", "20261125", "2026-11-31", "2026-1-5", "2026-11-25T00:00:00", " 2026-11-25"] {
            assert_eq!(day(text), None, "{text}");
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
