//! The names under which somebody is remembered for a day.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key that is made at random each UTC day and stands nowhere else: without it, nobody finds again what a name was made
/// of.
pub struct DayKey([u8; 32]);

impl DayKey {
    /// A new key.
    pub fn random() -> Self {
        let mut key = [0; 32];
        getrandom::fill(&mut key).expect("there were random bytes for the collector's secret");
        Self(key)
    }

    /// The name of somebody under this key: the start of an HMAC.
    pub fn name(&self, of: &[u8]) -> u128 {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(of);
        let mut name = [0; 16];
        name.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        u128::from_be_bytes(name)
    }
}
