//! How the preview looks: wide or narrow, light or dark, in which language, and what an endpoint answers.

use leptos::{ev, prelude::*};

use super::variants::all;
use crate::{catalogs::LANGUAGES, state::Studio};

/// What the switches say.
#[derive(Clone, Copy)]
pub struct Look {
    /// Whether every screen is shown, in place of the widget.
    pub everything: RwSignal<bool>,
    /// Whether it is as narrow as a phone.
    pub phone: RwSignal<bool>,
    /// Whether it is dark.
    pub dark: RwSignal<bool>,
    /// What becomes of what is sent.
    pub answer: RwSignal<&'static str>,
    /// The variant that is shown; none is what the site says anyway.
    pub one: RwSignal<Option<String>>,
    /// The one beside it.
    pub other: RwSignal<Option<String>>,
    /// Whether two are shown.
    pub beside: RwSignal<bool>,
}

/// What can become of what is sent, by the names that preview.js knows.
const ANSWERS: [(&str, &str); 6] = [
    ("sent", "It arrives"),
    ("unsure", "No answer comes back"),
    ("offline", "The visitor is offline"),
    ("busy", "Too many messages come in"),
    ("refused", "Your server refuses it"),
    ("fault", "Your server breaks"),
];

impl Look {
    /// As it is at first.
    pub fn new() -> Self {
        Self {
            everything: RwSignal::new(false),
            phone: RwSignal::new(false),
            // As the writer's own browser has it, at first.
            dark: RwSignal::new(
                window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|it| it.matches()),
            ),
            answer: RwSignal::new("sent"),
            one: RwSignal::new(None),
            other: RwSignal::new(None),
            beside: RwSignal::new(false),
        }
    }

    /// The look of the page that a component stands in.
    pub fn here() -> Self {
        expect_context()
    }
}

/// The switches.
#[component]
pub fn Switches() -> impl IntoView {
    let (studio, look) = (Studio::here(), Look::here());
    let choose = |signal: RwSignal<bool>, value: bool, name: &'static str, label: &'static str| {
        view! {
            <button type="button" class="tab" data-look=name aria-pressed=move || (signal.get() == value).to_string() on:click=move |_| signal.set(value)>
                {label}
            </button>
        }
    };
    let answer = move |event: ev::Event| {
        let value = event_target_value(&event);
        if let Some((name, _)) = ANSWERS.iter().find(|(name, _)| *name == value) {
            look.answer.set(name);
        }
    };
    let has_two = move || studio.file.with(all).len() > 1;
    view! {
        <div class="switches">
            <div class="tabs" role="group" aria-label="What is shown">
                {choose(look.everything, false, "try", "Try it")} {choose(look.everything, true, "all", "Every screen")}
            </div>
            <div class="tabs" role="group" aria-label="Width" hidden=look.everything>
                {choose(look.phone, false, "desk", "Desk")} {choose(look.phone, true, "phone", "Phone")}
            </div>
            <div class="tabs" role="group" aria-label="Colours">
                {choose(look.dark, false, "light", "Light")} {choose(look.dark, true, "dark", "Dark")}
            </div>
            <div class="tabs" role="group" aria-label="Wordings" hidden=move || !has_two() || look.everything.get()>
                {choose(look.beside, false, "one", "One")} {choose(look.beside, true, "two", "Side by side")}
            </div>
            <label class="switch">
                "Language "
                <select data-look="locale" on:change=move |event: ev::Event| studio.locale.set(event_target_value(&event))>
                    {LANGUAGES.map(|(tag, name)| view! {
                        <option value=tag lang=tag selected=move || studio.locale.get() == tag>{name}</option>
                    })}
                </select>
            </label>
            <label class="switch" hidden=look.everything>
                "When they send "
                <select data-look="answer" on:change=answer>
                    {ANSWERS.map(|(name, label)| view! { <option value=name>{label}</option> })}
                </select>
            </label>
        </div>
    }
}
