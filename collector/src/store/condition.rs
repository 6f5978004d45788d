//! Whether the database can keep what is posted, as far as is known: for whoever asks, and so that nothing is
//! acknowledged into a file that is no more.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use super::error::Error;

/// Why the database can't keep anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its file, or the log beside it, was deleted, moved or replaced.
    Gone,
    /// Something of its file is damaged; this is what SQLite says.
    Damaged(String),
    /// Its disk has less room left than is to stay free, in bytes.
    Full {
        /// What is left.
        free: u64,
    },
    /// Writing failed the last time.
    Failing(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone => f.write_str(
                "the database’s file was deleted, moved or replaced, or the file of its log (-wal): put it back, or stop the \
                 collector and start it again",
            ),
            Self::Damaged(why) => {
                write!(
                    f,
                    "the database’s file is damaged ({why}): put a backup in its place and start the collector again"
                )
            }
            Self::Full { free } => write!(f, "the disk is nearly full: {} MB are left", free / 1_000_000),
            Self::Failing(why) => f.write_str(why),
        }
    }
}

/// What is known of the database's condition.
#[derive(Clone)]
pub(super) struct Condition(Arc<Inner>);

struct Inner {
    file: Option<File>,
    fault: Mutex<Option<Fault>>,
    /// How many batches were written.
    writes: AtomicU64,
}

/// The file as it was opened.
struct File {
    path: PathBuf,
    identity: Identity,
    /// The write-ahead log beside it, which has what was committed last. It stays the same file for as long as somebody
    /// has the database open, whether it is emptied or not. (A database that can only be read may have none.)
    log: Option<(PathBuf, Identity)>,
    floor: u64,
}

impl File {
    fn new(path: PathBuf, floor: u64) -> io::Result<Self> {
        // It stands beside the file itself, whatever leads there.
        let mut log = fs::canonicalize(&path)?.into_os_string();
        log.push("-wal");
        let log = PathBuf::from(log);
        let log = identity(&log).ok().map(|found| (log, found));
        Ok(Self { identity: identity(&path)?, path, log, floor })
    }

    /// Whether both are still those that were opened.
    fn is_there(&self) -> bool {
        let is_same = |path: &Path, opened: Identity| identity(path).is_ok_and(|found| found == opened);
        is_same(&self.path, self.identity) && self.log.as_ref().is_none_or(|(path, opened)| is_same(path, *opened))
    }
}

/// What tells a file from another one in its place.
type Identity = Option<(u64, u64)>;

impl Condition {
    /// Of a database that is open; `floor` bytes are to stay free on the disk of its file.
    ///
    /// # Errors
    /// The file can't be looked at.
    pub(super) fn new(file: Option<PathBuf>, floor: u64) -> io::Result<Self> {
        let file = file.map(|path| File::new(path, floor)).transpose()?;
        Ok(Self(Arc::new(Inner { file, fault: Mutex::new(None), writes: AtomicU64::new(0) })))
    }

    /// Whether the file and its log are those that were opened: to be asked before something is written, and again before
    /// that is acknowledged.
    ///
    /// # Errors
    /// [`Error::Unfit`].
    pub(super) fn is_there(&self) -> Result<(), Error> {
        if self.0.file.as_ref().is_none_or(File::is_there) {
            return Ok(());
        }
        self.change(|known| match known {
            // It is damaged also when it is back.
            Some(Fault::Damaged(_)) => known.clone(),
            _ => Some(Fault::Gone),
        });
        Err(Error::Unfit(Fault::Gone))
    }

    /// What speaks against writing now, if anything does. The file is looked at each time.
    ///
    /// # Errors
    /// [`Error::Unfit`].
    pub(super) fn check(&self) -> Result<(), Error> {
        self.is_there()?;
        match self.fault() {
            None | Some(Fault::Failing(_)) => Ok(()),
            Some(fault) => Err(Error::Unfit(fault)),
        }
    }

