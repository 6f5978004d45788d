use super::*;
use crate::feedback::{MESSAGE_MAX, is_email};

fn draft(message: &str) -> Draft {
    Draft { kind: Kind::Complaint, message: message.into(), name: String::new(), email: String::new(), reply: false }
}

#[test]
fn words_are_enough() {
    assert_eq!(draft("Late.").check(), []);
}

#[test]
fn nothing_but_space_is_empty() {
    for blank in ["", " \n\t", "\u{a0}\u{feff}\u{2028}\u{85}"] {
        assert_eq!(draft(blank).check(), [Problem::MessageEmpty], "{blank:?}");
    }
}

#[test]
fn length_counts_scalar_values_after_trimming() {
    let fits = format!("  {}  ", "😀".repeat(MESSAGE_MAX));
    assert_eq!(draft(&fits).check(), []);
    let over = "é".repeat(MESSAGE_MAX + 1);
    assert_eq!(draft(&over).check(), [Problem::MessageTooLong { length: 4_001 }]);
}

#[test]
fn every_broken_rule_is_found_at_once_in_the_order_of_the_fields() {
    let draft = Draft { name: "n".repeat(101), email: "nobody".to_string(), reply: true, ..draft("") };
    assert_eq!(draft.check(), [Problem::MessageEmpty, Problem::NameTooLong { length: 101 }, Problem::EmailWrong]);
}

#[test]
fn a_reply_needs_an_address() {
    assert_eq!(Draft { reply: true, ..draft("Hi") }.check(), [Problem::EmailMissing]);
    assert_eq!(Draft { reply: true, email: "ada@example.com".into(), ..draft("Hi") }.check(), []);
}

#[test]
fn an_address_has_a_form() {
    for good in ["a@b", "ada@example.com", "o'hara+x@sub.example.co.uk", "用户@例子.公司", "{x}|y@z-z.org"] {
        assert!(is_email(good), "{good}");
    }
    for bad in ["", "ada", "@b", "a@", "a@b@c", "a@b..c", "a@.b", "a@b.", "a b@c", "<a@b>", "a@b,c@d", "a\0@b", "a:b@c"]
    {
        assert!(!is_email(bad), "{bad}");
    }
}

#[test]
fn an_address_is_at_most_254_long() {
    let fits = format!("{}@b.c", "a".repeat(250));
    let draft = |email| Draft { email, reply: true, ..draft("Hi") };
    assert_eq!(draft(fits.clone()).check(), []);
    assert_eq!(draft(format!("a{fits}")).check(), [Problem::EmailTooLong { length: 255 }]);
}

/// The fields are not seen then; a browser may have filled them all the same.
#[test]
fn who_wants_no_reply_leaves_neither_name_nor_address() {
    let unasked = Draft { name: "n".repeat(101), email: "nobody".into(), ..draft("Hi") };
    assert_eq!((unasked.check(), unasked.contact()), (vec![], None));
}

#[test]
fn a_contact_is_trimmed() {
    let named = Draft { name: " Priya ".into(), email: "a@b".into(), reply: true, ..draft("Hi") };
    let contact = Contact { name: Some("Priya".into()), email: Some("a@b".into()), reply: true };
    assert_eq!(named.contact(), Some(contact));
    let reached = Draft { email: " ada@example.com\n".into(), reply: true, ..draft("Hi") };
    assert_eq!(reached.contact(), Some(Contact { name: None, email: Some("ada@example.com".into()), reply: true }));
}
