use super::*;
use crate::feedback::{
    Promise, Wording,
    tests::{bare, whole, words},
};

fn breach(submission: &Submission) -> Option<&'static str> {
    submission.check().err().map(|breach| breach.field)
}

/// [`whole`] with one thing changed.
fn changed(change: impl FnOnce(&mut Submission)) -> Submission {
    let mut submission = whole();
    change(&mut submission);
    submission
}

/// What [`whole`] breaks with that page.
fn of_page(change: impl FnOnce(&mut Page)) -> Option<&'static str> {
    breach(&changed(|it| change(&mut it.page)))
}

#[test]
fn a_bare_click_and_words_pass() {
    assert_eq!(breach(&bare()), None);
    assert_eq!(breach(&words()), None);
    assert_eq!(breach(&whole()), None);
    assert_eq!(breach(&Submission { revision: 2, ..bare() }), None, "a changed kind");
    let told = Submission { took_ms: Some(0), trap: Some("bot".into()), ..bare() };
    assert_eq!(breach(&told), None, "nothing of the visitor's");
}

#[test]
fn white_space_around_words_is_taken_away_and_never_refused() {
    let contact =
        |name: &str, email: &str| Some(Contact { name: Some(name.into()), email: Some(email.into()), reply: true });
    let around = |text: &str| format!("\u{feff} \n{text}\t\u{a0}");
    let mut submission = Submission {
        message: Some(around(&"x".repeat(4_000))),
        contact: contact(&around("Ada B"), &around("ada@example.com")),
        ..words()
    };
    assert_eq!(breach(&submission), None);
    submission.trim();
    assert_eq!(submission.message, Some("x".repeat(4_000)));
    assert_eq!(submission.contact, contact("Ada B", "ada@example.com"));
    let mut click = bare();
    click.trim();
    assert_eq!(click, bare());
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
        ("message", Submission { message: Some(" \u{feff}\n".into()), ..words() }),
        ("message", Submission { message: long(0), ..words() }),
        ("contact.name", Submission { contact: Some(Contact { name: long(101), ..Contact::default() }), ..words() }),
        ("contact.email", Submission { contact: Some(Contact { email: long(3), ..Contact::default() }), ..words() }),
        ("contact.email", Submission { contact: Some(Contact { reply: true, ..Contact::default() }), ..words() }),
        (
            "promise.by",
            Submission { promise: Some(Promise { by: "2026-11-24T17:00:00+01:00".into(), person: None }), ..words() },
        ),
        ("wording.locale", Submission { wording: Wording { locale: "en_GB".into(), ..bare().wording }, ..bare() }),
        ("promise.by", Submission { promise: Some(Promise { by: "tomorrow at 5 Z".into(), person: None }), ..words() }),
        ("custom", Submission { custom: Some(Custom(vec![("a b".into(), String::new())])), ..words() }),
        ("sent_at", Submission { sent_at: "yesterday".into(), ..bare() }),
    ];
    for (field, submission) in cases {
        assert_eq!(breach(&submission), Some(field), "{submission:?}");
    }
}

#[test]
fn a_bare_click_carries_nothing_else() {
    let page = |page| Submission { page, ..bare() };
    let here = || bare().page;
    let whole = whole();
    for more in [
        Submission { contact: Some(Contact::default()), ..bare() },
        Submission { promise: whole.promise, ..bare() },
        Submission { custom: Some(Custom::default()), ..bare() },
        page(Page { title: whole.page.title, ..here() }),
        page(Page { referrer: whole.page.referrer, ..here() }),
        page(Page { language: whole.page.language, ..here() }),
        page(Page { viewport: whole.page.viewport, ..here() }),
    ] {
        assert_eq!(breach(&more), Some("message"), "{more:?}");
    }
}

#[test]
fn the_longest_text_of_every_field_passes_and_one_longer_does_not() {
    type Put = fn(&mut Submission, String);
    let fields: [(&str, usize, usize, Put); 11] = [
        ("site", 1, 64, |it, text| it.site = text),
        ("message", 1, 4_000, |it, text| it.message = Some(text)),
        ("contact.name", 0, 100, |it, text| it.contact = Some(Contact { name: Some(text), ..Contact::default() })),
        ("promise.person", 1, 100, |it, text| it.promise.as_mut().unwrap().person = Some(text)),
        ("wording.experiment", 1, 64, |it, text| it.wording.experiment = Some(text)),
        ("wording.variant", 1, 64, |it, text| it.wording.variant = Some(text)),
        ("page.url", 1, 2_048, |it, text| it.page.url = text),
        ("page.title", 1, 300, |it, text| it.page.title = Some(text)),
        ("custom", 1, 40, |it, text| it.custom = Some(Custom(vec![(text, String::new())]))),
        ("custom", 0, 500, |it, text| it.custom = Some(Custom(vec![("a".into(), text)]))),
        ("trap", 0, 500, |it, text| it.trap = Some(text)),
    ];
    for (field, least, most, put) in fields {
        let text = |length| breach(&changed(|it| put(it, "x".repeat(length))));
        assert_eq!((text(least), text(most), text(most + 1)), (None, None, Some(field)));
        if least == 1 {
            assert_eq!(text(0), Some(field));
        }
    }
    let pairs = |count| {
        breach(&changed(|it| it.custom = Some((0..count).map(|n: u8| (n.to_string(), String::new())).collect())))
    };
    assert_eq!((pairs(20), pairs(21)), (None, Some("custom")));
    assert_eq!(breach(&Submission { revision: 99, ..words() }), None);
}

