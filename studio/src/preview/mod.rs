//! What visitors see: the real widget to try, and every screen at once.

mod frame;
mod gallery;
mod look;
mod screen;
mod screens;
mod variants;

use leptos::prelude::*;

use crate::{state::Studio, steps::Step};
use frame::Frame;
use gallery::Gallery;
use look::{Look, Switches};
use variants::{Side, all};

/// The preview beside the editor.
#[component]
pub fn Preview() -> impl IntoView {
    let studio = Studio::here();
    let look = Look::new();
    provide_context(look);
    // Where wordings are tried out, the first two stand side by side.
    Effect::new(move |_| {
        let variants = studio.file.with(all);
        let is_gone = |side: Option<String>| side.is_some_and(|side| variants.iter().all(|it| it.name() != side));
        if is_gone(look.one.get_untracked()) {
            look.one.set(None);
        }
        if is_gone(look.other.get_untracked()) {
            look.other.set(None);
        }
        let [first, second, ..] = variants.as_slice() else { return look.beside.set(false) };
        if studio.step.get() == Step::Experiments && !look.beside.get_untracked() {
            look.one.set(Some(first.name()));
            look.other.set(Some(second.name()));
            look.beside.set(true);
        }
    });
    let shown = move || {
        if look.everything.get() {
            return view! { <Gallery /> }.into_any();
        }
        view! {
            <div class="frames" class:frames--two=look.beside class:frames--phone=look.phone>
                <div class="side"><Side side=look.one /><Frame side=look.one title="What visitors see" /></div>
                {move || look.beside.get().then(|| view! {
                    <div class="side"><Side side=look.other /><Frame side=look.other title="What others see" /></div>
                })}
            </div>
        }
        .into_any()
    };
    view! {
        <section class="preview" aria-labelledby="preview">
            <h2 id="preview" tabindex="-1">
                "What visitors see"
            </h2>
            <a class="glance" href="#step">
                "Back to the editor"
            </a>
            <Switches />
            {shown}
        </section>
    }
}
