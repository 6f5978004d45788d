//! What `say-so` does beside taking feedback: for whoever runs it.

pub mod backup;
pub mod check;
pub mod forget;
pub mod migrate;

use std::error::Error;

/// How a command ended: with an error, as a sentence for whoever gave it.
pub type Outcome = Result<(), Box<dyn Error>>;
