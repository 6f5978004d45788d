//! Every screen at once, in the words of the file.

use leptos::prelude::*;
use say_so::config::site::Reader;

use super::{look::Look, screen::ScreenShown, screens::SCREENS, variants::all};
use crate::{file::path, moment, state::Studio};

/// What the screens say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// The language.
    pub locale: String,
    /// The sentences, in the order of the catalog.
    pub texts: Vec<String>,
    /// Who reads.
    pub reader: Reader,
    /// Telephone, e-mail and postal address.
    pub reach: [String; 3],
    /// The day by which an answer is promised to what is written now; empty if none is.
    pub by: String,
}

/// The screens.
#[component]
pub fn Gallery() -> impl IntoView {
    let (studio, look) = (Studio::here(), Look::here());
    let said = Memo::new(move |_| {
        let (locale, side) = (studio.locale.get(), look.one.get());
        studio.file.with(|file| {
            let variant = all(file).into_iter().find(|it| Some(it.name()) == side);
            let catalog = studio.catalogs.spoken(file, &locale, variant.as_ref().map(|it| it.wording.as_slice()));
            Said {
                texts: catalog.texts().to_vec(),
                reader: moment::reader(file),
                reach: ["phone", "email", "address"].map(|way| file.text(&path(["reach", way]))),
                by: moment::now_by(file, &locale).unwrap_or_default(),
                locale,
            }
        })
    });
    view! {
        <p class="hint">"Only for looking at. To press something, choose “Try it”."</p>
        <div class="gallery">
            {SCREENS.iter().map(|screen| view! { <ScreenShown screen said dark=look.dark /> }).collect_view()}
        </div>
    }
}
