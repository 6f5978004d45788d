//! The log: one line for each thing that an owner should know, on the standard error.
//!
//! It never holds what people write, their names, addresses or e-mails, nor a token.

use std::{
    io::{self, IsTerminal, Write},
    panic,
};

use clap::ValueEnum;
use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// How the lines are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// A JSON object a line, for programs.
    Json,
    /// Plain text, for people.
    Text,
}

/// Begins the log. If no format is named, it is text on a terminal and else JSON. `SAY_SO_LOG` says how much is written:
/// `info` if not said.
pub fn begin(format: Option<LogFormat>) {
    let terminal = io::stderr().is_terminal();
    let filter = EnvFilter::try_from_env("SAY_SO_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter);
    match format.unwrap_or(if terminal { LogFormat::Text } else { LogFormat::Json }) {
        LogFormat::Json => lines.with_writer(Plain).json().flatten_event(true).with_span_list(false).init(),
        // Neither a file nor a journal shows colours, and not every person wants them: https://no-color.org
        LogFormat::Text if terminal && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty()) => {
            lines.with_writer(io::stderr).init();
        }
        LogFormat::Text => lines.with_ansi(false).with_writer(Plain).init(),
    }
}

/// Has faults of the collector's own written to the log as well: where they are, but not what they say, which may quote
/// what somebody has posted.
pub fn note_faults() {
    panic::set_hook(Box::new(|fault| {
        let at = fault.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(at, "a fault of the collector's own ended what it did");
    }));
}

/// The standard error, one line a write, without control characters: nothing that is logged can begin a line of its own
/// or speak to a terminal.
struct Plain;

impl MakeWriter<'_> for Plain {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

impl Write for Plain {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        io::stderr().lock().write_all(plain(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// A line with its control characters, and those that turn the direction of writing, as JSON escapes them.
fn plain(line: &str) -> String {
    let (line, end) = line.strip_suffix('\n').map_or((line, ""), |line| (line, "\n"));
    let mut plain = String::with_capacity(line.len() + 1);
    for char in line.chars() {
        match char {
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escape(char, &mut plain),
            char if char.is_control() => escape(char, &mut plain),
            char => plain.push(char),
        }
    }
    plain + end
}

fn escape(char: char, line: &mut String) {
    line.push_str(&format!("\\u{:04x}", u32::from(char)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_and_says_nothing_to_a_terminal() {
        assert_eq!(
            plain("a\nb\r\u{1b}[31m\u{9b}31m\u{7f}\u{202e}ü\n"),
            "a\\u000ab\\u000d\\u001b[31m\\u009b31m\\u007f\\u202eü\n"
        );
        assert_eq!(plain(""), "");
    }
}
