//! Promises across changes of the site's clock.

use super::*;

#[test]
fn daylight_saving_takes_an_hour_and_gives_it_back() {
    promised(
        "Europe/Berlin",
        &hours(NIGHTS, "", "8 hours"),
        &[
            ("2026-03-28T22:00:00+01:00", "2026-03-29T23:00:00+02:00"),
            ("2026-10-24T22:00:00+02:00", "2026-10-25T05:00:00+01:00"),
        ],
    );
    promised(
        "America/New_York",
        &hours(NIGHTS, "", "8 hours"),
        &[
            ("2026-03-07T22:00:00-05:00", "2026-03-08T23:00:00-04:00"),
            ("2026-10-31T22:00:00-04:00", "2026-11-01T05:00:00-05:00"),
        ],
    );
    // Half an hour only.
    promised(
        "Australia/Lord_Howe",
        &hours(NIGHTS, "", "8 hours"),
        &[
            ("2026-10-03T22:00:00+10:30", "2026-10-04T22:30:00+11:00"),
            ("2026-04-04T22:00:00+11:00", "2026-04-05T05:30:00+10:30"),
        ],
    );
    // Offices open by the clock that holds.
    promised(
        "Europe/Berlin",
        &hours(OFFICE, "", "1 day"),
        &[
            ("2026-03-27T10:00:00+01:00", "2026-03-30T17:00:00+02:00"),
            ("2026-10-23T10:00:00+02:00", "2026-10-26T17:00:00+01:00"),
        ],
    );
}

#[test]
fn an_end_in_the_skipped_hour_is_the_moment_of_the_change() {
    let early = ["01:00-02:30 04:00-05:00"; 7];
    promised(
        "Europe/Berlin",
        &hours(early, "", "90 minutes"),
        &[("2026-03-29T00:00:00+01:00", "2026-03-29T04:30:00+02:00")],
    );
    let late = ["02:30-05:00"; 7];
    promised(
        "Europe/Berlin",
        &hours(late, "", "1 hour"),
        &[("2026-03-29T00:00:00+01:00", "2026-03-29T04:00:00+02:00")],
    );
    // A day whose only span is skipped is not open.
    let skipped = ["02:10-02:50"; 7];
    promised(
        "Europe/Berlin",
        &hours(skipped, "", "1 day"),
        &[("2026-03-28T01:00:00+01:00", "2026-03-30T02:50:00+02:00")],
    );
}

#[test]
fn an_end_in_the_hour_that_comes_twice_is_its_first_time() {
    let parts = ["01:00-02:30 04:00-05:00"; 7];
    promised(
        "Europe/Berlin",
        &hours(parts, "", "90 minutes"),
        &[
            ("2026-10-25T00:00:00+02:00", "2026-10-25T02:30:00+02:00"),
            ("2026-10-25T02:15:00+01:00", "2026-10-26T01:30:00+01:00"),
        ],
    );
    let late = ["02:30-05:00"; 7];
    promised(
        "Europe/Berlin",
        &hours(late, "", "90 minutes"),
        &[("2026-10-25T00:00:00+02:00", "2026-10-25T03:00:00+01:00")],
    );
}

#[test]
fn a_day_that_the_calendar_skips_is_no_working_day() {
    promised(
        "Pacific/Apia",
        &hours(ALWAYS, "", "1 day"),
        &[("2011-12-29T12:00:00-10:00", "2012-01-01T00:00:00+14:00")],
    );
    promised(
        "Pacific/Apia",
        &hours(OFFICE, "", "8 hours"),
        &[("2011-12-29T16:00:00-10:00", "2012-01-02T16:00:00+14:00")],
    );
}

#[test]
fn an_evening_in_which_the_clock_changes_is_over_when_the_clock_says_so() {
    let evenings = ["22:00-24:00"; 7];
    promised(
        "America/Nuuk",
        &hours(evenings, "", "1 day"),
        &[
            ("2026-03-27T12:00:00-02:00", "2026-03-29T00:00:00-01:00"),
            ("2026-10-23T12:00:00-01:00", "2026-10-25T00:00:00-02:00"),
        ],
    );
}
