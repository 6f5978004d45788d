use tempfile::tempdir;

use super::*;

/// What is read of a file with that text.
fn of(text: &str) -> Read {
    let folder = tempdir().unwrap();
    let path = folder.path().join("say-so.json");
    fs::write(&path, text).unwrap();
    let mut read = read(&[SiteFile { site: None, path }], "shop.example");
    for problem in &mut read.problems {
        let (Problem::File { path, .. } | Problem::Form { path, .. } | Problem::Experiment { path, .. }) = problem;
        *path = "say-so.json".to_owned();
    }
    read
}

#[test]
fn both_forms_become_one() {
    let read = of(r#"{
        "counts": "v1/counts",
        "experiments": [{ "id": "titles", "start": "2026-12-01", "end": "2026-12-24T18:00:00+01:00", "variants": [
            { "id": "as-ever" }, { "id": "short", "weight": 3.0, "wording": { "en": { "title": "Well?" } } }
        ] }],
        "experiment": { "name": "old form", "variants": { "a": {}, "b": { "de": { "title": "Na?" } } } }
    }"#);
    assert_eq!(read.problems, []);
    let [titles, old] = read.experiments.as_slice() else { panic!("{read:?}") };
    assert_eq!((titles.id.as_str(), old.id.as_str()), ("titles", "old form"));
    assert_eq!(titles.start, crate::moment::instant("2026-12-01T00:00:00Z"));
    assert_eq!(titles.end, crate::moment::instant("2026-12-24T17:00:00Z"));
    assert_eq!((old.start, old.end), (None, None));
    let shares = |of: &Experiment| of.variants.iter().map(|variant| variant.share).collect::<Vec<_>>();
    assert_eq!((shares(titles), shares(old)), (vec![0.25, 0.75], vec![0.5, 0.5]));
    assert_eq!(titles.variants[1].words["en"]["title"], "Well?");
    assert_eq!(old.variants[1].words["de"]["title"], "Na?");
    assert!(of("\u{feff}{}").experiments.is_empty());
}

