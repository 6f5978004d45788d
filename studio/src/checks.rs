//! What the voice check finds, beside the field it is about, in plain words.

use leptos::prelude::*;
use say_so_voice::{Finding, Level, counts};

use crate::{file::Path, state::Studio};

/// What a finding's level is called. It is read, and not told by a colour alone.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "Mend this",
        Level::Warning => "Sounds off",
        Level::Note => "Good to know",
    }
}

/// Why, and a better way, as sentences.
pub fn sentences(finding: &Finding) -> String {
    let mut why = finding.remark.why.clone();
    if let Some(first) = why.get(..1) {
        why = first.to_uppercase() + why.get(1..).unwrap_or_default();
    }
    let stop = if why.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{why}{stop} {}", finding.remark.instead)
}

/// The findings at a place, and those inside of it if `within`.
pub fn at(findings: &[Finding], path: &Path, within: bool) -> Vec<Finding> {
    let is_here = |finding: &&Finding| finding.path == *path || within && finding.path.starts_with(path);
    findings.iter().filter(is_here).cloned().collect()
}

/// Whether what stands at a place does not pass.
pub fn is_wrong(studio: Studio, path: &Path) -> bool {
    studio.findings.with(|findings| at(findings, path, false).iter().any(counts))
}

/// The findings of a field, below it.
#[component]
pub fn Findings(
    /// The place in the file.
    path: Path,
    /// The list's id, which describes the field.
    id: String,
    /// Whether what is inside of that place counts too.
    #[prop(optional)]
    within: bool,
) -> impl IntoView {
    let studio = Studio::here();
    let here = Memo::new(move |_| studio.findings.with(|findings| at(findings, &path, within)));
    let line = |finding: Finding| {
        view! {
            <li class=format!("finding finding--{}", finding.remark.level.name())>
                <b>{level(finding.remark.level)} ": "</b>
                {sentences(&finding)}
            </li>
        }
    };
    view! {
        <ul class="findings" id=id aria-live="polite">
            {move || here.get().into_iter().map(line).collect_view()}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::path;

    #[test]
    fn findings_stand_at_their_place() {
        let json = r#"{ "wording": { "en": { "title": "Kindly tell us", "close": "Shut" } },
            "experiments": [{ "id": "e", "variants": [{ "id": "a" }, { "id": "b", "wording": { "en": { "title": "Kindly" } } }] }] }"#;
        let findings = say_so_voice::file("x", json, "en", false).findings;
        let own = at(&findings, &path(["wording", "en", "title"]), false);
        assert_eq!(own.len(), 1);
        assert_eq!(sentences(&own[0]), format!("It says “kindly”. {}", own[0].remark.instead));
        assert!(at(&findings, &path(["wording", "en", "close"]), false).is_empty());
        assert_eq!(at(&findings, &path(["experiments"]), true).len(), 1);
        assert_eq!(at(&findings, &path(["experiments"]), false).len(), 0);
    }
}
