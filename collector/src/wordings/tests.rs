use super::{
    csv,
    gather::{Gathered, Known},
    json,
    report::{Report, Source},
    sentence::{first, notes},
    text::text,
};
use crate::{
    site_file::{Experiment, SiteFile, Variant, Words},
    statistics::quality::Doubt,
    store::{Facts, Tally, Tried},
};

/// What was counted of one variant, in ten days of November: so many openings and answers each day.
fn days(variant: &str, locale: &str, opened: i64, sent: i64) -> Vec<Tally> {
    let day = |day: u32| Tally {
        variant: variant.into(),
        locale: locale.into(),
        day: format!("2026-11-{day:02}"),
        opened,
        chosen: opened / 2,
        started: opened / 3,
        sent,
        left: opened - sent,
    };
    (11..=20).map(day).collect()
}

fn facts(variant: &str, messages: i64, useful: i64) -> Facts {
    let (variant, addresses) = (variant.into(), messages / 4);
    Facts { variant, locale: None, messages, length: Some(80.0), addresses, useful, flagged: 2 }
}

fn gathered(tallies: Vec<Tally>) -> Gathered {
    Gathered {
        tried: Tried {
            site: "shop.example".into(),
            experiment: "titles".into(),
            first: "2026-11-11".into(),
            last: "2026-11-20".into(),
        },
        tallies,
        locale: None,
        facts: Vec::new(),
        made_up: None,
        file: Known::default(),
    }
}

fn experiment(shares: &[(&str, f64)]) -> Known {
    let variant = |(id, share): &(&str, f64)| Variant { id: (*id).into(), share: *share, words: Words::new() };
    let variants = shares.iter().map(variant).collect();
    let experiment = Experiment { id: "titles".into(), start: None, end: None, variants };
    Known { given: true, experiment: Some(experiment), ..Known::default() }
}

fn report(gathered: &Gathered) -> Report {
    Report::of(gathered, "2026-11-21")
}

fn said(gathered: &Gathered) -> String {
    first(&report(gathered)).text()
}

fn noted(gathered: &Gathered) -> String {
    notes(&report(gathered)).iter().map(|note| note.text()).collect::<Vec<_>>().join("\n")
}

/// A wording with 30 %, and one with 20 %.
fn better() -> Gathered {
    gathered([days("short", "en", 100, 30), days("as-ever", "en", 100, 20)].concat())
}

#[test]
fn the_sentence_comes_first() {
    assert_eq!(said(&better()), "Wording “short” brings more answers: between 4 and 16 points more. You can stop now.");
    let open = gathered([days("short", "en", 20, 4), days("as-ever", "en", 20, 5)].concat());
    assert_eq!(said(&open), "No difference yet. Look again any time.");
    let alone = gathered(days("short", "en", 20, 4));
    assert_eq!(said(&alone), "There are fewer than two wordings to compare yet.");
    let unopened = gathered([days("short", "en", 0, 0), days("as-ever", "en", 0, 0)].concat());
    assert_eq!(said(&unopened), "Nothing was counted yet.");
}

#[test]
fn of_three_it_is_said_which_one_is_open() {
    let three = [days("a", "en", 200, 20), days("b", "en", 200, 50), days("c", "en", 200, 52)].concat();
    assert_eq!(
        said(&gathered(three)),
        "Wording “c” brings more answers than “a”: between 12 and 20 points more. Whether it brings more than “b” is \
         open. Look again any time."
    );
    let three = [days("a", "en", 200, 20), days("b", "en", 200, 50), days("c", "en", 200, 80)].concat();
    let said = said(&gathered(three));
    assert!(
        said.contains("than “a” and “b”: between") && said.contains("more than “b”, which comes nearest."),
        "{said}"
    );
    assert!(said.ends_with("You can stop now."), "{said}");
}

#[test]
fn answers_that_are_worse_are_no_win() {
    let mut noise = better();
    noise.facts = vec![facts("as-ever", 200, 60), facts("short", 300, 10)];
    let report = report(&noise);
    assert_eq!(report.compared.as_ref().unwrap().doubts, [(0, vec![Doubt::Useful])]);
    let said = said(&noise);
    assert!(said.contains("But they are worse ones: fewer of them are marked useful."), "{said}");
    assert!(!said.contains("stop"), "{said}");
    assert_eq!(json::json(&[report])[0]["final"], false);
}

