//! The proxies in front of the collector, and whether they are believed.

use std::{net::IpAddr, sync::Once};

use axum::http::{Extensions, HeaderMap};
use clap::ValueEnum;

use super::{client::peer, forwarded::FORWARDED, hop::X_FORWARDED_FOR, network::Network};

/// The headers that show that a request has come through a proxy.
const SIGNS: [&str; 4] = [X_FORWARDED_FOR, FORWARDED, "x-forwarded-proto", "x-real-ip"];

/// The header in which proxies say who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ForwardedHeader {
    /// `X-Forwarded-For`, and `X-Forwarded-Proto` beside it.
    XForwardedFor,
    /// `Forwarded`, of RFC 7239.
    Forwarded,
}

/// The proxies in front of the collector.
#[derive(Debug)]
pub struct Proxies {
    trusted: Vec<Network>,
    /// The header that counts. If none is named, either does, and both only where they agree.
    pub header: Option<ForwardedHeader>,
    untrusted: Once,
    contradiction: Once,
    silence: Once,
}

impl Proxies {
    /// Those of these addresses, and the header that they speak by.
    pub fn new(trusted: Vec<Network>, header: Option<ForwardedHeader>) -> Self {
        Self { trusted, header, untrusted: Once::new(), contradiction: Once::new(), silence: Once::new() }
    }

    /// Whether what stands at that address is believed.
    pub fn trust(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(address))
    }

    /// Warns the owner, once in a run, if a request seems to have come through a proxy that isn't
    /// trusted. Anybody can write such a header, so it is no more than a hint.
    pub fn look_at(&self, headers: &HeaderMap, extensions: &Extensions) {
        let peer = peer(extensions);
        let Some(sign) = SIGNS.iter().find(|name| headers.contains_key(**name)) else { return };
        if self.trust(peer) {
            return;
        }
        self.untrusted.call_once(|| {
            // Another address may be a visitor's, and those are not logged.
            let address = if peer.is_loopback() { peer.to_string() } else { "ADDRESS".to_owned() };
            if self.trusted.is_empty() {
                tracing::warn!(
                    "a proxy seems to stand in front: a request came with {sign}, and no proxy is trusted. All \
                     visitors behind it count as one, and share one limit on posts. If the proxy is yours, name \
                     its address or its network: --trust-proxy {address}"
                );
            } else {
                tracing::warn!(
                    "a request came with {sign} from an address that is not among those of --trust-proxy, so that \
                     header was not believed. If it came through a proxy of yours, name that one too: \
                     --trust-proxy {address}"
                );
            }
        });
    }

    /// Warns the owner, once in a run, that a trusted proxy sends a page's request on and doesn't say whose.
    pub fn miss_the_client(&self) {
        self.silence.call_once(|| {
            tracing::warn!(
                "a page's request came from a trusted proxy that doesn't say who sends it. All visitors behind it \
                 count as one, and share one limit on posts. Let the proxy set X-Forwarded-For, or name the header \
                 that it does set: --forwarded-header"
            );
        });
    }

    /// Warns the owner, once in a run, that a trusted proxy's two headers name different clients.
    pub fn contradict(&self) {
        self.contradiction.call_once(|| {
            tracing::warn!(
                "a trusted proxy sent X-Forwarded-For and Forwarded, and they name different clients. One of them \
                 may be what a client wrote, so neither is believed, and the request counts as the proxy's. Name \
                 the header that your proxy sets: --forwarded-header x-forwarded-for, or --forwarded-header \
                 forwarded"
            );
        });
    }
}
