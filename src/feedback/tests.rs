use super::{rules::is_time, *};

pub(crate) fn bare() -> Submission {
    Submission {
        v: VERSION,
        site: "shop.example".into(),
        id: "00112233445566778899aabbccddeeff".into(),
        revision: 0,
        kind: Kind::Complaint,
        message: None,
        contact: None,
        promise: None,
        wording: Wording { locale: "en".into(), experiment: None, variant: None },
        page: Page { url: "https://shop.example/cart".into(), ..Page::default() },
        custom: None,
        sent_at: "2026-11-21T09:30:00.000Z".into(),
        took_ms: None,
        trap: None,
    }
}

pub(crate) fn words() -> Submission {
    Submission { revision: 1, message: Some("Five days late.".into()), ..bare() }
}

fn breach(submission: &Submission) -> Option<&'static str> {
    submission.check().err().map(|breach| breach.field)
}

#[test]
fn a_bare_click_and_words_pass() {
    assert_eq!(breach(&bare()), None);
    assert_eq!(breach(&words()), None);
    assert_eq!(breach(&Submission { revision: 2, ..bare() }), None, "a changed kind");
}

#[test]
fn each_broken_rule_names_its_field() {
    let long = |n: usize| Some("x".repeat(n));
    let cases: Vec<(&str, Submission)> = vec![
        ("v", Submission { v: 2, ..bare() }),
        ("site", Submission { site: "Shop".into(), ..bare() }),
        ("site", Submission { site: "x".repeat(65), ..bare() }),
        ("id", Submission { id: "00112233445566778899AABBCCDDEEFF".into(), ..bare() }),
        ("revision", Submission { revision: 100, ..words() }),
        ("message", Submission { revision: 0, ..words() }),
        ("message", Submission { message: long(4_001), ..words() }),
        ("message", Submission { message: Some(" x".into()), ..words() }),
        ("message", Submission { contact: Some(Contact::default()), ..bare() }),
        ("message", Submission { page: Page { title: long(1), ..bare().page }, ..bare() }),
        ("contact.name", Submission { contact: Some(Contact { name: long(101), ..Contact::default() }), ..words() }),
        ("contact.email", Submission { contact: Some(Contact { email: long(3), ..Contact::default() }), ..words() }),
        ("contact.email", Submission { contact: Some(Contact { reply: true, ..Contact::default() }), ..words() }),
        (
            "promise.by",
            Submission { promise: Some(Promise { by: "2026-11-24T17:00:00+01:00".into(), person: None }), ..words() },
        ),
        ("wording.locale", Submission { wording: Wording { locale: "en_GB".into(), ..bare().wording }, ..bare() }),
        ("wording.variant", Submission { wording: Wording { variant: long(65), ..bare().wording }, ..bare() }),
        (
            "page.url",
            Submission { page: Page { url: "https://shop.example/?q=1".into(), ..Page::default() }, ..bare() },
        ),
        ("page.title", Submission { page: Page { title: long(301), ..bare().page }, ..words() }),
        (
            "page.referrer",
            Submission { page: Page { referrer: Some("https://a.example/b".into()), ..bare().page }, ..words() },
        ),
        ("page.language", Submission { page: Page { language: Some("de DE".into()), ..bare().page }, ..words() }),
        ("custom", Submission { custom: Some(Custom(vec![("a b".into(), String::new())])), ..words() }),
        ("custom", Submission { custom: Some(Custom(vec![("a".into(), "x".repeat(501))])), ..words() }),
        ("custom", Submission { custom: Some((0..21).map(|n| (n.to_string(), String::new())).collect()), ..words() }),
        ("sent_at", Submission { sent_at: "yesterday".into(), ..bare() }),
        ("trap", Submission { trap: long(501), ..words() }),
    ];
    for (field, submission) in cases {
        assert_eq!(breach(&submission), Some(field), "{submission:?}");
    }
}

#[test]
fn each_broken_rule_of_a_withdrawal_names_its_field() {
    let good =
        || Withdrawal { v: VERSION, site: bare().site, id: bare().id, key: "-_0aZ".repeat(9)[..KEY_LENGTH].into() };
    assert_eq!(good().check(), Ok(()));
    for (field, withdrawal) in [
        ("v", Withdrawal { v: 0, ..good() }),
        ("site", Withdrawal { site: String::new(), ..good() }),
        ("id", Withdrawal { id: "0".repeat(33), ..good() }),
        ("key", Withdrawal { key: String::new(), ..good() }),
        ("key", Withdrawal { key: "a".repeat(KEY_LENGTH - 1), ..good() }),
        ("key", Withdrawal { key: "a".repeat(KEY_LENGTH + 1), ..good() }),
        ("key", Withdrawal { key: "a".repeat(KEY_LENGTH - 1) + "=", ..good() }),
    ] {
        assert_eq!(withdrawal.check().map_err(|breach| breach.field), Err(field), "{withdrawal:?}");
    }
}

#[test]
fn times_have_the_form_of_rfc_3339() {
    for good in
        ["2026-11-21T09:30:00Z", "2026-11-21T09:30:00.123Z", "2026-11-21T23:59:60+05:30", "0001-01-01T00:00:00-00:00"]
    {
        assert!(is_time(good), "{good}");
    }
    for bad in [
        "",
        "2026-11-21",
        "2026-11-21 09:30:00Z",
        "2026-13-21T09:30:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:30:00",
        "2026-11-21T09:30:00.Z",
        "2026-11-21T09:30:00+99:00",
        "+02026-11-21T09:30:00Z",
        "2026-11-21T09:30:0éZ",
    ] {
        assert!(!is_time(bad), "{bad}");
    }
}

#[test]
fn a_text_is_cut_between_characters() {
    assert_eq!(cut("añ😀b", 3), "añ😀");
    assert_eq!(cut("añ", 3), "añ");
}
