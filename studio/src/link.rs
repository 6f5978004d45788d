//! A link that holds the file, in its fragment: no server ever reads it.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use miniz_oxide::{deflate::compress_to_vec, inflate::decompress_to_vec_with_limit};

use crate::file::{File, Unreadable};

/// The longest fragment that mail programs and chats leave whole, in characters.
pub const LONGEST: usize = 8_000;

/// The largest file that is read from a link, in bytes.
const LARGEST: usize = 1_000_000;

/// What stands before the file.
const NAME: &str = "#file=";

/// The fragment that holds a file: compressed (RFC 1951), in letters of addresses.
///
/// # Errors
/// Its length in characters, if it is longer than [`LONGEST`].
pub fn fragment(file: &File) -> Result<String, usize> {
    let packed = compress_to_vec(file.json().as_bytes(), 9);
    let fragment = format!("{NAME}{}", BASE64_URL_SAFE_NO_PAD.encode(packed));
    if fragment.len() > LONGEST { Err(fragment.len()) } else { Ok(fragment) }
}

/// The file in a fragment; none if it holds no file.
///
/// # Errors
/// Why the file can't be read.
pub fn file(fragment: &str) -> Option<Result<File, Unreadable>> {
    let packed = fragment.strip_prefix(NAME)?;
    let broken = || Unreadable { line: 1, column: 1, why: "The link is not whole: a part of it is missing.".into() };
    let json = BASE64_URL_SAFE_NO_PAD.decode(packed).ok();
    let json = json.and_then(|packed| decompress_to_vec_with_limit(&packed, LARGEST).ok());
    let json = json.and_then(|bytes| String::from_utf8(bytes).ok());
    Some(json.ok_or_else(broken).and_then(|json| File::read(&json)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::path;

    #[test]
    fn a_link_holds_the_file() {
        let mut whole = File::default();
        whole.set(&path(["wording", "ar", "title"]), Some("كيف حالك؟ #&=".into()));
        let fragment = fragment(&whole).unwrap();
        assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"#=-_".contains(&byte)), "{fragment}");
        assert_eq!(file(&fragment), Some(Ok(whole)));
    }

    #[test]
    fn a_broken_link_says_so() {
        let fragment = fragment(&File::default()).unwrap();
        let broken = fragment.get(..fragment.len() - 2).unwrap();
        assert!(file(broken).unwrap().unwrap_err().why.contains("not whole"));
        assert!(file("#file=%%%").unwrap().is_err());
        assert_eq!(file("#words"), None);
        assert_eq!(file(""), None);
    }

    #[test]
    fn a_file_that_is_too_long_for_a_link_is_not_cut() {
        let mut long = File::default();
        // Digits without a pattern, which can’t be made shorter.
        let mut number = 1u64;
        let digits = std::iter::repeat_with(|| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            number.to_string()
        });
        long.set(&path(["x"]), Some(digits.take(1_000).collect::<String>().into()));
        assert!(fragment(&long).unwrap_err() > LONGEST);
    }
}
