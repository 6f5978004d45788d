//! Promises, example by example; [`model`] has the properties.

mod changes;
mod model;

use std::cell::Cell;

use jiff::{Timestamp, tz::TimeZone};

use super::*;

/// Hours from spans parted by spaces, Monday first.
fn hours(days: [&str; 7], holidays: &str, reply: &str) -> Hours {
    let days = days.map(|spans| spans.split_whitespace().collect::<Vec<_>>());
    let holidays: Vec<_> = holidays.split_whitespace().collect();
    Hours::read(days.each_ref().map(Vec::as_slice), &holidays, reply).unwrap()
}

/// The instant as people read it.
fn written(instant: i64) -> String {
    Timestamp::from_second(instant).unwrap().to_string()
}

fn offset(zone: &TimeZone, instant: i64) -> i32 {
    zone.to_offset(Timestamp::from_second(instant).unwrap()).seconds()
}

/// Each time is written as the clock shows it at the site, or wherever else its offset says.
#[track_caller]
fn promised(zone: &str, hours: &Hours, examples: &[(&str, &str)]) {
    let zone = TimeZone::get(zone).unwrap();
    let second = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
    for (now, by) in examples {
        let ours = due(hours, second(now), |instant| offset(&zone, instant));
        assert_eq!(ours.map(written), Some(written(second(by))), "written {now}, due {by}");
    }
}

const OFFICE: [&str; 7] = ["09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "09:00-17:00", "", ""];
const NIGHTS: [&str; 7] = ["00:00-06:00 22:00-24:00"; 7];
const ALWAYS: [&str; 7] = ["00:00-24:00"; 7];

#[test]
fn working_time_goes_on_where_the_last_day_closed() {
    // 23 November 2026 is a Monday.
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "8 hours"),
        &[
            ("2026-11-23T07:00:00+01:00", "2026-11-23T17:00:00+01:00"),
            ("2026-11-23T09:00:00+01:00", "2026-11-23T17:00:00+01:00"),
            ("2026-11-23T09:00:01+01:00", "2026-11-24T09:00:01+01:00"),
            ("2026-11-23T16:00:00+01:00", "2026-11-24T16:00:00+01:00"),
            ("2026-11-23T17:00:00+01:00", "2026-11-24T17:00:00+01:00"),
        ],
    );
    let lunch = ["09:00-12:00 13:00-17:00"; 7];
    promised(
        "Europe/Berlin",
        &hours(lunch, "", "90 minutes"),
        &[
            ("2026-11-23T11:00:00+01:00", "2026-11-23T13:30:00+01:00"),
            ("2026-11-23T12:30:00+01:00", "2026-11-23T14:30:00+01:00"),
            ("2026-11-23T16:30:00+01:00", "2026-11-24T10:00:00+01:00"),
        ],
    );
}

#[test]
fn whole_days_follow_the_one_on_which_the_message_can_be_read() {
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "1 day"),
        &[
            ("2026-11-23T07:00:00+01:00", "2026-11-24T17:00:00+01:00"),
            ("2026-11-23T16:59:59+01:00", "2026-11-24T17:00:00+01:00"),
            ("2026-11-23T17:00:00+01:00", "2026-11-25T17:00:00+01:00"),
            ("2026-11-23T22:00:00+01:00", "2026-11-25T17:00:00+01:00"),
        ],
    );
}

#[test]
fn a_weekend_has_no_working_time() {
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "2 days"),
        &[
            ("2026-11-20T10:00:00+01:00", "2026-11-24T17:00:00+01:00"),
            ("2026-11-20T18:00:00+01:00", "2026-11-25T17:00:00+01:00"),
            ("2026-11-21T10:00:00+01:00", "2026-11-25T17:00:00+01:00"),
            ("2026-11-22T23:59:59+01:00", "2026-11-25T17:00:00+01:00"),
        ],
    );
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "8 hours"),
        &[
            ("2026-11-20T16:00:00+01:00", "2026-11-23T16:00:00+01:00"),
            ("2026-11-21T10:00:00+01:00", "2026-11-23T17:00:00+01:00"),
        ],
    );
}