#[test]
fn wordings_whose_shares_are_not_known_raise_no_alarm() {
    let mut gone = gathered([days("short", "en", 300, 90), days("as-ever", "en", 100, 20)].concat());
    let unnamed = said(&gone);
    assert!(unnamed.starts_with("How often each wording should be drawn is not known, so none is named."), "{unnamed}");
    assert!(unnamed.ends_with("--site-file names the site’s file."), "{unnamed}");
    gone.file.given = true;
    let said = said(&gone);
    assert!(said.ends_with("Put the experiment back into the site’s file, with its weights and an end."), "{said}");
    assert!(!noted(&gone).contains("should have"), "{}", noted(&gone));
    assert_eq!(json::json(&[report(&gone)])[0]["verdict"], "unknown");
}

#[test]
fn a_file_that_can_t_be_read_is_not_one_without_the_experiment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("say-so.json");
    let files = [SiteFile { site: None, path: file.clone() }];
    let mut unread = better();
    let mut read = |text: &str| {
        std::fs::write(&file, text).unwrap();
        unread.file = Known::read(&files, "shop.example", "titles");
        noted(&unread)
    };
    for text in ["{", r#"{"experiments":[{"id":"titles"}]}"#] {
        let notes = read(text);
        assert!(notes.contains("This experiment can’t be read from the site’s file, so each wording"), "{notes}");
        assert!(!notes.contains("any more"), "{notes}");
    }
    assert!(read(r#"{"experiments":[{"id":"other"}]}"#).contains("doesn’t have this experiment any more"));
    let beside = r#"{"experiments":[{"id":"x","variants":[{"id":"a","weight":1.5},{"id":"b"}]},
        {"id":"titles","variants":[{"id":"as-ever"},{"id":"short"}]}]}"#;
    let notes = read(beside);
    assert!(notes.contains("The experiment \"x\" in") && notes.contains("variants[0].weight: "), "{notes}");
    assert!(!notes.contains("taken to be drawn as often"), "{notes}");
}

#[test]
fn an_experiment_that_has_ended_has_no_plan() {
    let mut ended = gathered([days("short", "en", 100, 30), days("as-ever", "en", 100, 30)].concat());
    ended.file = experiment(&[("as-ever", 0.5), ("short", 0.5)]);
    let mut end = |end| {
        ended.file.experiment.as_mut().unwrap().end = Some(end);
        report(&ended)
    };
    let over = end(crate::moment::instant("2026-11-21T00:00:00Z").unwrap());
    assert_eq!(first(&over).text(), "No difference yet. It ended on 21 November 2026.");
    assert!(over.compared.as_ref().unwrap().plans.is_empty() && !text(&over).contains("more openings"));
    let open = end(crate::moment::instant("2026-11-22T00:00:00Z").unwrap());
    assert!(first(&open).text().ends_with("Look again any time.") && !open.compared.unwrap().plans.is_empty());
    let mut better = better();
    better.file = ended.file;
    better.file.experiment.as_mut().unwrap().end = crate::moment::instant("2026-11-20T18:00:00Z");
    assert!(said(&better).ends_with("points more. It ended on 20 November 2026."), "{}", said(&better));
}

#[test]
fn wordings_that_were_drawn_wrongly_have_no_winner() {
    let mut uneven = gathered([days("short", "en", 240, 72), days("as-ever", "en", 160, 32)].concat());
    uneven.file = experiment(&[("as-ever", 0.5), ("short", 0.5)]);
    assert!(said(&uneven).ends_with("no figure here can be trusted."));
    assert_eq!(json::json(&[report(&uneven)])[0]["verdict"], "uneven");
    let notes = noted(&uneven);
    assert!(notes.contains("“as-ever” should have 50.0 % of the openings and has 40.0 %"), "{notes}");
    // With the weights of the file it is as it should be.
    uneven.file = experiment(&[("as-ever", 0.4), ("short", 0.6)]);
    assert!(said(&uneven).contains("“short” brings more answers"));
}

#[test]
fn without_the_file_a_name_that_was_hardly_counted_takes_no_part() {
    for given in [false, true] {
        let mut one_post = better();
        one_post.tallies.extend(days("zz", "en", 1, 0).into_iter().take(1));
        one_post.file.given = given;
        assert_eq!(said(&one_post), said(&better()));
        let left_out = "Left out, since they have few openings beside the others: “zz”.";
        assert!(noted(&one_post).contains(left_out), "{}", noted(&one_post));
    }
    // 2 % are enough.
    let mut third = better();
    third.tallies.extend(days("zz", "en", 2, 0));
    assert_eq!(report(&third).variants.len(), 3);
}

