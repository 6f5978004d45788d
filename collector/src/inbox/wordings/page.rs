//! The page: one sentence first, then what it rests on.

use maud::{Markup, html};

use super::{plot, tables, words};
use crate::{
    inbox::{
        page::{Place, encoded, frame},
        text::foreign,
    },
    store::Tried,
    wordings::{
        numbers::day,
        report::Report,
        sentence::{self, Piece, Sentence},
    },
};

/// How many experiments, and how many languages, have a link each.
const LINKS: usize = 30;

/// What an address names of which nothing was counted.
pub struct Wanted<'a> {
    /// A site.
    pub site: Option<&'a str>,
    /// An experiment’s id.
    pub experiment: Option<&'a str>,
}

/// The page before anything was counted.
pub fn empty() -> Markup {
    let first = html! { p { "Nothing was counted yet." } };
    frame(Place::Wordings, "Wordings", html! { (top()) main { div.empty { (first) (beginning()) } } })
}

/// The page for an experiment, or a site, of which nothing was counted: what else there is, or how to begin.
pub fn unknown(asked: &Wanted<'_>, tried: &[Tried]) -> Markup {
    frame(
        Place::Wordings,
        "Wordings",
        html! {
            (top())
            main.report {
                section.said aria-labelledby="said" {
                    h2.first #said {
                        "Nothing was counted"
                        @if let Some(experiment) = asked.experiment { " of the experiment “" (foreign(experiment)) "”" }
                        @if let Some(site) = asked.site { " on the site “" (foreign(site)) "”" }
                        "."
                    }
                    @if tried.is_empty() { (beginning()) } @else { p { "There are counts of these:" } }
                    (experiments(tried, None))
                }
            }
        },
    )
}

/// How counting begins.
fn beginning() -> Markup {
    html! {
        p {
            "Put an experiment into the site’s file, " code { "say-so.json" } ", and the address of "
            code { "/v1/counts" } " beside it, as " code { "experiments" } " and " code { "counts" }
            ". What comes of it will stand here."
        }
    }
}

/// The report on one experiment, with links to the others.
pub fn whole(report: &Report, tried: &[Tried]) -> Markup {
    frame(
        Place::Wordings,
        "Wordings",
        html! {
            (top())
            @if tried.len() > 1 { (experiments(tried, Some(report))) }
            (languages(report))
            main.report {
                section.said aria-labelledby="said" {
                    h2.first #said { (said(&sentence::first(report))) }
                    @if let Some(plan) = report.compared.as_ref().filter(|compared| compared.is_open()).and_then(sentence::plan) { p { (plan) } }
                    @for note in sentence::notes(report) { p.note { (said(&note)) } }
                    p.meta {
                        (report.site) " · experiment " (foreign(&report.experiment))
                        @if let [first, .., last] = &report.days[..] { " · " (day(first)) " to " (day(last)) }
                    }
                }
                @if let Some(compared) = &report.compared {
                    (plot::figure(report, compared))
                    (tables::rates(report, compared))
                }
                (words::side_by_side(report))
                (tables::funnel(report))
                (tables::quality(report))
                @if let Some(compared) = &report.compared {
                    (tables::differences(report, compared))
                    (tables::plans(compared))
                    (tables::chances(report, compared))
                }
            }
        },
    )
}

fn top() -> Markup {
    html! {
        header.top {
            h1 { "Wordings" }
            nav.elsewhere aria-label="Elsewhere" { a href="../inbox" { "Inbox" } }
            form method="post" action="../inbox/sign-out" { button.quiet { "Sign out" } }
        }
    }
}

/// Links to the experiments, by site; the one that is shown is marked.
fn experiments(tried: &[Tried], shown: Option<&Report>) -> Markup {
    html! {
        @if !tried.is_empty() {
            nav.kinds aria-label="Experiments" {
                @for tried in tried.iter().take(LINKS) {
                    @let here = shown.is_some_and(|shown| tried.site == shown.site && tried.experiment == shown.experiment);
                    a href=(address(&tried.site, &tried.experiment, None)) aria-current=[here.then_some("page")] {
                        (foreign(&tried.experiment)) " " span.count { (tried.site) }
                    }
                }
                @if tried.len() > LINKS {
                    p.meta { "And " (tried.len() - LINKS) " more: " code { "say-so wordings" } " lists them all." }
                }
            }
        }
    }
}

/// Links to the languages of an experiment.
fn languages(report: &Report) -> Markup {
    let link = |name: Markup, locale: Option<&str>| {
        let here = report.locale.as_deref() == locale;
        html! {
            a href=(address(&report.site, &report.experiment, locale)) aria-current=[here.then_some("page")] { (name) }
        }
    };
    html! {
        @if report.locales.len() > 1 {
            nav.kinds aria-label="Languages" {
                (link(html! { "All languages" }, None))
                @for locale in report.locales.iter().take(LINKS) { (link(html! { (locale) }, Some(locale))) }
            }
        }
    }
}

fn address(site: &str, experiment: &str, locale: Option<&str>) -> String {
    let locale = locale.map(|locale| format!("&locale={}", encoded(locale))).unwrap_or_default();
    format!("../inbox/wordings?site={}&experiment={}{locale}", encoded(site), encoded(experiment))
}

/// A sentence, in which names are isolated from the words around them.
fn said(sentence: &Sentence) -> Markup {
    html! {
        @for piece in &sentence.0 {
            @match piece {
                Piece::Words(words) => (words),
                Piece::Name(name) => { "“" (foreign(name)) "”" },
            }
        }
    }
}

/// The letter under which a wording stands in the plot and in every table.
pub fn letter(variant: usize) -> char {
    char::from_u32(u32::from('A') + variant as u32).unwrap_or('?')
}

/// A wording's letter and name.
pub fn name(report: &Report, variant: usize) -> Markup {
    html! {
        span class={ "key of-" (variant % 6) } { (letter(variant)) }
        " " (foreign(report.variants.get(variant).map_or("", |variant| &variant.id)))
    }
}
