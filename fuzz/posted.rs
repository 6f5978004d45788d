//! What anybody may post: any bytes at all. `cargo xtask fuzz` looks for more of them; what it has found stands in
//! `__fuzz__` and is read again by every run of these tests.

#![cfg(test)]

use std::fmt::Debug;

use bolero::check;
use say_so::feedback::{Contact, Count, Submission, Withdrawal, length, problems, trimmed};
use say_so_collector::ingest::read_posted;
use serde::{Serialize, de::DeserializeOwned};

/// Reads bytes as one of the things that are posted; none if they are refused. What is kept of them is read as the same,
/// and loses no more when it is read again.
fn read<T: Debug + PartialEq + Serialize + DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let (read, kept) = read_posted::<T>(bytes)?;
    let (again, still_kept) = read_posted::<T>(kept.as_bytes()).unwrap();
    assert_eq!((&again, &still_kept), (&read, &kept), "{bytes:?}");
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(read_posted::<T>(written.as_bytes()).unwrap().0, read, "{written} is written of {bytes:?}");
    Some(read)
}

#[test]
fn any_bytes_are_a_submission_or_refused() {
    check!().for_each(|bytes: &[u8]| {
        let Some(mut submission) = read::<Submission>(bytes) else { return };
        submission.trim();
        let trimmed = submission.clone();
        submission.trim();
        assert_eq!(submission, trimmed, "white space is taken away at once");
        if submission.check().is_ok() {
            assert_eq!(submission.message.is_some(), submission.revision > 0);
        }
    });
}

#[test]
fn any_bytes_are_a_withdrawal_or_refused() {
    check!().for_each(|bytes: &[u8]| {
        if let Some(withdrawal) = read::<Withdrawal>(bytes) {
            drop(withdrawal.check());
        }
    });
}

#[test]
fn any_bytes_are_a_step_or_refused() {
    check!().for_each(|bytes: &[u8]| {
        if let Some(count) = read::<Count>(bytes) {
            drop(count.check());
        }
    });
}

#[test]
fn any_text_is_judged() {
    check!().with_type::<(String, String, String, bool)>().for_each(|(message, name, email, reply)| {
        let found = problems(message, name, email, *reply);
        assert_eq!(found, problems(trimmed(message), trimmed(name), trimmed(email), *reply), "white space counts");
        assert_eq!(trimmed(trimmed(message)), trimmed(message));
        assert!(found.iter().all(|problem| problem.length().is_none_or(|max| max > 100)));
        // What the browser lets through the collector takes.
        if found.is_empty() {
            let contact = Contact {
                name: Some(trimmed(name).to_owned()).filter(|name| !name.is_empty()),
                email: Some(trimmed(email).to_owned()).filter(|email| !email.is_empty()),
                reply: *reply,
            };
            let text = trimmed(message).to_owned();
            assert!(length(&text) <= 4_000);
            let submission = Submission { message: Some(text), contact: Some(contact), ..words() };
            assert_eq!(submission.check(), Ok(()));
        }
    });
}

/// Words with nothing about them.
fn words() -> Submission {
    let words = r#"{"v":1,"site":"shop.example","id":"0123456789abcdef0123456789abcdef","revision":1,"kind":"complaint",
        "message":"Late.","wording":{"locale":"en"},"page":{"url":"https://shop.example/"},
        "sent_at":"2026-11-21T09:30:00.000Z"}"#;
    read_posted(words.as_bytes()).unwrap().0
}
