//! Somebody who posts: new messages, next revisions and what was posted before, one after the other, and who remembers
//! each answer.

use std::{collections::HashMap, sync::Arc, time::Duration};

use fastrand::Rng;
use serde::Deserialize;
use tokio::{
    sync::{Semaphore, watch},
    time::sleep,
};

use crate::running::{
    Result,
    connection::{Answer, Connection},
};

/// The pause before somebody tries again who was refused, or can't connect.
const PAUSE: Duration = Duration::from_millis(10);
const WORDS: &str = include_str!("../../tests/golden/submissions/words.json");
const SITES: [&str; 3] = ["shop.example", "blog.example", "help.example"];

/// What goes on with the collectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// They may be killed at any moment, and others start: whoever hears nothing connects again.
    Going,
    /// They were asked to stop: whoever hears nothing has not been read.
    Stopping,
    /// Whoever is done with a post ends.
    Over,
}

/// A message's site and id, and a revision's number.
pub type Key = (String, String, u32);

/// A revision that was posted.
pub struct Posted {
    pub body: String,
    pub acknowledged: Option<Receipt>,
    /// Whether it may be kept without an answer that says so.
    may_be_kept: bool,
}

/// What was answered.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Receipt {
    pub reference: String,
    received: String,
    key: String,
}

/// Somebody who posts.
pub struct Poster {
    number: u64,
    random: Rng,
    /// The messages, each with how many revisions of it there are.
    messages: Vec<(String, String, u32)>,
    pub posted: HashMap<Key, Posted>,
    /// What is to be posted until it is answered.
    pending: Option<Key>,
    /// How many answers said that something new is kept, and how many that it was kept before.
    pub new: u64,
    pub again: u64,
}

impl Poster {
    pub fn new(number: u64) -> Self {
        let (random, messages, posted) = (Rng::with_seed(number), Vec::new(), HashMap::new());
        Self { number, random, messages, posted, pending: None, new: 0, again: 0 }
    }

    /// Posts until it is over, and gives a permit for each acknowledgement.
    ///
    /// # Errors
    /// An answer that there may not be.
    pub async fn post(
        mut self,
        address: String,
        phase: watch::Receiver<Phase>,
        acknowledged: Arc<Semaphore>,
    ) -> Result<Self> {
        let mut connection = None;
        while *phase.borrow() != Phase::Over {
            let mut open = match connection.take() {
                Some(open) => open,
                None => match Connection::open(&address).await {
                    Ok(open) => open,
                    Err(_) if *phase.borrow() == Phase::Stopping => break,
                    Err(_) => {
                        sleep(PAUSE).await;
                        continue;
                    }
                },
            };
            let key = self.pending.take().unwrap_or_else(|| self.choose());
            let entry = self.posted.get_mut(&key).ok_or("it was chosen from these")?;
            match open.post(&entry.body).await {
                Ok(answer) => {
                    if entry.judge(&answer).map_err(|fault| format!("{fault}: {key:?}: {answer:?}"))? {
                        match answer.status {
                            201 => self.new += 1,
                            _ => self.again += 1,
                        }
                        acknowledged.add_permits(1);
                    } else {
                        self.pending = Some(key);
                        sleep(PAUSE).await;
                    }
                    connection = (answer.header("connection") != Some("close")).then_some(open);
                }
                Err(_) => {
                    self.pending = Some(key);
                    if *phase.borrow() == Phase::Stopping {
                        break;
                    }
                    entry.may_be_kept = true;
                }
            }
        }
        Ok(self)
    }

    /// What to post next: half of it is new, the rest next revisions and what is posted once more.
    fn choose(&mut self) -> Key {
        if !self.messages.is_empty() {
            let place = self.random.usize(self.messages.len().saturating_sub(50)..self.messages.len());
            let (site, id, revisions) = &mut self.messages[place];
            match self.random.u8(0..4) {
                0 if *revisions < 50 => {
                    *revisions += 1;
                    let key = (site.clone(), id.clone(), *revisions);
                    return self.make(key);
                }
                1 => return (site.clone(), id.clone(), self.random.u32(1..=*revisions)),
                _ => {}
            }
        }
        let site = SITES[self.random.usize(..SITES.len())].to_owned();
        let id = format!("{:016x}{:016x}", self.number, self.messages.len());
        self.messages.push((site.clone(), id.clone(), 1));
        self.make((site, id, 1))
    }

    fn make(&mut self, key: Key) -> Key {
        let (site, id, revision) = &key;
        let kind = ["complaint", "praise", "suggestion"][self.random.usize(..3)];
        let body = WORDS.trim().replace("8f14e45fceea167a5a36dedd4bea2543", id);
        let body = body.replace(r#""revision":1"#, &format!(r#""revision":{revision}"#));
        let body = body.replace(r#""shop.example""#, &format!(r#""{site}""#)).replace("complaint", kind);
        let body = body.replace("five days", &format!("{} days", self.random.u32(..)));
        self.posted.insert(key.clone(), Posted { body, acknowledged: None, may_be_kept: false });
        key
    }
}

impl Posted {
    /// Takes an answer in. Returns whether it says that the post is kept.
    ///
    /// # Errors
    /// What is wrong with the answer.
    fn judge(&mut self, answer: &Answer) -> Result<bool> {
        if answer.status == 503 {
            // While a database crashes nobody knows what it has kept.
            self.may_be_kept |= !answer.body.contains(r#""busy""#);
            return Ok(false);
        }
        match (answer.status, &self.acknowledged) {
            (201, None) => {}
            (201, Some(_)) => return Err("it was acknowledged before, and lost".into()),
            (200, None) if !self.may_be_kept => return Err("it was kept without an answer".into()),
            (200, _) => {}
            _ => return Err("that is no answer to a post".into()),
        }
        let receipt: Receipt = serde_json::from_str(&answer.body)?;
        if self.acknowledged.as_ref().is_some_and(|before| *before != receipt) {
            return Err(format!("it was answered otherwise before: {:?}", self.acknowledged).into());
        }
        self.acknowledged = Some(receipt);
        Ok(true)
    }
}
