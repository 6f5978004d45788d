//! The rooms in which the file is written, one a step.

mod experiment;
mod experiments;
mod hours;
mod import;
mod reader;
mod single;
mod tag;
mod take;
mod variant;
mod words;

pub use experiments::{Experiments, item, place};
pub use hours::Hours;
pub use reader::Reader;
pub use take::Take;
pub use words::Words;

/// The names under which storage keeps what is no part of the file.
pub const KEPT: [&str; 3] = tag::KEPT;
