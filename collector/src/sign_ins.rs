//! Tries to sign in: how many wrong ones are taken, and the code of a link.
//!
//! A token that the collector makes has 160 random bits, which nobody guesses. So the limits lock nobody out: they keep the
//! log and the machine from being busy with whoever tries. A right token opens at any time, also from an address that
//! is shared with who tries, such as that of a proxy.

use std::{
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use governor::{
    DefaultDirectRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use subtle::ConstantTimeEq;
use tokio::time::{Instant, sleep};

use crate::{http::limit::Limiter, secret::token};

/// How many wrong tokens one address may try in a minute.
const PER_ADDRESS: u32 = 10;
/// How many may be tried in a minute from everywhere.
const IN_ALL: NonZeroU32 = NonZeroU32::new(60).unwrap();
/// How long a try waits, be it right or wrong, while more than that are tried: 1 s. It takes many connections then to try
/// many tokens, and their number is limited.
const SLOW: Duration = Duration::from_secs(1);
/// How long that goes on after the last one that was too many: 60 s.
const SLOW_FOR: Duration = Duration::from_mins(1);
/// How long the code of a link opens the inbox: 10 min.
const CODE_LASTS: Duration = Duration::from_mins(10);

/// What is remembered of tries to sign in.
pub struct SignIns {
    addresses: Limiter,
    all: DefaultDirectRateLimiter,
    /// Until when each try waits.
    slow_until: Mutex<Option<Instant>>,
    /// The code that opens the inbox once, and until when.
    code: Mutex<Option<(String, Instant)>>,
}

impl Default for SignIns {
    fn default() -> Self {
        Self {
            addresses: Limiter::per_minute(PER_ADDRESS),
            all: RateLimiter::direct(Quota::per_minute(IN_ALL)),
            slow_until: Mutex::default(),
            code: Mutex::default(),
        }
    }
}

impl SignIns {
    /// Makes a code for a link. It opens the inbox once, in the next ten minutes, and replaces the code before it. It is
    /// known to this process alone.
    ///
    /// # Errors
    /// The operating system gives no random bytes.
    pub fn code(&self) -> Result<String, getrandom::Error> {
        let code = token()?;
        *lock(&self.code) = Some((code.clone(), Instant::now() + CODE_LASTS));
        Ok(code)
    }

    /// Whether that is the code. If so, it is none any more.
    pub fn take(&self, given: &str) -> bool {
        let mut code = lock(&self.code);
        let is_right = code.as_ref().is_some_and(|(code, until)| {
            Instant::now() < *until && bool::from(code.as_bytes().ct_eq(given.as_bytes()))
        });
        if is_right {
            *code = None;
        }
        is_right
    }

    /// Waits a moment if too many wrong tokens were tried lately, whoever tried them.
    pub async fn turn(&self) {
        let is_slow = lock(&self.slow_until).is_some_and(|until| Instant::now() < until);
        if is_slow {
            sleep(SLOW).await;
        }
    }

    /// Counts a wrong token.
    ///
    /// # Errors
    /// It is one too many; the next is welcome after the time given.
    pub fn wrong(&self, client: IpAddr) -> Result<(), Duration> {
        self.addresses.check(client)?;
        self.all.check().map_err(|later| {
            *lock(&self.slow_until) = Some(Instant::now() + SLOW_FOR);
            later.wait_time_from(DefaultClock::default().now())
        })
    }
}

/// What is locked is replaced as a whole, so a panic elsewhere leaves nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_code_opens_once_and_for_ten_minutes() {
        let tries = SignIns::default();
        assert!(!tries.take(""), "there is none");
        let code = tries.code().unwrap();
        assert!(code.len() == 40 && !tries.take("") && !tries.take(&code[1..]));
        assert!(tries.take(&code) && !tries.take(&code), "once");
        let [first, second] = [tries.code().unwrap(), tries.code().unwrap()];
        assert!(!tries.take(&first) && tries.take(&second), "the last one holds");
        let code = tries.code().unwrap();
        tokio::time::advance(CODE_LASTS).await;
        assert!(!tries.take(&code), "it is too late");
    }

    #[tokio::test(start_paused = true)]
    async fn many_wrong_tries_slow_all_of_them() {
        let tries = SignIns::default();
        let waited = async || {
            let start = Instant::now();
            tries.turn().await;
            start.elapsed()
        };
        let client = |number: u32| IpAddr::from(number.to_be_bytes());
        for number in 0..IN_ALL.get() {
            assert!(tries.wrong(client(number)).is_ok(), "{number}");
        }
        assert_eq!(waited().await, Duration::ZERO);
        assert!(tries.wrong(client(1_000)).is_err());
        assert_eq!(waited().await, SLOW);
        tokio::time::advance(SLOW_FOR - SLOW).await;
        assert_eq!(waited().await, Duration::ZERO);
    }

    #[test]
    fn one_address_slows_no_other() {
        let tries = SignIns::default();
        let client = IpAddr::from([192, 0, 2, 1]);
        assert!((0..PER_ADDRESS).all(|_| tries.wrong(client).is_ok()));
        assert!((0..1_000).all(|_| tries.wrong(client).is_err()));
        assert!(lock(&tries.slow_until).is_none() && tries.wrong([192, 0, 2, 2].into()).is_ok());
    }
}