    /// What is wrong, if anything is.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.0.fault.lock().expect("nothing panics while it holds this").clone()
    }

    /// How many batches were written.
    pub(super) fn writes(&self) -> u64 {
        self.0.writes.load(Ordering::Relaxed)
    }

    /// Notes how writing a batch went: the error, if it failed.
    pub(super) fn wrote(&self, failed: Option<&Error>) {
        if failed.is_none() {
            self.0.writes.fetch_add(1, Ordering::Relaxed);
        }
        self.tried(failed);
    }

    /// Notes how trying to write went.
    pub(super) fn tried(&self, failed: Option<&Error>) {
        match failed {
            None => self.change(|known| known.clone().filter(|known| !matches!(known, Fault::Failing(_)))),
            Some(Error::Unavailable(error)) => self.change(|known| {
                let failing = || Fault::Failing(format!("the database is not available: {error}"));
                Some(known.clone().unwrap_or_else(failing))
            }),
            Some(_) => {}
        }
    }

    /// Notes what is wrong.
    pub(super) fn note(&self, fault: Option<Fault>) {
        self.change(|_| fault);
    }

    /// Makes of what is known what is known now, and says so in the log where that is new.
    fn change(&self, now: impl FnOnce(&Option<Fault>) -> Option<Fault>) {
        let mut known = self.0.fault.lock().expect("nothing panics while it holds this");
        let fault = now(&known);
        let is_new = match (&*known, &fault) {
            (Some(known), Some(fault)) => std::mem::discriminant(known) != std::mem::discriminant(fault),
            (known, fault) => known.is_some() != fault.is_some(),
        };
        if is_new {
            match &fault {
                Some(fault) => tracing::error!("nothing can be kept, and posts are refused: {fault}"),
                None => tracing::info!("the database can be used again"),
            }
        }
        *known = fault;
    }

    /// Looks at the file and its disk.
    pub(super) fn look(&self) {
        let Some(file) = &self.0.file else { return };
        let fault = if file.is_there() {
            let free = fs4::available_space(&file.path).unwrap_or(u64::MAX);
            (free < file.floor).then_some(Fault::Full { free })
        } else {
            Some(Fault::Gone)
        };
        self.change(|known| match (known, &fault) {
            // What is damaged stays so, and writing tells when it works again.
            (Some(Fault::Damaged(_)), _) | (Some(Fault::Failing(_)), None) => known.clone(),
            _ => fault,
        });
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> io::Result<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|file| Some((file.dev(), file.ino())))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|_| None)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn what_fails_is_tried_and_what_is_damaged_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("say-so.db");
        fs::write(&path, "").unwrap();
        let condition = Condition::new(Some(path), 0).unwrap();
        let failed = Error::Unavailable(Arc::new(sqlx::Error::PoolTimedOut));
        condition.wrote(Some(&failed));
        condition.look();
        assert!(matches!(condition.fault(), Some(Fault::Failing(_))), "a file that is there says nothing of writing");
        assert!(condition.check().is_ok());
        assert_eq!(condition.writes(), 0);
        condition.wrote(None);
        assert_eq!((condition.fault(), condition.writes()), (None, 1));
        condition.tried(None);
        assert_eq!(condition.writes(), 1, "who tries writes nothing");
        condition.note(Some(Fault::Damaged("page 7".to_owned())));
        condition.look();
        condition.wrote(None);
        condition.wrote(Some(&failed));
        assert!(matches!(condition.check(), Err(Error::Unfit(Fault::Damaged(_)))));
        fs::rename(folder.path().join("say-so.db"), folder.path().join("moved.db")).unwrap();
        assert!(matches!(condition.check(), Err(Error::Unfit(Fault::Gone))));
        fs::rename(folder.path().join("moved.db"), folder.path().join("say-so.db")).unwrap();
        assert!(
            matches!(condition.check(), Err(Error::Unfit(Fault::Damaged(_)))),
            "it is damaged also when it is back"
        );
    }

    #[test]
    fn a_file_that_is_back_is_taken_again_once_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        let (path, moved) = (folder.path().join("say-so.db"), folder.path().join("moved.db"));
        fs::write(&path, "").unwrap();
        let condition = Condition::new(Some(path.clone()), 0).unwrap();
        fs::rename(&path, &moved).unwrap();
        condition.look();
        assert_eq!(condition.fault(), Some(Fault::Gone));
        condition.wrote(Some(&Error::Unavailable(Arc::new(sqlx::Error::PoolTimedOut))));
        assert_eq!(condition.fault(), Some(Fault::Gone), "it fails because it is gone");
        fs::rename(&moved, &path).unwrap();
        condition.look();
        assert_eq!(condition.fault(), None);
        let condition = Condition::new(Some(path), u64::MAX).unwrap();
        condition.look();
        let free = match condition.fault() {
            Some(Fault::Full { free }) => free,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            Fault::Full { free }.to_string(),
            format!("the disk is nearly full: {} MB are left", free / 1_000_000)
        );
    }
}
