//! The whole of Say-so in real browsers: `cargo xtask test --only browsers`.

use std::process::ExitCode;

use say_so_tests::{run, scenarios};

mod one_click;

fn main() -> ExitCode {
    run(&scenarios![one_click::{a_click_makes_a_row}])
}
