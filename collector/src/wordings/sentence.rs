//! What a report says in words: one sentence first, then what has to be known beside it.

use super::{
    numbers::{about, count, day, percent, points},
    report::{Compared, Report, Source},
};
use crate::{
    inbox::text::plain,
    statistics::{difference::Difference, plan::Plan, quality::Doubt, verdict::Verdict},
};

/// A sentence or two in which names stand that strangers may have made up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Piece>);

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Our own words.
    Words(String),
    /// The name of a wording, an experiment or a language, as it was counted.
    Name(String),
}

impl Sentence {
    fn say(mut self, words: impl Into<String>) -> Self {
        self.0.push(Piece::Words(words.into()));
        self
    }

    fn name(mut self, name: &str) -> Self {
        self.0.push(Piece::Name(name.to_owned()));
        self
    }

    /// Several names: `“a”, “b” and “c”`.
    fn names<'a>(mut self, names: impl ExactSizeIterator<Item = &'a str>) -> Self {
        let last = names.len().saturating_sub(1);
        for (at, name) in names.enumerate() {
            let between = if at == 0 {
                ""
            } else if at == last {
                " and "
            } else {
                ", "
            };
            self = self.say(between).name(name);
        }
        self
    }

    /// As a line of text. Names stand in quotation marks, and what would act on a terminal is named.
    pub fn text(&self) -> String {
        let pieces = self.0.iter().map(|piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Name(name) => format!("“{}”", plain(name)),
        });
        pieces.collect()
    }
}

/// What the report says first.
pub fn first(report: &Report) -> Sentence {
    let Some(compared) = &report.compared else {
        return Sentence::default().say("There are fewer than two wordings to compare yet.");
    };
    match &compared.verdict {
        Verdict::Empty => Sentence::default().say("Nothing was counted yet."),
        Verdict::Uneven { .. } if report.source != Source::File => shares_unknown(report.source),
        Verdict::Uneven { .. } => Sentence::default()
            .say("The wordings were not drawn as often as they should be, so no figure here can be trusted."),
        Verdict::Open { differs: false } => Sentence::default().say("No difference yet.").say(outlook(report)),
        Verdict::Open { differs: true } => Sentence::default()
            .say("The wordings differ, but which of them brings more answers can’t be said yet.")
            .say(outlook(report)),
        Verdict::Better { best, than, open } => better(report, compared, *best, than, open),
    }
}

/// What is said where the shares are only assumed, and what was counted doesn't follow them.
fn shares_unknown(source: Source) -> Sentence {
    let said = Sentence::default().say("How often each wording should be drawn is not known, so none is named. ");
    said.say(match source {
        Source::File | Source::Assumed => "--site-file names the site’s file.",
        Source::Missing => "Put the experiment back into the site’s file, with its weights and an end.",
        Source::Unread => "Mend the site’s file first.",
    })
}

/// What to do while nothing is known; or when it ended.
fn outlook(report: &Report) -> String {
    match &report.ended {
        Some(ended) => format!(" It ended on {}.", day(ended)),
        None => " Look again any time.".to_owned(),
    }
}

fn better(report: &Report, compared: &Compared, best: usize, than: &[(usize, Difference)], open: &[usize]) -> Sentence {
    let id = |which: usize| report.variants.get(which).map_or("", |variant| &variant.id);
    let names = |which: &[usize]| which.iter().map(|which| id(*which)).collect::<Vec<_>>();
    let mut said = Sentence::default().say("Wording ").name(id(best)).say(" brings more answers");
    // Of several, the one that comes nearest says how much it is at least.
    let nearest = than.iter().min_by(|(_, a), (_, b)| a.interval.low.total_cmp(&b.interval.low));
    let Some((nearest, difference)) = nearest else { return said };
    let beaten = names(&than.iter().map(|(other, _)| *other).collect::<Vec<_>>());
    if report.variants.len() > 2 {
        said = said.say(" than ").names(beaten.iter().copied());
    }
    let (low, high) = points(difference.interval.low, difference.interval.high);
    said = said.say(format!(": between {low} and {high} points more"));
    if than.len() > 1 {
        said = said.say(" than ").name(id(*nearest)).say(", which comes nearest");
    }
    said = said.say(".");
    if !compared.doubts.is_empty() {
        said = said.say(" But they are worse ones: ").say(doubts(compared));
        return said.say(" Read some of them before you choose it.");
    }
    if open.is_empty() {
        return match report.ended {
            Some(_) => said.say(outlook(report)),
            None => said.say(" You can stop now."),
        };
    }
    said.say(" Whether it brings more than ").names(names(open).into_iter()).say(" is open.").say(outlook(report))
}

