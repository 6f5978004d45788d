//! The files that the collector serves: the widget's, for any website, and behind them the pages
//! of a website of its own, such as a demo.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;
use tower_http::services::ServeDir;

use crate::{app::App, error::Error};

/// For files whose name changes with their content, and for a frozen version: a year.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// For files whose name stays: five minutes, then asking whether they have changed.
const SHORT: &str = "public, max-age=300";
/// For pages: always asking whether they have changed.
const ASK: &str = "no-cache";
/// The folder name of this version.
const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// Serves a file of the widget, or else a page.
///
/// # Errors
/// [`Error::NotFound`], [`Error::MethodNotAllowed`] for anything but GET and HEAD, or [`Error::Internal`] if the file is
/// there and can't be read.
pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Result<Response, Error> {
    let (head, _) = request.into_parts();
    if !matches!(head.method, Method::GET | Method::HEAD) {
        return Err(Error::MethodNotAllowed { allow: "GET, HEAD" });
    }
    let path = percent_decode_str(head.uri.path()).decode_utf8().map_err(|_| Error::NotFound)?.into_owned();
    if !is_open(&path) {
        return Err(Error::NotFound);
    }
    let version = version(&path);
    if let Some(folder) = &app.assets
        && let Some(response) = asset(folder, &path, version, &head).await?
    {
        return Ok(response);
    }
    if let Some(folder) = &app.pages
        && version.is_none()
        && let Some(mut response) = file(ServeDir::new(folder), copy(&head, &head.uri)).await?
    {
        set(&mut response, &[(header::CACHE_CONTROL, ASK)]);
        return Ok(response);
    }
    Err(Error::NotFound)
}

/// Checks that a folder has the widget's files.
///
/// # Errors
/// A sentence that says what is missing.
pub fn check(folder: PathBuf) -> Result<PathBuf, String> {
    match File::open(folder.join("embed.js")) {
        Ok(_) => Ok(folder),
        Err(error) => Err(format!("its embed.js can't be read: {error}; name the folder with the widget's files")),
    }
}

async fn asset(folder: &Path, path: &str, version: Option<&str>, head: &Parts) -> Result<Option<Response>, Error> {
    // The files of this version are the folder's own, unless it has them frozen as well.
    let own = version == Some(VERSION) && !folder.join(VERSION).is_dir();
    let unversioned: Uri;
    let uri = match head.uri.path().strip_prefix(&format!("/{VERSION}")) {
        Some(rest) if own => {
            let Ok(rest) = rest.parse() else { return Ok(None) };
            unversioned = rest;
            &unversioned
        }
        _ => &head.uri,
    };
    let files = ServeDir::new(folder).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    let Some(mut response) = file(files, copy(head, uri)).await? else { return Ok(None) };
    let caching = if version.is_some() || is_hashed(path) { FOREVER } else { SHORT };
    set(
        &mut response,
        &[
            (header::CACHE_CONTROL, caching),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
            (HeaderName::from_static("timing-allow-origin"), "*"),
        ],
    );
    Ok(Some(response))
}

/// Asks for a file; none if it is not there, or none can have that name.
async fn file(mut files: ServeDir, request: Request) -> Result<Option<Response>, Error> {
    use io::ErrorKind::{InvalidFilename, NotADirectory, NotFound, PermissionDenied};
    let response = match files.try_call(request).await {
        Ok(response) => response,
        Err(error) if matches!(error.kind(), InvalidFilename | NotADirectory | NotFound | PermissionDenied) => {
            return Ok(None);
        }
        Err(error) => {
            tracing::error!("a file could not be read: {error}");
            return Err(Error::Internal);
        }
    };
    if response.status().is_client_error() && response.status() != StatusCode::RANGE_NOT_SATISFIABLE {
        return Ok(None);
    }
    if response.status() == StatusCode::RANGE_NOT_SATISFIABLE {
        let mut refusal = Error::RangeOutside.into_response();
        if let Some(size) = response.headers().get(header::CONTENT_RANGE) {
            refusal.headers_mut().insert(header::CONTENT_RANGE, size.clone());
        }
        return Ok(Some(refusal));
    }
    let mut response = response.into_response();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if let Some(kind) = kind.filter(|kind| kind.starts_with("text/") && !kind.contains("charset"))
        && let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8"))
    {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    relate(&mut response);
    Ok(Some(response))
}

/// Makes the redirect from a folder to its address with a slash relative, so that it also holds behind a
/// proxy that shows the collector under another path.
fn relate(response: &mut Response) {
    let headers = response.headers_mut();
    let folder = headers.get(header::LOCATION).and_then(|location| location.to_str().ok()).and_then(|location| {
        let (path, query) = location.split_at(location.find('?').unwrap_or(location.len()));
        let name = path.strip_suffix('/')?.rsplit('/').next()?;
        // The dot is there for names with a colon, which would be a scheme.
        HeaderValue::try_from(format!("./{name}/{query}")).ok()
    });
    if let Some(folder) = folder {
        headers.insert(header::LOCATION, folder);
    }
}

fn set(response: &mut Response, headers: &[(HeaderName, &'static str)]) {
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
}

/// The request without its body, for another address.
fn copy(head: &Parts, uri: &Uri) -> Request {
    let mut copy = Request::new(Body::empty());
    *copy.method_mut() = head.method.clone();
    *copy.uri_mut() = uri.clone();
    *copy.headers_mut() = head.headers.clone();
    copy
}

/// Whether the path, decoded, leads neither out of the folder nor to a hidden file.
fn is_open(path: &str) -> bool {
    !path.contains(['\\', '\0'])
        && !path.contains("//")
        && path.split('/').all(|part| !part.starts_with('.') || part == ".well-known")
}

/// The version that the path is frozen under: `v1.2.3` of `/v1.2.3/embed.js`.
fn version(path: &str) -> Option<&str> {
    let (version, _) = path.strip_prefix('/')?.split_once('/')?;
    let numbers = version.strip_prefix('v')?.split(['-', '+']).next()?;
    let is_number = |number: &str| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    (numbers.split('.').count() == 3 && numbers.split('.').all(is_number)).then_some(version)
}

/// Whether the file's name has a hash of its content: `name-<8 or more hexadecimal digits>.ext`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem.rsplit_once('-').is_some_and(|(start, hash)| {
        !start.is_empty() && hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_eight_hexadecimal_digits_or_more() {
        for path in ["/say-so-0123abcd.js", "/v1/say-so_bg-0123456789abcdef.wasm", "/a-DEADBEEF.js.map"] {
            assert!(is_hashed(path), "{path}");
        }
        for path in ["/embed.js", "/say-so.js", "/say-so-0123abc.js", "/-0123abcd.js", "/say-so-0123abcg.js", "/"] {
            assert!(!is_hashed(path), "{path}");
        }
    }

    #[test]
    fn a_version_is_three_numbers() {
        assert_eq!(version("/v1.2.3/embed.js"), Some("v1.2.3"));
        assert_eq!(version("/v1.2.3-rc.1/embed.js"), Some("v1.2.3-rc.1"));
        for path in ["/v1.2.3", "/v1/feedback", "/v1.2/embed.js", "/1.2.3/embed.js", "/v1.2.x/embed.js", "/"] {
            assert_eq!(version(path), None, "{path}");
        }
    }

    #[test]
    fn hidden_files_stay_hidden() {
        assert!(is_open("/a/b.js") && is_open("/.well-known/security.txt"));
        for path in ["/.git/config", "//a", "/a/../b", "/..", "/a\\..\\b", "/a\0.js"] {
            assert!(!is_open(path), "{path}");
        }
    }
}
