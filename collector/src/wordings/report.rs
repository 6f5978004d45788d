//! A report on one experiment: everything that the page and the command show.

pub use super::funnel::Funnel;
use super::{
    days::{Days, positive},
    funnel::sums,
    gather::{Gathered, Known},
};
use crate::{
    moment,
    site_file::Words,
    statistics::{
        Cell, Interval, Shares,
        analysis::Analysis,
        plan::Plan,
        quality::{Doubt, Quality},
        readout::{Chance, readout},
        verdict::Verdict,
    },
    store::Facts,
};

/// How many wordings are compared at most: as many as an experiment may have.
const COMPARED: usize = 20;
/// A wording that no file names is compared if it has at least one opening for so many of the one with the most: 2 %.
const HARDLY: u64 = 50;
/// For which differences a plan is made, in shares: 0.05 is five points.
pub const PLANNED: [f64; 4] = [0.01, 0.02, 0.05, 0.1];

/// A report on one experiment.
#[derive(Clone, Debug)]
pub struct Report {
    /// The site.
    pub site: String,
    /// The experiment's id.
    pub experiment: String,
    /// The only language that it is about, if it is about one.
    pub locale: Option<String>,
    /// The languages of which something was counted, the one with the most openings first.
    pub locales: Vec<String>,
    /// The days on which something was counted: `YYYY-MM-DD`.
    pub days: Vec<String>,
    /// Until which day the counts are made up, if they are.
    pub made_up: Option<String>,
    /// The day on which it ended, if it has: `YYYY-MM-DD`.
    pub ended: Option<String>,
    /// Where the shares come from.
    pub source: Source,
    /// What the site says where no wording says otherwise.
    pub words: Words,
    /// What can't be used of the site's files, a sentence each.
    pub problems: Vec<String>,
    /// The wordings that are compared, in the order of the file.
    pub variants: Vec<Variant>,
    /// Those of which something was counted, but which take no part: not named in the file, or with
    /// the weight 0; without a file, with few openings beside the others.
    pub apart: Vec<(String, Funnel)>,
    /// The statistics; none if there are fewer than two wordings to compare.
    pub compared: Option<Compared>,
}

/// Where the shares come from in which wordings are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// From the site's file.
    File,
    /// No file was named: each wording is taken to be as likely.
    Assumed,
    /// The files that were named don't have this experiment: likewise.
    Missing,
    /// This experiment can't be read from the files that were named: likewise.
    Unread,
}

/// One of the wordings that are compared.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its id.
    pub id: String,
    /// The share in which it is drawn, from 0 to 1.
    pub share: f64,
    /// How far visitors came.
    pub funnel: Funnel,
    /// Words that belong to no counted opening; they are in the funnel, and in no rate.
    pub left_over: u64,
    /// What its messages are like.
    pub quality: Quality,
    /// How many more messages were flagged, and count nowhere.
    pub flagged: u64,
    /// What it says, if a file says it.
    pub words: Words,
}

/// What the statistics say.
#[derive(Clone, Debug)]
pub struct Compared {
    /// All of them, over the days of the report.
    pub analysis: Analysis,
    /// What follows.
    pub verdict: Verdict,
    /// Why the answers of the better wording may be worse than those of another, if they may.
    pub doubts: Vec<(usize, Vec<Doubt>)>,
    /// Chances of each variant, which are no reason to stop.
    pub chances: Vec<Chance>,
    /// What it takes to see each of [`PLANNED`]; empty while the rate isn't known well enough, and once it ended.
    pub plans: Vec<Plan>,
}

