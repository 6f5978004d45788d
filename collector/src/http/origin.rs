//! Websites, as browsers name them and as an owner allows them.

use std::fmt;

use url::Url;

/// A website, as browsers name it in the Origin header: scheme, host and port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    scheme: String,
    host: String,
    /// None where it is the scheme's own.
    port: Option<u16>,
}

impl Origin {
    /// The website of an Origin header, if it names one just as browsers do.
    pub fn sent(text: &str) -> Option<Self> {
        let origin = Self::of(&Url::parse(text).ok()?)?;
        (origin.to_string() == text).then_some(origin)
    }

    /// The origin of an address over http or https.
    pub(super) fn of(url: &Url) -> Option<Self> {
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web.then_some(Self { scheme: url.scheme().to_owned(), host: url.host_str()?.to_owned(), port: url.port() })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

/// A website that may post, or all subdomains of one.
///
/// `https://*.shop.example` stands for `https://www.shop.example` and `https://a.b.shop.example`,
/// but neither for `https://shop.example` itself nor for `https://evilshop.example`. Scheme and port
/// have to be the same.
///
/// ```
/// use say_so_collector::http::origin::{AllowedOrigin, Origin};
///
/// let allowed: AllowedOrigin = "https://*.Shop.example/".parse().unwrap();
/// assert_eq!(allowed.to_string(), "https://*.shop.example");
/// assert!(allowed.includes(&Origin::sent("https://www.shop.example").unwrap()));
/// assert!(!allowed.includes(&Origin::sent("https://www.shop.example:8443").unwrap()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedOrigin {
    pub(super) origin: Origin,
    /// Whether the subdomains are meant, and not the host itself.
    pub(super) subdomains: bool,
}

impl AllowedOrigin {
    /// Whether that website is meant.
    pub fn includes(&self, origin: &Origin) -> bool {
        let Self { origin: own, subdomains } = self;
        if own.scheme != origin.scheme || own.port != origin.port {
            return false;
        }
        if !subdomains {
            return own.host == origin.host;
        }
        let labels = origin.host.strip_suffix(&own.host).and_then(|front| front.strip_suffix('.'));
        labels.is_some_and(|labels| labels.split('.').all(|label| !label.is_empty()))
    }
}

impl fmt::Display for AllowedOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.origin.to_string();
        if self.subdomains { f.write_str(&text.replacen("://", "://*.", 1)) } else { f.write_str(&text) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn includes(allowed: &str, sent: &str) -> bool {
        let allowed: AllowedOrigin = allowed.parse().unwrap();
        Origin::sent(sent).is_some_and(|sent| allowed.includes(&sent))
    }

    #[test]
    fn a_star_stands_for_one_label_or_more() {
        for sent in ["https://www.shop.example", "https://a.b.c.shop.example", "https://xn--bcher-kva.shop.example"] {
            assert!(includes("https://*.shop.example", sent), "{sent}");
        }
        for sent in [
            "https://shop.example",
            "https://evilshop.example",
            "https://.shop.example",
            "https://a..shop.example",
            "https://www.shop.example.",
            "https://www.shop.example.evil.example",
            "https://evil.example/.shop.example",
            "https://evil.example?.shop.example",
            "https://evil.example#.shop.example",
            "https://evil.example@www.shop.example",
            "https://evil.example\\.shop.example",
            "http://www.shop.example",
            "https://www.shop.example:8443",
            "https://www.shop.example/",
            "https://WWW.shop.example",
            "null",
            "",
        ] {
            assert!(!includes("https://*.shop.example", sent), "{sent}");
        }
        assert!(includes("https://*.shop.example:8443", "https://www.shop.example:8443"));
        assert!(!includes("https://*.shop.example:8443", "https://www.shop.example"));
    }

    #[test]
    fn a_host_without_a_star_is_that_host() {
        assert!(includes("https://shop.example:443", "https://shop.example"));
        for sent in ["https://www.shop.example", "http://shop.example", "https://shop.example:444"] {
            assert!(!includes("https://shop.example", sent), "{sent}");
        }
    }

    proptest! {
        /// Whatever a star lets in, browsers read as a host below the one that was named.
        #[test]
        fn a_star_lets_in_nothing_but_subdomains(sent in "https://[a-z.@/:?#\\\\*-]{0,12}\\.?shop\\.example[./:?#a-z0-9]{0,4}") {
            if includes("https://*.shop.example", &sent) {
                let url = Url::parse(&sent).unwrap();
                let labels: Vec<&str> = url.host_str().unwrap().split('.').collect();
                prop_assert!(labels.len() > 2 && labels.ends_with(&["shop", "example"]), "{}", sent);
                prop_assert_eq!(url.port_or_known_default(), Some(443));
            }
        }
    }
}