#[test]
fn lengths_count_scalar_values() {
    assert_eq!(of_page(|page| page.title = Some("😀".repeat(300))), None);
    assert_eq!(breach(&changed(|it| it.trap = Some("é".repeat(500)))), None);
}

#[test]
fn a_page_s_address_has_no_query_and_no_fragment() {
    for bad in ["https://shop.example/?q=1", "https://shop.example/#a"] {
        assert_eq!(of_page(|page| page.url = bad.into()), Some("page.url"), "{bad}");
    }
}

#[test]
fn the_page_before_is_known_by_its_origin_alone() {
    let longest = format!("https://{}", "x".repeat(2_040));
    for good in ["https://a.example", "http://localhost:8080", "android-app://com.example", &longest] {
        assert_eq!(of_page(|page| page.referrer = Some(good.into())), None, "{good}");
    }
    let longer = format!("{longest}x");
    for bad in
        ["", "a.example", "https://", "https://a.example/", "https://a.example?b", "https://a.example#b", &longer]
    {
        assert_eq!(of_page(|page| page.referrer = Some(bad.into())), Some("page.referrer"), "{bad}");
    }
}

#[test]
fn a_language_has_the_form_of_a_tag() {
    let longest = "abcdefgh-".repeat(7) + "a";
    for good in ["de", "de-AT", "zh-Hant-TW", "x-12345678", &longest] {
        assert_eq!(of_page(|page| page.language = Some(good.into())), None, "{good}");
    }
    let longer = format!("{longest}b");
    for bad in ["", "de DE", "de_DE", "de-", "-de", "de--AT", "abcdefghi", "dé", &longer] {
        assert_eq!(of_page(|page| page.language = Some(bad.into())), Some("page.language"), "{bad}");
    }
}

#[test]
fn names_have_their_characters() {
    for (good, bad) in [("a-z.0-9", "A"), ("shop.example", "a_b"), ("xn--4-0", "é"), ("z", "a b")] {
        assert!(is_site(good) && !is_site(bad), "{good} {bad}");
    }
    for (good, bad) in [("A-z_0.9", "a b"), ("__proto__", "é"), ("Z", "a:b"), ("a", "a/b")] {
        assert!(is_custom_key(good) && !is_custom_key(bad), "{good} {bad}");
    }
    for bad in ["0".repeat(31), "0".repeat(33), "g".repeat(32), String::new()] {
        assert_eq!(breach(&Submission { id: bad.clone(), ..bare() }), Some("id"), "{bad}");
    }
}

#[test]
fn an_endpoint_is_told_what_the_field_must_be() {
    let breach = Submission { v: 2, ..bare() }.check().unwrap_err();
    assert_eq!(breach.to_string(), "v must be 1");
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
    for good in [
        "2026-11-21T09:30:00Z",
        "2026-11-21T09:30:00.123Z",
        "2026-12-31T23:59:60+05:30",
        "2104-02-29T12:00:00Z",
        "0001-01-01T00:00:00-00:00",
        "2026-11-21T09:30:00.1Z",
        "2026-11-21T09:30:00.123456789-23:59",
        "2024-02-29T09:30:00Z",
        "2000-02-29T09:30:00Z",
        "2026-02-28T09:30:00Z",
    ] {
        assert!(is_time(good), "{good}");
    }
    for bad in [
        "",
        "2026-11-21",
        "2026-11-21 09:30:00Z",
        "2026-00-21T09:30:00Z",
        "2026-13-21T09:30:00Z",
        "2026-11-00T09:30:00Z",
        "2026-11-32T09:30:00Z",
        "2026-02-31T09:30:00Z",
        "2026-02-29T09:30:00Z",
        "1900-02-29T09:30:00Z",
        "2026-11-31T09:30:00Z",
        "2026-11-21T24:00:00Z",
        "2026-11-21T09:60:00Z",
        "2026-11-21T09:30:61Z",
        "2026-11-21t09:30:00Z",
        "2026-11-21T09:30:0xZ",
        "2026-11-21T09:30:00",
        "2026-11-21T09:30:00z",
        "2026-11-21T09:30:00.Z",
        "2026-11-21T09:30:00.1234567890Z",
        "2026-11-21T09:30:00.123",
        "2026-11-21T09:30:00+24:00",
        "2026-11-21T09:30:00-00:60",
        "2026-11-21T09:30:00+0530",
        "2026-11-21T09:30:00+05:30Z",
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
