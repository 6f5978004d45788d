//! A company's website: the host pages, on an origin of their own.

use std::{
    collections::HashMap,
    io,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, Uri, header},
};
use futures_util::stream;
use tokio::task::JoinHandle;

use crate::{collector::widget, library, origin};

/// What every page loads first.
const RECORDER: &str = include_str!("recorder.js");

/// A website. Under `/widget/` it also serves the widget's files.
pub struct Site {
    address: String,
    files: Files,
    /// Where a release has a file that has a plain name while one develops.
    hashed: HashMap<String, String>,
    task: JoinHandle<()>,
}

type Files = Arc<Mutex<HashMap<String, File>>>;

/// What stands at an address.
#[derive(Clone)]
struct File {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
    /// Whether the connection breaks off after half of the body.
    is_cut: bool,
}

impl Site {
    /// Starts a website without pages.
    ///
    /// # Errors
    /// If no port can be had, or the widget isn't built.
    pub async fn start() -> Result<Self> {
        let listener = origin::listen().await?;
        let address = format!("http://{}", listener.local_addr()?);
        let files = Files::default();
        let hashed = hashed(&widget()?)?;
        let router = Router::new().fallback(answer).with_state((Arc::clone(&files), hashed.clone()));
        let task = tokio::spawn(async move {
            // It ends when the site is dropped.
            let _ = axum::serve(listener, router).await;
        });
        let site = Self { address, files, hashed, task };
        site.file("/recorder.js", "text/javascript", RECORDER)?;
        site.file("/favicon.ico", "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")?;
        for entry in std::fs::read_dir(widget()?)? {
            let path = entry?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let mime = match path.extension().and_then(|extension| extension.to_str()) {
                Some("js") => "text/javascript",
                Some("json") => "application/json",
                Some("wasm") => "application/wasm",
                _ => continue,
            };
            site.file(&format!("/widget/{name}"), mime, std::fs::read(&path)?)?;
        }
        Ok(site)
    }

    /// The site's origin.
    pub fn origin(&self) -> &str {
        &self.address
    }

    /// Puts a page at a path, with headers such as `("Content-Security-Policy", "…")`.
    /// The recorder becomes its first script. Gives the page's address.
    ///
    /// # Errors
    /// If it has no `<head>`, or a header is none.
    pub fn page(&self, path: &str, html: &str, headers: &[(&str, &str)]) -> Result<String> {
        let mut file = File::new("text/html;charset=utf-8", recorded(html)?.into())?;
        for (name, value) in headers {
            file.headers.insert(HeaderName::try_from(*name)?, HeaderValue::try_from(*value)?);
        }
        self.put(path, file);
        Ok(format!("{}{path}", self.address))
    }

    /// Puts a file at a path.
    ///
    /// # Errors
    /// If the MIME type is none.
    pub fn file(&self, path: &str, mime: &str, body: impl Into<Vec<u8>>) -> Result<()> {
        self.put(path, File::new(mime, body.into())?);
        Ok(())
    }

    /// Puts a library of `tests/libraries/` on the site, such as `bootstrap`. Gives the address of its classic script.
    ///
    /// # Errors
    /// If it can't be bundled.
    pub fn library(&self, name: &str) -> Result<String> {
        let path = format!("/libraries/{name}.js");
        self.file(&path, "text/javascript", library::bundle(name)?)?;
        Ok(path)
    }

