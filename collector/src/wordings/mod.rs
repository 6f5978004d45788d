//! The report on wordings: which of them works, for the page in the inbox and for the command.
//!
//! [`gather`] reads what was counted and what the site's file says; [`report`] makes a report of it, and
//! is pure. What it says stands in [`sentence`], once for both; [`text`], [`json`] and [`csv`] write it for
//! the command, which is [`command`].

pub mod command;
pub mod csv;
mod days;
mod funnel;
pub mod gather;
pub mod json;
pub mod numbers;
pub mod report;
pub mod sentence;
pub mod text;

#[cfg(test)]
mod tests;