/// In what the answers of the better wording are worse, as a sentence.
fn doubts(compared: &Compared) -> String {
    let has = |doubt: Doubt| compared.doubts.iter().any(|(_, doubts)| doubts.contains(&doubt));
    let reasons = [
        (Doubt::Useful, "fewer of them are marked useful"),
        (Doubt::Addresses, "fewer of them leave an address"),
        (Doubt::Length, "they are less than half as long"),
    ];
    let reasons: Vec<&str> = reasons.into_iter().filter(|(doubt, _)| has(*doubt)).map(|(_, reason)| reason).collect();
    format!("{}.", reasons.join(", and "))
}

/// What has to be known beside it, a sentence each.
pub fn notes(report: &Report) -> Vec<Sentence> {
    let mut notes = Vec::new();
    let mut note = |sentence: Sentence| notes.push(sentence);
    if let Some(until) = &report.made_up {
        note(Sentence::default().say(format!("Counts until {} are made up for this demonstration.", day(until))));
    }
    if let Some(Verdict::Uneven { p }) = report.compared.as_ref().map(|compared| &compared.verdict)
        && report.source == Source::File
    {
        note(uneven(report, *p));
    }
    match report.source {
        Source::File => {}
        Source::Assumed => note(
            Sentence::default()
                .say("No site’s file was named, so each wording is taken to be drawn as often. --site-file names it."),
        ),
        Source::Missing => note(Sentence::default().say(
            "The site’s file doesn’t have this experiment any more, so each wording is taken to be drawn as often.",
        )),
        Source::Unread => {
            note(Sentence::default().say(
                "This experiment can’t be read from the site’s file, so each wording is taken to be drawn as often.",
            ))
        }
    }
    for problem in &report.problems {
        note(Sentence::default().say(plain(problem)));
    }
    if let Some(locale) = &report.locale {
        note(
            Sentence::default()
                .say("This is about ")
                .name(locale)
                .say(" alone. Each language is judged by itself: of twenty, one may be judged wrongly."),
        );
    }
    let left_over: u64 = report.variants.iter().map(|variant| variant.left_over).sum();
    if left_over > 0 {
        note(Sentence::default().say(format!(
            "{} more arrived than openings were counted; they are in no rate.",
            if left_over == 1 { "1 answer".to_owned() } else { format!("{} answers", count(left_over)) }
        )));
    }
    if !report.apart.is_empty() {
        let shown = report.apart.iter().take(5).map(|(id, _)| id.as_str()).collect::<Vec<_>>();
        let rest = report.apart.len() - shown.len();
        let why = match report.source {
            Source::File => "Left out, since they are not drawn: ",
            _ => "Left out, since they have few openings beside the others: ",
        };
        let said = Sentence::default().say(why).names(shown.into_iter());
        note(if rest > 0 { said.say(format!(" and {rest} more.")) } else { said.say(".") });
    }
    notes
}

fn uneven(report: &Report, p: f64) -> Sentence {
    let all: u64 = report.variants.iter().map(|variant| variant.funnel.opened).sum();
    let mut said = Sentence::default();
    for (at, variant) in report.variants.iter().enumerate() {
        let is = variant.funnel.opened as f64 / all.max(1) as f64;
        let between = if at == 0 { "" } else { ", " };
        let words = format!(" should have {} of the openings and has {}", percent(variant.share), percent(is));
        said = said.say(between).name(&variant.id).say(words);
    }
    let chance = if p < 0.0001 {
        "less than 1 in 10,000".to_owned()
    } else {
        format!("at most 1 in {}", count((1.0 / p) as u64))
    };
    said.say(format!(
        ": by chance, {chance}. Perhaps weights were changed while it ran, or one wording is counted otherwise than the \
         others. Begin another experiment, under another id, once that is mended."
    ))
}

/// What it takes to see a difference of five points; none while the rate isn't known well enough.
pub fn plan(compared: &Compared) -> Option<String> {
    let plan = compared.plans.iter().find(|plan| plan.points == 0.05)?;
    Some(planned(plan))
}

/// What it takes to see a difference.
pub fn planned(plan: &Plan) -> String {
    let points = format!("{:.0} {}", plan.points * 100.0, if plan.points < 0.015 { "point" } else { "points" });
    match (plan.more, plan.days) {
        (0, _) => format!("There are enough openings to see {points}."),
        (more, Some(days)) => format!(
            "About {} more openings, {} at your traffic, to see {points}.",
            about(more),
            if days == 1 { "1 day".to_owned() } else { format!("{} days", about(days)) }
        ),
        (more, None) => {
            format!("About {} more openings to see {points}; none came in the last two weeks.", about(more))
        }
    }
}