#[test]
fn holidays_and_a_closed_week_over_the_years_end() {
    let holidays = "12-24 12-25 01-01 2026-12-28 2026-12-29 2026-12-30 2026-12-31";
    promised(
        "Europe/Berlin",
        &hours(OFFICE, holidays, "1 day"),
        &[
            ("2026-12-23T10:00:00+01:00", "2027-01-04T17:00:00+01:00"),
            ("2026-12-23T18:00:00+01:00", "2027-01-05T17:00:00+01:00"),
            ("2026-12-28T10:00:00+01:00", "2027-01-05T17:00:00+01:00"),
            // The week is closed in 2026 only, Christmas every year.
            ("2027-12-23T10:00:00+01:00", "2027-12-27T17:00:00+01:00"),
            ("2027-12-30T18:00:00+01:00", "2028-01-03T17:00:00+01:00"),
        ],
    );
    promised(
        "Europe/Berlin",
        &hours(ALWAYS, "", "2 hours"),
        &[("2026-12-31T23:00:00+01:00", "2027-01-01T01:00:00+01:00")],
    );
}

#[test]
fn a_leap_day_is_a_day() {
    promised(
        "Europe/Berlin",
        &hours(ALWAYS, "", "24 hours"),
        &[
            ("2028-02-28T12:00:00+01:00", "2028-02-29T12:00:00+01:00"),
            ("2027-02-28T12:00:00+01:00", "2027-03-01T12:00:00+01:00"),
        ],
    );
    promised(
        "Europe/Berlin",
        &hours(ALWAYS, "02-29", "24 hours"),
        &[
            ("2028-02-28T12:00:00+01:00", "2028-03-01T12:00:00+01:00"),
            ("2027-02-28T12:00:00+01:00", "2027-03-01T12:00:00+01:00"),
        ],
    );
}

#[test]
fn a_night_shift_runs_over_midnight() {
    promised(
        "America/New_York",
        &hours(NIGHTS, "", "4 hours"),
        &[
            ("2026-11-23T21:00:00-05:00", "2026-11-24T02:00:00-05:00"),
            ("2026-11-23T23:30:00-05:00", "2026-11-24T03:30:00-05:00"),
            ("2026-11-24T05:00:00-05:00", "2026-11-25T01:00:00-05:00"),
            ("2026-11-23T22:00:00-05:00", "2026-11-24T02:00:00-05:00"),
        ],
    );
    promised(
        "America/New_York",
        &hours(NIGHTS, "", "2 hours"),
        &[("2026-11-23T22:00:00-05:00", "2026-11-24T00:00:00-05:00")],
    );
}

#[test]
fn a_visitor_far_away_is_promised_the_same_instant() {
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "1 day"),
        &[
            // Saturday morning in Auckland, Thursday night in Honolulu; Friday at the site.
            ("2026-11-21T01:00:00+13:00", "2026-11-23T17:00:00+01:00"),
            ("2026-11-19T22:00:00-10:00", "2026-11-24T05:00:00+13:00"),
        ],
    );
}

#[test]
fn nothing_is_promised_without_open_hours_or_time() {
    let none = |hours: &Hours| assert_eq!(due(hours, 1_795_539_600, |_| 3600), None);
    none(&hours([""; 7], "", "1 day"));
    none(&hours([""; 7], "", "1 minute"));
    none(&hours(OFFICE, "", "999 days"));
    none(&Hours { reply: Reply::Minutes(0), ..hours(ALWAYS, "", "1 day") });
    none(&Hours { reply: Reply::Days(0), ..hours(ALWAYS, "", "1 day") });
    none(&Hours { reply: Reply::Minutes(u32::MAX), ..hours(ALWAYS, "", "1 day") });
    let christmas = hours(["09:00-17:00", "", "", "", "", "", ""], "", "1 minute");
    let mondays = (0..60).map(|week| Holiday::Once(Day(20_780 + week * 7))).collect();
    none(&Hours { holidays: mondays, ..christmas });
}

#[test]
fn the_zone_is_asked_twice_a_day_and_not_for_days_off() {
    let asked = Cell::new(0);
    let count = |_| {
        asked.set(asked.get() + 1);
        3600
    };
    // From Friday evening over a weekend and a holiday to Wednesday.
    assert!(due(&hours(OFFICE, "2026-11-23", "1 day"), 1_795_199_400, count).is_some());
    assert_eq!(asked.get(), 1 + 2 * 3);
}
