//! When people work, and what a visitor reads who writes at any hour of the week.

use js_sys::{Array, Function, Intl, Reflect};
use leptos::{ev, prelude::*};
use serde_json::{Value, json};
use wasm_bindgen::JsCast;

use crate::{
    checks::{Findings, is_wrong},
    field::{Field, id},
    file::{Path, path},
    moment::{self, DAYS, NAMES},
    state::Studio,
};

/// The second step.
#[component]
pub fn Hours() -> impl IntoView {
    let studio = Studio::here();
    let office = move |_| {
        for day in DAYS.into_iter().take(5) {
            studio.set(&path(["hours", day]), Some(json!(["09:00-17:00"])));
        }
        let (zone, reply) = (path(["hours", "zone"]), path(["hours", "reply"]));
        if studio.file.with_untracked(|file| file.text(&zone).is_empty()) {
            studio.write(&zone, own_zone());
        }
        if studio.file.with_untracked(|file| file.text(&reply).is_empty()) {
            studio.write(&reply, "2 days".into());
        }
        studio.said.set("Monday to Friday from 9 to 17 o’clock, and a reply within 2 days.".into());
    };
    view! {
        <p class="lead">"From your hours comes the day by which you write back. It is promised only where it can be kept."</p>
        <p><button type="button" class="plain" data-do="office" on:click=office>"Fill in Monday to Friday, 9 to 17"</button></p>
        <Zones />
        <Field path=path(["hours", "reply"]) label="How long a reply takes at most" hint="In working days or working time: 2 days, 8 hours or 90 minutes." />
        <fieldset class="week">
            <legend>"Hours"</legend>
            <p class="hint" id="week-hint">"Such as 09:00-17:00, or 09:00-12:30, 13:00-17:00. Empty is closed."</p>
            {DAYS.into_iter().zip(NAMES).map(|(day, name)| view! { <List path=path(["hours", day]) label=name described="week-hint" /> }).collect_view()}
        </fieldset>
        <List path=path(["hours", "holidays"]) label="Days off" hint="Such as 2026-12-28, or 12-25 for every year." />
        <Trial />
    }
}

/// The time zone, of those that the browser knows.
#[component]
fn Zones() -> impl IntoView {
    view! {
        <Field path=path(["hours", "zone"]) label="Your time zone" hint=format!("Such as Europe/Berlin. This device is in {}.", own_zone()) list="zones" />
        <datalist id="zones">{zones().into_iter().map(|zone| view! { <option value=zone></option> }).collect_view()}</datalist>
    }
}

/// The time zone of this device.
fn own_zone() -> String {
    let options = Intl::DateTimeFormat::default().resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

fn zones() -> Vec<String> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).unwrap_or_default();
    let supported = Reflect::get(&intl, &"supportedValuesOf".into()).ok().and_then(|it| it.dyn_into::<Function>().ok());
    let zones = supported.and_then(|supported| supported.call1(&intl, &"timeZone".into()).ok());
    zones.map(|zones| Array::from(&zones).iter().filter_map(|zone| zone.as_string()).collect()).unwrap_or_default()
}

/// A list of texts, written in a line with commas between them.
#[component]
fn List(
    /// The place in the file.
    path: Path,
    /// What it is.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: &'static str,
    /// The id of a hint that several share.
    #[prop(optional)]
    described: &'static str,
) -> impl IntoView {
    let studio = Studio::here();
    let id = id(&path);
    let (findings, name) = (format!("{id}-findings"), path.join("."));
    // As it is typed, for as long as that says the same: a comma at the end stays.
    let typed = RwSignal::new(String::new());
    let shown = {
        let path = path.clone();
        move || {
            let (typed, texts) = (typed.get(), studio.file.with(|file| file.texts(&path)));
            if split(&typed) == texts { typed } else { texts.join(", ") }
        }
    };
    let write = {
        let path = path.clone();
        move |event: ev::Event| {
            let text = event_target_value(&event);
            let texts = split(&text);
            typed.set(text);
            studio.set(&path, (!texts.is_empty()).then(|| Value::from(texts)));
        }
    };
    let wrong = {
        let path = path.clone();
        move || is_wrong(studio, &path).to_string()
    };
    let hint_id = if described.is_empty() { format!("{id}-hint") } else { described.to_owned() };
    view! {
        <div class="field" data-path=name>
            <label for=id.clone()>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            <input id=id type="text" dir="ltr" prop:value=shown on:input=write aria-invalid=wrong aria-describedby=format!("{hint_id} {findings}") />
            <Findings path id=findings />
        </div>
    }
}

