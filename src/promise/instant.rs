//! Instants as they are written.

use super::civil::{DAY, Day, minutes, take};

/// The first instant that RFC 3339 can write: the beginning of year 0.
const FIRST: i64 = -62_167_219_200;
/// The last one: the end of year 9999.
const LAST: i64 = 253_402_300_799;

/// The instant as RFC 3339 writes it in UTC, such as `2026-11-24T17:00:00Z`. One before year 0 or
/// after 9999, which it can't write, becomes the nearest that it can.
pub fn rfc3339(instant: i64) -> String {
    let instant = instant.clamp(FIRST, LAST);
    let (year, month, day) = Day::of(instant).date();
    let second = instant.rem_euclid(DAY);
    let parts = [month, day, second / 3600, second / 60 % 60, second % 60];
    let mut digits = parts.iter().fold(year, |digits, part| digits * 100 + part);
    let mut text = *b"0000-00-00T00:00:00Z";
    for sign in text.iter_mut().rev().filter(|sign| **sign == b'0') {
        *sign += (digits % 10) as u8;
        digits /= 10;
    }
    text.iter().map(|&sign| char::from(sign)).collect()
}

/// The instant that a text in RFC 3339 names, in UTC or not; fractions of its second are dropped.
/// None if it is not such a text, or names a day that does not exist.
pub fn instant(rfc3339: &str) -> Option<i64> {
    let mut rest = rfc3339.as_bytes();
    let digits = take(&mut rest, "0000-00-00T00:00:00")?;
    let day = Day::written(digits / 1_000_000)?;
    let minute = minutes(digits / 100 % 10_000)?;
    let second = digits % 100;
    if take(&mut rest, ".0").is_some() {
        while take(&mut rest, "0").is_some() {}
    }
    let ahead = if take(&mut rest, "Z").is_some() {
        0
    } else if let Some(east) = take(&mut rest, "+00:00") {
        minutes(east)?
    } else {
        -minutes(take(&mut rest, "-00:00")?)?
    };
    // Second 60 is a leap second, which this count does not have.
    let holds = rest.is_empty() && minute < 24 * 60 && ahead.abs() < 24 * 60 && second <= 60;
    holds.then_some(day.0 * DAY + (minute - ahead) * 60 + second.min(59))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_ends_of_what_can_be_written() {
        assert_eq!(rfc3339(FIRST), "0000-01-01T00:00:00Z");
        assert_eq!(rfc3339(LAST), "9999-12-31T23:59:59Z");
        assert_eq!((rfc3339(i64::MIN), rfc3339(i64::MAX)), (rfc3339(FIRST), rfc3339(LAST)));
    }

    #[test]
    fn texts_that_are_no_instant() {
        assert_eq!(instant("2026-11-24T17:00:00Z"), Some(1_795_539_600));
        assert_eq!(instant("2016-12-31T23:59:60Z"), instant("2016-12-31T23:59:59Z"));
        for wrong in [
            "",
            "2026-11-24",
            "2026-11-24T17:00Z",
            "2026-11-24T17:00:00",
            "2026-11-24 17:00:00Z",
            "2026-11-24T17:00:00.Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T17:60:00Z",
            "2026-11-24T17:00:61Z",
            "2026-11-24T17:00:00+24:00",
            "2026-11-24T17:00:00+0100",
            "2026-11-24T17:00:00Z ",
            "2026-02-29T17:00:00Z",
            "2026-13-01T17:00:00Z",
            "2026-00-01T17:00:00Z",
            "2026-11-00T17:00:00Z",
            "+2026-11-24T17:00:00Z",
            "2026-11-2４T17:00:00Z",
        ] {
            assert_eq!(instant(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn instants_are_written_as_jiff_does(instant in FIRST..=LAST) {
            let jiff = Timestamp::from_second(instant).unwrap_or(Timestamp::MAX);
            prop_assume!(jiff != Timestamp::MAX);
            prop_assert_eq!(rfc3339(instant), jiff.to_string());
        }

        #[test]
        fn instants_are_read_as_jiff_does(
            second in 0..LAST - DAY, fraction in "(\\.[0-9]{1,9})?", hours in 0..=23i64, minutes in 0..=59i64, east: bool,
        ) {
            let ahead = (hours * 60 + minutes) * if east { 1 } else { -1 };
            let clock = rfc3339(second + ahead * 60).replace('Z', "");
            let text = format!("{clock}{fraction}{}{hours:02}:{minutes:02}", if east { '+' } else { '-' });
            prop_assert_eq!(instant(&text), Some(second), "{}", text);
            prop_assert!(crate::feedback::is_time(&text));
            prop_assert_eq!(text.parse::<Timestamp>().unwrap().as_second(), second);
            prop_assert_eq!(instant(&format!("{clock}{fraction}Z")), Some(second + ahead * 60));
        }

        #[test]
        fn any_text_can_be_read(text in ".{0,40}") {
            instant(&text);
        }
    }
}
