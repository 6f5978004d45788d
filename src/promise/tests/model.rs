//! The promise once more, the slow way and from jiff alone: by a clock that is watched, and by a calendar.

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, ToSpan, tz::AmbiguousOffset, tz::TimeZone};
use proptest::prelude::*;

use super::*;

const ZONES: [&str; 17] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Australia/Lord_Howe", // half an hour
    "Antarctica/Troll",    // two hours
    "Africa/Casablanca",   // around Ramadan
    "America/Asuncion",    // at midnight, as the next four
    "America/Sao_Paulo",
    "America/Havana",
    "Asia/Beirut",
    "Atlantic/Azores",
    "America/Nuuk",   // an hour before midnight
    "Asia/Pyongyang", // half an hour, twice, at night
    "Asia/Kathmandu", // 5:45
    "Pacific/Apia",   // 13 and 14 hours
    "Pacific/Chatham",
];

fn date(day: Day) -> Date {
    Date::constant(1970, 1, 1) + day.0.days()
}

fn spans(hours: &Hours, date: Date) -> Vec<Span> {
    let closed = hours.holidays.iter().any(|holiday| match *holiday {
        Holiday::Once(day) => self::date(day) == date,
        Holiday::Yearly { month, day } => (date.month(), date.day()) == (month as i8, day as i8),
    });
    if closed { Vec::new() } else { hours.days[date.weekday().to_monday_zero_offset() as usize].clone() }
}

fn shown(zone: &TimeZone, instant: i64) -> DateTime {
    zone.to_datetime(Timestamp::from_second(instant).unwrap())
}

/// Watches the clock on the wall for `ticks` of five minutes. `each` gets every piece of open time,
/// with its day, until it answers with something. When the clock is put back, the watcher goes on
/// as if it still showed the latest time so far.
fn watch<T>(
    hours: &Hours,
    zone: &TimeZone,
    now: i64,
    ticks: i64,
    mut each: impl FnMut(Date, i64, i64) -> Option<T>,
) -> Option<T> {
    let floor = now.div_euclid(300) * 300;
    let latest = (-48..=0).map(|tick| shown(zone, floor + tick * 300)).max().unwrap();
    let mut latest = latest;
    for tick in 0..ticks {
        let begin = floor + tick * 300;
        latest = latest.max(shown(zone, begin));
        let minute = latest.hour() as u16 * 60 + latest.minute() as u16;
        if spans(hours, latest.date()).iter().any(|span| (span.from..span.to).contains(&minute)) {
            let answer = each(latest.date(), begin.max(now), begin + 300);
            if answer.is_some() {
                return answer;
            }
        }
    }
    None
}

fn watched(hours: &Hours, zone: &TimeZone, now: i64, ticks: i64) -> Option<i64> {
    match hours.reply {
        Reply::Minutes(minutes) => {
            let mut left = i64::from(minutes) * 60;
            watch(hours, zone, now, ticks, |_, begin, end| {
                let due = (left <= end - begin).then_some(begin + left);
                left -= end - begin;
                due
            })
        }
        Reply::Days(days) => {
            let mut seen: Vec<(Date, i64)> = Vec::new();
            watch(hours, zone, now, ticks, |date, _, end| {
                match seen.last_mut() {
                    Some((last, closes)) if *last == date => *closes = end,
                    _ => seen.push((date, end)),
                }
                None::<()>
            });
            seen.get(days as usize).map(|(_, closes)| *closes)
        }
    }
}

/// The instant from which on the clock has shown that time, by jiff's own table.
fn instant_of(zone: &TimeZone, date: Date, minute: u16) -> i64 {
    let ambiguous =
        zone.to_ambiguous_timestamp(date.to_datetime(jiff::civil::Time::midnight()) + i64::from(minute).minutes());
    match ambiguous.offset() {
        AmbiguousOffset::Gap { .. } => {
            let earlier = ambiguous.earlier().unwrap();
            zone.following(earlier).next().unwrap().timestamp().as_second()
        }
        _ => ambiguous.earlier().unwrap().as_second(),
    }
}

