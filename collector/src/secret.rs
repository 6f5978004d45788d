//! The collector's secret, and what is derived from it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// 256 random bits, made at the first start and stored in the database.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The secret of that stored text, or none if it is not one.
    pub fn from_text(text: &str) -> Option<Self> {
        BASE64_URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// The secret as it is stored: base64url.
    pub fn to_text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The key that opens a message for its author: the same for each of its revisions.
    pub fn message_key(&self, site: &str, id: &str) -> String {
        self.sign(&[site.as_bytes(), &[0], id.as_bytes()])
    }

    /// Whether that key opens the message. It takes as long for a wrong key as for the right one.
    pub fn opens(&self, site: &str, id: &str, key: &str) -> bool {
        self.message_key(site, id).as_bytes().ct_eq(key.as_bytes()).into()
    }

    fn sign(&self, parts: &[&[u8]]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(part);
        }
        BASE64_URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }
}

/// A new random token: 160 bits in hexadecimal.
///
/// # Errors
/// The operating system gives no random bytes.
pub fn token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// The SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_key_is_the_documented_hmac() {
        // Reckoned with `openssl dgst -sha256 -hmac`.
        let secret = Secret([b'k'; 32]);
        let key = secret.message_key("shop.example", "0123456789abcdef0123456789abcdef");
        assert_eq!(key, "61IqON8fj0I5j31sN3X6VIfCCzW6IE1hQVZR70EKWtM");
    }

    #[test]
    fn a_key_opens_its_own_message_alone() {
        let secret = Secret([b'k'; 32]);
        let key = secret.message_key("shop.example", "0123456789abcdef0123456789abcdef");
        assert!(secret.opens("shop.example", "0123456789abcdef0123456789abcdef", &key));
        assert!(!secret.opens("blog.example", "0123456789abcdef0123456789abcdef", &key));
        assert!(!secret.opens("shop.example", "0123456789abcdef0123456789abcdee", &key));
        assert!(!secret.opens("shop.example", "0123456789abcdef0123456789abcdef", &key[..42]));
        assert!(!secret.opens("shop.example", "0123456789abcdef0123456789abcdef", ""));
    }

    #[test]
    fn all_of_a_token_and_of_a_secret_is_random() {
        let tokens: Vec<String> = (0..64).map(|_| token().unwrap()).collect();
        assert!(tokens.iter().all(|token| token.len() * 4 == 160));
        let secrets: Vec<[u8; 32]> = (0..64).map(|_| Secret::random().unwrap().0).collect();
        // In each place most digits are there, and many bytes.
        let different = |values: Vec<u8>| HashSet::<u8>::from_iter(values).len();
        assert!((0..40).all(|place| different(tokens.iter().map(|token| token.as_bytes()[place]).collect()) > 8));
        assert!((0..32).all(|place| different(secrets.iter().map(|secret| secret[place]).collect()) > 32));
    }

    #[test]
    fn a_secret_survives_its_text() {
        let secret = Secret::random().unwrap();
        assert_eq!(Secret::from_text(&secret.to_text()).unwrap().0, secret.0);
        assert!(Secret::from_text("short").is_none());
    }
}
