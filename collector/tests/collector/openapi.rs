//! `/openapi.json` says what is true: it is held to the golden answers.

use say_so_collector::openapi::DOCUMENT;
use serde_json::{Value, json};
use tempfile::tempdir;

use crate::{
    databases::database,
    running::{Answer, Running, answer, golden, options},
};

/// Checks that the document says of what was posted and answered what is the case.
pub fn check(path: &str, posted: &str, answer: &Answer) -> Result<(), String> {
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let operation = &document["paths"][path]["post"];
    let named = &operation["responses"][answer.status.to_string()];
    let response = match named["$ref"].as_str() {
        Some(name) => document.pointer(name.trim_start_matches('#')).unwrap(),
        None => named,
    };
    if response.is_null() {
        return Err(format!("{path} has no {}", answer.status));
    }
    for (name, header) in response["headers"].as_object().unwrap() {
        if header["required"] == true && answer.header(name).is_empty() {
            return Err(format!("{name} is missing"));
        }
    }
    if !response["content"].is_null() {
        holds(&document, &response["content"]["application/json"]["schema"], &answer.json())?;
    }
    // What was taken is what may be posted, and what breaks a rule is not. What is compared with what was kept may be.
    let Ok(posted) = serde_json::from_str::<Value>(posted) else { return Ok(()) };
    let request = &operation["requestBody"]["content"]["application/json"]["schema"];
    let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
    match (code.as_str(), holds(&document, request, &posted)) {
        ("", Err(problem)) => Err(format!("it was taken, but {problem}")),
        ("malformed" | "rule_broken", Ok(())) => Err(format!("{posted} was refused")),
        _ => Ok(()),
    }
}

/// Checks a value against a schema of the document.
fn holds(document: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    let whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "components": document["components"],
        "allOf": [schema],
    });
    let validator = jsonschema::options().should_validate_formats(true).build(&whole).unwrap();
    validator.validate(value).map_err(|problem| format!("{}: {problem}", problem.instance_path()))
}

#[tokio::test]
async fn the_document_is_there_for_any_page() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let shown = collector.get("/openapi.json").await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "application/json"));
    assert_eq!(shown.header("access-control-allow-origin"), "*");
    assert_eq!(shown.json()["openapi"], "3.1.0");
    assert_eq!(shown.json()["info"]["version"], env!("CARGO_PKG_VERSION"));
    // Whatever it names is there, and takes what it says.
    for (path, operations) in shown.json()["paths"].as_object().unwrap() {
        for method in ["get", "post"] {
            let request = collector.request(&method.to_uppercase(), path).header("content-type", "application/json");
            let status = answer(request).await.status;
            assert_eq!(status == 405, operations[method].is_null(), "{method} {path}: {status}");
        }
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_count_is_as_the_document_says() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let count = r#"{"v":1,"site":"shop.example","id":"0123456789abcdef0123456789abcdef","experiment":"a","variant":"b","locale":"en","step":"opened"}"#;
    let mut seen = Vec::new();
    for body in [count.to_owned(), count.replace("opened", "sent"), count.replace("\"a\"", "1"), golden("words")] {
        let post = collector.request("POST", "/v1/counts").header("content-type", "application/json");
        let answer = answer(post.body(body.clone())).await;
        seen.push(answer.status);
        if answer.status != 204 {
            check("/v1/counts", &body, &answer).unwrap();
        }
    }
    assert_eq!(seen, [204, 422, 400, 400]);
    collector.stop().await;
}
