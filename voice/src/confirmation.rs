//! The rules that hold only for a confirmation as a whole.

use say_so::{feedback::Kind, wording::Delivery};

use crate::{
    check, count, list,
    phrase::{Language, fold},
    role::Role,
    rule::{Remark, Rule},
};

/// How much of the visitor's own words is repeated, in characters (rule 3).
pub const ECHO: usize = 80;
/// An echo may be cut between words, so this many characters of a longer message are enough.
const ECHO_LEAST: usize = 60;
/// The longest reference, hyphens included (rule 7).
const REFERENCE: usize = 12;
/// Keys that offer the visitor something to do next (rule 13). After a bare click that is the form.
const NEXT: [&str; 9] =
    ["more", "save", "take-back", "reach", "again", "copy.words", "complaint.send", "praise.send", "suggestion.send"];

/// A confirmation as it was put together, and the facts that it was put together from.
///
/// ```
/// use say_so::{feedback::Kind, wording::Delivery};
/// use say_so_voice::Confirmation;
///
/// let confirmation = Confirmation {
///     locale: "en",
///     kind: Kind::Complaint,
///     delivery: Delivery::Sent,
///     parts: &[("thanks.complaint", "We have received your feedback."), ("reference", "Your reference: K7M-4QPA")],
///     message: "",
///     theirs: &[],
///     address: false,
///     reply: false,
///     date: None,
///     reader: None,
///     person: false,
///     reference: Some("K7M-4QPA"),
/// };
/// let remarks = confirmation.check();
/// assert!(remarks.iter().any(|(key, remark)| key == "thanks.complaint" && remark.why.contains("feedback")));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Confirmation<'a> {
    /// The locale of the texts.
    pub locale: &'a str,
    /// The kind that is confirmed.
    pub kind: Kind,
    /// What has become of the words.
    pub delivery: Delivery,
    /// What the visitor reads, from top to bottom: the key in the catalog, and its sentence with the
    /// placeholders filled. The echo stands with the key `wrote`. Buttons count as next steps
    /// (`more`, `save`, `take-back`, `again`, `complaint.send`), but their texts as no words.
    pub parts: &'a [(&'a str, &'a str)],
    /// The visitor's message; empty if they only clicked.
    pub message: &'a str,
    /// The visitor's name and address, where the texts contain them. The checks leave them out.
    pub theirs: &'a [&'a str],
    /// Whether the visitor left an address.
    pub address: bool,
    /// Whether the visitor wants a reply.
    pub reply: bool,
    /// The promised date as it stands in the text, if one is promised.
    pub date: Option<&'a str>,
    /// Who reads it, as it stands in the text: “Dana in Customer Care”, “A person on our team”.
    pub reader: Option<&'a str>,
    /// Whether `reader` names a person, who may then say “I”.
    pub person: bool,
    /// The reference that the endpoint gave.
    pub reference: Option<&'a str>,
}

