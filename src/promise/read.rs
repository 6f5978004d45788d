//! Working hours as a web team writes them, read strictly.

use super::{Holiday, Hours, Reply, Span};
use crate::civil::{Day, minutes, take, whole};

/// A text of a site's hours that can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable<'a> {
    /// What it should have been one of: `hours`, `holidays` or `reply`.
    pub part: &'static str,
    /// The text.
    pub what: &'a str,
    /// What it must be.
    pub must: &'static str,
}

impl Unreadable<'_> {
    /// The warning for the web team, to stand behind the name of the setting.
    pub fn warning(&self) -> String {
        [self.part, ": \"", self.what, "\" must be ", self.must].concat()
    }
}

impl Hours {
    /// Reads spans such as `09:00-17:00` for every day of the week from Monday on, in any order;
    /// holidays such as `2026-12-25` or, for every year, `12-25`; and a reply time such as
    /// `2 days`, `8 hours` or `90 minutes`.
    ///
    /// # Errors
    /// The first text that is none of these, or a span that overlaps one before it.
    pub fn read<'a>(days: [&[&'a str]; 7], holidays: &[&'a str], reply: &'a str) -> Result<Self, Unreadable<'a>> {
        let mut hours = Self { days: Default::default(), holidays: Vec::new(), reply: Reply::Days(0) };
        for (spans, texts) in hours.days.iter_mut().zip(days) {
            for &what in texts {
                let unreadable = |must| Unreadable { part: "hours", what, must };
                let span = Span::read(what).ok_or(unreadable("a span of one day, such as 09:00-17:00"))?;
                let earlier = spans.iter().take_while(|other| other.to <= span.from).count();
                if spans.get(earlier).is_some_and(|next| next.from < span.to) {
                    return Err(unreadable("clear of the other spans of its day"));
                }
                spans.insert(earlier, span);
            }
        }
        for &what in holidays {
            let must = "a date such as 2026-12-25 or, for every year, 12-25";
            hours.holidays.push(Holiday::read(what).ok_or(Unreadable { part: "holidays", what, must })?);
        }
        let must = "1 to 999 minutes, hours or days, such as 2 days";
        hours.reply = Reply::read(reply).ok_or(Unreadable { part: "reply", what: reply, must })?;
        Ok(hours)
    }
}

impl Span {
    fn read(text: &str) -> Option<Self> {
        let digits = whole(text, "00:00-00:00")?;
        let (from, to) = (minutes(digits / 10_000)?, minutes(digits % 10_000)?);
        (from < to).then_some(Self { from: from as u16, to: to as u16 })
    }
}

impl Holiday {
    fn read(text: &str) -> Option<Self> {
        let Some(digits) = whole(text, "00-00") else {
            return whole(text, "0000-00-00").and_then(Day::written).map(Self::Once);
        };
        // 2000 was a leap year: 29 February is a day of some years.
        Day::written(20_000_000 + digits)?;
        Some(Self::Yearly { month: (digits / 100) as u8, day: (digits % 100) as u8 })
    }
}

