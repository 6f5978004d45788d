use super::*;

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

/// Words with everything that can go along with them.
pub(crate) fn whole() -> Submission {
    Submission {
        contact: Some(Contact { name: Some("Ada Ö.".into()), email: Some("ada@shop.example".into()), reply: true }),
        promise: Some(Promise { by: "2026-11-24T17:00:00Z".into(), person: Some("Dana".into()) }),
        wording: Wording { locale: "de".into(), experiment: Some("titles".into()), variant: Some("b".into()) },
        page: Page {
            title: Some("Cart".into()),
            referrer: Some("https://search.example".into()),
            language: Some("de-AT".into()),
            viewport: Some([390, 700]),
            ..words().page
        },
        custom: Some(Custom(vec![("plan".into(), "pro".into()), ("__proto__".into(), "x".into())])),
        took_ms: Some(4200),
        trap: Some("bot".into()),
        ..words()
    }
}

#[test]
fn a_body_on_the_wire_to_the_byte() {
    let lines = |text: &str| text.lines().map(str::trim).collect::<String>();
    let click = lines(
        r#"{"v":1,"site":"shop.example","id":"00112233445566778899aabbccddeeff","revision":0,"kind":"complaint",
        "wording":{"locale":"en"},
        "page":{"url":"https://shop.example/cart"},
        "sent_at":"2026-11-21T09:30:00.000Z"}"#,
    );
    let all = lines(
        r#"{"v":1,"site":"shop.example","id":"00112233445566778899aabbccddeeff","revision":1,"kind":"complaint",
        "message":"Five days late.",
        "contact":{"name":"Ada Ö.","email":"ada@shop.example","reply":true},
        "promise":{"by":"2026-11-24T17:00:00Z","person":"Dana"},
        "wording":{"locale":"de","experiment":"titles","variant":"b"},
        "page":{"url":"https://shop.example/cart","title":"Cart","referrer":"https://search.example",
        "language":"de-AT","viewport":[390,700]},
        "custom":{"plan":"pro","__proto__":"x"},
        "sent_at":"2026-11-21T09:30:00.000Z","took_ms":4200,"trap":"bot"}"#,
    );
    let least = Submission {
        contact: Some(Contact::default()),
        promise: Some(Promise { by: "2026-11-24T17:00:00Z".into(), person: None }),
        ..bare()
    };
    let contact = r#""contact":{"reply":false},"promise":{"by":"2026-11-24T17:00:00Z"},"wording""#;
    for (submission, body) in
        [(bare(), click.clone()), (whole(), all), (least, click.replacen("\"wording\"", contact, 1))]
    {
        assert_eq!(serde_json::to_string(&submission).unwrap(), body);
        assert_eq!(serde_json::from_str::<Submission>(&body).unwrap(), submission);
    }
}

#[test]
fn a_kind_goes_by_its_name_on_the_wire() {
    assert_eq!(Kind::ALL.map(Kind::name), ["complaint", "praise", "suggestion"]);
    for kind in Kind::ALL {
        assert_eq!(Kind::named(kind.name()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
    }
    assert_eq!(Kind::named("Praise"), None);
}

#[test]
fn an_answer_needs_nothing() {
    assert_eq!(serde_json::from_str::<Receipt>("{}").unwrap(), Receipt::default());
    assert_eq!(serde_json::to_string(&Receipt { ok: true, ..Receipt::default() }).unwrap(), r#"{"ok":true}"#);
    let reason = Reason { code: "busy".into(), field: None, message: "Later.".into() };
    let refusal = serde_json::to_string(&Refusal { ok: false, error: reason }).unwrap();
    assert_eq!(refusal, r#"{"ok":false,"error":{"code":"busy","message":"Later."}}"#);
}

#[test]
fn an_endpoint_takes_bodies_of_32_kib() {
    assert_eq!(BODY_MAX, 32_768);
}