/// The texts of a line with commas between them.
fn split(line: &str) -> Vec<String> {
    line.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// An hour of the week, what a visitor reads who writes then, and the whole week beside it.
#[component]
fn Trial() -> impl IntoView {
    const TIMES: [&str; 4] = ["07:00", "12:00", "17:30", "22:00"];
    let studio = Studio::here();
    let (day, time) = (RwSignal::new(5_usize), RwSignal::new("22:10".to_owned()));
    let said = move || {
        let locale = studio.locale.get();
        studio.file.with(|file| {
            let catalog = studio.catalogs.spoken(file, &locale, None);
            let (hours, zone) = match moment::hours(file) {
                Ok(hours) => hours,
                Err(why) => return Err((why, moment::reads(file, &catalog, ""))),
            };
            let minute = moment::minutes(&time.get()).unwrap_or_default();
            let by = moment::due_by(&hours, &zone, day.get(), minute, &locale);
            by.map(|by| moment::reads(file, &catalog, &by)).ok_or_else(|| {
                (
                    "You are not open long enough within a year for that, so no day is promised.".to_owned(),
                    moment::reads(file, &catalog, ""),
                )
            })
        })
    };
    let sentence = move || match said() {
        Ok(reads) | Err((_, reads)) => reads,
    };
    let why = move || said().err().map(|(why, _)| why);
    let cell = move |weekday: usize, time: &'static str| {
        let by = move || {
            studio.file.with(|file| {
                let (hours, zone) = moment::hours(file).ok()?;
                moment::due_by(&hours, &zone, weekday, moment::minutes(time)?, "en-GB")
            })
        };
        view! { <td>{move || by().unwrap_or_else(|| "no day".into())}</td> }
    };
    view! {
        <section class="trial" aria-labelledby="trial">
            <h3 id="trial">"Try an hour of the week"</h3>
            <p class="row">
                <label for="trial-day">"Written on"</label>
                <select id="trial-day" on:change=move |event: ev::Event| day.set(event_target_value(&event).parse().unwrap_or_default())>
                    {NAMES.into_iter().enumerate().map(|(at, name)| view! { <option value=at.to_string() selected=at == 5>{name}</option> }).collect_view()}
                </select>
                <label for="trial-time">"at"</label>
                <input id="trial-time" type="time" prop:value=time on:input=move |event: ev::Event| time.set(event_target_value(&event)) />
            </p>
            <div aria-live="polite">
                <p>{move || format!("Written on {} at {} by your clock, the visitor reads:", NAMES.get(day.get()).copied().unwrap_or_default(), time.get())}</p>
                <blockquote id="trial-reads" lang=studio.locale dir="auto">{sentence}</blockquote>
                <p class="hint" hidden=move || why().is_none()>{why}</p>
            </div>
            <details class="fold" hidden=move || why().is_some()>
                <summary>"The whole week"</summary>
                <div class="scroll" tabindex="0" role="group" aria-label="The whole week">
                    <table>
                        <thead><tr><th scope="col">"Written on"</th>{TIMES.map(|time| view! { <th scope="col">{time}</th> })}</tr></thead>
                        <tbody>
                            {NAMES.into_iter().enumerate().map(|(at, name)| view! {
                                <tr><th scope="row">{name}</th>{TIMES.map(|time| cell(at, time))}</tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                </div>
            </details>
        </section>
    }
}
