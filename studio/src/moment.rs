//! What is promised to somebody who writes at a certain hour of the week.

use js_sys::Date;
use say_so::{
    config::site::Reader,
    feedback::Kind,
    promise::{Hours, due},
    wording::{Catalog, Confirmation, Delivery, Facts},
};

use crate::{
    clock::{Zone, day},
    file::{File, path},
};

/// The days of the week, as the file names them.
pub const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The same as people write them.
pub const NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Seconds in a day.
const DAY: i64 = 86_400;

/// The hours and the zone that a day follows from.
///
/// # Errors
/// Why no day does, as a sentence.
pub fn hours(file: &File) -> Result<(Hours, Zone), String> {
    let text = |name: &str| file.text(&path(["hours", name]));
    let (zone, reply) = (text("zone"), text("reply"));
    let days = DAYS.map(|day| file.texts(&path(["hours", day])));
    if zone.is_empty() || reply.is_empty() || days.iter().all(Vec::is_empty) {
        return Err(
            "No day is promised yet: that takes a time zone, the hours of a day, and how long a reply takes.".into()
        );
    }
    let zone = Zone::named(&zone).ok_or_else(|| format!("This browser knows no time zone “{zone}”."))?;
    let holidays = file.texts(&path(["hours", "holidays"]));
    let days = days.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let holidays: Vec<_> = holidays.iter().map(String::as_str).collect();
    let read = Hours::read(days.each_ref().map(Vec::as_slice), &holidays, &reply);
    Ok((read.map_err(|unreadable| format!("“{}” must be {}.", unreadable.what, unreadable.must))?, zone))
}

/// The next instant, in seconds since 1970, at which a clock shows that minute of that day of the week (Monday is 0),
/// or the one earlier today. `offset` says by how many seconds that clock is ahead of UTC.
pub fn instant(now: i64, weekday: usize, minute: i64, offset: impl Fn(i64) -> i32) -> i64 {
    let offset = |at| i64::from(offset(at));
    let today = (now + offset(now)).div_euclid(DAY);
    // 1 January 1970 was a Thursday.
    let ahead = (weekday as i64 - (today + 3)).rem_euclid(7);
    let local = (today + ahead) * DAY + minute * 60;
    let near = local - offset(now);
    local - offset(near)
}

/// The day by which a reply is due to what is written at that hour of the week, in a language; none if there is none.
pub fn due_by(hours: &Hours, zone: &Zone, weekday: usize, minute: i64, locale: &str) -> Option<String> {
    let now = (Date::now() / 1e3) as i64;
    let written = instant(now, weekday, minute, |at| zone.offset(at));
    due(hours, written, |at| zone.offset(at)).map(|by| day(by, locale))
}

/// The day by which a reply is due to what is written now, in a language; none if there is none.
pub fn now_by(file: &File, locale: &str) -> Option<String> {
    let (hours, zone) = hours(file).ok()?;
    due(&hours, (Date::now() / 1e3) as i64, |at| zone.offset(at)).map(|by| day(by, locale))
}

/// What is said of who reads it and until when, to a visitor who left an address.
pub fn reads(file: &File, catalog: &Catalog, by: &str) -> String {
    let facts = Facts {
        kind: Kind::Complaint,
        delivery: Delivery::Sent,
        words: true,
        name: "",
        email: EMAIL,
        reader: &reader(file),
        by,
    };
    Confirmation::compose(catalog, &facts).reads
}

/// The address that a made-up visitor leaves.
pub const EMAIL: &str = "priya@example.com";

/// Who reads.
pub fn reader(file: &File) -> Reader {
    Reader { person: file.text(&path(["reader", "person"])), team: file.text(&path(["reader", "team"])) }
}

/// The minutes after midnight of a time such as `22:10`.
pub fn minutes(time: &str) -> Option<i64> {
    let (hour, minute) = time.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.get(..2)?.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 24 November 2026 was a Tuesday; this is 12:00 UTC.
    const TUESDAY: i64 = 1_795_521_600;

    #[test]
    fn an_hour_of_the_week_is_the_next_one() {
        let utc = |_| 0;
        assert_eq!(instant(TUESDAY, 1, 720, utc), TUESDAY);
        assert_eq!(instant(TUESDAY, 1, 0, utc), TUESDAY - DAY / 2, "earlier today");
        assert_eq!(instant(TUESDAY, 5, 22 * 60 + 10, utc), TUESDAY + 4 * DAY + (10 * 60 + 10) * 60);
        assert_eq!(instant(TUESDAY, 0, 720, utc), TUESDAY + 6 * DAY);
    }

    #[test]
    fn it_is_read_by_the_clock_at_the_site() {
        // Fourteen hours ahead it is Wednesday there.
        let ahead = |_| 14 * 3600;
        assert_eq!(instant(TUESDAY, 2, 120, ahead), TUESDAY);
        // A change on the way: from Friday on, the clock is an hour further.
        let changes = |at: i64| if at < TUESDAY + 3 * DAY { 0 } else { 3600 };
        assert_eq!(instant(TUESDAY, 6, 720, changes), TUESDAY + 5 * DAY - 3600);
    }

    #[test]
    fn times_are_read() {
        assert_eq!(
            [minutes("22:10"), minutes("00:00:30"), minutes("24:00"), minutes("x")],
            [Some(1330), Some(0), None, None]
        );
    }
}
