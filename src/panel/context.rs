//! What is known of the page, and what travels of it.

use crate::{
    draft::Draft,
    feedback::{CUSTOM_TEXT_MAX, Custom, Kind, Page, Submission, VERSION, Wording, cut, request::decimal, trimmed},
    wording::Key,
};

/// The message, and what goes along with it, as the panel was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The site's name.
    pub site: String,
    /// The message's name.
    pub id: String,
    /// The page, as it travels if nothing is taken out.
    pub page: Page,
    /// What the site sends along: of its setting, what can be used.
    pub custom: Option<Custom>,
    /// In which words it speaks.
    pub wording: Wording,
    /// Whether choosing a kind is posted at once.
    pub one_click: bool,
    /// Whether the panel is part of the page's text, not a dialog above it.
    pub inline: bool,
}

/// Something that travels with the words unless the visitor takes it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optional {
    /// The page's title.
    Title,
    /// The origin of the page before.
    Referrer,
    /// The browser's language.
    Language,
    /// The window's size.
    Viewport,
    /// What the site sends along.
    Custom,
}

impl Optional {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [Self::Title, Self::Referrer, Self::Language, Self::Viewport, Self::Custom];

    /// What it is called, in the catalog.
    pub const fn key(self) -> Key {
        match self {
            Self::Title => Key::SendsTitle,
            Self::Referrer => Key::SendsReferrer,
            Self::Language => Key::SendsLanguage,
            Self::Viewport => Key::SendsViewport,
            Self::Custom => Key::SendsCustom,
        }
    }

    /// The name of its check box.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Referrer => "referrer",
            Self::Language => "language",
            Self::Viewport => "viewport",
            Self::Custom => "custom",
        }
    }
}

impl Context {
    /// What is shown of something optional; empty if there is none of it.
    pub fn shown(&self, optional: Optional) -> String {
        let page = &self.page;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        match optional {
            Optional::Title => text(&page.title),
            Optional::Referrer => text(&page.referrer),
            Optional::Language => text(&page.language),
            Optional::Viewport => {
                let sides = |[width, height]: [u32; 2]| [&*decimal(width), " × ", &decimal(height)].concat();
                page.viewport.map(sides).unwrap_or_default()
            }
            Optional::Custom => {
                let mut shown = String::new();
                for (key, text) in self.custom.iter().flatten() {
                    shown.extend([if shown.is_empty() { "" } else { ", " }, key, ": ", text]);
                }
                shown
            }
        }
    }

    /// A bare click on a kind: nothing travels but the kind and the page's address.
    pub fn bare(&self, kind: Kind, revision: u8) -> Submission {
        Submission {
            v: VERSION,
            site: self.site.clone(),
            id: self.id.clone(),
            revision,
            kind,
            message: None,
            contact: None,
            promise: None,
            wording: self.wording.clone(),
            page: Page { url: self.page.url.clone(), ..Page::default() },
            custom: None,
            sent_at: String::new(),
            took_ms: None,
            trap: None,
        }
    }

    /// The words, with what goes along: what the visitor took out is not in it.
    pub fn words(&self, draft: &Draft, trap: &str, takes: impl Fn(Optional) -> bool) -> Submission {
        let page = &self.page;
        Submission {
            message: Some(trimmed(&draft.message).into()),
            contact: draft.contact(),
            page: Page {
                url: page.url.clone(),
                title: page.title.clone().filter(|_| takes(Optional::Title)),
                referrer: page.referrer.clone().filter(|_| takes(Optional::Referrer)),
                language: page.language.clone().filter(|_| takes(Optional::Language)),
                viewport: page.viewport.filter(|_| takes(Optional::Viewport)),
            },
            custom: self.custom.clone().filter(|_| takes(Optional::Custom)),
            trap: Some(cut(trap, CUSTOM_TEXT_MAX).into()).filter(|trap: &String| !trap.is_empty()),
            ..self.bare(draft.kind, 0)
        }
    }
}
