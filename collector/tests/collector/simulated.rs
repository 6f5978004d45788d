//! The statistics over experiments that never were: fewer than `cargo xtask simulate` runs, and always the same.

use fastrand::Rng;

use crate::experiment::{Made, Seen, run};

/// So many experiments, as shares of those of which something is true.
fn share(seen: &[Seen], is: fn(&Seen) -> bool) -> f64 {
    seen.iter().filter(|seen| is(seen)).count() as f64 / seen.len() as f64
}

fn all(count: usize, made: &Made, thorough: bool) -> Vec<Seen> {
    let mut random = Rng::with_seed(2_026);
    (0..count).map(|_| run(made, &mut random, thorough)).collect()
}

#[test]
fn who_looks_a_hundred_times_is_not_misled() {
    for rates in [&[0.2; 2][..], &[0.2; 4]] {
        let seen = all(200, &Made { rates, batch: 40, looks: 100 }, true);
        for (name, wrong, most) in [
            ("strong evidence", share(&seen, |seen| seen.strong.is_some()), 0.05),
            ("a better wording", share(&seen, |seen| seen.named.is_some()), 0.05),
            ("an alarm", share(&seen, |seen| seen.alarmed), 0.01),
            ("a rate outside", share(&seen, |seen| seen.missed), 0.05),
            ("a difference outside", share(&seen, |seen| seen.astray), 0.05),
        ] {
            assert!(wrong <= most, "{rates:?}: {name} in {wrong} of all");
        }
        // What these experiments do to a test that is not made for it.
        let plain = share(&seen, |seen| seen.plain);
        assert!(plain > 0.25, "{plain}");
    }
}

#[test]
fn a_difference_is_found_within_the_plan() {
    // Of 40 % and 50 % a test of fixed size needs 775 openings; this is 2.1 times as many.
    let seen = all(200, &Made { rates: &[0.4, 0.5], batch: 33, looks: 50 }, false);
    let (strong, named) = (share(&seen, |seen| seen.strong.is_some()), share(&seen, |seen| seen.named.is_some()));
    assert!(strong >= 0.75 && named >= 0.75, "{strong}, {named}");
}
