//! Confirmations as a whole: the standard passes, and each fact that is left out is missed.

use say_so::{feedback::Kind, wording::Delivery};

use crate::{Confirmation, Level, Rule};

const STANDARD: [(&str, &str); 6] = [
    ("thanks.complaint.name", "Thank you for your complaint, Priya."),
    ("wrote", "You wrote: “My parcel to Leeds is five days late.”"),
    ("own.complaint", "That should not have happened."),
    ("reads.by", "Dana in Customer Care reads it and writes to you by Tuesday 24 November."),
    ("reference", "Your reference is K7M-4QPA."),
    ("reach", "Thought of something else? Add it below, and it goes straight to Dana."),
];

fn standard<'a>(parts: &'a [(&'a str, &'a str)]) -> Confirmation<'a> {
    Confirmation {
        locale: "en",
        kind: Kind::Complaint,
        delivery: Delivery::Sent,
        parts,
        message: "My parcel to Leeds is five days late.",
        theirs: &["Priya"],
        address: true,
        reply: true,
        date: Some("Tuesday 24 November"),
        reader: Some("Dana in Customer Care"),
        person: true,
        reference: Some("K7M-4QPA"),
    }
}

fn rules(confirmation: &Confirmation) -> Vec<Rule> {
    let mut rules: Vec<_> = confirmation.check().into_iter().map(|(_, remark)| remark.rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// The standard with one part said otherwise, or left out.
fn with(key: &str, text: Option<&'static str>) -> Vec<(&'static str, &'static str)> {
    let parts = STANDARD
        .into_iter()
        .filter_map(|(known, old)| if known == key { Some((known, text?)) } else { Some((known, old)) });
    parts.collect()
}

#[test]
fn the_standard_passes() {
    assert_eq!(standard(&STANDARD).check(), []);
}

#[test]
fn the_standard_passes_in_a_warmer_voice() {
    let parts = [
        ("thanks.complaint.name", "We have your complaint, Priya."),
        ("own.complaint", "Thank you for telling us."),
        ("reads.by", "Dana in Customer Care will read it and write to you by Tuesday 24 November."),
        ("reference", "Your reference is K7M-4QPA."),
        ("wrote", "You wrote: “My parcel to Leeds is five days late.”"),
        ("reach", "Thought of something else? Add it, and it goes straight to Dana."),
    ];
    assert_eq!(standard(&parts).check(), []);
}

#[test]
fn whatever_is_left_out_is_missed() {
    for (key, rule) in [
        ("thanks.complaint.name", Rule::Kind),
        ("wrote", Rule::Echo),
        ("own.complaint", Rule::Own),
        ("reads.by", Rule::Reader),
        ("reference", Rule::Reference),
        ("reach", Rule::Next),
    ] {
        let parts = with(key, None);
        assert!(rules(&standard(&parts)).contains(&rule), "{key}");
    }
}

#[test]
fn whatever_is_said_badly_is_found() {
    for (key, text, rule) in [
        ("thanks.complaint.name", "Thank you for your feedback, Priya.", Rule::Kind),
        ("thanks.complaint.name", "Thank you for your praise, Priya.", Rule::Kind),
        (
            "thanks.complaint.name",
            "Thank you so very much for the complaint that you have just sent us, Priya.",
            Rule::Kind,
        ),
        ("thanks.complaint.name", "Thank you for your complaint, Priya!", Rule::Tone),
        ("wrote", "You wrote: “A parcel is late.”", Rule::Echo),
        ("own.complaint", "We are sorry if that upset you.", Rule::Own),
        ("own.complaint", "Rest assured that it is noted.", Rule::Phrase),
        ("own.complaint", "Rest assured {name}.", Rule::Placeholder),
        ("reads.by", "Dana in Customer Care reads it and writes to you shortly.", Rule::Date),
        ("reads.by", "Somebody reads it and writes to you by Tuesday 24 November.", Rule::Reader),
        ("reference", "Your ticket is K7M-4QPA.", Rule::Reference),
        ("reference", "Your reference is on its way.", Rule::Reference),
        (
            "reach",
            "One more thing that is long. One more thing that is long. One more thing that is long. One more thing \
             that is long. One more thing that is long. One more thing that is long. One more thing.",
            Rule::Plain,
        ),
    ] {
        let parts = with(key, Some(text));
        assert!(rules(&standard(&parts)).contains(&rule), "{text}: {:?}", standard(&parts).check());
    }
}

#[test]
fn it_thanks_for_what_arrived_and_for_nothing_else() {
    for (delivery, first, right) in [
        (Delivery::Sent, ("thanks.complaint", "Thank you for your complaint."), true),
        (Delivery::Sent, ("kept.complaint", "Your complaint is kept on this device."), false),
        (Delivery::Kept, ("thanks.complaint", "Thank you for your complaint."), false),
        (Delivery::Kept, ("kept.complaint", "Your complaint is kept on this device."), true),
        (Delivery::NotKept, ("thanks.complaint", "Thank you for your complaint."), false),
        (Delivery::NotKept, ("problem.complaint", "Your complaint has not been sent"), true),
    ] {
        let mut parts = STANDARD.to_vec();
        parts[0] = first;
        let confirmation = Confirmation { delivery, ..standard(&parts) };
        assert_eq!(!rules(&confirmation).contains(&Rule::True), right, "{delivery:?}, {first:?}");
    }
    let mut both = STANDARD.to_vec();
    both.push(("kept.next", "It goes out by itself."));
    assert!(rules(&Confirmation { delivery: Delivery::Kept, ..standard(&both) }).contains(&Rule::True));
}

#[test]
fn no_reply_is_promised_to_nowhere() {
    let nowhere = Confirmation { address: false, reply: false, ..standard(&STANDARD) };
    assert_eq!(rules(&nowhere), [Rule::NoReply]);
    let silent = with("reads.by", Some("Dana in Customer Care reads it."));
    let silent: Vec<_> =
        silent.into_iter().map(|(key, text)| (if key == "reads.by" { "reads" } else { key }, text)).collect();
    assert_eq!(rules(&Confirmation { address: false, date: None, ..standard(&silent) }), [Rule::NoReply]);
    let mut honest = STANDARD.to_vec();
    honest[3] = ("reads.none", "Dana in Customer Care reads it. You left no address, so we cannot reply.");
    assert_eq!(rules(&Confirmation { address: false, reply: false, date: None, ..standard(&honest) }), []);
}

#[test]
fn a_date_is_a_date() {
    let parts = with("reads.by", Some("Dana in Customer Care reads it and writes to you by tomorrow."));
    assert_eq!(rules(&Confirmation { date: Some("tomorrow"), ..standard(&parts) }), [Rule::Date]);
    assert_eq!(rules(&standard(&parts)), [Rule::Date], "the date that was promised is not there");
    let mut undated = STANDARD.to_vec();
    undated[3] = ("reads.reply", "Dana in Customer Care reads it and writes to priya@example.com.");
    let remarks = Confirmation { date: None, ..standard(&undated) }.check();
    assert!(remarks.iter().all(|(_, remark)| remark.level == Level::Note) && remarks.len() == 1, "{remarks:?}");
}

#[test]
fn a_reference_can_be_spoken() {
    for (reference, good) in
        [("K7M-4QPA", true), ("kim-0Il1", false), ("KIM-0ABC", false), ("CAS-20418-X2-99871", false)]
    {
        let text = format!("Your reference is {reference}.");
        let mut parts = STANDARD.to_vec();
        parts[4] = ("reference", &text);
        let confirmation = Confirmation { reference: Some(reference), ..standard(&parts) };
        assert_eq!(!rules(&confirmation).contains(&Rule::Reference), good, "{reference}");
    }
}

#[test]
fn only_a_person_says_i() {
    let parts = with("own.complaint", Some("I would be cross too."));
    assert_eq!(rules(&standard(&parts)), []);
    assert_eq!(rules(&Confirmation { person: false, ..standard(&parts) }), [Rule::Tone]);
}

#[test]
fn what_is_the_visitors_is_not_judged() {
    let message =
        "Oops! Your ticket machine is invalid, and any inconvenience caused is yours. Rest assured I am cross!!!";
    let echo = format!("You wrote: “{}…”", message.chars().take(80).collect::<String>());
    let mut parts = STANDARD.to_vec();
    parts[0] = ("thanks.complaint.name", "Thank you for your complaint, Ticket!.");
    parts[1] = ("wrote", &echo);
    let confirmation = Confirmation { message, theirs: &["Ticket!", "", "e", "complain"], ..standard(&parts) };
    assert_eq!(confirmation.check(), [], "and what only stands within a word of ours is ours");
}

#[test]
fn a_click_is_noted_and_no_more() {
    for (delivery, key, text, right) in [
        (Delivery::Sent, "noted.complaint", "Your complaint is noted.", true),
        (Delivery::Sent, "noted.praise", "Your praise is noted.", false),
        (Delivery::Kept, "noted.kept", "Your choice is kept on this device.", true),
        (Delivery::NotKept, "noted.not", "Your choice has not reached us yet.", true),
        (Delivery::NotKept, "noted.complaint", "Your complaint is noted.", false),
    ] {
        let parts = [(key, text), ("more", "Add something")];
        let click = Confirmation { delivery, message: "", reference: None, ..standard(&parts) };
        assert_eq!(rules(&click).is_empty(), right, "{key}: {:?}", click.check());
    }
}
