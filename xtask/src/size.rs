//! The bytes of each file a visitor's browser loads.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};

/// The size of a file in bytes, plain and compressed as hard as can be.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl Size {
    fn of(bytes: &[u8]) -> Result<Self> {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 11, 24);
        brotli.write_all(bytes)?;
        Ok(Self { raw: bytes.len(), gzip: gzip.finish()?.len(), brotli: brotli.into_inner().len() })
    }

    fn print(self, name: &str) {
        println!("{name:<20} {:>9} {:>9} {:>9}", self.raw, self.gzip, self.brotli);
    }
}

/// Prints the sizes of a folder's files in a table.
///
/// # Errors
/// If a file can't be read.
pub fn print(folder: &Path) -> Result<()> {
    let mut files = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
        .with_context(|| format!("{} can't be read", folder.display()))?;
    files.retain(|path| path.is_file());
    files.sort();
    println!("{:<20} {:>9} {:>9} {:>9}", "bytes", "raw", "gzip", "brotli");
    let mut all = Size::default();
    for path in files {
        let bytes = fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let size = Size::of(&bytes)?;
        size.print(&path.file_name().unwrap_or_default().to_string_lossy());
        all = Size { raw: all.raw + size.raw, gzip: all.gzip + size.gzip, brotli: all.brotli + size.brotli };
    }
    all.print("all");
    Ok(())
}
