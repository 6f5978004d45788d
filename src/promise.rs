//! Until when a reply is promised: from a site's working hours to an instant.
//!
//! Instants are whole seconds since 1970 in UTC. What the clock at the site shows comes from a
//! function that the caller gives, so no time-zone table is in the widget: browsers have one in `Intl`.
//! The visitor's own time zone plays no part.

mod read;

pub use crate::civil::Day;
pub use read::Unreadable;

use crate::civil::DAY;

/// How far ahead a reply may fall due, in days; a promise beyond that is none.
const AHEAD_MAX: i64 = 366;

/// When a site is open, and how fast it replies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The open spans of every day of the week, Monday first; in order, none overlapping another.
    pub days: [Vec<Span>; 7],
    /// The days on which the site is closed whatever day of the week they are.
    pub holidays: Vec<Holiday>,
    /// How much working time a reply takes at most.
    pub reply: Reply,
}

/// An open span within one day, by the clock at the site. A night shift is two of them: until
/// 24:00, and from 00:00 of the next day.
///
/// Each end is the first instant at which the clock shows that time or a later one. So an end in
/// the hour that is skipped in spring is the moment of the change, and one in the hour that comes
/// twice in autumn is its first time. Between the ends, every second that passes counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its first minute, in minutes after midnight.
    pub from: u16,
    /// The minute at which it is over, after `from` and at most 1,440 (24:00).
    pub to: u16,
}

/// A day on which the site is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holiday {
    /// This very day.
    Once(Day),
    /// This day of every year. 29 February is there in leap years only.
    Yearly {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
}

/// How much working time a reply takes at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Minutes in which the site is open, counted from the message on. “8 hours”, with 9 to 17 o’clock:
    ///
    /// - written on Monday at 9:00: Monday, 17:00;
    /// - on Monday at 16:00: Tuesday, 16:00;
    /// - on Friday at 20:00 or on Saturday: Monday, 17:00.
    Minutes(u32),
    /// Days on which the site is open, after the one on which the message can first be read; the
    /// reply is due when the last of them closes. “1 day”, with Monday to Friday, 9 to 17 o’clock:
    ///
    /// - written on Monday at 7:00, or at 16:59: Tuesday, 17:00;
    /// - on Monday at 17:00, when the day is over, or at 22:00: Wednesday, 17:00;
    /// - on Saturday: Tuesday, 17:00.
    ///
    /// So whoever replies has that many full days, whenever the message comes.
    Days(u32),
}

/// The instant by which a reply to a message of `now` is due.
///
/// `offset` answers how many seconds the clock at the site is ahead of UTC at an instant; at most
/// 24 hours, and it may change once in three days. It is asked once, twice for every day of open
/// hours that is looked at, and some twenty times more where the clocks change.
///
/// None if the reply takes no time at all, or if the site is not open long enough within the next
/// 366 days: then there is nothing to promise.
pub fn due(hours: &Hours, now: i64, offset: impl Fn(i64) -> i32) -> Option<i64> {
    let offset = |instant| i64::from(offset(instant));
    let today = Day::of(now + offset(now));
    let (mut seconds, mut days) = match hours.reply {
        Reply::Minutes(0) | Reply::Days(0) => return None,
        Reply::Minutes(minutes) => (i64::from(minutes) * 60, 0),
        Reply::Days(days) => (0, days),
    };
    for ahead in 0..=AHEAD_MAX {
        let day = Day(today.0 + ahead);
        let spans = hours.spans(day);
        if spans.is_empty() {
            continue;
        }
        let midnight = day.0 * DAY;
        let (before, after) = (offset(midnight - DAY), offset(midnight + 2 * DAY));
        let mut closes = None;
        for span in spans {
            let at = |minute| first(midnight + i64::from(minute) * 60, before, after, offset);
            let (from, to) = (at(span.from).max(now), at(span.to));
            if from >= to {
                continue;
            }
            if seconds > 0 {
                if seconds <= to - from {
                    return Some(from + seconds);
                }
                seconds -= to - from;
            } else {
                closes = Some(to);
            }
        }
        if closes.is_some() {
            if days == 0 {
                return closes;
            }
            days -= 1;
        }
    }
    None
}

/// The first instant at which a clock shows `local` (seconds since 1970 by that clock) or later.
/// The clock is ahead of UTC by `before` more than a day earlier, and by `after` more than a day later.
fn first(local: i64, before: i64, after: i64, offset: impl Fn(i64) -> i64) -> i64 {
    let (unchanged, changed) = (local - before, local - after);
    if before == after || offset(unchanged) == before {
        return unchanged;
    }
    if offset(changed) == after {
        return changed;
    }
    // The clock skips that time: look for the change.
    let (mut low, mut high) = (changed, unchanged);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if offset(middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

impl Hours {
    /// The open spans of that day: none if it is a holiday.
    fn spans(&self, day: Day) -> &[Span] {
        let closed = self.holidays.iter().any(|holiday| match *holiday {
            Holiday::Once(once) => once == day,
            Holiday::Yearly { month, day: of_month } => {
                let (_, this_month, today) = day.date();
                (this_month, today) == (i64::from(month), i64::from(of_month))
            }
        });
        match self.days.get(day.weekday()) {
            Some(spans) if !closed => spans,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests;
