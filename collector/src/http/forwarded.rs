//! What proxies say of whoever sent them a request: `Forwarded`, the header of RFC 7239.

use axum::http::HeaderMap;

use super::hop::{Hop, node};

/// The name of the header of RFC 7239.
pub const FORWARDED: &str = "forwarded";

/// The hops of `Forwarded`, the nearest first.
///
/// A line that breaks the grammar is one hop without an address. So a quotation mark that a client
/// leaves open can't swallow what a proxy adds behind it and put the client's words in its place.
pub fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = Hop> {
    headers.get_all(FORWARDED).iter().rev().flat_map(|line| {
        let mut hops = line.to_str().ok().and_then(line_of_hops).unwrap_or_else(|| vec![Hop::default()]);
        hops.reverse();
        hops
    })
}

/// The elements of a line of `Forwarded`, in their order.
fn line_of_hops(line: &str) -> Option<Vec<Hop>> {
    let mut hops = Vec::new();
    let mut rest = line;
    loop {
        let (hop, behind) = element(rest)?;
        hops.push(hop);
        match behind.strip_prefix(',') {
            Some(behind) => rest = behind,
            None => return behind.is_empty().then_some(hops),
        }
    }
}

/// The element at the start, and what stands behind it: pairs with semicolons between them.
fn element(text: &str) -> Option<(Hop, &str)> {
    let (mut by_name, mut scheme) = (None, None);
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if !rest.starts_with([',', ';']) && !rest.is_empty() {
            let (name, behind) = rest.split_once('=')?;
            let (value, behind) = value(behind)?;
            let known = match name.to_ascii_lowercase().as_str() {
                "for" => Some(&mut by_name),
                "proto" => Some(&mut scheme),
                name if !name.is_empty() && name.bytes().all(is_token) => None,
                _ => return None,
            };
            // Said twice, it says nothing.
            if known.is_some_and(|known| known.replace(value).is_some()) {
                return None;
            }
            rest = behind.trim_start();
        }
        match rest.strip_prefix(';') {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    let hop = Hop {
        address: by_name.as_deref().and_then(node),
        tls: scheme.is_some_and(|scheme: String| scheme.eq_ignore_ascii_case("https")),
    };
    Some((hop, rest))
}

/// The value at the start, and what stands behind it: in quotation marks, or a word. Ports and
/// brackets should be quoted, and are taken without as well.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.bytes().position(|b| !(is_token(b) || b":[]".contains(&b))).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(chars.next()?.1),
            char => value.push(char),
        }
    }
    None
}

/// Whether the byte may stand in a token of HTTP.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(lines: &[&str]) -> Vec<Hop> {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED, line.parse().unwrap());
        }
        forwarded(&headers).collect()
    }

    fn hop(address: &str, tls: bool) -> Hop {
        Hop { address: address.parse().ok(), tls }
    }

    #[test]
    fn elements_are_read_from_the_right_through_all_lines() {
        let lines = ["for=192.0.2.1, For=\"[2001:db8::2]:4711\" ; by=_lb;PROTO=HTTPS", "for=192.0.2.3;proto=http"];
        assert_eq!(read(&lines), [hop("192.0.2.3", false), hop("2001:db8::2", true), hop("192.0.2.1", false)]);
        assert_eq!(read(&[]), []);
    }

    #[test]
    fn what_is_quoted_may_hold_what_parts_the_elements() {
        let line = r#"for=192.0.2.1;host="a,b;for=9.9.9.9\",for=8.8.8.8";proto=https, for="192.0.2\.2""#;
        assert_eq!(read(&[line]), [hop("192.0.2.2", false), hop("192.0.2.1", true)]);
    }

    #[test]
    fn what_should_be_quoted_is_taken_without_as_well() {
        assert_eq!(read(&["for=192.0.2.1:80;proto=https"]), [hop("192.0.2.1", true)]);
        assert_eq!(read(&["for=[2001:db8::1]:80"]), [hop("2001:db8::1", false)]);
    }

    #[test]
    fn who_is_hidden_or_not_named_has_no_address() {
        for line in ["for=_gazonk", "for=unknown", "for=\"_a:80\"", "by=192.0.2.1", "for=\"\"", "", ";", "for=shop"] {
            assert_eq!(read(&[line]), [Hop::default()], "{line}");
        }
        assert_eq!(read(&["for=_gazonk;proto=https"]), [hop("", true)]);
        assert_eq!(read(&["for=192.0.2.1,"]), [Hop::default(), hop("192.0.2.1", false)]);
    }

    #[test]
    fn a_line_that_breaks_the_grammar_names_nobody() {
        for line in [
            "192.0.2.1",
            "for",
            "for=",
            "=192.0.2.1",
            "for =192.0.2.1",
            "for= 192.0.2.1",
            "for=192.0.2.1 for=192.0.2.2",
            "for=192.0.2.1;for=192.0.2.2",
            "proto=https;for=192.0.2.1;PROTO=http",
            "for=\"192.0.2.1",
            "for=\"192.0.2.1\\",
            "for=\"192.0.2.1\"x",
            "f(r=192.0.2.1",
            // Also where another pair names an address.
            "=x;for=192.0.2.1",
            "b(y=x;for=192.0.2.1",
            "by=;for=192.0.2.1",
        ] {
            assert_eq!(read(&[line]), [Hop::default()], "{line}");
        }
        assert_eq!(read(&["for=\"", "for=192.0.2.1"]), [hop("192.0.2.1", false), Hop::default()]);
    }

    proptest! {
        /// A proxy adds its element behind whatever a client has written.
        #[test]
        fn no_client_gets_its_words_behind_a_proxy_s(claim in "[ -~]{0,40}|(for=|\"|\\\\|192\\.0\\.2\\.9|[,;=\\[\\] ]|proto=https){0,16}", six: bool) {
            let (own, address) =
                if six { ("for=\"[2001:db8::1]\";proto=http", "2001:db8::1") } else { ("for=198.51.100.1", "198.51.100.1") };
            let nearest = read(&[&format!("{claim}, {own}")])[0];
            prop_assert!(nearest == hop(address, false) || nearest == Hop::default(), "{:?}", nearest);
            prop_assert_eq!(read(&[&claim, own])[0], hop(address, false), "on a line of its own it always counts");
        }
    }
}
