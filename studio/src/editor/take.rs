//! The last step: what is left to mend, the file, a link that holds it, and the tag.

use leptos::prelude::*;
use say_so_voice::{Finding, counts};

use super::tag::Tag;
use crate::{
    checks::{level, sentences},
    file::File,
    go, link,
    outgoing::{Copy, download},
    state::{NAME, Studio},
    steps::Step,
};

/// The last step.
#[component]
pub fn Take() -> impl IntoView {
    let studio = Studio::here();
    let json = Signal::derive(move || studio.file.with(File::json));
    view! {
        <p class="lead">"Your file is one that a web team puts on your site. Then they paste the tag below."</p>
        <Left />
        <h3>"1. The file"</h3>
        <p class="hint">"Put it on your site as say-so.json."</p>
        <p class="row">
            <button type="button" class="main" data-do="download" on:click=move |_| download(NAME, &json.get_untracked())>"Download say-so.json"</button>
            <Copy label="Copy its text" text=json name="copy-file" />
        </p>
        <details class="fold">
            <summary>"Look at it"</summary>
            <pre class="code" tabindex="0" id="json" aria-label="The file">{json}</pre>
        </details>
        <h3>"2. The tag"</h3>
        <Tag />
        <h3>"Hand it to a colleague"</h3>
        <Link />
    }
}

/// What does not pass yet, each with the way to it.
#[component]
fn Left() -> impl IntoView {
    let studio = Studio::here();
    let left = move || studio.findings.get().into_iter().filter(counts).collect::<Vec<_>>();
    let line = move |finding: Finding| {
        let step = finding.path.first().map_or(Step::Take, |member| Step::of(member));
        let place = [finding.locale.clone(), finding.key.clone()]
            .into_iter()
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(", ");
        let to = finding.path.clone();
        let go = (step != Step::Take).then(|| {
            view! {
                <button type="button" class="quiet" on:click=move |_| go::to(studio, &to)>
                    {format!("Go to “{}”", step.name())}
                </button>
            }
        });
        view! {
            <li class=format!("finding finding--{}", finding.remark.level.name())>
                <b>{level(finding.remark.level)} ": "</b> {sentences(&finding)}
                <span class="finding__place">{format!("{place} (line {}, column {})", finding.line, finding.column)}</span>
                {go}
            </li>
        }
    };
    let summary = move || match left().len() {
        0 if studio.file.with(File::is_empty) => {
            "Nothing is written yet. The panel works all the same, in its own words.".to_owned()
        }
        0 => "The check finds nothing. It sounds like a person.".to_owned(),
        1 => "One thing is left to mend. The file works, but this does not do what it should.".to_owned(),
        count => format!("{count} things are left to mend. The file works, but these do not do what they should."),
    };
    view! {
        <section class="left" aria-label="The check" data-left=move || left().len()>
            <p>{summary}</p>
            <ul class="findings">{move || left().into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// A link that holds the file.
#[component]
fn Link() -> impl IntoView {
    let studio = Studio::here();
    let link = Memo::new(move |_| studio.file.with(link::fragment));
    let here = || {
        let location = window().location();
        [location.origin().unwrap_or_default(), location.pathname().unwrap_or_default()].concat()
    };
    let text = Signal::derive(move || link.get().map(|fragment| here() + &fragment).unwrap_or_default());
    let too_long = move || link.get().err();
    view! {
        <p class="hint">"The whole file is in the link, behind #: no server reads it."</p>
        <p class="finding finding--note" hidden=move || too_long().is_none()>
            {move || too_long().map(|length| format!(
                "The link would have {length} characters, and mail programs cut those above {}. Send the file instead.", link::LONGEST
            ))}
        </p>
        <p class="row" hidden=move || too_long().is_some()>
            <Copy label="Copy the link" text name="copy-link" />
        </p>
    }
}
