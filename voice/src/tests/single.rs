//! The rules for one text, and the finding of phrases.

use say_so::feedback::Kind;

use crate::{
    Role, Rule, locale_of,
    phrase::{Language, fold, holds},
    text,
};

fn rules(key: &str, sentence: &str, locale: &str) -> Vec<Rule> {
    text(Role::of(key), sentence, locale).into_iter().map(|remark| remark.rule).collect()
}

#[test]
fn the_key_says_which_rules_there_are() {
    assert_eq!(Role::of("thanks.complaint.name"), Role::Thanks(Some(Kind::Complaint)));
    assert_eq!(Role::of("kept.next"), Role::Kept(None));
    assert_eq!(Role::of("error.title"), Role::Error);
    assert_eq!(Role::of("problem"), Role::Problem);
    assert_eq!(Role::of("complaint.about"), Role::Label);

    assert_eq!(rules("error.email.wrong", "Please enter your e-mail", "en"), [Rule::Error]);
    assert_eq!(rules("email", "Please enter your e-mail", "en"), []);
    assert_eq!(rules("complaint.about", "Something went wrong", "en"), [], "a visitor says so");
    assert_eq!(rules("problem.fault", "Something went wrong with your words.", "en"), [Rule::Error], "we don't");
    assert_eq!(rules("complaint.about", "Rest assured, something went wrong", "en"), [Rule::Phrase]);
    assert_eq!(rules("reference", "Your ticket:", "en"), [Rule::Reference]);
    assert_eq!(rules("reference", "Your ticket number:", "en"), [Rule::Reference], "the longer phrase only");
    assert_eq!(rules("title", "Buy a ticket", "en"), [], "a site may sell tickets");
    assert_eq!(rules("reads.none", "{reader}: it will be reviewed.", "en"), [Rule::Reader]);
    assert_eq!(rules("sends", "What will be reviewed", "en"), []);
    assert_eq!(rules("thanks.praise", "Thank you for your praise!", "en"), []);
    assert_eq!(rules("thanks.complaint", "Thank you for your complaint!", "en"), [Rule::Tone]);
    assert_eq!(rules("thanks.complaint", "Thank you for telling us.", "en"), [Rule::Kind]);
    assert_eq!(rules("reads.by", "{reader} reads it 😊 by {date}.", "en"), [Rule::Tone]);
}

#[test]
fn without_a_list_lengths_and_marks_are_checked() {
    assert_eq!(rules("thanks.complaint", "Oops!", "eo"), [Rule::Tone]);
    let long = "unu du tri kvar kvin ses sep ok naŭ dek dek unu du tri kvar kvin ses sep ok naŭ dek.";
    assert_eq!(rules("own.complaint", long, "eo"), [Rule::Plain]);
}

#[test]
fn a_list_serves_its_language_everywhere() {
    for (locale, sentence) in [
        ("de-AT", "Danke für Ihr Feedback."),
        ("pt", "Obrigado pelo feedback."),
        ("EN-gb", "Thank you for your feedback."),
    ] {
        assert!(rules("thanks.complaint", sentence, locale).contains(&Rule::Kind), "{locale}");
    }
    assert_eq!(rules("thanks.complaint", "x", "zh-Hant"), [], "another script needs a list of its own");
}

#[test]
fn a_phrase_is_found_between_edges_of_words() {
    let english = Language("en");
    let has = |text: &str, phrase: &str| holds(&fold(text, english), phrase, english, false);
    assert!(has("We’ll write SOON.", "soon"));
    assert!(!has("We write sooner.", "soon") && !has("monsoon", "soon"));
    assert!(has("We apologize for any\n inconvenience", "apologise for any inconvenience"));
    assert!(has("We take all complaints very seriously.", "we take … seriously"));
    assert!(!has("We take it. Seriously, we do.", "we take … seriously"));
    assert!(!has("We take your words to the desk where the people sit and read them seriously", "we take … seriously"));
    assert!(has("don't reply", "don’t reply"));
    assert!(!has("anything", "…"));
    let japanese = Language("ja");
    assert!(holds(&fold("追ってご連絡します", japanese), "追って", japanese, false));
    let turkish = Language("tr");
    assert!(holds(&fold("Biletiniz", turkish), "bilet", turkish, false), "endings are joined on");
}

#[test]
fn a_file_is_named_after_its_locale() {
    let named = |path: &str| locale_of(path.as_ref()).map(str::to_owned);
    assert_eq!(named("texts/pt-BR.json").as_deref(), Some("pt-BR"));
    assert_eq!(named("de.json").as_deref(), Some("de"));
    assert_eq!(named("zh-Hans.json").as_deref(), Some("zh-Hans"));
    for other in ["site.json", "app.json", "wording.de.json", "de-.json", "DE.json", "/"] {
        assert_eq!(named(other), None, "{other}");
    }
}
