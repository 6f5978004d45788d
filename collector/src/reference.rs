//! The number that a visitor can quote.

/// Crockford's base 32: digits and letters without I, L, O and U, which are misread or misheard.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A new random reference: seven digits of Crockford's base 32, written `XXX-XXXX`.
///
/// # Errors
/// The operating system gives no random bytes.
pub fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 7];
    getrandom::fill(&mut bytes)?;
    let mut reference = String::with_capacity(8);
    for (place, byte) in bytes.into_iter().enumerate() {
        if place == 3 {
            reference.push('-');
        }
        // 256 is a multiple of 32, so every digit is equally likely.
        reference.push(char::from(DIGITS[usize::from(byte % 32)]));
    }
    Ok(reference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_seven_digits_and_a_hyphen() {
        for _ in 0..1_000 {
            let reference = random().unwrap();
            let (start, end) = reference.split_once('-').unwrap();
            assert_eq!((start.len(), end.len()), (3, 4), "{reference}");
            assert!(start.bytes().chain(end.bytes()).all(|digit| DIGITS.contains(&digit)), "{reference}");
        }
    }

    #[test]
    fn every_digit_turns_up() {
        let all: String = (0..1_000).map(|_| random().unwrap()).collect();
        assert!(DIGITS.iter().all(|digit| all.as_bytes().contains(digit)));
    }
}
