//! What a web team can set: one table, read strictly.
//!
//! From [`SETTINGS`] come the names and values that the loader allows, the table in the
//! README and the types of the npm package. The loader checks names and values when the page loads;
//! advice.js looks inside the JSON values, and says what is wrong with any of them.

pub mod site;

/// One thing a web team can set, as an attribute `data-…` of the tag.
pub struct Setting {
    /// Its name, without `data-`.
    pub name: &'static str,
    /// What it can be.
    pub values: Values,
    /// What holds if it is not set, in words.
    pub default: &'static str,
    /// What it does, in one line.
    pub doc: &'static str,
}

/// The values that a setting takes.
#[derive(Clone, Copy)]
pub enum Values {
    /// An `https:` address (or `http:`), also relative to the page.
    Address,
    /// A whole `https:` address (or `http:`): the loader takes it as it is, without the page's base.
    WholeAddress,
    /// A site name: 1 to 64 of `a-z 0-9 . -`.
    Site,
    /// A visitor's id: 1 to 64 of `A-Z a-z 0-9 _ . -`.
    Visitor,
    /// An address as above, or `#` and the id of an element of the page.
    Source,
    /// A BCP 47 language tag; only its letters are looked at.
    Language,
    /// A text of 1 to 40 characters.
    Label,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A JSON object of texts; where `null` is allowed, it leaves a thing out.
    Object,
}

/// Everything that can be set.
pub const SETTINGS: &[Setting] = &[
    Setting {
        name: "endpoint",
        values: Values::Address,
        default: "none: it has to be set",
        doc: "Where feedback is posted.",
    },
    Setting {
        name: "source",
        values: Values::WholeAddress,
        default: "the tag’s own `src`",
        doc: "Where `embed.js` stands, and its other files beside it, if its text is part of the page or of a bundle.",
    },
    Setting {
        name: "site",
        values: Values::Site,
        default: "the page’s host name",
        doc: "Which site the feedback is for, where one endpoint listens for several.",
    },
    Setting {
        name: "config",
        values: Values::Source,
        default: "none",
        doc: "Your file with who reads, working hours and your own words, or an element that holds it: see [docs/config.md](docs/config.md).",
    },
    Setting {
        name: "visitor",
        values: Values::Visitor,
        default: "none: a wording is drawn anew for each opening of the panel",
        doc: "Your id for the visitor, if they are to read the same of several wordings each time: see [docs/config.md](docs/config.md#which-words-work).",
    },
    Setting {
        name: "lang",
        values: Values::Language,
        default: "the page’s `<html lang>`, else the browser’s language",
        doc: "The language of the panel.",
    },
    Setting {
        name: "format",
        values: Values::OneOf(&["say-so", "json", "form"]),
        default: "`say-so`",
        doc: "How feedback is posted: to a Say-so collector, as JSON to a webhook, or as a form post with flat names.",
    },
    Setting {
        name: "one-click",
        values: Values::OneOf(&["on", "off"]),
        default: "`on` for format `say-so`, else `off`",
        doc: "Whether choosing a kind already counts and is posted at once.",
    },
    Setting {
        name: "launcher",
        values: Values::OneOf(&["button", "inline", "none"]),
        default: "`button`",
        doc: "A floating button, the three kinds in the place of the tag, or none: your own elements with `data-say-so-open`.",
    },
    Setting {
        name: "label",
        values: Values::Label,
        default: "“Feedback”, or what that is in the panel’s language",
        doc: "What the floating button says.",
    },
    Setting {
        name: "position",
        values: Values::OneOf(&["end", "start"]),
        default: "`end`",
        doc: "The bottom corner of the floating button: `end` is right in left-to-right pages.",
    },
    Setting {
        name: "theme",
        values: Values::OneOf(&["auto", "light", "dark"]),
        default: "`auto`: the visitor’s setting",
        doc: "Light or dark colours.",
    },
    Setting {
        name: "prefetch",
        values: Values::OneOf(&["intent", "idle"]),
        default: "`intent`: when a visitor points at the button, touches or focuses it",
        doc: "When the panel’s files are fetched. `idle`: when the page has nothing else to do, unless the visitor saves data.",
    },
    Setting {
        name: "headers",
        values: Values::Object,
        default: "none",
        doc: "For format `json`: request headers, such as `{\"X-Team\":\"care\"}`. Everybody can read them.",
    },
    Setting {
        name: "fields",
        values: Values::Object,
        default: "none",
        doc: "For formats `json` and `form`: renames fields, or leaves them out with `null`, such as `{\"message\":\"text\",\"page\":null}`.",
    },
    Setting {
        name: "custom",
        values: Values::Object,
        default: "none",
        doc: "What your site sends along: up to 20 texts, such as `{\"plan\":\"pro\"}`. The visitor sees them and can take them out.",
    },
];

/// The names of fields that the setting `fields` can rename or leave out.
pub const FIELDS: &[&str] = &[
    "v",
    "site",
    "id",
    "revision",
    "kind",
    "message",
    "contact",
    "promise",
    "wording",
    "page",
    "custom",
    "sent_at",
    "took_ms",
    "trap",
    "name",
    "email",
    "reply",
    "locale",
    "experiment",
    "variant",
    "title",
    "referrer",
    "language",
    "viewport",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feedback::{
        request::{Endpoint, Format, Value},
        tests::whole,
    };

    #[test]
    fn every_field_that_is_posted_can_be_renamed_and_no_other() {
        let (submission, form) = (whole(), Endpoint { format: Format::Form, ..Endpoint::default() });
        let Value::Form(form) = form.request(&submission).value else { panic!("no form") };
        let json = serde_json::to_value(&submission).unwrap();
        let mut posted: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        posted.extend(form.iter().map(|(name, _)| name.as_str()).filter(|name| !name.starts_with("custom.")));
        posted.sort_unstable();
        posted.dedup();
        let mut fields = FIELDS.to_vec();
        fields.sort_unstable();
        assert_eq!(fields, posted);
    }

    #[test]
    fn every_format_that_can_be_set_is_one() {
        let format = SETTINGS.iter().find(|setting| setting.name == "format").unwrap();
        let Values::OneOf(names) = format.values else { panic!("not of words") };
        let formats: Vec<_> = names.iter().map(|name| Format::named(name)).collect();
        assert_eq!(formats, [Format::SaySo, Format::Json, Format::Form]);
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), SETTINGS.len());
    }
}
