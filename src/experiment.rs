//! Which wording a visitor reads, where a site tries several.

/// The variant that chance gives: one of `count`, each as likely, by a number from 0 to below 1.
///
/// None where there is none to choose from.
///
/// ```
/// assert_eq!(say_so::experiment::draw(2, 0.3), Some(0));
/// assert_eq!(say_so::experiment::draw(2, 0.7), Some(1));
/// ```
pub fn draw(count: usize, chance: f64) -> Option<usize> {
    let drawn = (chance * count as f64) as usize;
    (drawn < count).then_some(drawn)
}

#[cfg(test)]
mod tests {
    use super::draw;

    #[test]
    fn each_variant_is_as_likely() {
        let mut drawn = [0; 3];
        for step in 0..300 {
            drawn[draw(3, f64::from(step) / 300.0).unwrap()] += 1;
        }
        assert_eq!(drawn, [100, 100, 100]);
    }

    #[test]
    fn nothing_is_drawn_from_nothing() {
        assert_eq!(draw(0, 0.5), None);
        assert_eq!(draw(2, 1.0), None, "a page's own random numbers may be any");
        assert_eq!(draw(2, f64::NAN), Some(0));
    }
}
