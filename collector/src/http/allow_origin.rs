//! `--allow-origin` as it is written, and what is wrong with what can't be taken.

use std::str::FromStr;

use url::{Host, Url};

use super::origin::{AllowedOrigin, Origin};

/// A text names no website that can be allowed.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrigin {
    /// Nothing stands there.
    #[error("nothing stands there: write a website such as https://shop.example")]
    Empty,
    /// There is no `://`.
    #[error("it has no scheme: write https://{0}")]
    NoScheme(String),
    /// The scheme is another than http and https.
    #[error("only pages over https or http can be allowed, such as https://shop.example")]
    Scheme,
    /// There is more to it than an origin: a path, a query, a user.
    #[error("an origin is a scheme, a host and perhaps a port, and nothing else: write {0}")]
    More(String),
    /// The host or the port can't be read.
    #[error("{0}: write a website such as https://shop.example or http://localhost:3000")]
    Unreadable(#[from] url::ParseError),
    /// A star stands elsewhere than in front of a host, for all of its subdomains.
    #[error("a star stands for subdomains only, in front of the host: https://*.shop.example")]
    Star,
    /// A star in front of a host that isn't one company's.
    #[error(
        "that would allow the websites of everybody: put the company's own domain behind the star, as in https://*.shop.example"
    )]
    Everybody,
    /// The word that browsers send for pages without an origin.
    #[error(
        "null is what browsers send for sandboxed frames, local files and data: addresses, whoever made them: \
         to let all of them post, use --allow-opaque-origins"
    )]
    Opaque,
}

impl FromStr for AllowedOrigin {
    type Err = NotAnOrigin;

    fn from_str(text: &str) -> Result<Self, NotAnOrigin> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotAnOrigin::Empty);
        }
        if text.eq_ignore_ascii_case("null") {
            return Err(NotAnOrigin::Opaque);
        }
        if matches!(text, "*" | "http://*" | "https://*") {
            return Err(NotAnOrigin::Everybody);
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(NotAnOrigin::NoScheme(text.to_owned()));
        };
        let named = rest.strip_prefix("*.");
        let url = Url::parse(&format!("{scheme}://{}", named.unwrap_or(rest)))?;
        let Some(origin) = Origin::of(&url) else { return Err(NotAnOrigin::Scheme) };
        let allowed = Self { origin, subdomains: named.is_some() };
        allowed.check_star(&url)?;
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(NotAnOrigin::More(allowed.to_string()));
        }
        Ok(allowed)
    }
}

impl AllowedOrigin {
    /// Checks that a star is where it means something, in front of a domain that can be one company's.
    fn check_star(&self, url: &Url) -> Result<(), NotAnOrigin> {
        if url.host_str().is_some_and(|host| host.contains('*')) {
            return Err(NotAnOrigin::Star);
        }
        match url.host() {
            _ if !self.subdomains => Ok(()),
            Some(Host::Domain(host)) if host.trim_matches('.').contains('.') || host == "localhost" => Ok(()),
            Some(Host::Domain(_)) => Err(NotAnOrigin::Everybody),
            _ => Err(NotAnOrigin::Star),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://shop.example", "https://shop.example"),
            (" HTTPS://Shop.Example/ ", "https://shop.example"),
            ("https://shop.example:443", "https://shop.example"),
            ("http://shop.example:443", "http://shop.example:443"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("https://bücher.example", "https://xn--bcher-kva.example"),
            ("https://*.Bücher.example:8443/", "https://*.xn--bcher-kva.example:8443"),
            ("http://*.localhost:3000", "http://*.localhost:3000"),
        ] {
            assert_eq!(text.parse::<AllowedOrigin>().unwrap().to_string(), origin, "{text}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused_with_what_to_write() {
        for (text, reason) in [
            ("", "nothing stands there"),
            ("null", "--allow-opaque-origins"),
            ("*", "everybody"),
            ("https://*", "everybody"),
            ("https://*.com", "everybody"),
            ("https://*.example.", "everybody"),
            ("https://*.*.example", "a star stands for subdomains only"),
            ("https://shop.*", "a star stands for subdomains only"),
            ("https://www.*.example", "a star stands for subdomains only"),
            ("https://www-*.shop.example", "a star stands for subdomains only"),
            ("https://*shop.example", "a star stands for subdomains only"),
            ("https://%2a.shop.example", "a star stands for subdomains only"),
            ("https://*.192.0.2.1", "a star stands for subdomains only"),
            ("*.shop.example", "write https://*.shop.example"),
            ("*://shop.example", "write a website"),
            ("https://shop.example:*", "invalid port number"),
            ("https://shop.example:65536", "invalid port number"),
            ("https://", "empty host"),
            ("https://shop example", "invalid"),
            ("shop.example", "write https://shop.example"),
            ("localhost:3000", "write https://localhost:3000"),
            ("https:shop.example", "no scheme"),
            ("ftp://shop.example", "https or http"),
            ("file:///tmp", "https or http"),
            ("https://Shop.example/help", "write https://shop.example"),
            ("https://*.shop.example/help", "write https://*.shop.example"),
            ("https://shop.example?x", "write https://shop.example"),
            ("https://shop.example#x", "write https://shop.example"),
            ("https://a:b@shop.example", "write https://shop.example"),
        ] {
            let error = text.parse::<AllowedOrigin>().expect_err(text).to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_allowed_is_allowed_as_it_is_shown(text in "(https?://)?(\\*\\.)?[a-zA-Zäß0-9.*-]{0,12}(:[0-9]{1,5})?/?") {
            if let Ok(allowed) = text.parse::<AllowedOrigin>() {
                prop_assert_eq!(allowed.to_string().parse(), Ok(allowed));
            }
        }
    }
}
