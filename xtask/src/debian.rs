//! What Debian has: programs that are installed where they are missing.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};

use crate::{command, postgres};

/// Says to Debian's PostgreSQL that it is not to start a server by itself.
const NO_CLUSTER: (&str, &str) = ("/etc/postgresql-common/createcluster.conf", "create_main_cluster = false\n");

/// Installs programs that are missing, each by the name of its package, and says so.
///
/// # Errors
/// One line saying what to install, if it can't be installed from here.
pub fn programs(programs: &[(&str, &str)]) -> Result<()> {
    let missing = programs.iter().filter(|(program, _)| command::find(program).is_none());
    packages(&missing.map(|(_, package)| *package).collect::<Vec<_>>())
}

/// Installs PostgreSQL if it is missing: its programs, and no server that runs.
///
/// # Errors
/// As [`programs`].
pub fn postgresql() -> Result<()> {
    if postgres::programs().is_some() {
        return Ok(());
    }
    packages(&["postgresql-common"])?;
    let (file, text) = NO_CLUSTER;
    if !Path::new(file).exists() {
        fs::write(file, text).with_context(|| format!("{file} can't be written"))?;
    }
    packages(&["postgresql"])?;
    postgres::programs().map(drop).context("PostgreSQL was installed, and its programs are not there")
}

fn packages(packages: &[&str]) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let list = packages.join(" ");
    let root = command::find("id").is_some_and(|id| {
        let mut user = Command::new(id);
        user.arg("-u");
        command::output(user).is_ok_and(|user| user.trim() == "0")
    });
    if !root || command::find("apt-get").is_none() {
        bail!("this needs what Debian calls {list}: apt-get install {list}");
    }
    println!("Installing {list} by apt-get");
    apt(&["update"])?;
    apt(&[&["install", "--yes", "--no-install-recommends"], packages].concat())
        .with_context(|| format!("this needs what Debian calls {list}"))
}

fn apt(arguments: &[&str]) -> Result<()> {
    let mut apt = Command::new("apt-get");
    apt.args(["-q", "-o", "Dpkg::Use-Pty=0"]).args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command::run(apt)
}
