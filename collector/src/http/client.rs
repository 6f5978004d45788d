//! Who sends a request.

use std::net::{IpAddr, SocketAddr};

use axum::http::{Extensions, HeaderMap};

/// The other end of a connection, put into each of its requests.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The client's address: the peer's, or what a trusted proxy says it is.
///
/// Of `X-Forwarded-For` only the last address that is no trusted proxy's counts: everything before
/// it is the client's own claim.
pub fn address(headers: &HeaderMap, extensions: &Extensions, proxies: &[IpAddr]) -> IpAddr {
    let peer = extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip().to_canonical());
    if !proxies.contains(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    for hop in hops.into_iter().rev() {
        match hop.parse::<IpAddr>() {
            Ok(hop) if proxies.contains(&hop) => {}
            Ok(hop) => return hop,
            Err(_) => break,
        }
    }
    peer
}

/// Whether the client speaks TLS: a trusted proxy says so. The collector itself doesn't speak it.
pub fn is_tls(headers: &HeaderMap, extensions: &Extensions, proxies: &[IpAddr]) -> bool {
    let trusted = extensions.get::<Peer>().is_some_and(|peer| proxies.contains(&peer.0.ip().to_canonical()));
    trusted && headers.get("x-forwarded-proto").is_some_and(|protocol| protocol == "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let seen = |peer: &str, forwarded: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().unwrap());
            let mut extensions = Extensions::new();
            extensions.insert(Peer(SocketAddr::new(peer.parse().unwrap(), 1)));
            address(&headers, &extensions, &[proxy]).to_string()
        };
        assert_eq!(seen("192.0.2.1", "198.51.100.9"), "192.0.2.1");
        assert_eq!(seen("10.0.0.1", "198.51.100.9"), "198.51.100.9");
        assert_eq!(seen("10.0.0.1", "203.0.113.5, 198.51.100.9, 10.0.0.1"), "198.51.100.9");
        assert_eq!(seen("10.0.0.1", "nonsense"), "10.0.0.1");
    }
}
