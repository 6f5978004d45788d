//! What is counted of those who read a wording that is tried out.

use serde::{Deserialize, Serialize};

use super::rules::{Breach, check_name, is_tag, rule, within};

/// How far a visitor has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// The panel was opened, and its wording stood there; a panel in the page's text was seen.
    Opened,
    /// A kind was chosen.
    Chosen,
    /// Words were begun.
    Started,
    /// Words have arrived. The endpoint counts it by itself, and takes it from nobody.
    #[serde(skip_deserializing)]
    Sent,
    /// The panel was closed, or the page left, before words had arrived.
    Left,
}

impl Step {
    /// All steps, in their order.
    pub const ALL: [Self; 5] = [Self::Opened, Self::Chosen, Self::Started, Self::Sent, Self::Left];

    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Chosen => "chosen",
            Self::Started => "started",
            Self::Sent => "sent",
            Self::Left => "left",
        }
    }
}

/// One step of one opening of the panel. It is posted once, and never tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The version of the contract: [`VERSION`](super::VERSION).
    pub v: u8,
    /// The site that tries wordings out.
    pub site: String,
    /// The message that the visitor could write then. It is remembered for a day at most, and stored nowhere.
    pub id: String,
    /// The experiment that the opening takes part in: 1 to 64 characters.
    pub experiment: String,
    /// The wording that is read: 1 to 64 characters.
    pub variant: String,
    /// The language of the words, as a BCP 47 tag.
    pub locale: String,
    /// How far the visitor has come.
    pub step: Step,
}

impl Count {
    /// Checks every rule of the contract.
    ///
    /// # Errors
    /// The first [`Breach`], in the order of the fields.
    pub fn check(&self) -> Result<(), Breach> {
        check_name(self.v, &self.site, &self.id)?;
        rule("experiment", "1 to 64 characters", within(Some(&self.experiment), super::TAG_MAX))?;
        rule("variant", "1 to 64 characters", within(Some(&self.variant), super::TAG_MAX))?;
        rule("locale", "a BCP 47 language tag", is_tag(&self.locale))?;
        rule("step", "opened, chosen, started or left", self.step != Step::Sent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count() -> Count {
        Count {
            v: 1,
            site: "shop.example".into(),
            id: "0".repeat(32),
            experiment: "titles".into(),
            variant: "short".into(),
            locale: "en".into(),
            step: Step::Opened,
        }
    }

    #[test]
    fn its_form_on_the_wire() {
        let json = r#"{"v":1,"site":"shop.example","id":"00000000000000000000000000000000","experiment":"titles","variant":"short","locale":"en","step":"opened"}"#;
        assert_eq!(serde_json::to_string(&count()).unwrap(), json);
        assert_eq!(serde_json::from_str::<Count>(json).unwrap(), count());
        for step in Step::ALL {
            assert_eq!(serde_json::to_value(step).unwrap(), step.name());
        }
    }

    #[test]
    fn each_rule_is_checked() {
        assert_eq!(count().check(), Ok(()));
        let long = "x".repeat(65);
        for (broken, field) in [
            (Count { v: 2, ..count() }, "v"),
            (Count { site: "Shop".into(), ..count() }, "site"),
            (Count { id: "1".into(), ..count() }, "id"),
            (Count { experiment: String::new(), ..count() }, "experiment"),
            (Count { experiment: long.clone(), ..count() }, "experiment"),
            (Count { variant: String::new(), ..count() }, "variant"),
            (Count { variant: long, ..count() }, "variant"),
            (Count { locale: "e n".into(), ..count() }, "locale"),
            (Count { step: Step::Sent, ..count() }, "step"),
        ] {
            assert_eq!(broken.check().unwrap_err().field, field);
        }
    }
}
