//! The files of a release: their names, compressed copies and manifest.

use std::{fs, io::Write, path::Path, process::Command};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, GzBuilder};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256, Sha384};

use crate::{
    command,
    embed::{File, Store},
    locales::Locales,
};

/// The file that says what the others are.
pub const MANIFEST: &str = "manifest.json";

/// A folder of a release's files, and what the manifest says of them.
pub struct Files<'a> {
    folder: &'a Path,
    /// The names under which others ask for the files: `embed`, `aid`, `adopting`, `advice`, `js` and `wasm`, and a language each.
    names: Map<String, Value>,
    listed: Map<String, Value>,
}

impl<'a> Files<'a> {
    /// An empty folder; what stood in it is deleted.
    ///
    /// # Errors
    /// If it can't be emptied or made.
    pub fn new(folder: &'a Path) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(folder).with_context(|| format!("{} can't be emptied", folder.display()))?;
        }
        fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
        Ok(Self { folder, names: Map::new(), listed: Map::new() })
    }

    /// Writes a file, and beside it what a server sends to browsers that take brotli or gzip.
    ///
    /// # Errors
    /// If one of them can't be written.
    pub fn add(&mut self, key: &str, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(name);
        fs::write(&path, bytes).with_context(|| format!("{} can't be written", path.display()))?;
        let (gzip, brotli) = compressed(&path, bytes)?;
        let sizes = json!({ "raw": bytes.len(), "gzip": gzip, "brotli": brotli });
        self.names.insert(key.into(), name.into());
        self.listed.insert(name.into(), json!({ "bytes": sizes, "integrity": integrity(bytes) }));
        Ok(())
    }

    /// Writes a file under a name that no other content has, so that it can be cached for good.
    /// Answers what the file that loads it has to know.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_hashed(&mut self, key: &str, name: &str, bytes: &[u8]) -> Result<File> {
        let name = hashed(name, bytes);
        self.add(key, &name, bytes)?;
        // Hashes can't be compressed, and here they are code that is loaded: the shorter of the two will do.
        Ok((name, format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))))
    }

    /// Writes the manifest.
    ///
    /// # Errors
    /// If it can't be written.
    pub fn finish(self) -> Result<()> {
        let manifest = json!({ "version": env!("CARGO_PKG_VERSION"), "names": self.names, "files": self.listed });
        fs::write(self.folder.join(MANIFEST), format!("{manifest:#}\n")).context("the manifest can't be written")
    }
}

impl Store for Files<'_> {
    const SMALL: bool = true;

    fn keep(&mut self, key: &str, name: &str, text: &str) -> Result<File> {
        self.add_hashed(key, name, text.as_bytes())
    }

    /// Only the language differs in their names: what follows it follows from the content of all.
    fn keep_languages(&mut self, locales: &Locales) -> Result<String> {
        let all: String = locales.files("").into_iter().map(|(_, text)| text).collect();
        let ending = hashed(".json", all.as_bytes());
        for (language, text) in locales.files("") {
            self.add(&language, &format!("{language}{ending}"), text.as_bytes())?;
        }
        Ok(ending)
    }

    fn keep_embed(&mut self, name: &str, text: &str) -> Result<()> {
        self.add("embed", name, text.as_bytes())
    }
}

/// Writes beside a file what a server sends to browsers that take gzip or brotli; answers how many bytes each has.
///
/// # Errors
/// If one of them can't be made or written.
pub fn compressed(path: &Path, bytes: &[u8]) -> Result<(usize, usize)> {
    let (gzip, brotli) = (gzip(bytes)?, brotli(bytes)?);
    for (suffix, bytes) in [(".gz", &gzip), (".br", &brotli)] {
        let mut path = path.as_os_str().to_owned();
        path.push(suffix);
        fs::write(&path, bytes).with_context(|| format!("{} can't be written", path.display()))?;
    }
    Ok((gzip.len(), brotli.len()))
}

/// What stands in a tag's `integrity`.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// `name-01234567.ext` for `name.ext`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha384::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}-{hash}.{extension}")
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    // Without a time and a name in it, the same bytes give the same file.
    let mut writer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

/// Compressed by Node.js, which is here for the JavaScript anyway: its encoder lets everything be tried.
///
/// # Errors
/// If there is no Node.js, or it fails.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut node = Command::new("node");
    node.args(["--input-type=module", "--eval", include_str!("brotli.mjs")]);
    command::piped(node, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_from_the_content() {
        let name = hashed("say-so.js", b"a");
        assert_eq!(name, "say-so-54a59b9f.js");
        assert_ne!(name, hashed("say-so.js", b"b"));
    }

    #[test]
    fn integrity_is_what_browsers_compute() {
        // printf a | openssl dgst -sha384 -binary | base64
        let expected = "sha384-VKWbnyKwuAiA2EJ+VIt8I6vYc0huHwNdzpzWl+hRdQM8qojm1XvDXvrgta/TFF8x";
        assert_eq!(integrity(b"a"), expected);
    }
}
