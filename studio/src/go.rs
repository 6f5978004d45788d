//! The way from a finding to the field it is about.

use std::time::Duration;

use leptos::prelude::*;
use say_so::feedback::Kind;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{catalogs::LANGUAGES, field, file::Path, state::Studio, steps::Step, words};

/// Opens the step in which a place of the file is written, and puts the focus into its field.
pub fn to(studio: Studio, place: &Path) {
    let Room { step, locale, kind } = Room::of(place);
    if let Some(locale) = locale {
        studio.locale.set(locale);
    }
    if let Some(kind) = kind {
        studio.kind.set(kind);
    }
    studio.step.set(step);
    let id = field::id(place);
    // Once it stands there.
    set_timeout(
        move || {
            focus(&id);
        },
        Duration::ZERO,
    );
}

/// Where a place of the file is written.
#[derive(Debug, PartialEq)]
struct Room {
    step: Step,
    /// The language in which it is; none where it is in none of the panel’s.
    locale: Option<String>,
    /// Whose sentence it is, if it is one of the site's own: see [`kind`].
    kind: Option<Option<Kind>>,
}

impl Room {
    fn of(place: &Path) -> Self {
        let parts: Vec<_> = place.iter().map(String::as_str).collect();
        let (locale, kind) = match parts.as_slice() {
            ["wording", locale, key, ..] => (Some(*locale), Some(kind(key))),
            ["wording", locale] | ["experiments", _, "variants", _, "wording", locale, ..] => (Some(*locale), None),
            _ => (None, None),
        };
        let step = place.first().map_or(Step::Take, |member| Step::of(member));
        // The studio edits the panel’s languages.
        let locale = locale.filter(|locale| LANGUAGES.iter().any(|(known, _)| known == locale));
        Self { step, locale: locale.map(str::to_owned), kind }
    }
}

/// Whose sentence it is; none if it is one of the first screen, or of all.
fn kind(key: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| words::of(*kind).iter().any(|(known, _)| *known == key))
}

fn focus(id: &str) -> Option<()> {
    let field = document().get_element_by_id(id)?;
    if let Ok(Some(fold)) = field.closest("details") {
        let _ = fold.set_attribute("open", "");
    }
    field.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::path;

    #[test]
    fn every_place_has_its_room() {
        let room = |place: &Path| Room::of(place);
        let of = |step, locale: &str, kind| Room { step, locale: Some(locale.to_owned()), kind };
        assert_eq!(room(&path(["wording", "de", "own.praise"])), of(Step::Words, "de", Some(Some(Kind::Praise))));
        assert_eq!(room(&path(["wording", "de", "title"])), of(Step::Words, "de", Some(None)));
        assert_eq!(room(&path(["wording", "de"])), of(Step::Words, "de", None));
        assert_eq!(room(&path(["wording", "xx"])), Room { step: Step::Words, locale: None, kind: None });
        let tried = path(["experiments", "[0]", "variants", "[1]", "wording", "ar", "title"]);
        assert_eq!(room(&tried), of(Step::Experiments, "ar", None));
        for (member, step) in [
            ("reader", Step::Reader),
            ("reach", Step::Reader),
            ("hours", Step::Hours),
            ("experiment", Step::Experiments),
            ("counts", Step::Experiments),
            ("zebra", Step::Take),
        ] {
            assert_eq!(room(&path([member, "x"])), Room { step, locale: None, kind: None }, "{member}");
        }
        assert_eq!(room(&Vec::new()).step, Step::Take);
    }
}