fn by_calendar(hours: &Hours, zone: &TimeZone, now: i64) -> Option<i64> {
    let today = shown(zone, now).date();
    let open = (0..=366).map(|ahead| {
        let date = today + ahead.days();
        let ends =
            spans(hours, date).into_iter().map(|span| [span.from, span.to].map(|end| instant_of(zone, date, end)));
        ends.map(|[from, to]| (from.max(now), to)).filter(|(from, to)| from < to).collect::<Vec<_>>()
    });
    match hours.reply {
        Reply::Minutes(minutes) => {
            let mut left = i64::from(minutes) * 60;
            open.flatten().find_map(|(from, to)| {
                left -= to - from;
                (left <= 0).then_some(to + left)
            })
        }
        Reply::Days(days) => open.filter_map(|spans| Some(spans.last()?.1)).nth(days as usize),
    }
}

prop_compose! {
    /// A zone, and an instant from 2015 to 2037: every other time within two days of a change of its clock.
    fn moment()(zone in 0..ZONES.len(), instant in 1_420_070_400..2_145_916_800i64, near: bool, by in -172_800..172_800i64)
        -> (TimeZone, i64)
    {
        let zone = TimeZone::get(ZONES[zone]).unwrap();
        let change = zone.following(Timestamp::from_second(instant).unwrap()).next().map(|change| change.timestamp().as_second());
        let now = change.filter(|_| near).map_or(instant, |change| change + by);
        (zone, now)
    }
}

prop_compose! {
    /// Up to three spans, their ends on five minutes, many of them at night.
    fn day()(ends in prop::collection::btree_set(prop_oneof![0..=288u16, 0..=60u16], 0..=6)) -> Vec<Span> {
        let ends: Vec<_> = ends.into_iter().map(|end| end * 5).collect();
        ends.chunks_exact(2).map(|ends| Span { from: ends[0], to: ends[1] }).collect()
    }
}

prop_compose! {
    fn open_hours(now: i64, reply: BoxedStrategy<Reply>)(
        days in prop::array::uniform7(day()),
        once in prop::collection::vec(-2..9i64, 0..4),
        yearly in prop::collection::vec(-2..9i64, 0..3),
        reply in reply,
    ) -> Hours {
        let day = |from_now| Day(now.div_euclid(DAY) + from_now);
        let yearly = yearly.into_iter().map(|from_now| {
            let (_, month, day) = day(from_now).date();
            Holiday::Yearly { month: month as u8, day: day as u8 }
        });
        Hours { days, holidays: once.into_iter().map(|from_now| Holiday::Once(day(from_now))).chain(yearly).collect(), reply }
    }
}

fn replies(minutes: u32, days: u32) -> BoxedStrategy<Reply> {
    prop_oneof![(1..=minutes).prop_map(Reply::Minutes), (1..=days).prop_map(Reply::Days)].boxed()
}

fn case(minutes: u32, days: u32) -> impl Strategy<Value = (TimeZone, i64, Hours)> {
    moment().prop_flat_map(move |(zone, now)| (Just(zone), Just(now), open_hours(now, replies(minutes, days))))
}

proptest! {
    /// Eleven days of five-minute ticks; what falls due on the last two, they may cut off.
    #[test]
    fn whoever_watches_the_clock_finds_the_same((zone, now, hours) in case(1_500, 3)) {
        let soon = |due: &i64| *due < now + 9 * DAY;
        let ours = due(&hours, now, |instant| offset(&zone, instant)).filter(soon);
        let theirs = watched(&hours, &zone, now, 11 * 288).filter(soon);
        prop_assert_eq!(ours.map(written), theirs.map(written), "{:?} at {}", zone, written(now));
    }

    #[test]
    fn the_calendar_says_the_same((zone, now, hours) in case(60_000, 200)) {
        let ours = due(&hours, now, |instant| offset(&zone, instant));
        prop_assert_eq!(ours, by_calendar(&hours, &zone, now), "{:?} at {}", zone, written(now));
    }

    /// Later messages are never promised an earlier reply, and no reply is due before its message.
    #[test]
    fn promises_keep_the_order_of_the_messages((zone, now, hours) in case(5_000, 10), later in 0..400_000i64) {
        let promise = |now| due(&hours, now, |instant| offset(&zone, instant));
        if let (Some(first), Some(second)) = (promise(now), promise(now + later)) {
            prop_assert!(now < first && first <= second);
        }
    }
}
