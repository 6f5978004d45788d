//! HTTP below the routes: connections, who is at their other end and through which proxies, which
//! pages may post, how often, and under which path.

pub mod allow_origin;
pub mod base;
pub mod cap;
pub mod client;
pub mod connection;
pub mod cors;
pub mod day_key;
mod farewell;
pub mod forwarded;
pub mod held;
pub mod hop;
pub mod limit;
pub mod network;
pub mod origin;
pub mod proxies;
mod turn;
