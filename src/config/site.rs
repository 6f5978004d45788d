//! What a site sets in its file, `say-so.json`: who reads, when, how else to reach a person, and its own words.
//!
//! From these types come the file's reference and its JSON Schema, and the shape that the voice check
//! holds it against: an empty file, written out. In the browser each member is read by itself, so that
//! a wrong one costs no other.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::experiment;

/// A site's file. Everything in it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Site {
    /// Where editors find the schema of this file; the widget does not read it.
    #[serde(rename = "$schema")]
    pub schema: String,
    /// Who reads what visitors send. The confirmation names them.
    pub reader: Reader,
    /// When they work, and how long a reply takes. From it comes the day the visitor is told.
    pub hours: Hours,
    /// Other ways to reach a person, shown below the confirmation, and where sending fails.
    pub reach: Reach,
    /// Your own sentences: for a language, such as `en` or `pt-BR`, sentences by the keys of the catalog.
    pub wording: Wording,
    /// Wordings that are tried out against each other. An opening of the panel takes part in one experiment at most.
    pub experiments: Vec<Experiment>,
    /// Where the steps of those who take part are counted: the address of the collector’s `/v1/counts`, also relative
    /// to the page. Without it, nothing is counted but the messages that arrive.
    pub counts: String,
    /// Whether a random id may be kept in the visitor’s browser, so that who comes back reads the same words. Where the
    /// browser asks not to be tracked by Global Privacy Control, none is kept.
    pub remember: bool,
    /// One experiment in the form that came before `experiments`; it is read on.
    pub experiment: Single,
}

/// Sentences by the keys of the catalog, for each language.
type Wording = BTreeMap<String, BTreeMap<String, String>>;

/// Who reads what visitors send.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Reader {
    /// A person's name as visitors read it, such as `Dana`.
    pub person: String,
    /// A team's name, such as `Customer Care`: without an article, and without a word for team.
    pub team: String,
}

/// When a site's people work, and how long a reply takes.
///
/// Without a time zone, a reply and at least one day with hours, no day is promised.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Hours {
    /// The site's time zone: an IANA name, such as `Europe/Berlin`.
    pub zone: String,
    /// Monday's hours, such as `["09:00-12:30", "13:00-17:00"]`; `24:00` is the end of a day.
    pub monday: Vec<String>,
    /// Tuesday's hours.
    pub tuesday: Vec<String>,
    /// Wednesday's hours.
    pub wednesday: Vec<String>,
    /// Thursday's hours.
    pub thursday: Vec<String>,
    /// Friday's hours.
    pub friday: Vec<String>,
    /// Saturday's hours.
    pub saturday: Vec<String>,
    /// Sunday's hours.
    pub sunday: Vec<String>,
    /// Days without hours: `2026-12-25`, or `12-25` for every year.
    pub holidays: Vec<String>,
    /// How long a reply takes at most, in working days or working time: `2 days`, `8 hours` or `90 minutes`.
    pub reply: String,
}

/// Wordings that are tried out against each other.
///
/// An opening of the panel reads one of them, drawn by its weight, in the languages in which a variant has sentences.
/// Which one it was travels with the words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Experiment {
    /// The experiment’s id: 1 to 64 of `A-Z a-z 0-9 _ . -`. It is counted under this; another experiment has another.
    pub id: String,
    /// When it begins: a day such as `2026-12-01`, which begins at 00:00 UTC, or an instant such as
    /// `2026-12-01T09:00:00Z`. Without it, it has begun.
    pub start: String,
    /// When it ends, likewise: from that instant on nobody takes part.
    pub end: String,
    /// Two to 20 wordings.
    pub variants: Vec<Variant>,
}

/// One of the wordings of an experiment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Variant {
    /// The variant’s id: 1 to 64 of `A-Z a-z 0-9 _ . -`.
    pub id: String,
    /// How often it is drawn beside the others: a whole number from 0 to 1,000. Left out, it is 1.
    #[serde(deserialize_with = "weight")]
    pub weight: Option<u16>,
    /// Sentences as in the file’s own `wording`, which go before those there. `{}` says what the site says anyway.
    pub wording: Wording,
}

/// Reads a weight: see [`experiment::weight`].
fn weight<'de, D: Deserializer<'de>>(value: D) -> Result<Option<u16>, D::Error> {
    let Some(number) = Option::<f64>::deserialize(value)? else { return Ok(None) };
    experiment::weight(number).map(Some).ok_or_else(|| D::Error::custom("a weight is a whole number from 0 to 1,000"))
}

/// One experiment in the form that came before: each variant is as likely.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Single {
    /// The experiment’s name: 1 to 64 characters.
    pub name: String,
    /// The variants: for each name, of 1 to 64 characters, sentences as in `wording`, which go before those there.
    /// One of `{}` says what the site says anyway.
    pub variants: BTreeMap<String, Wording>,
}

/// Other ways to reach a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Reach {
    /// A telephone number, as people write it.
    pub phone: String,
    /// An e-mail address.
    pub email: String,
    /// A postal address, in one line.
    pub address: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_file_is_read() {
        let json = r#"{
            "$schema": "say-so.schema.json",
            "reader": { "person": "Dana", "team": "Customer Care" },
            "hours": { "zone": "Europe/Berlin", "monday": ["09:00-17:00"], "holidays": ["12-25"], "reply": "2 days" },
            "reach": { "phone": "+49 30 1234" },
            "wording": { "en": { "title": "How did we do?" } },
            "experiments": [
                { "id": "titles", "end": "2027-01-01", "variants": [
                    { "id": "as-ever" },
                    { "id": "short", "weight": 2, "wording": { "en": { "title": "Well?" } } }
                ] }
            ],
            "counts": "/v1/counts",
            "remember": true,
            "experiment": { "name": "titles", "variants": { "as ever": {}, "short": { "en": { "title": "Well?" } } } }
        }"#;
        let site: Site = serde_json::from_str(json).unwrap();
        assert_eq!(site.reader.person, "Dana");
        assert_eq!(site.hours.monday, ["09:00-17:00"]);
        assert_eq!(site.wording["en"]["title"], "How did we do?");
        assert_eq!(site.experiments[0].variants[1].weight, Some(2));
        assert_eq!(site.experiments[0].variants[1].wording["en"]["title"], "Well?");
        assert_eq!(site.experiment.variants["short"]["en"]["title"], "Well?");
    }

    #[test]
    fn a_weight_is_read_as_the_panel_reads_it() {
        let read = |weight: &str| serde_json::from_str::<Variant>(&format!(r#"{{"id":"a","weight":{weight}}}"#));
        for (fine, weight) in [("2", Some(2)), ("3.0", Some(3)), ("1e2", Some(100)), ("null", None)] {
            assert_eq!(read(fine).unwrap().weight, weight, "{fine}");
        }
        for wrong in ["1.5", "-1", "1001", "65537"] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(error.starts_with("a weight is a whole number from 0 to 1,000"), "{wrong}: {error}");
        }
        assert!(read("\"2\"").is_err());
    }

    #[test]
    fn a_misspelt_member_is_named() {
        let error = serde_json::from_str::<Site>(r#"{"hours":{"mondy":[]}}"#).unwrap_err().to_string();
        assert!(error.contains("mondy") && error.contains("monday"), "{error}");
    }
}
