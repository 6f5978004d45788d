//! The way from a finding to the field it is about.

use std::time::Duration;

use leptos::prelude::*;
use say_so::feedback::Kind;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{field, file::Path, state::Studio, steps::Step, words};

/// Opens the step in which a place of the file is written, and puts the focus into its field.
pub fn to(studio: Studio, place: &Path) {
    let parts: Vec<_> = place.iter().map(String::as_str).collect();
    match parts.as_slice() {
        ["wording", locale, key, ..] => {
            studio.locale.set((*locale).to_owned());
            studio.kind.set(kind(key));
        }
        ["experiments", _, "variants", _, "wording", locale, ..] => studio.locale.set((*locale).to_owned()),
        _ => {}
    }
    studio.step.set(place.first().map_or(Step::Take, |member| Step::of(member)));
    let id = field::id(place);
    // Once it stands there.
    set_timeout(
        move || {
            focus(&id);
        },
        Duration::ZERO,
    );
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
