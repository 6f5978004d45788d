//! `say-so voice`, as a process.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;
use tempfile::tempdir;

/// The exit code and what is printed.
fn voice(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    let output = command.arg("voice").args(arguments).current_dir(folder).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_exit_code_tells_ci() {
    let folder = tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("en.json", r#"{ "thanks.complaint": "Thank you for your complaint." }"#);
    write("de.json", "{\n  \"thanks.complaint\": \"Vielen Dank für Ihr Feedback.\"\n}");
    write(
        "site.json",
        r#"{ "reader": { "persn": "Dana" }, "wording": { "en": { "own.complaint": "Rest assured." } } }"#,
    );
    write("bad.json", "{");
    write("eo.json", r#"{ "close": "Fermi" }"#);

    assert_eq!(voice(folder.path(), &["en.json"]), (Some(0), "0 findings in 1 file\n".to_owned()));
    let (code, report) = voice(folder.path(), &["en.json", "de.json", "site.json"]);
    assert_eq!(code, Some(1), "{report}");
    for line in [
        "de.json:2:3: error voice/02-kind [thanks.complaint, de]",
        "site.json:1:15: error file/key [reader.persn] there is no such member.\n    Did you mean “person”?",
        "site.json:1:55: error voice/14-phrase [own.complaint, en]",
    ] {
        assert!(report.contains(line), "{report}");
    }
    let (code, report) = voice(folder.path(), &["eo.json"]);
    assert!(code == Some(0) && report.contains("note"), "a note alone passes: {report}");
    let (code, report) = voice(folder.path(), &["bad.json", "de.json"]);
    assert!(code == Some(2) && report.contains("not valid JSON") && report.contains("de.json:2"), "{report}");
    let (code, report) = voice(folder.path(), &["none.json"]);
    assert!(code == Some(2) && report.contains("none.json") && report.contains("can’t be read"), "{report}");
    assert_eq!(voice(folder.path(), &[]).0, Some(2), "no file is named");
    let (code, report) = voice(folder.path(), &["--complete", "en.json"]);
    assert!(code == Some(1) && report.contains("“reads.by” is missing"), "{report}");
}

#[test]
fn the_locale_is_the_files_or_the_one_that_is_told() {
    let folder = tempdir().unwrap();
    let text = r#"{ "reads.none": "{reader} liest es in Kürze." }"#;
    for (name, arguments, code) in [
        ("overlay.json", &["overlay.json"][..], 0),
        ("overlay.json", &["--locale", "de-AT", "overlay.json"], 1),
        ("de.json", &["de.json"], 1),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
        assert_eq!(voice(folder.path(), arguments).0, Some(code), "{arguments:?}");
    }
}

#[test]
fn programs_get_json_and_sarif() {
    let folder = tempdir().unwrap();
    fs::write(folder.path().join("en.json"), "{\n\n\"close\": \"Kindly close\" }").unwrap();
    let parse = |format| {
        let (code, report) = voice(folder.path(), &["--format", format, "en.json"]);
        assert_eq!(code, Some(1));
        serde_json::from_str::<Value>(&report).unwrap()
    };
    let json = parse("json");
    assert_eq!(
        (&json["findings"][0]["rule"], &json["findings"][0]["line"]),
        (&Value::from("voice/14-phrase"), &Value::from(3))
    );
    let sarif = parse("sarif");
    let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(region["startLine"], 3);
}

#[test]
fn standard_input_is_a_file_too() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_say-so"));
    let mut child = command.args(["voice", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"\xef\xbb\xbf{\"close\": \"Kindly close\"}").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("-:1:2: error voice/14-phrase [close, en]"));
}