#[test]
fn what_is_not_drawn_takes_no_part() {
    let mut with = better();
    with.tallies.extend(days("old", "en", 100, 90));
    with.tallies.extend(days("stranger", "en", 1, 0));
    with.file = experiment(&[("short", 0.5), ("old", 0.0), ("as-ever", 0.5), ("new", 0.0)]);
    let report = report(&with);
    let ids: Vec<&str> = report.variants.iter().map(|variant| variant.id.as_str()).collect();
    assert_eq!((ids, report.source), (vec!["short", "as-ever"], Source::File));
    assert!(said(&with).contains("“short” brings more answers:"));
    assert!(noted(&with).contains("Left out, since they are not drawn: “old” and “stranger”."));
}

#[test]
fn what_is_known_of_the_file_is_said() {
    let mut gathered = better();
    assert!(noted(&gathered).contains("No site’s file was named"));
    gathered.file.given = true;
    gathered.file.problems = vec!["say-so.json can't be read: no such file.".into()];
    let notes = noted(&gathered);
    assert!(notes.contains("doesn’t have this experiment") && notes.contains("can't be read"), "{notes}");
    gathered.made_up = Some("2026-11-15".into());
    assert!(noted(&gathered).starts_with("Counts until 15 November 2026 are made up for this demonstration."));
}

#[test]
fn one_language_is_judged_by_itself() {
    let mut both = better();
    both.tallies.extend([days("short", "de", 10, 2), days("as-ever", "de", 10, 2)].concat());
    both.locale = Some("de".into());
    let german = report(&both);
    assert_eq!((german.variants[0].funnel.opened, &german.locales[..]), (100, &["en".into(), "de".into()][..]));
    assert_eq!(first(&german).text(), "No difference yet. Look again any time.");
    assert!(notes(&german)[1].text().starts_with("This is about “de” alone."));
}

#[test]
fn answers_without_an_opening_are_told_and_in_no_rate() {
    let lost = gathered([days("short", "en", 10, 12), days("as-ever", "en", 10, 2)].concat());
    assert!(noted(&lost).contains("20 answers more arrived than openings were counted; they are in no rate."));
    assert_eq!(report(&lost).compared.unwrap().cell(1).rate(), Some(1.0));
}

#[test]
fn the_traffic_is_that_of_the_last_two_weeks() {
    let days = |today: &str| Report::of(&better(), today).compared.unwrap().plans[0];
    // 200 openings a day for ten days; then over fourteen days, ten of which had some; then none at all.
    let at = |today| days(today).days.unwrap();
    assert_eq!(at("2026-11-21"), days("2026-11-21").more.div_ceil(200));
    assert_eq!(at("2026-11-25"), (days("2026-11-25").more as f64 / (2_000.0 / 14.0)).ceil() as u64);
    // Of the first three days it is too long ago.
    assert_eq!(at("2026-11-28"), days("2026-11-28").more.div_ceil(100));
    assert_eq!(days("2026-12-30").days, None);
}

#[test]
fn hostile_names_do_nothing_to_a_terminal_or_a_spreadsheet() {
    let hostile = gathered([days("=1+1\u{1b}[2J", "en", 100, 30), days("b\u{202e}", "en", 100, 20)].concat());
    let report = report(&hostile);
    let shown = text(&report);
    assert!(shown.contains("=1+1U+001B[2J") && shown.contains("bU+202E") && !shown.contains(['\u{1b}', '\u{202e}']));
    assert!(csv::csv(&[report]).contains(",'=1+1"));
}

#[test]
fn a_flood_of_names_stays_small() {
    let mut flood = better();
    for number in 0..500 {
        flood.tallies.extend(days(&format!("name-{number}"), "en", 20, 0).into_iter().take(1));
    }
    let report = report(&flood);
    assert_eq!((report.variants.len(), report.apart.len()), (20, 482));
    assert!(noted(&flood).contains(" and 477 more."));
}

#[test]
fn programs_get_the_same() {
    let json = &json::json(&[report(&better())])[0];
    assert_eq!((&json["verdict"], &json["best"], &json["final"]), (&"better".into(), &"short".into(), &true.into()));
    assert_eq!(json["sentence"], said(&better()));
    assert_eq!((&json["variants"][1]["sent"], &json["variants"][1]["rate"]), (&300.into(), &0.3.into()));
    assert_eq!(json["differences"][0]["to"], "short");
    let csv = csv::csv(&[report(&better())]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[2].starts_with("shop.example,titles,,better,short,true,0.5,1000,500,330,300,700,0.3,"),
        "{}",
        lines[2]
    );
    let columns = |line: &str| line.split(',').count();
    assert!(lines.iter().all(|line| columns(line) == columns(lines[0])));
}
