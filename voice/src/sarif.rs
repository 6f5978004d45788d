//! Findings as SARIF 2.1.0, which code hosts show beside the lines.

use serde_json::{Value, json};

use crate::{file::Finding, rule::Rule};

/// The findings as a SARIF log with one run.
///
/// `usable` is false if a file could not be read at all, which the log calls a failed execution.
pub fn log(findings: &[Finding], usable: bool) -> Value {
    let rules: Vec<Value> = Rule::ALL
        .into_iter()
        .map(|rule| {
            json!({
                "id": rule.id(),
                "shortDescription": { "text": rule.asks() },
            })
        })
        .collect();
    let results: Vec<Value> = findings.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "say-so voice",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "invocations": [{ "executionSuccessful": usable }],
            "results": results,
        }],
    })
}

fn result(finding: &Finding) -> Value {
    let Finding { file, line, column, locale, key, remark, .. } = finding;
    let locale = if locale.is_empty() { String::new() } else { format!(" ({locale})") };
    let index = Rule::ALL.iter().position(|rule| *rule == remark.rule);
    let key = if key.is_empty() { "The file" } else { key };
    json!({
        "ruleId": remark.rule.id(),
        "ruleIndex": index,
        "level": remark.level.name(),
        "message": { "text": format!("{key}{locale}: {}. {}", remark.why, remark.instead) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(file) },
                "region": { "startLine": line, "startColumn": column },
            },
        }],
    })
}

/// A path as a reference: slashes between the parts, the rest escaped where it has to be, and a scheme
/// before a path from the root.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.trim_start_matches("./").bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("./texts/pt BR\\ä.json"), "texts/pt%20BR/%C3%A4.json");
        assert_eq!(uri("/srv/de.json"), "file:///srv/de.json");
    }
}