impl Report {
    /// The report of what was gathered; `today` is `YYYY-MM-DD`.
    pub fn of(gathered: &Gathered, today: &str) -> Self {
        let Gathered { tried, tallies, locale, facts, made_up, file } = gathered;
        let told = || tallies.iter().filter(|tally| locale.as_ref().is_none_or(|locale| tally.locale == *locale));
        let (source, shares) = shares(file, &sums(told(), |tally| &tally.variant));
        let ids: Vec<String> = shares.iter().map(|(id, _)| id.clone()).collect();
        let days = Days::of(told(), &ids);
        let end = file.experiment.as_ref().and_then(|experiment| experiment.end);
        // On the day itself it may go on for some hours, unless it ended as the day began.
        let ended = end.filter(|end| moment::day(today).and_then(moment::start_of).is_some_and(|today| *end <= today));
        let ended = ended.map(|end| moment::day_of(end).to_string());
        let words = |id: &str| {
            let known = file.experiment.iter().flat_map(|experiment| &experiment.variants);
            known.into_iter().find(|variant| variant.id == id).map(|variant| variant.words.clone()).unwrap_or_default()
        };
        let variants: Vec<Variant> = shares
            .iter()
            .enumerate()
            .map(|(at, (id, share))| {
                let facts = facts.iter().find(|facts| facts.variant == *id);
                Variant {
                    id: id.clone(),
                    share: *share,
                    funnel: days.funnels[at],
                    left_over: days.left_over[at],
                    quality: facts.map(quality).unwrap_or_default(),
                    flagged: facts.map_or(0, |facts| positive(facts.flagged)),
                    words: words(id),
                }
            })
            .collect();
        let shares = Shares::of(&shares.iter().map(|(_, share)| *share).collect::<Vec<_>>()).ok();
        Self {
            site: tried.site.clone(),
            experiment: tried.experiment.clone(),
            locale: locale.clone(),
            locales: sums(tallies.iter(), |tally| &tally.locale).into_iter().map(|(locale, _)| locale).collect(),
            made_up: made_up.clone(),
            source,
            words: file.words.clone(),
            problems: file.problems.clone(),
            apart: sums(told(), |tally| &tally.variant).into_iter().filter(|(id, _)| !ids.contains(id)).collect(),
            compared: shares.map(|shares| Compared::of(&shares, &days, &variants, today, ended.is_some())),
            ended,
            days: days.names,
            variants,
        }
    }
}

impl Compared {
    fn of(shares: &Shares, days: &Days, variants: &[Variant], today: &str, ended: bool) -> Self {
        let analysis = Analysis::of(shares, &days.cells);
        let total = &analysis.standing.total;
        let verdict = Verdict::of(&analysis.standing);
        let doubts = match &verdict {
            Verdict::Better { best, than, .. } => {
                let doubts = |other: usize| variants[*best].quality.doubts(&variants[other].quality);
                let found = than.iter().map(|(other, _)| (*other, doubts(*other)));
                found.filter(|(_, doubts)| !doubts.is_empty()).collect()
            }
            _ => Vec::new(),
        };
        let daily = days.daily(today);
        let planned = PLANNED.iter().filter(|_| !ended);
        let plans = planned.filter_map(|points| Plan::of(total, shares, *points, daily)).collect();
        Self { doubts, chances: readout(total), plans, verdict, analysis }
    }

    /// Whether it goes on: nothing is known yet.
    pub fn is_open(&self) -> bool {
        matches!(self.verdict, Verdict::Open { .. })
    }

    /// What was counted of a variant, for its rate.
    pub fn cell(&self, variant: usize) -> Cell {
        self.analysis.standing.total.get(variant).copied().unwrap_or_default()
    }

    /// Between which bounds its rate lies.
    pub fn interval(&self, variant: usize) -> Interval {
        self.analysis.rates.get(variant).copied().unwrap_or(Interval { low: 0.0, high: 1.0 })
    }
}

/// Which wordings are compared, and in which shares they are drawn.
///
/// Without a file it can only be those of which something was counted. Anybody can post a count, so
/// those with the most openings are taken, and none that was hardly opened beside them.
fn shares(file: &Known, counted: &[(String, Funnel)]) -> (Source, Vec<(String, f64)>) {
    if let Some(experiment) = &file.experiment {
        let drawn = experiment.variants.iter().filter(|variant| variant.share > 0.0);
        return (Source::File, drawn.map(|variant| (variant.id.clone(), variant.share)).collect());
    }
    let most = counted.first().map_or(0, |(_, funnel)| funnel.opened);
    let opened = counted.iter().filter(|(_, funnel)| funnel.opened.saturating_mul(HARDLY) >= most);
    let mut ids: Vec<&String> = opened.take(COMPARED).map(|(id, _)| id).collect();
    ids.sort();
    let share = 1.0 / ids.len() as f64;
    let source = match (file.given, file.unread) {
        (false, _) => Source::Assumed,
        (true, false) => Source::Missing,
        (true, true) => Source::Unread,
    };
    (source, ids.into_iter().map(|id| (id.clone(), share)).collect())
}

fn quality(facts: &Facts) -> Quality {
    Quality {
        messages: positive(facts.messages),
        median: facts.length.unwrap_or_default(),
        addresses: positive(facts.addresses),
        useful: positive(facts.useful),
    }
}
