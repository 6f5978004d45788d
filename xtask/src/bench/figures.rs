//! The figures of many visits: judged, printed and written.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// A figure: its name in the JSON, the same for people, and by how much it is divided for them.
type Row = (&'static str, &'static str, f64);

const KIB: f64 = 1024.0;

/// What a page pays before a click.
const BEFORE: [Row; 7] = [
    ("requests", "requests", 1.0),
    ("bytes", "bytes over the wire, with headers", 1.0),
    ("first_paint", "the page's first paint, ms", 1.0),
    ("main_thread", "main thread busy, ms", 1.0),
    ("longest_task", "longest task, ms", 1.0),
    ("heap", "JavaScript's heap, KiB", KIB),
    ("shift", "layout shift", 1.0),
];
/// How long a click takes to do something, and what the page has paid once Leptos is in charge.
const AFTER: [Row; 10] = [
    ("screen", "until the first screen is painted, ms", 1.0),
    ("typing", "until one can type, ms", 1.0),
    ("live", "until Leptos is in charge, ms", 1.0),
    ("open_requests", "requests since loading", 1.0),
    ("open_bytes", "bytes since loading", 1.0),
    ("open_main_thread", "main thread busy, ms", 1.0),
    ("open_longest_task", "longest task, ms", 1.0),
    ("open_heap", "JavaScript's heap, KiB", KIB),
    ("wasm_memory", "wasm's memory, KiB", KIB),
    ("open_shift", "layout shift", 1.0),
];
/// A network and a processor, as the script names them and for people.
const CONDITIONS: [(&str, &str); 2] =
    [("fast", "No throttling"), ("slow", "Slow 4G (150 ms, 1.6 Mbit/s), processor 4 times slower")];
/// A visit, as the script names it and for people.
const COLUMNS: [(&str, &str); 4] = [
    ("empty", "empty page"),
    ("cold", "widget, nothing cached"),
    ("warm", "widget, cached"),
    ("beside", "other build, uncached"),
];

/// A figure of many visits.
#[derive(Clone, Copy)]
struct Spread {
    median: f64,
    /// The lower quartile.
    low: f64,
    /// The upper quartile.
    high: f64,
}

impl Spread {
    /// Nothing if there are no samples.
    fn of(samples: &[f64]) -> Option<Self> {
        let mut samples = samples.to_vec();
        samples.sort_by(f64::total_cmp);
        let at = |part: f64| {
            let place = part * (samples.len().checked_sub(1)? as f64);
            let (below, above) = (samples.get(place.floor() as usize)?, samples.get(place.ceil() as usize)?);
            Some(below + (above - below) * place.fract())
        };
        Some(Self { median: at(0.5)?, low: at(0.25)?, high: at(0.75)? })
    }

    /// The median, and in brackets the quartiles unless they are the same.
    fn text(&self, divisor: f64) -> String {
        let short = |number: f64| {
            let number = number / divisor;
            if number == number.round() || number >= 100.0 { format!("{number:.0}") } else { format!("{number:.1}") }
        };
        let [median, low, high] = [self.median, self.low, self.high].map(short);
        if low == high { median } else { format!("{median} ({low}–{high})") }
    }
}

/// The figures of every visit.
pub struct Figures {
    chromium: String,
    /// By condition, column and name.
    samples: BTreeMap<(String, String, String), Vec<f64>>,
}

impl Figures {
    /// Reads what the script has printed.
    ///
    /// # Errors
    /// If it is something else.
    pub fn parse(printed: &str) -> Result<Self> {
        let printed: Value = serde_json::from_str(printed).context("the visits' figures are no JSON")?;
        let chromium = printed["version"].as_str().context("the visits name no browser")?.to_owned();
        let mut samples = BTreeMap::<_, Vec<_>>::new();
        for visit in printed["visits"].as_array().context("there are no visits")? {
            let text = |key: &str| visit[key].as_str().with_context(|| format!("a visit has no {key}"));
            let (condition, column) = (text("condition")?, text("column")?);
            for (name, figure) in visit["figures"].as_object().context("a visit has no figures")? {
                let Some(figure) = figure.as_f64() else { continue };
                samples.entry((condition.into(), column.into(), name.clone())).or_default().push(figure);
            }
        }
        Ok(Self { chromium, samples })
    }

    /// Tables for people.
    pub fn tables(&self) -> String {
        let mut text = format!("Chromium {}; the median, and in brackets the quartiles\n", self.chromium);
        let is_there = |column: &str| self.samples.keys().any(|(_, there, _)| there == column);
        let columns: Vec<_> = COLUMNS.into_iter().filter(|(column, _)| is_there(column)).collect();
        for (condition, heading) in CONDITIONS {
            for (rows, part) in [(BEFORE.as_slice(), "before a click"), (&AFTER, "after a click")] {
                text += &format!("\n{heading}: {part}\n{:<38}", "");
                for (_, column) in &columns {
                    text += &format!(" {column:>22}");
                }
                text += "\n";
                for (name, label, divisor) in rows {
                    let spreads: Vec<_> =
                        columns.iter().map(|(column, _)| self.spread(condition, column, name)).collect();
                    if spreads.iter().all(Option::is_none) {
                        continue;
                    }
                    text += &format!("{label:<38}");
                    for spread in spreads {
                        text += &format!(" {:>22}", spread.map_or(String::new(), |spread| spread.text(*divisor)));
                    }
                    text.truncate(text.trim_end().len());
                    text += "\n";
                }
            }
        }
        text
    }

    /// Every figure, not divided.
    pub fn json(&self) -> Value {
        let mut all = json!({ "chromium": self.chromium });
        for ((condition, column, name), samples) in &self.samples {
            if let Some(Spread { median, low, high }) = Spread::of(samples) {
                all[condition][column][name] =
                    json!({ "median": median, "low": low, "high": high, "samples": samples });
            }
        }
        all
    }

    fn spread(&self, condition: &str, column: &str, name: &str) -> Option<Spread> {
        Spread::of(self.samples.get(&(condition.into(), column.into(), name.into()))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_is_the_median_and_the_quartiles() {
        let text = |samples: &[f64]| Spread::of(samples).map(|spread| spread.text(1.0));
        assert_eq!(text(&[]), None);
        assert_eq!(text(&[7.25]).unwrap(), "7.2");
        assert_eq!(text(&[4.0, 1.0, 3.0, 2.0]).unwrap(), "2.5 (1.8–3.2)");
        assert_eq!(text(&[500.0, 300.0, 100.0, 200.0, 400.0]).unwrap(), "300 (200–400)");
    }

    #[test]
    fn every_visit_counts_in_its_column() {
        let visit = |column: &str, live: f64| json!({ "condition": "slow", "column": column, "figures": { "live": live, "typing": null } });
        let printed = json!({ "version": "156", "visits": [visit("cold", 30.0), visit("cold", 10.0), visit("cold", 20.0), visit("warm", 5.0)] });
        let figures = Figures::parse(&printed.to_string()).unwrap();
        let tables = figures.tables();
        let line = tables.lines().find(|line| line.starts_with("until Leptos")).unwrap();
        assert!(line.ends_with("20 (15–25)                      5"), "{line}");
        assert!(!tables.contains("until one can type"), "{tables}");
        assert_eq!(figures.json()["slow"]["cold"]["live"]["samples"], json!([30.0, 10.0, 20.0]));
    }
}
