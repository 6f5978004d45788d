//! A file of texts: a catalog, an overlay, or a site's file with its wording.

use serde_json::{Map, Value};

use crate::{
    check,
    keys::{KNOWN, nearest},
    list,
    place::{Place, index, places},
    role::Role,
    rule::{Level, Remark, Rule},
    site,
};

/// What is wrong with a text in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file, as it was named.
    pub file: String,
    /// The line of the key, from 1.
    pub line: usize,
    /// The column of the key in characters, from 1.
    pub column: usize,
    /// The locale that the text was read as; empty for what is no text.
    pub locale: String,
    /// The key, or the member of a site's file, such as `hours.zone` or `experiments[0].start`; empty where the file as a whole is at fault.
    pub key: String,
    /// The members from the outside in, such as `wording`, `en` and `title`; an item of a list is `[0]`, `[1]` and so
    /// on. Empty where the file as a whole is at fault.
    pub path: Vec<String>,
    /// The rule, why, and a better way.
    pub remark: Remark,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// What was found in it, from top to bottom.
    pub findings: Vec<Finding>,
    /// Whether it could be used at all: JSON, with an object of texts.
    pub usable: bool,
}

/// Checks the texts of a file.
///
/// It is either an object of keys and texts, or a site's file, whose member `wording` has such an
/// object for each locale, as has each variant of an experiment. A site's file has its other members
/// checked too. `locale` is that of an object of texts; with `complete` a missing key is a finding too.
pub fn file(name: &str, json: &str, locale: &str, complete: bool) -> Read {
    let mut reader = Reader { file: name, places: Vec::new(), findings: Vec::new() };
    let value = match serde_json::from_str::<Value>(json) {
        Ok(value) => value,
        Err(error) => {
            let remark =
                Remark::error(Rule::Json, format!("it is not valid JSON: {error}"), "Mend it and check again.");
            let (line, column) = (error.line().max(1), error.column().max(1));
            let (file, locale) = (name.to_owned(), locale.to_owned());
            let (key, path) = (String::new(), Vec::new());
            return Read { findings: vec![Finding { file, line, column, locale, key, path, remark }], usable: false };
        }
    };
    let Value::Object(members) = value else {
        reader.add(locale, &[], Remark::error(Rule::Type, "it is not an object", "Write { \"key\": \"text\" }."));
        return Read { findings: reader.findings, usable: false };
    };
    reader.places = places(json);
    let mut usable = true;
    if site::is_site(&members) {
        usable = reader.site(&members, complete);
    } else {
        reader.texts(locale, &[], &members, complete);
    }
    reader.findings.sort_by_key(|finding| (finding.line, finding.column));
    Read { findings: reader.findings, usable }
}

