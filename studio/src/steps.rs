//! The order in which a file is written: calm, and free to leave.

use leptos::{html, prelude::*};
use say_so_voice::counts;

use crate::{editor, state::Studio};

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Who reads, and how else to reach them.
    Reader,
    /// When they work, and what is promised by it.
    Hours,
    /// The sentences.
    Words,
    /// Wordings that are tried out against each other.
    Experiments,
    /// The file, the link and the tag.
    Take,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Reader, Self::Hours, Self::Words, Self::Experiments, Self::Take];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reader => "Who reads",
            Self::Hours => "When",
            Self::Words => "Your words",
            Self::Experiments => "Try two wordings",
            Self::Take => "Take it along",
        }
    }

    /// Its name in the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Hours => "hours",
            Self::Words => "words",
            Self::Experiments => "experiments",
            Self::Take => "take",
        }
    }

    /// The members of the file that are written in it.
    const fn members(self) -> &'static [&'static str] {
        match self {
            Self::Reader => &["reader", "reach"],
            Self::Hours => &["hours"],
            Self::Words => &["wording"],
            Self::Experiments => &["experiments", "experiment", "counts", "remember"],
            Self::Take => &[],
        }
    }

    /// The step in which a member of the file is written; the last for what is written in none.
    pub fn of(member: &str) -> Self {
        Self::ALL.into_iter().find(|step| step.members().contains(&member)).unwrap_or(Self::Take)
    }

    fn next(self) -> Option<Self> {
        let at = Self::ALL.iter().position(|step| *step == self)?;
        Self::ALL.get(at + 1).copied()
    }
}

/// The steps' names, to go to any of them.
#[component]
pub fn Way() -> impl IntoView {
    let studio = Studio::here();
    let wrong = move |step: Step| {
        studio.findings.with(|findings| {
            let of_it = |path: &[String]| path.first().is_some_and(|member| Step::of(member) == step);
            findings.iter().filter(|finding| counts(finding) && of_it(&finding.path)).count()
        })
    };
    let item = move |(at, step): (usize, Step)| {
        let current = move || (studio.step.get() == step).then_some("step");
        let said = move || match wrong(step) {
            0 => String::new(),
            1 => "1 to mend".into(),
            count => format!("{count} to mend"),
        };
        view! {
            <li>
                <button type="button" class="way" data-step=step.id() aria-current=current on:click=move |_| studio.step.set(step)>
                    <span class="way__number" aria-hidden="true">{at + 1}</span>
                    <span class="way__name">{step.name()}</span>
                    <span class="way__wrong" hidden=move || said().is_empty()>{said}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="steps" aria-label="Steps">
            <ol>{Step::ALL.into_iter().enumerate().map(item).collect_view()}</ol>
        </nav>
    }
}

/// The step that is being written. Its heading has the focus where one comes from another.
#[component]
pub fn Current() -> impl IntoView {
    let studio = Studio::here();
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |before: Option<Step>| {
        let step = studio.step.get();
        if before.is_some_and(|before| before != step)
            && let Some(heading) = heading.get_untracked()
        {
            let _ = heading.focus();
        }
        step
    });
    let room = move || match studio.step.get() {
        Step::Reader => view! { <editor::Reader /> }.into_any(),
        Step::Hours => view! { <editor::Hours /> }.into_any(),
        Step::Words => view! { <editor::Words /> }.into_any(),
        Step::Experiments => view! { <editor::Experiments /> }.into_any(),
        Step::Take => view! { <editor::Take /> }.into_any(),
    };
    let next = move || studio.step.get().next();
    view! {
        <h2 tabindex="-1" node_ref=heading id="step">{move || studio.step.get().name()}</h2>
        <a class="glance" href="#preview">
            "To what visitors see"
        </a>
        {room}
        <p class="onward" hidden=move || next().is_none()>
            <button type="button" class="main" data-do="next" on:click=move |_| if let Some(step) = next() { studio.step.set(step) }>
                {move || next().map(|step| format!("Next: {}", step.name()))}
            </button>
        </p>
    }
}