    /// The file at a path.
    ///
    /// # Errors
    /// If there is none.
    pub fn read(&self, path: &str) -> Result<Vec<u8>> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(files.get(self.at(path)).with_context(|| format!("there is no {path}"))?.body.clone())
    }

    /// Breaks the connection off in the middle of the file at a path from now on.
    ///
    /// # Errors
    /// If there is none.
    pub fn cut_short(&self, path: &str) -> Result<()> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get_mut(self.at(path)).with_context(|| format!("there is no {path}"))?.is_cut = true;
        Ok(())
    }

    /// Answers 404 at a path from now on.
    pub fn remove(&self, path: &str) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).remove(self.at(path));
    }

    /// The paths of the widget's scripts.
    pub fn scripts(&self) -> Vec<String> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.keys().filter(|path| path.starts_with("/widget/") && path.ends_with(".js")).cloned().collect()
    }

    /// Whether the widget is a release, whose files are checked as they arrive.
    pub fn is_release(&self) -> bool {
        !self.hashed.is_empty()
    }

    fn at<'a>(&'a self, path: &'a str) -> &'a str {
        self.hashed.get(path).map_or(path, String::as_str)
    }

    fn put(&self, path: &str, file: File) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(self.at(path).to_owned(), file);
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl File {
    fn new(mime: &str, body: Vec<u8>) -> Result<Self> {
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::try_from(mime)?),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        ];
        Ok(Self { status: StatusCode::OK, headers: headers.into_iter().collect(), body, is_cut: false })
    }
}

async fn answer(State((files, hashed)): State<(Files, HashMap<String, String>)>, uri: Uri) -> Response<Body> {
    let path = hashed.get(uri.path()).map_or(uri.path(), String::as_str);
    let file = files.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
    let missing =
        File { status: StatusCode::NOT_FOUND, headers: HeaderMap::new(), body: b"not found".to_vec(), is_cut: false };
    let mut file = file.unwrap_or(missing);
    let body = if file.is_cut {
        file.headers.insert(header::CONTENT_LENGTH, file.body.len().into());
        file.body.truncate(file.body.len() / 2);
        Body::from_stream(stream::iter([Ok(file.body), Err(io::Error::from(io::ErrorKind::BrokenPipe))]))
    } else {
        Body::from(file.body)
    };
    let mut response = Response::new(body);
    *response.status_mut() = file.status;
    *response.headers_mut() = file.headers;
    response
}

/// The paths of a release's files by their plain ones, as its manifest has them.
fn hashed(widget: &Path) -> Result<HashMap<String, String>> {
    let Ok(manifest) = std::fs::read(widget.join("manifest.json")) else { return Ok(HashMap::new()) };
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    let names = manifest["names"].as_object().context("the manifest names no files")?;
    let paths = names.iter().map(|(key, hashed)| {
        let hashed = hashed.as_str().with_context(|| format!("the manifest has no name for {key}"))?;
        let plain = match key.as_str() {
            "embed" | "aid" | "adopting" | "advice" | "formats" | "hands" => format!("{key}.js"),
            "js" => "say-so.js".into(),
            "wasm" => "say-so_bg.wasm".into(),
            language => format!("{language}.json"),
        };
        Ok((format!("/widget/{plain}"), format!("/widget/{hashed}")))
    });
    paths.collect()
}

/// The page with the recorder as its first script.
pub(crate) fn recorded(html: &str) -> Result<String> {
    let head = html.find("<head>").context("the page has no <head>")? + "<head>".len();
    let (before, after) = html.split_at(head);
    // With the nonce of all pages, for those whose policy wants one.
    Ok(format!("{before}<script src=\"/recorder.js\" nonce=\"page\"></script>{after}"))
}

/// A site's file without what it tries out: what a test reads in the panel is not for chance to say.
fn settled(json: &str) -> Result<String> {
    let mut file: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
    file.retain(|member, _| !matches!(member.as_str(), "experiments" | "experiment" | "counts"));
    Ok(serde_json::to_string(&file)?)
}

/// Copies the pages of a folder, with the recorder in each, for the collector to serve.
pub(crate) fn copy_recorded(from: &Path, to: &Path) -> Result<()> {
    for entry in std::fs::read_dir(from).with_context(|| format!("{} can't be read", from.display()))? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.extension().is_some_and(|extension| extension == "html") {
            std::fs::write(&target, recorded(&std::fs::read_to_string(&path)?)?)?;
        } else if path.ends_with("say-so.json") {
            std::fs::write(&target, settled(&std::fs::read_to_string(&path)?)?)?;
        } else if path.is_file() {
            std::fs::copy(&path, &target)?;
        }
    }
    std::fs::write(to.join("recorder.js"), RECORDER)?;
    ensure!(to.join("index.html").is_file(), "{} has no index.html", from.display());
    Ok(())
}
