//! HTTP below the routes: connections, who is at their other end, which pages may post, how often,
//! and under which path.

pub mod allow_origin;
pub mod base;
pub mod client;
pub mod connection;
pub mod cors;
pub mod limit;
pub mod origin;
