//! Running other programs.

use std::{
    env,
    ffi::OsString,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};

/// A command of cargo's in a folder, its arguments separated by spaces.
pub fn cargo(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(folder).args(arguments.split_whitespace());
    command
}

/// Runs a command whose output goes where ours goes.
///
/// # Errors
/// If it can't be started or fails; the error says how it would be typed.
pub fn run(mut command: Command) -> Result<()> {
    let typed = typed(&command);
    let status = command.status().with_context(|| format!("`{typed}` can't be started"))?;
    if !status.success() {
        bail!("`{typed}` failed ({status})");
    }
    Ok(())
}

/// What a command prints on standard output.
///
/// # Errors
/// If it can't be started, fails, or prints something other than UTF-8.
pub fn output(mut command: Command) -> Result<String> {
    let typed = typed(&command);
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("`{typed}` can't be started"))?;
    if !output.status.success() {
        bail!("`{typed}` failed ({})", output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{typed}` did not print UTF-8"))
}

/// What a command makes of an input.
///
/// # Errors
/// If it can't be started or fails.
pub fn piped(mut command: Command, input: &[u8]) -> Result<Vec<u8>> {
    let typed = typed(&command);
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.with_context(|| format!("`{typed}` can't be started"))?;
    let mut stdin = child.stdin.take().context("a started program has an input")?;
    let input = input.to_vec();
    // Written from a thread of its own, since a program may write before it has read everything.
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("`{typed}` failed ({})", output.status);
    }
    writer.join().ok().context("the input broke off")??;
    Ok(output.stdout)
}

/// Where the search path has a program of that name.
pub fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// The search path with a folder before all others.
///
/// # Errors
/// If the folder's name can't stand in a search path.
pub fn path_with(folder: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths([folder.to_owned()].into_iter().chain(env::split_paths(&path)))?)
}

fn typed(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = [program].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
