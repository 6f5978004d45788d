//! The rules by number, and what a file must be before they can be asked.

use serde_json::Value;

/// A rule of the voice, or of the file that holds the texts.
///
/// The numbers are those of the table in docs/voice.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// The file is JSON.
    Json,
    /// The file's members are what they have to be: text for each key, hours that can be read.
    Type,
    /// The key, locale or member of a site's file is one that is asked for; a key stands once.
    Key,
    /// A complete catalog has every key.
    Missing,
    /// The text has the placeholders of the English text.
    Placeholder,
    /// 1: it says only what is true now.
    True,
    /// 2: the first sentence is short and names the kind.
    Kind,
    /// 3: it repeats the visitor's own words.
    Echo,
    /// 4: it names who reads, and what they do.
    Reader,
    /// 5: it gives a date, nothing vague.
    Date,
    /// 6: it promises no reply where no address was left.
    NoReply,
    /// 7: it gives a reference that can be spoken.
    Reference,
    /// 8: it owns a complaint, without conditions.
    Own,
    /// 9: it passes praise on, and sells nothing.
    Praise,
    /// 10: it says what happens to ideas.
    Idea,
    /// 11: “I” is a named person; nobody shouts or smiles at a complaint.
    Tone,
    /// 12: it is short and plain.
    Plain,
    /// 13: it leaves the visitor a next step.
    Next,
    /// 14: it has no forbidden phrase.
    Phrase,
    /// 15: an error says what to do, without manners.
    Error,
}

impl Rule {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 20] = [
        Self::Json,
        Self::Type,
        Self::Key,
        Self::Missing,
        Self::Placeholder,
        Self::True,
        Self::Kind,
        Self::Echo,
        Self::Reader,
        Self::Date,
        Self::NoReply,
        Self::Reference,
        Self::Own,
        Self::Praise,
        Self::Idea,
        Self::Tone,
        Self::Plain,
        Self::Next,
        Self::Phrase,
        Self::Error,
    ];

    /// Its name in reports, which stays the same from version to version.
    pub fn id(self) -> &'static str {
        match self {
            Self::Json => "file/json",
            Self::Type => "file/type",
            Self::Key => "file/key",
            Self::Missing => "file/missing",
            Self::Placeholder => "file/placeholder",
            Self::True => "voice/01-true",
            Self::Kind => "voice/02-kind",
            Self::Echo => "voice/03-echo",
            Self::Reader => "voice/04-reader",
            Self::Date => "voice/05-date",
            Self::NoReply => "voice/06-no-reply",
            Self::Reference => "voice/07-reference",
            Self::Own => "voice/08-own",
            Self::Praise => "voice/09-praise",
            Self::Idea => "voice/10-idea",
            Self::Tone => "voice/11-tone",
            Self::Plain => "voice/12-plain",
            Self::Next => "voice/13-next",
            Self::Phrase => "voice/14-phrase",
            Self::Error => "voice/15-error",
        }
    }

    /// The rule of that name.
    pub(crate) fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.id() == id)
    }

    /// What it asks for, in a sentence.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Json => "The file is valid JSON.",
            Self::Type => "Each key has a text, and each other member of a site’s file what it has to be.",
            Self::Key => "Each key, locale and member of a site’s file is one that is asked for, and stands once.",
            Self::Missing => "A complete catalog has every key.",
            Self::Placeholder => "A text has the same placeholders as the English one.",
            Self::True => "Say only what is true now: thank once it has arrived, name the device while it is kept.",
            Self::Kind => "The first sentence has at most 12 words and names the kind.",
            Self::Echo => "Repeat the visitor's own words.",
            Self::Reader => "Name who reads it, with an active verb.",
            Self::Date => "Promise a calendar date, never “soon”.",
            Self::NoReply => "Promise no reply where no address was left; say that it is read.",
            Self::Reference => "Give a short reference that can be spoken, and call it that.",
            Self::Own => "Own a complaint: no conditional apology.",
            Self::Praise => "Say to whom praise is passed on; sell nothing and ask for no review.",
            Self::Idea => "Say what happens to ideas.",
            Self::Tone => "“I” is a named person; no exclamation mark and no emoji at a complaint or an error.",
            Self::Plain => "Sentences of at most 20 words, 60 words in all, plain enough for grade 6.",
            Self::Next => "Leave the visitor a next step.",
            Self::Phrase => "Use no forbidden phrase.",
            Self::Error => "An error says what to do or what is wrong, without please, sorry or blame.",
        }
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Worth knowing; the text passes.
    Note,
    /// A measurement that is seldom wrong: the text does not pass.
    Warning,
    /// Plainly against the rule: the text does not pass.
    Error,
}

impl Level {
    /// Its name in reports, as SARIF has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What is wrong with one text, and what would be better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The rule it is against.
    pub rule: Rule,
    /// How much it weighs.
    pub level: Level,
    /// Why, quoting the text.
    pub why: String,
    /// A better way to say it.
    pub instead: String,
}

impl Remark {
    /// A text plainly against a rule.
    pub(crate) fn error(rule: Rule, why: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { rule, level: Level::Error, why: why.into(), instead: instead.into() }
    }

    /// A measurement against a rule.
    pub(crate) fn warning(rule: Rule, why: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { level: Level::Warning, ..Self::error(rule, why, instead) }
    }

    /// Something worth knowing.
    pub(crate) fn note(rule: Rule, why: impl Into<String>, instead: impl Into<String>) -> Self {
        Self { level: Level::Note, ..Self::error(rule, why, instead) }
    }

    /// A value of another type than the one that is wanted.
    pub(crate) fn wrong_type(value: &Value, wanted: &str) -> Self {
        let is = match value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Self::error(Rule::Type, format!("it is {is}"), format!("Write {wanted}."))
    }
}
