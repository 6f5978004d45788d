//! Prints what JavaScript and the documents take from the code, as one JSON object: `widget` for
//! the tables of the embed and of first aid, `documents` for README.md and docs/.

mod docs;
mod widget;

use std::error::Error;

use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    println!("{}", json!({ "widget": widget::printed(), "documents": docs::printed()? }));
    Ok(())
}
