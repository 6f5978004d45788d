//! The collector as a whole: running servers, real database files, real processes.

mod assets;
mod base_path;
mod burying;
mod command;
mod contract;
mod counts;
mod databases;
mod durability;
#[path = "../../examples/simulate/experiment.rs"]
mod experiment;
mod health;
mod inbox;
mod keeping;
mod lengths;
mod limits;
mod log;
mod metrics;
mod openapi;
mod origins;
mod properties;
mod proxies;
mod refusals;
mod revisions;
mod running;
mod secure;
mod sign_in;
mod simulated;
mod site_file;
mod useful;
mod voice;
mod withdrawal;
mod wordings;