impl Reply {
    fn read(text: &str) -> Option<Self> {
        let mut rest = text.as_bytes();
        let mut number = 0;
        while let Some(digit) = take(&mut rest, "0") {
            number = number * 10 + digit as u32;
            if number > 999 {
                return None;
            }
        }
        let unit = [" minute", " hour", " day"].iter().position(|unit| take(&mut rest, unit).is_some())?;
        take(&mut rest, "s");
        match unit {
            _ if number == 0 || !rest.is_empty() => None,
            0 => Some(Self::Minutes(number)),
            1 => Some(Self::Minutes(number * 60)),
            _ => Some(Self::Days(number)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unreadable<'a>(monday: &[&'a str], holidays: &[&'a str], reply: &'a str) -> (&'static str, &'a str) {
        let unreadable = Hours::read([monday, &[], &[], &[], &[], &[], &[]], holidays, reply).unwrap_err();
        (unreadable.part, unreadable.what)
    }

    #[test]
    fn everything_that_can_be_written() {
        let monday = ["22:00-24:00", "13:00-17:30", "00:00-06:00", "06:00-13:00"];
        let hours =
            Hours::read([&monday, &[], &[], &[], &[], &[], &["00:00-24:00"]], &["2026-12-25", "02-29"], "8 hours");
        let span = |from, to| Span { from, to };
        assert_eq!(
            hours,
            Ok(Hours {
                days: [
                    vec![span(0, 360), span(360, 780), span(780, 1_050), span(1_320, 1_440)],
                    vec![],
                    vec![],
                    vec![],
                    vec![],
                    vec![],
                    vec![span(0, 1_440)],
                ],
                holidays: vec![Holiday::Once(Day(20_812)), Holiday::Yearly { month: 2, day: 29 }],
                reply: Reply::Minutes(480),
            })
        );
        for (text, reply) in [
            ("1 day", Reply::Days(1)),
            ("2 days", Reply::Days(2)),
            ("1 hour", Reply::Minutes(60)),
            ("90 minutes", Reply::Minutes(90)),
            ("999 hours", Reply::Minutes(59_940)),
        ] {
            assert_eq!(Hours::read([&[]; 7], &[], text).map(|hours| hours.reply), Ok(reply), "{text}");
        }
    }

    #[test]
    fn spans_that_are_none() {
        for wrong in [
            "",
            "9:00-17:00",
            "09:00",
            "09:00–17:00",
            "09:00 - 17:00",
            "09:00-17:00 ",
            "09:60-17:00",
            "09:00-24:01",
            "24:00-24:00",
            "09:00-25:00",
            "17:00-09:00",
            "22:00-06:00",
            "09:00-09:00",
            "closed",
        ] {
            assert_eq!(unreadable(&["08:00-08:30", wrong], &[], "2 days"), ("hours", wrong));
        }
    }

    #[test]
    fn spans_that_overlap() {
        for (one, other) in [
            ("09:00-17:00", "09:00-17:00"),
            ("09:00-17:00", "16:59-18:00"),
            ("09:00-17:00", "08:00-09:01"),
            ("09:00-17:00", "10:00-11:00"),
            ("10:00-11:00", "09:00-17:00"),
        ] {
            assert_eq!(unreadable(&["06:00-07:00", one, "19:00-20:00", other], &[], "2 days"), ("hours", other));
        }
    }

    #[test]
    fn holidays_and_replies_that_are_none() {
        for wrong in
            ["", "25.12.2026", "2026-12-32", "2026-02-29", "12-32", "02-30", "00-10", "1-1", "2026-12-25Z", "+2-25"]
        {
            assert_eq!(unreadable(&[], &["12-25", wrong], "2 days"), ("holidays", wrong));
        }
        for wrong in [
            "",
            "2",
            "days",
            " days",
            "0 days",
            "1000 days",
            "-2 days",
            "+2 days",
            "2  days",
            "2 dayss",
            "2 weeks",
            "2.5 hours",
        ] {
            assert_eq!(unreadable(&[], &[], wrong), ("reply", wrong));
        }
    }

    #[test]
    fn a_warning_names_the_text() {
        let unreadable = Hours::read([&["9-17"], &[], &[], &[], &[], &[], &[]], &[], "2 days").unwrap_err();
        assert_eq!(unreadable.warning(), "hours: \"9-17\" must be a span of one day, such as 09:00-17:00");
    }

    proptest! {
        #[test]
        fn any_texts_can_be_read(span in ".{0,12}", holiday in ".{0,12}", reply in "[0-9]{0,30}.{0,9}") {
            let _ = Hours::read([&[&span], &[], &[], &[], &[], &[], &[]], &[&holiday], &reply);
            let _ = Hours::read([&[]; 7], &[&holiday], &reply);
            let _ = Hours::read([&[]; 7], &[], &reply);
        }
    }
}
