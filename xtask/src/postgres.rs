//! A PostgreSQL server for tests and measurements: started on a free port of this machine in a folder of its own, and gone
//! with it.

use std::{
    env,
    error::Error,
    fs, io,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{self, Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);
/// The pause between two looks at whether it has.
const PAUSE: Duration = Duration::from_millis(50);
/// The role that owns everything.
const ROLE: &str = "say_so";

/// A running server. It ends when this is dropped, and its folder is deleted.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    durable: bool,
    process: Child,
}

impl Server {
    /// Starts a server with no database of ours. With `durable` false it doesn't wait for the disk and takes little of
    /// it, for tests that ask nothing of it.
    ///
    /// # Errors
    /// PostgreSQL isn't there, or doesn't start.
    pub fn start(durable: bool) -> Result<Self> {
        let programs = programs().ok_or("PostgreSQL is not there: Debian calls it postgresql")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = env::temp_dir().join(format!("say-so-postgres-{}-{port}", process::id()));
        fs::create_dir(&folder)?;
        if is_root()? {
            run(Command::new("chown").arg("postgres").arg(&folder))?;
        }
        let mut make = own(&programs.join("initdb"))?;
        make.args(["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync", "--username", ROLE]);
        if !durable {
            make.arg("--wal-segsize=1");
        }
        run(make.arg("--pgdata").arg(folder.join("data")))?;
        let process = launch(&programs, &folder, port, durable)?;
        let mut server = Self { programs, folder, port, durable, process };
        server.wait()?;
        Ok(server)
    }

    /// Where it is, without the name of a database.
    pub fn address(&self) -> String {
        format!("postgres://{ROLE}@127.0.0.1:{}", self.port)
    }

    /// Kills every process of it at once, as a crash does, and starts it again.
    ///
    /// # Errors
    /// It doesn't start.
    #[allow(dead_code, reason = "measurements and the torture share this file")]
    pub fn crash(&mut self) -> Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        // Its other processes end as soon as they notice; until then a new one refuses to start.
        let start = Instant::now();
        loop {
            self.process = launch(&self.programs, &self.folder, self.port, self.durable)?;
            match self.wait() {
                Ok(()) => return Ok(()),
                Err(error) if start.elapsed() > PATIENCE => return Err(error),
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    /// Whether it has ended without being asked to.
    ///
    /// # Errors
    /// The system doesn't say.
    pub fn has_ended(&mut self) -> Result<bool> {
        Ok(self.process.try_wait()?.is_some())
    }

    /// What it has said.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Waits until it takes connections.
    fn wait(&mut self) -> Result<()> {
        let start = Instant::now();
        loop {
            let mut ready = Command::new(self.programs.join("pg_isready"));
            ready.args(["--quiet", "--host", "127.0.0.1", "--port", &self.port.to_string()]);
            if ready.status()?.success() {
                return Ok(());
            }
            if self.has_ended()? || start.elapsed() > PATIENCE {
                return Err(format!("PostgreSQL doesn't start:\n{}", self.log()).into());
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked so, it ends its connections and leaves no shared memory behind. Whatever fails has ended already.
        let _ = Command::new("kill").args(["-INT", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn launch(programs: &Path, folder: &Path, port: u16, durable: bool) -> Result<Child> {
    let mut server = own(&programs.join("postgres"))?;
    server.arg("-D").arg(folder.join("data")).args(["-p", &port.to_string(), "-h", "127.0.0.1", "-k"]).arg(folder);
    server.args(["-c", "max_connections=500"]);
    if !durable {
        server.args(["-c", "fsync=off", "-c", "max_wal_size=32MB"]);
    }
    let log = fs::File::create(folder.join("log"))?;
    Ok(server.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn()?)
}

/// A command of the server's own user, since it refuses to run as root. It ends with this program.
fn own(program: &Path) -> Result<Command> {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if is_root()? {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--init-groups"]);
    }
    command.arg(program).current_dir(env::temp_dir());
    Ok(command)
}

fn is_root() -> io::Result<bool> {
    Ok(Command::new("id").arg("-u").output()?.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)).into())
}

/// Where the server's programs are: Debian keeps them off the search path. The newest, if there are several.
pub fn programs() -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    // A link may stand on the path, and not to all of them.
    let real = env::split_paths(&path).find_map(|folder| fs::canonicalize(folder.join("initdb")).ok());
    real.and_then(|initdb| initdb.parent().map(Path::to_owned)).or_else(|| {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(io::Result::ok).map(|entry| entry.path());
        let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
        let newest = versions.filter(|folder| folder.join("bin/initdb").is_file()).max_by_key(version)?;
        Some(newest.join("bin"))
    })
}
