//! Who sends a request, and whether they speak TLS.
//!
//! A client can write any header, so what counts is only what a trusted proxy adds: of
//! `X-Forwarded-For` and `Forwarded` the rightmost address that is no trusted proxy's. Everything
//! left of it is what the client says of itself.
//!
//! A proxy sets one of the two and may pass the other one through as the client wrote it. Whichever
//! the owner names counts alone. If none is named, the one that is there counts; where both are,
//! they have to name the same client, or the request counts as the proxy's own. So a client that
//! writes the other header gains nobody's address, and shares the proxy's limit.

use std::net::{IpAddr, SocketAddr};

use axum::http::{Extensions, HeaderMap, header::ORIGIN};

use super::{
    forwarded::{FORWARDED, forwarded},
    hop::{Hop, X_FORWARDED_FOR, x_forwarded_for},
    proxies::{ForwardedHeader, Proxies},
};

/// The other end of a connection, put into each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The address of the other end of the connection. IPv4 in the dress of IPv6 is IPv4.
pub fn peer(extensions: &Extensions) -> IpAddr {
    extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip().to_canonical())
}

/// The client's address: the peer's, or what a trusted proxy says it is.
///
/// Where a proxy hides the client or doesn't know it, the last proxy's address stands for it.
pub fn address(headers: &HeaderMap, extensions: &Extensions, proxies: &Proxies) -> IpAddr {
    let peer = peer(extensions);
    if !proxies.trust(peer) {
        return peer;
    }
    let in_x_forwarded_for = || outermost(peer, x_forwarded_for(headers), proxies).0;
    let in_forwarded = || outermost(peer, forwarded(headers), proxies).0;
    match counting(headers, proxies) {
        (false, false) => {
            // Monitors and tools ask without an Origin, and may well ask from a proxy's own machine.
            if headers.contains_key(ORIGIN) {
                proxies.miss_the_client();
            }
            peer
        }
        (true, false) => in_x_forwarded_for(),
        (false, true) => in_forwarded(),
        (true, true) => {
            let address = in_x_forwarded_for();
            if in_forwarded() == address {
                return address;
            }
            proxies.contradict();
            peer
        }
    }
}

/// Whether the client speaks TLS: a trusted proxy says so. The collector itself doesn't speak it.
pub fn is_tls(headers: &HeaderMap, extensions: &Extensions, proxies: &Proxies) -> bool {
    let peer = peer(extensions);
    if !proxies.trust(peer) {
        return false;
    }
    // Who lies here spoils their own cookie and nobody else's, so either may say it.
    let in_x_forwarded_proto = || {
        let scheme = headers.get("x-forwarded-proto").and_then(|scheme| scheme.to_str().ok());
        let first = scheme.and_then(|scheme| scheme.split(',').next());
        first.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
    };
    let in_forwarded = || outermost(peer, forwarded(headers), proxies).1;
    match proxies.header {
        Some(ForwardedHeader::XForwardedFor) => in_x_forwarded_proto(),
        Some(ForwardedHeader::Forwarded) => in_forwarded(),
        None => in_x_forwarded_proto() || in_forwarded(),
    }
}

/// Whether `X-Forwarded-For` is there and counts, and whether `Forwarded` is and does.
fn counting(headers: &HeaderMap, proxies: &Proxies) -> (bool, bool) {
    let counts = |header, name| proxies.header.is_none_or(|named| named == header) && headers.contains_key(name);
    (counts(ForwardedHeader::XForwardedFor, X_FORWARDED_FOR), counts(ForwardedHeader::Forwarded, FORWARDED))
}