#[test]
fn what_can_t_be_used_is_said_and_costs_nothing_else() {
    let two = r#"[{"id":"a"},{"id":"b"}]"#;
    for (experiment, why) in [
        (format!(r#"{{"id":"","variants":{two}}}"#), "an id has 1 to 64 characters"),
        (r#"{"id":"x","variants":[{"id":"a"},{"id":""}]}"#.to_owned(), "an id has 1 to 64 characters"),
        (r#"{"id":"x","variants":[{"id":"a"}]}"#.to_owned(), "an experiment has 2 to 20 variants"),
        (r#"{"id":"x","variants":[{"id":"a"},{"id":"a"}]}"#.to_owned(), "two of its variants have the same id"),
        (
            format!(r#"{{"id":"x","start":"soon","variants":{two}}}"#),
            "start and end are days such as 2026-12-01, or instants such as 2026-12-01T09:00:00Z",
        ),
        (
            format!(r#"{{"id":"x","start":"2026-12-02","end":"2026-12-02","variants":{two}}}"#),
            "it ends before it begins",
        ),
        (
            r#"{"id":"x","variants":[{"id":"a","weight":1001},{"id":"b"}]}"#.to_owned(),
            "variants[0].weight: a weight is a whole number from 0 to 1,000",
        ),
        (
            r#"{"id":"x","variants":[{"id":"a","weight":0},{"id":"b","weight":0}]}"#.to_owned(),
            "one of its variants has to have a weight above 0",
        ),
        (format!(r#"{{"id":"good","variants":{two}}}"#), "its id stands twice"),
    ] {
        let read = of(&format!(r#"{{"experiments":[{{"id":"good","variants":{two}}},{experiment}]}}"#));
        assert_eq!(read.experiments.len(), 1, "{experiment}");
        let [Problem::Experiment { why: said, .. }] = read.problems.as_slice() else { panic!("{read:?}") };
        assert_eq!(*said, why, "{experiment}");
    }
}

#[test]
fn one_that_can_t_be_read_costs_no_other() {
    let two = r#"[{"id":"a"},{"id":"b"}]"#;
    for (experiment, name, why) in [
        (r#"{"id":"x","variants":[{"id":"a","weight":1.5},{"id":"b"}]}"#, r#""x""#, "variants[0].weight: "),
        (r#"{"id":"x","variants":[{"id":"a"},{"id":"b","weight":-1}]}"#, r#""x""#, "variants[1].weight: "),
        (r#"{"id":"x","strat":"2026-12-01","variants":[]}"#, r#""x""#, "unknown field `strat`"),
        (r#"{"id":"x","start":20261201,"variants":[]}"#, r#""x""#, "start: invalid type"),
        (r#"{"id":7,"variants":[]}"#, "[1]", "id: invalid type"),
        ("null", "[1]", "invalid type: null"),
    ] {
        let file = format!(
            r#"{{"experiments":[{{"id":"good","variants":{two}}},{experiment},{{"id":"after","variants":{two}}}],
                 "experiment":{{"name":"old","variants":{{"a":{{}},"b":{{}}}}}}}}"#
        );
        let read = of(&file);
        let ids: Vec<&str> = read.experiments.iter().map(|experiment| experiment.id.as_str()).collect();
        assert_eq!(ids, ["good", "after", "old"], "{experiment}");
        let [Problem::Experiment { experiment: named, why: said, .. }] = read.problems.as_slice() else {
            panic!("{read:?}")
        };
        assert!(named == name && said.contains(why), "{named}: {said}");
    }
    let read = of(&format!(
        r#"{{"experimnts":[],"wording":{{"en":{{"title":"Well?"}}}},"experiments":[{{"id":"good","variants":{two}}}],
             "experiment":{{"name":"old","variants":[]}}}}"#
    ));
    assert_eq!((read.experiments.len(), read.words["en"]["title"].as_str()), (1, "Well?"), "{read:?}");
    let said: Vec<String> = read.problems.iter().map(Problem::to_string).collect();
    assert!(said[0].contains("unknown field `experimnts`"), "{said:?}");
    assert!(said[1].starts_with(r#"The experiment "old" in say-so.json can't be used: variants: "#), "{said:?}");
    let read = of(r#"{"experiments":{"id":"x"}}"#);
    assert!(read.problems[0].to_string().contains("experiments: invalid type: map"), "{read:?}");
}

#[test]
fn a_problem_is_a_sentence() {
    let said = |text: &str| of(text).problems.iter().map(Problem::to_string).collect::<Vec<_>>().join(" ");
    assert_eq!(
        said(r#"{"experiments":[{"id":"x\u001b[31m"}]}"#),
        r#"The experiment "x\u{1b}[31m" in say-so.json can't be used: an experiment has 2 to 20 variants."#
    );
    assert_eq!(said("{"), "say-so.json is not a site's file: EOF while parsing an object at line 1 column 1.");
    assert!(said(r#"{"experimnts":[]}"#).contains("experimnts"));
    let missing = read(&["nowhere/say-so.json".parse().unwrap()], "shop.example");
    assert!(missing.problems[0].to_string().starts_with("nowhere/say-so.json can't be read: "), "{missing:?}");
}

#[test]
fn a_file_is_for_a_site_or_for_any() {
    let file = |text: &str| text.parse::<SiteFile>().unwrap();
    let of = |site: Option<&str>, path: &str| SiteFile { site: site.map(str::to_owned), path: path.into() };
    assert_eq!(file("www/say-so.json"), of(None, "www/say-so.json"));
    assert_eq!(file("shop.example=a=b.json"), of(Some("shop.example"), "a=b.json"));
    assert_eq!(file("./a=b.json"), of(None, "./a=b.json"), "a slash stands in no site's name");
    let folder = tempdir().unwrap();
    let write = |name: &str| {
        let path = folder.path().join(name);
        let text = format!(r#"{{"experiments":[{{"id":"{name}","variants":[{{"id":"a"}},{{"id":"b"}}]}}]}}"#);
        fs::write(&path, text).unwrap();
        path
    };
    let files = [
        SiteFile { site: Some("shop.example".to_owned()), path: write("shop") },
        SiteFile { site: Some("blog.example".to_owned()), path: write("blog") },
        SiteFile { site: None, path: write("any") },
    ];
    let ids = |site| read(&files, site).experiments.into_iter().map(|experiment| experiment.id).collect::<Vec<_>>();
    assert_eq!(ids("shop.example"), ["shop", "any"]);
    assert_eq!(ids("blog.example"), ["blog", "any"]);
    assert_eq!(ids("docs.example"), ["any"]);
    std::fs::write(&files[2].path, "{}").unwrap();
    assert!(ids("docs.example").is_empty(), "it is read again each time");
}