impl Confirmation<'_> {
    /// What is wrong with it: each remark with the key of the part, or an empty key for the whole.
    ///
    /// The parts are checked as the texts of a catalog are, then the whole against the rules 1 to 8
    /// and 11 to 13.
    pub fn check(&self) -> Vec<(String, Remark)> {
        let mut remarks = Vec::new();
        for (key, text) in self.parts {
            let ours = self.ours(key, text);
            let found = check::text(Role::of(key), &ours, self.locale);
            remarks.extend(found.into_iter().map(|remark| ((*key).to_owned(), remark)));
            if let Some(hole) = crate::file::placeholders(&ours).first() {
                let why = format!("the placeholder {{{hole}}} is not filled");
                remarks.push((
                    (*key).to_owned(),
                    Remark::error(Rule::Placeholder, why, "Fill it, or leave the part out."),
                ));
            }
        }
        let mut whole = Vec::new();
        self.truth(&mut whole);
        self.opening(&mut whole);
        if self.delivery != Delivery::NotKept {
            self.echo(&mut whole);
            self.own(&mut whole);
        }
        // A bare click has nothing for anyone to read or answer.
        if self.delivery == Delivery::Sent && !self.message.is_empty() {
            self.reader(&mut whole);
            self.promise(&mut whole);
            self.reference(&mut whole);
        }
        self.size(&mut whole);
        if !self.parts.iter().any(|(key, _)| NEXT.contains(key)) {
            let instead = "Offer to add something, to reach a person, or to take it back.";
            whole.push(Remark::error(Rule::Next, "it ends without a next step", instead));
        }
        remarks.extend(whole.into_iter().map(|remark| (String::new(), remark)));
        remarks
    }

    fn has(&self, family: &str) -> bool {
        self.parts.iter().any(|(key, _)| key.split('.').next() == Some(family))
    }

    fn part(&self, key: &str) -> bool {
        self.parts.iter().any(|(known, _)| *known == key)
    }

    fn says(&self, words: &str) -> bool {
        self.parts.iter().any(|(_, text)| text.contains(words))
    }

    /// A part without the visitor's own words, name and address.
    fn ours(&self, key: &str, text: &str) -> String {
        let mut ours = if key == "wrote" { before_echo(text).to_owned() } else { text.to_owned() };
        for theirs in self.theirs.iter().filter(|theirs| !theirs.is_empty()) {
            ours = without(&ours, theirs, Language::of(self.locale));
        }
        ours
    }

    /// Rule 1.
    fn truth(&self, remarks: &mut Vec<Remark>) {
        let (thanks, kept) = (self.has("thanks"), self.has("kept") || self.part("noted.kept"));
        let lost = self.has("problem") || self.part("noted.not");
        let why = match self.delivery {
            Delivery::Sent if kept => "it has been sent, and the text says it is kept on the device",
            Delivery::Kept if thanks => "it is only kept on the device, and the text thanks as if it had arrived",
            Delivery::Kept if !kept => "it is kept on the device, and the text does not say so",
            Delivery::NotKept if thanks || kept => "it has not been sent, and the text sounds as if it had been",
            Delivery::NotKept if !lost => "it has not been sent, and the text does not say so",
            _ => return,
        };
        remarks.push(Remark::error(Rule::True, why, "Take the thanks.*, kept.* or problem.* texts that are true."));
    }

    /// Rule 2: the first sentence of all names the kind, also where its part has a key without a kind.
    fn opening(&self, remarks: &mut Vec<Remark>) {
        let Some((key, text)) = self.parts.first() else { return };
        let role = Role::of(key);
        let names_itself = matches!(role, Role::Thanks(Some(_)) | Role::Kept(Some(_)) | Role::Noted(Some(_)));
        // “Your choice is kept” stands beside the choice that was made.
        if (names_itself && role.kind() == Some(self.kind)) || role == Role::Noted(None) {
            return;
        }
        let as_thanks = check::text(Role::Thanks(Some(self.kind)), &self.ours(key, text), self.locale);
        remarks.extend(as_thanks.into_iter().filter(|remark| remark.rule == Rule::Kind));
    }

    /// Rule 3.
    fn echo(&self, remarks: &mut Vec<Remark>) {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = plain(self.message);
        let least = message.chars().count().min(ECHO_LEAST);
        let start: String = message.chars().take(least).collect();
        if !self.parts.iter().any(|(_, text)| plain(text).contains(&start)) {
            let instead = format!("Quote the first {ECHO} characters, as they were written.");
            remarks.push(Remark::error(Rule::Echo, "the visitor's own words are not in it", instead));
        }
    }

    /// Rule 4 and, for the company's “I”, rule 11.
    fn reader(&self, remarks: &mut Vec<Remark>) {
        let named = self.reader.is_some_and(|reader| self.says(reader));
        if !named || !self.has("reads") {
            let instead = "Add a reads.* text: “Dana in Customer Care reads it”.";
            remarks.push(Remark::error(Rule::Reader, "it does not say who reads it", instead));
        }
        let i = |text: &str| {
            fold(text, Language("en")).split([' ', ',', '.']).any(|word| ["i", "i'll", "i'm"].contains(&word))
        };
        if !self.person && Language::of(self.locale).is(&["en"]) {
            let said = |(key, text): &&(&str, &str)| Role::of(key) != Role::Label && i(&self.ours(key, text));
            if let Some((key, _)) = self.parts.iter().find(said) {
                let why = format!("{key} says “I”, and no person is named");
                remarks.push(Remark::error(Rule::Tone, why, "The company says “we”."));
            }
        }
    }

    /// Rules 5 and 6.
    fn promise(&self, remarks: &mut Vec<Remark>) {
        let replies = self.parts.iter().any(|(key, _)| ["reads.by", "reads.reply"].contains(key));
        let declines = self.parts.iter().any(|(key, _)| *key == "reads.none");
        if !(self.address && self.reply) {
            if replies || self.date.is_some_and(|date| self.says(date)) {
                let why = "it promises a reply, and there is nowhere to send one";
                remarks.push(Remark::error(Rule::NoReply, why, "Take reads.none."));
            } else if !declines {
                let why = "it does not say that no reply will come";
                remarks.push(Remark::error(Rule::NoReply, why, "Take reads.none."));
            }
            return;
        }
        match self.date {
            Some(date) if !self.says(date) => {
                remarks.push(Remark::error(
                    Rule::Date,
                    format!("“{date}” is promised, and not in the text"),
                    "Take reads.by.",
                ));
            }
            Some(date) if !date.contains(char::is_numeric) => {
                let why = format!("“{date}” is no calendar date");
                remarks.push(Remark::error(Rule::Date, why, "Give day and month: Tuesday 24 November."));
            }
            None if replies => {
                let why = "it promises a reply without a day";
                remarks.push(Remark::note(Rule::Date, why, "Set the working days, so that a date can be given."));
            }
            _ => {}
        }
    }

    /// Rule 7.
    fn reference(&self, remarks: &mut Vec<Remark>) {
        let Some(reference) = self.reference else {
            return remarks.push(Remark::error(Rule::Reference, "it has no reference", "Show what the endpoint gave."));
        };
        if !self.says(reference) {
            remarks.push(Remark::error(Rule::Reference, "the reference is not in the text", "Add the reference text."));
        }
        let speakable =
            |char: char| (char.is_ascii_digit() || char.is_ascii_uppercase() || char == '-') && !"ILOU".contains(char);
        if reference.chars().count() > REFERENCE || !reference.chars().all(speakable) {
            let why = format!("“{reference}” is hard to say on the phone");
            remarks.push(Remark::warning(Rule::Reference, why, "Use seven digits of Crockford's base 32: K7M-4QPA."));
        }
    }

    /// Rules 8, 9 and 10: what we make of it is said, for the kind that it is.
    fn own(&self, remarks: &mut Vec<Remark>) {
        let key = format!("own.{}", self.kind.name());
        if self.delivery == Delivery::Sent && !self.message.is_empty() && !self.part(&key) {
            let rule = match self.kind {
                Kind::Complaint => Rule::Own,
                Kind::Praise => Rule::Praise,
                Kind::Suggestion => Rule::Idea,
            };
            remarks.push(Remark::error(rule, "it does not say what you make of it", format!("Add the text {key}.")));
        }
    }

    /// Rule 12. The visitor's own words and the buttons don't count.
    fn size(&self, remarks: &mut Vec<Remark>) {
        let language = Language::of(self.locale);
        let said = self.parts.iter().filter(|(key, _)| *key != "wrote" && !BUTTONS.contains(key));
        let text = said.map(|(key, text)| self.ours(key, text)).collect::<Vec<_>>().join(" ");
        let words = count::words(&text, language).unwrap_or_default();
        if words > check::TEXT {
            let instead = format!("{} words are enough.", check::TEXT);
            remarks.push(Remark::error(Rule::Plain, format!("it has {words} words"), instead));
        }
        if let Some(formula) = list::of(self.locale).and_then(|list| list.reading) {
            remarks.extend(check::plain(formula, &text, language));
        }
    }
}

/// Keys whose texts stand on buttons.
pub(crate) const BUTTONS: [&str; 12] = [
    "more",
    "save",
    "take-back",
    "quote.send",
    "answer.send",
    "reference.copy",
    "again",
    "copy.words",
    "complaint.send",
    "praise.send",
    "suggestion.send",
    "done",
];

/// The words that introduce the echo, up to its quotation mark or colon.
fn before_echo(text: &str) -> &str {
    let end = text.find(['“', '"', '«', '„', '「', ':', '：']).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// The text with “X” for each of the words that stand by themselves in it.
fn without(text: &str, words: &str, language: Language) -> String {
    let mut left = String::new();
    let mut from = 0;
    for (at, words) in text.match_indices(words) {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let joined = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        if !joined || language.runs_on() {
            left += &text[from..at];
            left.push('X');
            from = at + words.len();
        }
    }
    left + &text[from..]
}
