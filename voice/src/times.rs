//! Days and points in time, each in the one way in which it is written.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

/// The day of a text such as `2026-11-25`.
pub fn day(text: &str) -> Option<Date> {
    // There are other ways to write a day, and this is the only one that is meant.
    text.parse().ok().filter(|day: &Date| day.to_string() == text)
}

/// The point in time of a text as RFC 3339 has it: a day, the letter T, a time to the second at least, and Z or the
/// distance from UTC.
pub fn moment(text: &str) -> Option<Timestamp> {
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

/// The instant at which an experiment begins or ends: that of a day, which begins at 00:00 UTC, or of an RFC 3339 text.
/// None where a text is neither, or something that browsers read otherwise: other centuries, small letters, leap seconds.
///
/// ```
/// use say_so_voice::instant;
///
/// assert_eq!(instant("2026-12-01"), instant("2026-12-01T01:00:00+01:00"));
/// assert_eq!(instant("1 December 2026"), None);
/// ```
pub fn instant(text: &str) -> Option<Timestamp> {
    if !text.starts_with("20") || text.contains(['t', 'z']) || text.get(17..19) == Some("60") {
        return None;
    }
    let start = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    day(text).and_then(start).or_else(|| moment(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_one_way() {
        for text in ["2026-11-21T09:30:00Z", "2026-11-21t09:30:00.5z", "2026-11-21T09:30:00.123456789-23:59"] {
            assert!(moment(text).is_some(), "{text}");
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
            assert_eq!(moment(text), None, "{text}");
        }
        assert_eq!(day("2026-11-25").map(|day| day.to_string()).as_deref(), Some("2026-11-25"));
        for text in ["", "20261125", "2026-11-31", "2026-1-5", "2026-11-25T00:00:00", " 2026-11-25"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
