//! Numbers and days, as people read them.

use crate::moment;

/// A share from 0 to 1 as percent, with one digit behind the point: `12.3 %`.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A share as percent, or a dash where there is none.
pub fn percent_or_dash(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), percent)
}

/// Two differences from 0 to 1 as percentage points: `2 and 9`, or with one digit where the lower is below 1.
pub fn points(low: f64, high: f64) -> (String, String) {
    let digits = usize::from(low < 0.01);
    // What is above nothing is not shown as nothing.
    let low = if low > 0.0 { (low * 100.0).max(0.1) } else { low * 100.0 };
    (format!("{low:.digits$}"), format!("{:.digits$}", high * 100.0))
}

/// A count, with a comma at the thousands: `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A count that is an estimate: two digits of it count.
pub fn about(number: u64) -> String {
    let unit = 10u64.pow(number.checked_ilog10().unwrap_or_default().saturating_sub(1));
    count(number.div_ceil(unit).saturating_mul(unit))
}

/// A day as people write it: `25 November 2026`. A text that is none is returned unchanged.
pub fn day(text: &str) -> String {
    written(text, "%-d %B %Y")
}

/// The same in short, without the year: `25 Nov`.
pub fn short_day(text: &str) -> String {
    written(text, "%-d %b")
}

fn written(text: &str, form: &str) -> String {
    moment::day(text).map_or_else(|| text.to_owned(), |day| day.strftime(form).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!((percent(0.1234), percent_or_dash(None)), ("12.3 %".into(), "–".into()));
        assert_eq!([0, 999, 1_000, 1_234_567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!([0, 7, 99, 101, 1_234, 98_765].map(about), ["0", "7", "99", "110", "1,300", "99,000"]);
    }

    #[test]
    fn points_have_a_digit_only_where_it_counts() {
        assert_eq!(points(0.021, 0.0949), ("2".into(), "9".into()));
        assert_eq!(points(0.0042, 0.0949), ("0.4".into(), "9.5".into()));
        assert_eq!(points(0.0001, 0.03), ("0.1".into(), "3.0".into()));
        assert_eq!(points(-0.011, 0.03), ("-1.1".into(), "3.0".into()));
    }

    #[test]
    fn a_day_is_readable() {
        assert_eq!((day("2026-11-05"), short_day("2026-11-05")), ("5 November 2026".into(), "5 Nov".into()));
        assert_eq!((day("soon"), short_day("2026-13-01")), ("soon".into(), "2026-13-01".into()));
    }
}
