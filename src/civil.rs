//! Days of the calendar, and how dates and times are written.

/// Seconds in a day of the calendar.
pub(crate) const DAY: i64 = 24 * 60 * 60;

/// A day of the calendar: days since 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub i64);

impl Day {
    /// The day on which a clock shows `local`, in seconds since 1970 by that clock.
    pub(crate) fn of(local: i64) -> Self {
        Self(local.div_euclid(DAY))
    }

    /// The day of that date, if there is one.
    pub fn on(year: i64, month: i64, day: i64) -> Option<Self> {
        if !(1..=12).contains(&month) || !(1..=length(year, month)).contains(&day) {
            return None;
        }
        let before: i64 = (1..month).map(|month| length(year, month)).sum();
        Some(Self(new_year(year) + before + day - 1))
    }

    /// The day whose date has these eight digits, such as 20261225, if there is one.
    pub(crate) fn written(digits: i64) -> Option<Self> {
        Self::on(digits / 10_000, digits / 100 % 100, digits % 100)
    }

    /// Year, month (1 to 12) and day of the month (1 to 31).
    pub(crate) fn date(self) -> (i64, i64, i64) {
        // 400 years have 146,097 days. Reckoned from the day before, this is the year or the one before it.
        let mut year = 1970 + ((self.0 - 1) * 400).div_euclid(146_097);
        while new_year(year + 1) <= self.0 {
            year += 1;
        }
        let (mut month, mut day) = (1, self.0 - new_year(year));
        while day >= length(year, month) {
            day -= length(year, month);
            month += 1;
        }
        (year, month, day + 1)
    }

    /// The day of the week, from 0 (Monday) to 6.
    pub(crate) fn weekday(self) -> usize {
        // 1 January 1970 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }
}

/// The first day of a year, in days since 1970.
fn new_year(year: i64) -> i64 {
    let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}

/// The days of a month.
fn length(year: i64, month: i64) -> i64 {
    match month {
        2 => new_year(year + 1) - new_year(year) - 337,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The minutes after midnight of a time that has these four digits, such as 930; at most 24:00.
pub(crate) fn minutes(digits: i64) -> Option<i64> {
    let (hour, minute) = (digits / 100, digits % 100);
    let minutes = hour * 60 + minute;
    (minute < 60 && minutes <= 24 * 60).then_some(minutes)
}

/// Takes a text of that form off the front of `rest`. Where the form has a 0, the text may have any
/// digit; its digits make the number.
pub(crate) fn take(rest: &mut &[u8], form: &str) -> Option<i64> {
    let (text, after) = rest.split_at_checked(form.len())?;
    let mut digits = 0;
    for (&byte, form) in text.iter().zip(form.bytes()) {
        if form == b'0' && byte.is_ascii_digit() {
            digits = digits * 10 + i64::from(byte - b'0');
        } else if byte != form {
            return None;
        }
    }
    *rest = after;
    Some(digits)
}

/// The number in a text that is of that form and no longer: see [`take`].
pub(crate) fn whole(text: &str, form: &str) -> Option<i64> {
    take(&mut text.as_bytes(), form).filter(|_| text.len() == form.len())
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_day_of_400_years() {
        let mut date = Date::constant(1800, 1, 1);
        let first = Day::on(1800, 1, 1).unwrap().0;
        assert_eq!(first, -62_091);
        for day in (first..first + 146_097).map(Day) {
            let ours = day.date();
            assert_eq!(ours, (date.year().into(), date.month().into(), date.day().into()));
            assert_eq!(Day::on(ours.0, ours.1, ours.2), Some(day));
            assert_eq!(day.weekday() as i8, date.weekday().to_monday_zero_offset());
            date = date.tomorrow().unwrap();
        }
    }

    proptest! {
        #[test]
        fn dates_exist_as_in_jiff(year in 0..=9999i16, month in 0..=13i8, day in 0..=32i8) {
            let date = Date::new(year, month, day).ok();
            let ours = Day::on(year.into(), month.into(), day.into());
            prop_assert_eq!(ours.is_some(), date.is_some());
        }
    }
}