struct Reader<'a> {
    file: &'a str,
    places: Vec<Place>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn add(&mut self, locale: &str, path: &[&str], remark: Remark) {
        let at = self.places.iter().rfind(|place| place.path == path);
        let (line, column) = at.map_or((1, 1), |place| (place.line, place.column));
        let key = match path {
            ["wording", .., key]
            | ["experiment", "variants", _, _, .., key]
            | ["experiments", _, "variants", _, "wording", _, key] => (*key).to_owned(),
            path => path.join(".").replace(".[", "["),
        };
        self.findings.push(Finding {
            file: self.file.to_owned(),
            line,
            column,
            locale: locale.to_owned(),
            key,
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            remark,
        });
    }

    /// Checks a site's file; says whether its wording can be used.
    fn site(&mut self, members: &Map<String, Value>, complete: bool) -> bool {
        for (path, remark) in site::check(members) {
            let path: Vec<_> = path.iter().map(String::as_str).collect();
            self.add("", &path, remark);
        }
        let mut usable = self.wording(&["wording"], members.get("wording"), complete);
        // A variant says in its own way only what it tries out.
        let variants = members.get("experiment").and_then(|experiment| experiment.get("variants"));
        for (name, wording) in variants.and_then(Value::as_object).into_iter().flatten() {
            usable &= self.wording(&["experiment", "variants", name], Some(wording), false);
        }
        for (at, experiment) in items(members.get("experiments")) {
            for (of, variant) in items(experiment.get("variants")) {
                usable &=
                    self.wording(&["experiments", &at, "variants", &of, "wording"], variant.get("wording"), false);
            }
        }
        usable
    }

    /// Checks the sentences of each locale; says whether they can be used.
    fn wording(&mut self, path: &[&str], wording: Option<&Value>, complete: bool) -> bool {
        let locales = match wording {
            Some(Value::Object(locales)) => locales,
            Some(other) => {
                self.add("", path, Remark::wrong_type(other, "an object of locales"));
                return false;
            }
            None => return true,
        };
        for (locale, texts) in locales {
            let path = [path, &[locale.as_str()]].concat();
            if list::FILES.iter().all(|(known, _)| known != locale) {
                self.add(locale, &path, unknown_locale(locale));
            }
            match texts {
                Value::Object(texts) => self.texts(locale, &path, texts, complete),
                other => self.add(locale, &path, Remark::wrong_type(other, "an object of keys and texts")),
            }
        }
        true
    }

    fn texts(&mut self, locale: &str, path: &[&str], texts: &Map<String, Value>, complete: bool) {
        if list::of(locale).is_none() {
            let why = format!("there is no list of phrases for “{locale}”, so only lengths and marks are checked");
            self.add(locale, path, Remark::note(Rule::Phrase, why, "Add one in voice/lists/."));
        }
        for (key, value) in texts {
            let path = [path, &[key.as_str()]].concat();
            let twice = self.places.iter().filter(|place| place.path == path).count() > 1;
            if twice {
                self.add(locale, &path, Remark::error(Rule::Key, "it stands here twice", "Keep one of them."));
            }
            let Some(english) = KNOWN.get(key) else {
                self.add(locale, &path, Remark::error(Rule::Key, "there is no such key", nearest(key, KNOWN.keys())));
                continue;
            };
            let Value::String(text) = value else {
                self.add(locale, &path, Remark::wrong_type(value, "a text"));
                continue;
            };
            for remark in placeholder_remarks(english, text).into_iter().chain(check::text(Role::of(key), text, locale))
            {
                self.add(locale, &path, remark);
            }
            if let Some(remark) = untrue(key, text, texts) {
                self.add(locale, &path, remark);
            }
        }
        if complete {
            for (key, english) in KNOWN.iter().filter(|(key, _)| !texts.contains_key(*key)) {
                let why = format!("the key “{key}” is missing");
                self.add(locale, path, Remark::error(Rule::Missing, why, format!("In English it is “{english}”.")));
            }
        }
    }
}

/// The items of a list, each with how it stands in a path.
fn items(list: Option<&Value>) -> impl Iterator<Item = (String, &Value)> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.enumerate().map(|(at, item)| (index(at), item))
}

/// Rule 1 between two texts: what is kept on the device is not thanked for as if it had arrived.
fn untrue(key: &str, text: &str, texts: &Map<String, Value>) -> Option<Remark> {
    let kind = key.strip_prefix("kept.")?;
    let thanks = texts
        .get(&format!("thanks.{kind}"))
        .and_then(Value::as_str)
        .or_else(|| KNOWN.get(&format!("thanks.{kind}")).map(String::as_str))?;
    let bare = |text: &str| text.trim_end_matches(['.', '!', '。']).to_lowercase();
    bare(text).starts_with(&bare(thanks)).then(|| {
        let why = "it thanks as if the words had arrived; they are only kept";
        Remark::error(Rule::True, why, "Say that it is kept on this device.")
    })
}

/// The names of the placeholders in a text, sorted, each once.
pub(crate) fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.contains(char::is_whitespace))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What is wrong with the placeholders of a text.
fn placeholder_remarks(english: &str, text: &str) -> Vec<Remark> {
    let (asked, given) = (placeholders(english), placeholders(text));
    let missing = asked.iter().filter(|name| !given.contains(name)).map(|name| {
        let why = format!("the placeholder {{{name}}} is missing");
        Remark::error(Rule::Placeholder, why, format!("Use it as in “{english}”."))
    });
    let unknown = given.iter().filter(|name| !asked.contains(name)).map(|name| {
        let known = asked.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
        let instead =
            if known.is_empty() { "This text has none.".to_owned() } else { format!("This text has {known}.") };
        Remark::error(Rule::Placeholder, format!("there is no placeholder {{{name}}} here"), instead)
    });
    missing.chain(unknown).collect()
}

/// The remark on a language that the panel does not speak.
fn unknown_locale(locale: &str) -> Remark {
    let known: Vec<_> = list::FILES.iter().map(|(known, _)| *known).collect();
    let why = format!("the panel does not speak “{locale}”");
    Remark::error(Rule::Key, why, format!("Its languages are {}.", known.join(", ")))
}

/// Whether a finding keeps a text from passing.
pub fn counts(finding: &Finding) -> bool {
    finding.remark.level > Level::Note
}
