//! Findings as lines for people, and as JSON.

use serde_json::{Value, json};

use crate::file::{Finding, counts};

/// The findings as lines, and a last one that counts them.
pub fn text(findings: &[Finding], files: usize) -> String {
    let mut report = String::new();
    for Finding { file, line, column, locale, key, remark, .. } in findings {
        let (level, rule) = (remark.level.name(), remark.rule.id());
        let place: Vec<_> = [key.as_str(), locale].into_iter().filter(|part| !part.is_empty()).collect();
        let place = place.join(", ");
        let (why, instead) = (&remark.why, &remark.instead);
        report += &format!("{file}:{line}:{column}: {level} {rule} [{place}] {why}.\n    {instead}\n");
    }
    let found = findings.iter().filter(|finding| counts(finding)).count();
    let number = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    report += &format!("{} in {}\n", number(found, "finding", "findings"), number(files, "file", "files"));
    report
}

/// The findings as JSON: `{ "version": 1, "findings": [ … ] }`.
pub fn json(findings: &[Finding]) -> Value {
    let findings: Vec<Value> = findings
        .iter()
        .map(|Finding { file, line, column, locale, key, remark, .. }| {
            json!({
                "file": file,
                "line": line,
                "column": column,
                "locale": locale,
                "key": key,
                "rule": remark.rule.id(),
                "level": remark.level.name(),
                "why": remark.why,
                "instead": remark.instead,
            })
        })
        .collect();
    json!({ "version": 1, "findings": findings })
}
