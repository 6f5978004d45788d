//! How far a visitor comes: told to the page as events, and counted where a wording is tried out.
//!
//! An opening is counted only if its wording stood before the visitor's first act.

use super::{Live, tried::Draw, with_live};
use crate::{
    feedback::{Step, Wording},
    wording::{Catalog, Key},
};

/// One opening of the panel.
pub struct Opening {
    /// Whether it is counted; none as long as that is open.
    is_counted: Option<bool>,
    /// Whether its wording stands.
    is_settled: bool,
    /// The steps that have been told, as bits.
    taken: u8,
}

impl Opening {
    /// An opening of which it is known, or still open, whether it is counted.
    pub const fn new(is_counted: Option<bool>) -> Self {
        Self { is_counted, is_settled: false, taken: 0 }
    }

    fn has(&self, step: Step) -> bool {
        self.taken >> step as u8 & 1 == 1
    }
}

impl Live {
    /// The wording of this opening stands from now on.
    pub fn settle(&mut self) {
        self.opening.is_settled = true;
        self.look();
    }

    /// Whether the wording of this opening stands.
    pub fn is_settled(&self) -> bool {
        self.opening.is_settled
    }

    /// Whoever sees a wording that stands, before their first act, has opened the panel.
    fn look(&mut self) {
        if self.is_seen && self.opening.is_settled && !self.is_begun() {
            self.reach(Step::Opened);
        }
    }

    /// The visitor has come so far, and so further than what lies before it. Each step is told once.
    pub fn reach(&mut self, step: Step) {
        let is_left = step == Step::Left;
        if is_left && (self.opening.has(Step::Sent) || !self.opening.has(Step::Opened)) {
            return;
        }
        self.opening.is_counted.get_or_insert(true);
        for before in Step::ALL {
            if !self.opening.has(before) && (before == step || before as u8 <= step as u8 && !is_left) {
                self.opening.taken |= 1 << before as u8;
                self.tell(before);
            }
        }
    }

    fn tell(&self, step: Step) {
        self.session.read(|state| {
            let (context, kind) = (&state.context, state.kind.filter(|_| step != Step::Opened));
            let Wording { locale, experiment, variant } = &context.wording;
            // What has been sent is counted where it arrives.
            let is_posted = experiment.is_some() && step != Step::Sent;
            if let (Step::Opened, Some(experiment), false) = (step, experiment, self.visitor.is_empty()) {
                self.embed.take(experiment, &context.id);
            }
            self.embed.step(
                step.name(),
                kind.map(|kind| kind.name()).unwrap_or_default(),
                if is_posted { self.counts() } else { "" },
                &context.site,
                &context.id,
                locale,
                experiment.as_deref().unwrap_or_default(),
                variant.as_deref().unwrap_or_default(),
            );
        });
    }

    /// Where steps are counted; empty if nowhere.
    fn counts(&self) -> &str {
        if self.endpoint.format.merges() { &self.site.counts } else { "" }
    }

    /// Whether the visitor has begun: with what then stands there, whatever comes later. A kind that a page has chosen for
    /// them is no act of theirs.
    pub fn is_begun(&self) -> bool {
        self.has_words() || self.opening.has(Step::Chosen) || self.opening.is_counted == Some(false)
    }

    /// Another message can be written. A panel in the page's text is opened with the page, and once.
    pub fn open_anew(&mut self) {
        let inline = self.session.read(|state| state.context.inline) == Some(true);
        self.opening = Opening::new(inline.then_some(false));
    }

    /// Draws the wording of this opening and puts it into a catalog. It is named only where it can be counted as one
    /// that stood before the first act, and where it is the visitor's first.
    pub fn draw(&mut self, catalog: &mut Catalog, locale: &str) -> Wording {
        let context = self.session.read(|state| (state.context.id.clone(), state.context.wording.experiment.clone()));
        let (id, before) = context.unwrap_or_default();
        let is_bound = self.is_begun() || self.opening.has(Step::Opened);
        let draw = Draw {
            unit: if self.visitor.is_empty() { &id } else { &self.visitor },
            only: is_bound.then(|| before.as_deref().unwrap_or_default()),
            preview: &self.preview,
            path: "",
        };
        let mut wording = self.site.speak(catalog, locale, &draw);
        let is_named = |it: &String| {
            self.opening.is_counted != Some(false) && (self.visitor.is_empty() || self.embed.is_first(it, &id))
        };
        if !wording.experiment.as_ref().is_some_and(is_named) {
            (wording.experiment, wording.variant) = (None, None);
        } else if !self.counts().is_empty() {
            // What reaches us is more then.
            let counted = catalog.text(Key::SendsCounted).to_owned();
            catalog.set(Key::SendsTime, counted);
        }
        wording
    }
}

/// What is seen of hands and of the page: `seen` for the panel, `started` for a letter, `left` for the page.
pub fn come(far: &str) {
    with_live(|live| match far {
        // With each letter: the fields are read for the first one alone.
        "started" if !live.opening.has(Step::Started) && live.has_words() => live.reach(Step::Started),
        "left" => live.reach(Step::Left),
        "seen" => {
            live.is_seen = true;
            live.look();
        }
        _ => {}
    });
}
