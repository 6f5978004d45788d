//! Networks of addresses, as they are written: `10.0.0.0/8`.

use std::{net::IpAddr, str::FromStr};

use ipnet::IpNet;

use super::hop::node;

/// One address, or all of a network.
///
/// ```
/// use say_so_collector::http::network::Network;
///
/// let network: Network = "10.0.0.0/8".parse().unwrap();
/// assert!(network.contains("10.1.2.3".parse().unwrap()));
/// assert!("10.0.0.1/8".parse::<Network>().is_err(), "one address, or a network?");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network(IpNet);

/// A text names no network that can be trusted.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotANetwork {
    /// It is something else, such as a host's name.
    #[error("it is no address: write one such as 10.0.0.1 or fd00::1, or a network such as 10.0.0.0/8")]
    NoAddress,
    /// There is more to it than the address.
    #[error("a proxy is known by its address alone: write {0}")]
    WithPort(IpAddr),
    /// What stands behind the slash is no number of bits.
    #[error("behind the slash stands a number from 1 to {0}")]
    Prefix(u8),
    /// The address has bits behind the network's.
    #[error("{address} is an address inside that network: write {address} for it alone, or {network} for all of it")]
    InsideNetwork {
        /// What stands in front of the slash.
        address: IpAddr,
        /// The network that it is in.
        network: IpNet,
    },
    /// All addresses.
    #[error("that is every address there is, so that visitors could say of themselves who they are")]
    Everyone,
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let text = text.trim();
        let Some((address, prefix)) = text.split_once('/') else {
            return match text.parse::<IpAddr>() {
                Ok(address) => Ok(Self(address.to_canonical().into())),
                Err(_) => Err(node(text).map_or(NotANetwork::NoAddress, NotANetwork::WithPort)),
            };
        };
        let address: IpAddr = address.parse().map_err(|_| NotANetwork::NoAddress)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let digits = prefix.bytes().all(|digit| digit.is_ascii_digit());
        let prefix = prefix.parse().ok().filter(|_| digits).ok_or(NotANetwork::Prefix(bits))?;
        let network = IpNet::new(address, prefix).map_err(|_| NotANetwork::Prefix(bits))?;
        if network.prefix_len() == 0 {
            return Err(NotANetwork::Everyone);
        }
        if network.trunc() != network {
            return Err(NotANetwork::InsideNetwork { address, network: network.trunc() });
        }
        canonical(network).map(Self)
    }
}

/// The network as its addresses are compared: IPv4 in the dress of IPv6 is IPv4.
fn canonical(network: IpNet) -> Result<IpNet, NotANetwork> {
    match (network.addr().to_canonical(), network.prefix_len()) {
        // No prefix of IPv4 is that long.
        (IpAddr::V4(address), 97..) => {
            IpNet::new(address.into(), network.prefix_len() - 96).map_err(|_| NotANetwork::Prefix(128))
        }
        (IpAddr::V4(_), _) if network.addr().is_ipv6() => Err(NotANetwork::Everyone),
        _ => Ok(network),
    }
}

impl Network {
    /// Whether the address is in it. IPv4 in the dress of IPv6 is IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        network.parse::<Network>().unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn an_address_alone_is_a_network_of_one() {
        assert!(contains("10.0.0.1", "10.0.0.1") && !contains("10.0.0.1", "10.0.0.2"));
        assert!(contains("::1", "::1") && !contains("::1", "::2"));
        assert!(contains(" 10.0.0.1", "10.0.0.1"), "a space behind the comma of a list");
    }

    #[test]
    fn a_network_ends_where_its_bits_do() {
        assert!(contains("10.0.0.0/8", "10.255.255.255") && !contains("10.0.0.0/8", "11.0.0.0"));
        assert!(contains("172.16.0.0/12", "172.31.0.1") && !contains("172.16.0.0/12", "172.32.0.1"));
        assert!(contains("fd00::/8", "fdff::1") && !contains("fd00::/8", "fe00::1"));
        assert!(contains("2001:db8::/33", "2001:db8:7fff::") && !contains("2001:db8::/33", "2001:db8:8000::"));
        assert!(contains("10.0.0.1/32", "10.0.0.1") && !contains("10.0.0.1/32", "10.0.0.0"));
        assert!(!contains("10.0.0.0/8", "::1") && !contains("fd00::/8", "10.0.0.1"));
    }

    #[test]
    fn both_dresses_of_an_ipv4_address_are_one() {
        assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3") && contains("10.0.0.1", "::ffff:10.0.0.1"));
        assert!(contains("::ffff:10.0.0.1", "10.0.0.1") && contains("::ffff:10.0.0.0/104", "10.1.2.3"));
        assert!(!contains("::ffff:10.0.0.0/104", "11.1.2.3"));
    }

    #[test]
    fn what_is_no_network_is_refused_with_what_to_write() {
        for (text, reason) in [
            ("", "it is no address"),
            ("nginx", "it is no address"),
            ("10.0.0", "it is no address"),
            ("10.0.0.256", "it is no address"),
            ("10.0.0/8", "it is no address"),
            ("10.0.0.1:80", "write 10.0.0.1"),
            ("[fd00::1]", "write fd00::1"),
            ("[fd00::1]:80", "write fd00::1"),
            ("10.0.0.0/", "from 1 to 32"),
            ("10.0.0.0/33", "from 1 to 32"),
            ("10.0.0.0/+8", "from 1 to 32"),
            ("10.0.0.0/255.0.0.0", "from 1 to 32"),
            ("fd00::/129", "from 1 to 128"),
            ("10.0.0.1/8", "write 10.0.0.1 for it alone, or 10.0.0.0/8 for all of it"),
            ("fd00::1/8", "write fd00::1 for it alone, or fd00::/8 for all of it"),
            ("0.0.0.0/0", "every address"),
            ("::/0", "every address"),
            ("::ffff:0:0/96", "every address"),
        ] {
            let error = text.parse::<Network>().expect_err(text).to_string();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
