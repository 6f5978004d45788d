//! `say-so voice`: the voice check for files, for people and for CI.

use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, ValueEnum};
use say_so_voice::{Finding, Level, Read, Remark, Rule, counts, file, locale_of, report, sarif};

/// The options of `say-so voice`.
#[derive(Args)]
pub struct Voice {
    /// Catalogs, overlays (`de.json`) or a site’s file (`say-so.json`); `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The locale of files that are not named after one
    #[arg(long, value_name = "TAG", default_value = "en")]
    locale: String,
    /// Report every key that is missing from a catalog
    #[arg(long)]
    complete: bool,
}

/// How the findings are written.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A line for each, and how to say it better
    Text,
    /// An object for programs
    Json,
    /// SARIF 2.1.0 for code hosts
    Sarif,
}

impl Voice {
    /// Checks the files and prints what was found.
    ///
    /// The exit code is 0 if all texts pass (notes are allowed), 1 if some do not, and 2 if a file
    /// could not be used: not readable, not JSON, no object of texts. The same as for a wrong option.
    pub fn run(&self) -> ExitCode {
        let (mut findings, mut usable) = (Vec::new(), true);
        for path in &self.files {
            let name = path.display().to_string();
            let locale = locale_of(path).unwrap_or(&self.locale);
            let read = match text(path) {
                Ok(json) => {
                    let json = json.strip_prefix('\u{feff}').unwrap_or(&json);
                    file(&name, json, locale, self.complete)
                }
                Err(error) => unreadable(name, locale, &error),
            };
            usable &= read.usable;
            findings.extend(read.findings);
        }
        let report = match self.format {
            Format::Text => report::text(&findings, self.files.len()),
            Format::Json => format!("{:#}\n", report::json(&findings)),
            Format::Sarif => format!("{:#}\n", sarif::log(&findings, usable)),
        };
        // Whoever reads may have seen enough and closed the pipe; the exit code still tells.
        let _ = io::stdout().write_all(report.as_bytes());
        match (usable, findings.iter().any(counts)) {
            (false, _) => ExitCode::from(2),
            (true, true) => ExitCode::from(1),
            (true, false) => ExitCode::SUCCESS,
        }
    }
}

fn text(path: &Path) -> io::Result<String> {
    if path.as_os_str() != "-" {
        return fs::read_to_string(path);
    }
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn unreadable(file: String, locale: &str, error: &io::Error) -> Read {
    let remark = Remark {
        rule: Rule::Json,
        level: Level::Error,
        why: format!("it can’t be read: {error}"),
        instead: "Name a file that is there.".to_owned(),
    };
    let (locale, key, path) = (locale.to_owned(), String::new(), Vec::new());
    Read { findings: vec![Finding { file, line: 1, column: 1, locale, key, path, remark }], usable: false }
}
