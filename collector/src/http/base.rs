//! The path under which a proxy shows the collector, where the proxy doesn't take it away itself.

use std::{fmt, str::FromStr};

use axum::http::{Uri, uri::PathAndQuery};

/// The path that stands in front of every address of the collector: `/feedback` in
/// `https://shop.example/feedback/v1/feedback`.
///
/// Every link, form and redirect of the collector is relative. So only what it is asked has to be
/// read without that path; what it answers is the same with it and without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

/// A text is no base path.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotABasePath {
    /// There is a host in it.
    #[error("a base path is what stands behind the host: of https://shop.example/feedback only /feedback")]
    WithHost,
    /// A part is empty, a dot, or has other characters than a base path may have.
    #[error("a base path has parts of A-Z, a-z, 0-9 and -._~ with a slash before each, such as /feedback")]
    Part,
}

/// Where an address stands to the base path.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    /// Not below it: the proxy has taken it away, or the collector is asked directly.
    Outside,
    /// The base path itself, without the slash that makes what it leads to relative to it.
    Itself,
    /// Below it; this is the rest.
    Below(Uri),
}

impl FromStr for BasePath {
    type Err = NotABasePath;

    fn from_str(text: &str) -> Result<Self, NotABasePath> {
        if text.contains("//") {
            return Err(NotABasePath::WithHost);
        }
        let path = text.trim_matches('/');
        let is_part = |part: &str| {
            !matches!(part, "" | "." | "..")
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
        };
        if path.is_empty() {
            return Ok(Self(String::new()));
        }
        if !path.split('/').all(is_part) {
            return Err(NotABasePath::Part);
        }
        Ok(Self(format!("/{path}")))
    }
}

impl BasePath {
    /// The path in front of an address that feedback would go to without it: such as a proxy leaves
    /// there and the collector was told nothing of.
    pub fn before_the_endpoint(path: &str) -> Option<Self> {
        let ends = ["/v1/feedback", "/v1/feedback/withdraw", "/v1/counts"];
        let front = ends.iter().find_map(|end| path.strip_suffix(end))?;
        let base = front.parse().ok().filter(|base: &Self| base.0 == front);
        base.filter(|_| !front.is_empty())
    }

    /// Where an address stands to this path.
    pub fn asked(&self, uri: &Uri) -> Asked {
        let whole = uri.path_and_query().map_or("/", PathAndQuery::as_str);
        match whole.strip_prefix(&self.0) {
            Some("") => Asked::Itself,
            Some(rest) if rest.starts_with('?') => Asked::Itself,
            Some(rest) if rest.starts_with('/') => rest.parse().map_or(Asked::Outside, Asked::Below),
            _ => Asked::Outside,
        }
    }

    /// Where the address without the last slash leads to, relative to itself.
    pub fn redirect(&self, uri: &Uri) -> String {
        let last = self.0.rsplit('/').next().unwrap_or_default();
        match uri.query() {
            Some(query) => format!("{last}/?{query}"),
            None => format!("{last}/"),
        }
    }
}

impl fmt::Display for BasePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_path_is_written_in_one_way() {
        for (text, path) in [
            ("/feedback", "/feedback"),
            ("/feedback/", "/feedback"),
            ("feedback", "/feedback"),
            ("/a/b.c~d_e-f", "/a/b.c~d_e-f"),
            ("/", ""),
            ("", ""),
        ] {
            assert_eq!(text.parse::<BasePath>().map(|base| base.0), Ok(path.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_base_path_is_refused() {
        for text in ["https://shop.example/feedback", "//shop.example", "/a//b"] {
            assert_eq!(text.parse::<BasePath>(), Err(NotABasePath::WithHost), "{text}");
        }
        for text in ["/a b", "/a?b", "/a#b", "/..", "/a/./b", "/%61", "/ä", "/a\\b", "/{a}", "/*"] {
            assert_eq!(text.parse::<BasePath>(), Err(NotABasePath::Part), "{text}");
        }
    }

    #[test]
    fn what_is_asked_is_read_without_the_base_path() {
        let base: BasePath = "/a/b".parse().unwrap();
        let asked = |uri: &str| base.asked(&uri.parse().unwrap());
        let below = |uri: &str| Asked::Below(uri.parse().unwrap());
        assert_eq!(asked("/a/b/v1/feedback?x=1"), below("/v1/feedback?x=1"));
        assert_eq!(asked("http://shop.example/a/b/inbox"), below("/inbox"));
        assert_eq!(asked("/a/b/"), below("/"));
        assert_eq!(asked("/a/b//c"), below("//c"));
        assert_eq!((asked("/a/b"), asked("/a/b?x")), (Asked::Itself, Asked::Itself));
        for outside in ["/", "/a", "/a/bc", "/v1/feedback", "/A/b/v1/feedback", "/a/%62/v1/feedback"] {
            assert_eq!(asked(outside), Asked::Outside, "{outside}");
        }
        assert_eq!(base.redirect(&"/a/b?x=1".parse().unwrap()), "b/?x=1");
    }

    #[test]
    fn an_endpoint_under_an_unknown_path_is_recognised() {
        let path = |path: &str| BasePath::before_the_endpoint(path).map(|base| base.to_string());
        assert_eq!(path("/feedback/v1/feedback").as_deref(), Some("/feedback"));
        assert_eq!(path("/a/b/v1/feedback/withdraw").as_deref(), Some("/a/b"));
        for other in
            ["/v1/feedback", "/feedback/v1", "/a b/v1/feedback", "/../v1/feedback", "//v1/feedback", "/a//v1/feedback"]
        {
            assert_eq!(path(other), None, "{other}");
        }
    }

    #[test]
    fn no_base_path_takes_nothing_away() {
        let base: BasePath = "/".parse().unwrap();
        assert_eq!(base.asked(&"/v1/feedback".parse().unwrap()), Asked::Below("/v1/feedback".parse().unwrap()));
    }
}