/// The first address on the way from the peer outwards that is no trusted proxy's, and whether TLS
/// was spoken there. The way ends early where a proxy names nobody.
fn outermost(peer: IpAddr, hops: impl Iterator<Item = Hop>, proxies: &Proxies) -> (IpAddr, bool) {
    let mut client = (peer, false);
    for hop in hops {
        let Some(address) = hop.address else { return (client.0, hop.tls) };
        client = (address, hop.tls);
        if !proxies.trust(address) {
            break;
        }
    }
    client
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PROXIES: [&str; 2] = ["10.0.0.0/8", "fd00::/8"];

    /// A request with these headers.
    fn request(peer: &str, lines: &[(&'static str, &str)]) -> (HeaderMap, Extensions) {
        let mut headers = HeaderMap::new();
        for (name, line) in lines {
            headers.append(*name, line.parse().unwrap());
        }
        let mut extensions = Extensions::new();
        extensions.insert(Peer(SocketAddr::new(peer.parse().unwrap(), 1)));
        (headers, extensions)
    }

    fn proxies(header: Option<ForwardedHeader>) -> Proxies {
        Proxies::new(PROXIES.iter().map(|network| network.parse().unwrap()).collect(), header)
    }

    fn seen(peer: &str, header: Option<ForwardedHeader>, lines: &[(&'static str, &str)]) -> String {
        let (headers, extensions) = request(peer, lines);
        address(&headers, &extensions, &proxies(header)).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let lines = [(X_FORWARDED_FOR, "198.51.100.9")];
        assert_eq!(seen("192.0.2.1", None, &lines), "192.0.2.1");
        assert_eq!(seen("::ffff:192.0.2.1", None, &lines), "192.0.2.1");
        for proxy in ["10.0.0.1", "10.255.0.1", "::ffff:10.0.0.1", "fd00::1"] {
            assert_eq!(seen(proxy, None, &lines), "198.51.100.9", "{proxy}");
        }
        assert_eq!(seen("10.0.0.1", None, &[]), "10.0.0.1");
    }

    #[test]
    fn the_way_is_walked_from_the_right_past_trusted_proxies() {
        for (line, client) in [
            ("203.0.113.5, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
            ("203.0.113.5, 198.51.100.9:50001, 10.0.0.1:80, [fd00::2]:80", "198.51.100.9"),
            ("203.0.113.5, [2001:db8::9]:50001", "2001:db8::9"),
            ("2001:db8::9", "2001:db8::9"),
            ("::ffff:198.51.100.9", "198.51.100.9"),
            ("10.0.0.7, 10.0.0.2", "10.0.0.7"),
            ("203.0.113.5, nonsense", "10.0.0.1"),
            ("203.0.113.5, nonsense, 10.0.0.2", "10.0.0.2"),
            ("203.0.113.5,", "10.0.0.1"),
        ] {
            assert_eq!(seen("10.0.0.1", None, &[(X_FORWARDED_FOR, line)]), client, "{line}");
        }
        let lines =
            [(X_FORWARDED_FOR, "203.0.113.5"), (X_FORWARDED_FOR, "198.51.100.9"), (X_FORWARDED_FOR, "10.0.0.2")];
        assert_eq!(seen("10.0.0.1", None, &lines), "198.51.100.9");
        let lines = [(FORWARDED, "for=203.0.113.5"), (FORWARDED, "for=\"198.51.100.9:443\", for=\"[fd00::2]\"")];
        assert_eq!(seen("10.0.0.1", None, &lines), "198.51.100.9");
        assert_eq!(seen("10.0.0.1", None, &[(FORWARDED, "for=203.0.113.5, for=_hidden")]), "10.0.0.1");
    }

    #[test]
    fn of_both_headers_the_named_one_counts_and_else_only_what_both_say() {
        let lines = [(X_FORWARDED_FOR, "198.51.100.9"), (FORWARDED, "for=203.0.113.5")];
        assert_eq!(seen("10.0.0.1", None, &lines), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", Some(ForwardedHeader::XForwardedFor), &lines), "198.51.100.9");
        assert_eq!(seen("10.0.0.1", Some(ForwardedHeader::Forwarded), &lines), "203.0.113.5");
        assert_eq!(seen("10.0.0.1", Some(ForwardedHeader::Forwarded), &lines[..1]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", Some(ForwardedHeader::XForwardedFor), &lines[1..]), "10.0.0.1");
        let lines = [(X_FORWARDED_FOR, "198.51.100.9:80, 10.0.0.2"), (FORWARDED, "for=198.51.100.9")];
        assert_eq!(seen("10.0.0.1", None, &lines), "198.51.100.9");
    }

    #[test]
    fn a_trusted_proxy_says_whether_tls_is_spoken() {
        let tls = |peer, header, lines: &[(&'static str, &str)]| {
            let (headers, extensions) = request(peer, lines);
            is_tls(&headers, &extensions, &proxies(header))
        };
        let (old, new) = (("x-forwarded-proto", "https"), (FORWARDED, "for=198.51.100.9;proto=https, for=10.0.0.2"));
        for lines in [[old], [new], [("x-forwarded-proto", "HTTPS, http")], [(FORWARDED, "for=_x;proto=https")]] {
            assert!(tls("10.0.0.1", None, &lines), "{lines:?}");
            assert!(!tls("192.0.2.1", None, &lines), "{lines:?}");
        }
        assert!(!tls("10.0.0.1", None, &[("x-forwarded-proto", "http"), (FORWARDED, "for=198.51.100.9;proto=http")]));
        assert!(!tls("10.0.0.1", None, &[(FORWARDED, "for=203.0.113.5;proto=https, for=198.51.100.9")]));
        assert!(!tls("10.0.0.1", Some(ForwardedHeader::Forwarded), &[old]));
        assert!(!tls("10.0.0.1", Some(ForwardedHeader::XForwardedFor), &[new]));
    }

    fn claim() -> impl Strategy<Value = String> {
        "[ -~]{0,30}|(192\\.0\\.2\\.9|10\\.0\\.0\\.3|for=|\"|\\\\|[,;= ]){0,12}"
    }

    proptest! {
        /// Whatever a client writes into both headers, it is taken for itself or for the proxy.
        #[test]
        fn nobody_can_be_somebody_else(old in claim(), new in claim(), sets_new: bool, same_line: bool, has_other: bool) {
            let (name, own, claimed) =
                if sets_new { (FORWARDED, "for=198.51.100.9", &new) } else { (X_FORWARDED_FOR, "198.51.100.9", &old) };
            let other = if sets_new { (X_FORWARDED_FOR, old.as_str()) } else { (FORWARDED, new.as_str()) };
            let line = format!("{claimed}, {own}");
            let mut lines = if same_line { vec![(name, line.as_str())] } else { vec![(name, claimed.as_str()), (name, own)] };
            if has_other {
                lines.push(other);
            }
            let seen = seen("10.0.0.1", None, &lines);
            prop_assert!(["198.51.100.9", "10.0.0.1"].contains(&seen.as_str()), "{} of {:?}", seen, lines);
            // A line of its own, or one of addresses alone, leaves no doubt.
            prop_assert!(has_other || (same_line && sets_new) || seen == "198.51.100.9", "{} of {:?}", seen, lines);
        }
    }
}
