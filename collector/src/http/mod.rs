//! HTTP below the routes: connections, who is at their other end, which pages may post, and how often.

pub mod client;
pub mod connection;
pub mod cors;
pub mod limit;
