//! The voice check, checked: against labelled texts, our own catalogs, and files with mistakes.

mod catalogs;
mod confirmations;
mod corpus;
mod files;
mod matrix;
mod single;
