//! What proxies say of whoever sent them a request: `X-Forwarded-For`.
//!
//! Nothing is believed here, only read: from the right, since each proxy adds what it saw behind
//! what it was given. Which of it counts is decided in [`client`](super::client).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;

/// The name of the header that nearly every proxy sets.
pub const X_FORWARDED_FOR: &str = "x-forwarded-for";

/// What one proxy says of whoever sent it the request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hop {
    /// Their address; none where the proxy doesn't know it, hides it, or can't be understood.
    pub address: Option<IpAddr>,
    /// Whether they spoke TLS, as far as is said.
    pub tls: bool,
}

/// The hops of `X-Forwarded-For`, the nearest first.
pub fn x_forwarded_for(headers: &HeaderMap) -> impl Iterator<Item = Hop> {
    let lines = headers.get_all(X_FORWARDED_FOR).iter().rev();
    let names = lines.flat_map(|line| line.as_bytes().rsplit(|&byte| byte == b','));
    names.map(|name| Hop { address: std::str::from_utf8(name).ok().and_then(|name| node(name.trim())), tls: false })
}

/// The address in a node's name: `192.0.2.1`, `192.0.2.1:50001`, `2001:db8::1`, `[2001:db8::1]` or
/// `[2001:db8::1]:50001`, where the port may be hidden (`:_p`). None of `unknown`, a hidden name
/// (`_gazonk`) and anything else. IPv4 in the dress of IPv6 is IPv4.
///
/// ```
/// use say_so_collector::http::hop::node;
///
/// assert_eq!(node("[2001:db8::1]:50001"), "2001:db8::1".parse().ok());
/// assert_eq!(node("_hidden"), None);
/// ```
pub fn node(name: &str) -> Option<IpAddr> {
    let (address, port) = if let Some(name) = name.strip_prefix('[') {
        let (address, port) = name.split_once(']')?;
        (IpAddr::from(address.parse::<Ipv6Addr>().ok()?), port)
    } else if let Ok(address) = name.parse() {
        (address, "")
    } else {
        let at = name.find(':')?;
        (IpAddr::from(name[..at].parse::<Ipv4Addr>().ok()?), &name[at..])
    };
    is_port(port).then(|| address.to_canonical())
}

/// Whether that is nothing, or a port behind its colon: a number, or hidden.
fn is_port(text: &str) -> bool {
    let Some(port) = text.strip_prefix(':') else { return text.is_empty() };
    match port.strip_prefix('_') {
        Some(hidden) => !hidden.is_empty() && hidden.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b)),
        None => port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_node_has_an_address_with_or_without_a_port() {
        for (name, address) in [
            ("198.51.100.1", "198.51.100.1"),
            ("198.51.100.1:50001", "198.51.100.1"),
            ("198.51.100.1:_hidden", "198.51.100.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:DB8::1]:50001", "2001:db8::1"),
            ("::ffff:198.51.100.1", "198.51.100.1"),
            ("[::ffff:c633:6401]:80", "198.51.100.1"),
        ] {
            assert_eq!(node(name), Some(address.parse().unwrap()), "{name}");
        }
        for name in [
            "",
            "unknown",
            "unknown:80",
            "_gazonk",
            "shop.example",
            "198.51.100",
            "198.51.100.01",
            "198.51.100.1:",
            "198.51.100.1:x",
            "198.51.100.1:65536",
            "198.51.100.1:+80",
            "198.51.100.1:_",
            "198.51.100.1:1:2",
            "[198.51.100.1]",
            "[2001:db8::1",
            "[2001:db8::1]80",
            "fe80::1%eth0",
            "\"198.51.100.1\"",
            "198.51.100.1 ",
        ] {
            assert_eq!(node(name), None, "{name}");
        }
    }

    fn listed(lines: &[&str]) -> Vec<Option<String>> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(X_FORWARDED_FOR, line.parse().unwrap());
        }
        x_forwarded_for(&headers).map(|hop| hop.address.map(|address| address.to_string())).collect()
    }

    #[test]
    fn addresses_are_read_from_the_right_through_all_lines() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(listed(&[]), []);
        assert_eq!(listed(&["192.0.2.1:80 ,192.0.2.2"]), [some("192.0.2.2"), some("192.0.2.1")]);
        assert_eq!(
            listed(&["192.0.2.1, [2001:db8::2]:80", "192.0.2.3"]),
            [some("192.0.2.3"), some("2001:db8::2"), some("192.0.2.1")]
        );
        assert_eq!(listed(&["192.0.2.1,", ""]), [None, None, some("192.0.2.1")], "what is empty names nobody");
        assert_eq!(listed(&["é, 192.0.2.1"]), [some("192.0.2.1"), None]);
    }

    proptest! {
        #[test]
        fn an_address_is_read_as_it_is_written(address: IpAddr, port: u16) {
            let read = Some(address.to_canonical());
            prop_assert_eq!(node(&address.to_string()), read);
            prop_assert_eq!(node(&std::net::SocketAddr::new(address, port).to_string()), read);
        }

        #[test]
        fn any_text_is_read_without_a_fault(text in "[0-9a-fA-F:.\\[\\]_ ]{0,40}|\\PC{0,20}") {
            let _ = node(&text);
        }
    }
}
