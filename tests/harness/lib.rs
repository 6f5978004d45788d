//! What the browser tests stand on: browsers, a company's site, a collector, and an endpoint
//! that fails as it is told.
//!
//! A test is an `async fn(&Scene) -> Result<()>`; [`run`] runs it once in each [`Engine`].

mod browser;
mod catalog;
mod collector;
mod drivers;
mod endpoint;
mod engine;
mod hands;
mod hang_up;
mod library;
mod origin;
mod process;
mod run;
mod scene;
mod session;
mod site;
pub mod stand_ins;
mod until;
mod visitor;

pub use browser::Browser;
pub use catalog::said;
pub use collector::{Collector, Message, Revision, TOKEN, widget};
pub use drivers::ZONE;
pub use endpoint::{Answer, Endpoint, Received};
pub use engine::{Engine, Look};
pub use hang_up::{HangUp, Moment};
pub use run::{Play, Scenario, run, show};
pub use scene::{Scene, page};
pub use site::Site;
pub use until::until;
