//! Some messages of the made-up past, so that the inbox and the quality of each wording have something to show.

use jiff::{ToSpan, civil::Date};
use say_so::feedback::{Contact, Kind, Page, Submission, VERSION, Wording};
use serde::Deserialize;

use super::past::{DAYS, chance};
use crate::{
    flag::SAMPLE,
    secret::sha256,
    site_file::Experiment,
    store::{PastMessage, Post},
};

/// A message as it stands in the list.
#[derive(Deserialize)]
struct Written {
    kind: Kind,
    locale: String,
    message: String,
    name: Option<String>,
    email: Option<String>,
    #[serde(default)]
    useful: bool,
}

/// The messages of an experiment, on the days up to that one: each under one of its variants, in turn.
pub fn messages(site: &str, experiment: &Experiment, until: Date) -> Vec<PastMessage> {
    let written: Vec<Written> =
        serde_json::from_str(include_str!("messages.json")).expect("the list is JSON, which its test reads");
    let variants = experiment.variants.iter().cycle();
    let message = |(place, (written, variant)): (usize, (Written, &crate::site_file::Variant))| {
        let draw = |what: &str| chance(&[&experiment.id, "message", &place.to_string(), what]);
        let day = until - ((draw("day") * f64::from(DAYS)) as i64).days();
        let (hour, minute) = (8 + (draw("hour") * 12.0) as u8, (draw("minute") * 60.0) as u8);
        let received = format!("{day}T{hour:02}:{minute:02}:00.000Z");
        let Written { kind, locale, message, name, email, useful } = written;
        let contact = (name.is_some() || email.is_some()).then(|| Contact { name, reply: email.is_some(), email });
        let submission = Submission {
            v: VERSION,
            site: site.to_owned(),
            id: sha256(&format!("{site}/{}/{place}", experiment.id)).chars().take(32).collect(),
            revision: 1,
            kind,
            message: Some(message),
            contact,
            promise: None,
            wording: Wording { locale, experiment: Some(experiment.id.clone()), variant: Some(variant.id.clone()) },
            page: Page { url: "https://nettlerow.example/".to_owned(), ..Page::default() },
            custom: Some([(SAMPLE.to_owned(), "made up".to_owned())].into_iter().collect()),
            sent_at: received.clone(),
            took_ms: Some(30_000),
            trap: None,
        };
        let body = serde_json::to_string(&submission).expect("a submission is always JSON");
        PastMessage { post: Post::new(&submission, &body, &sha256(&body)), received, useful }
    };
    written.into_iter().zip(variants).enumerate().map(message).collect()
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, time::Duration};

    use jiff::civil::date;

    use super::*;
    use crate::{
        databases::database,
        site_file::Variant,
        store::{Filter, Store},
    };

    #[tokio::test]
    async fn each_is_a_message_that_the_collector_would_take_and_no_counter_has() {
        let variant = |id: &str| Variant { id: id.to_owned(), share: 0.5, words: BTreeMap::new() };
        let experiment =
            Experiment { id: "titles".to_owned(), start: None, end: None, variants: vec![variant("a"), variant("b")] };
        let past = messages("127.0.0.1", &experiment, date(2026, 11, 25));
        let folder = tempfile::tempdir().unwrap();
        let address = database(&folder);
        let store = Store::open(&address, Duration::from_secs(20)).await.unwrap();
        let none = std::iter::empty();
        assert!(store.make_up("127.0.0.1", "titles", "2026-11-25", none.clone(), &past).await.unwrap());
        assert!(!store.make_up("127.0.0.1", "titles", "2026-11-25", none, &past).await.unwrap(), "it has one");
        let facts = store.facts("127.0.0.1", "titles").await.unwrap();
        assert_eq!(facts.iter().map(|facts| facts.messages).sum::<i64>(), past.len() as i64);
        assert!(facts.len() == 2 && facts.iter().all(|facts| facts.addresses > 2 && facts.useful > 2), "{facts:?}");
        let sent = |tally: crate::store::Tally| tally.sent;
        assert!(store.tallies("127.0.0.1", "titles").await.unwrap().into_iter().map(sent).all(|sent| sent == 0));
        for listed in store.list(&Filter::default()).await.unwrap().messages {
            let submission: Submission = serde_json::from_str(listed.body()).unwrap();
            assert_eq!(submission.check(), Ok(()));
            assert!(crate::flag::is_sample(&submission) && submission.revision == 1);
        }
        store.close().await;
    }
}
