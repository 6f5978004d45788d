//! Every line of the contract, as golden files: a request, and the answer it gets.

use std::{collections::BTreeMap, fs, path::PathBuf};

use say_so::feedback::{Submission, Withdrawal};
use serde::Deserialize;
use serde_json::Value;
use tempfile::tempdir;

use crate::{
    databases::{database, look_into},
    openapi,
    running::{Answer, Running, answer, golden, options, withdrawal},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What the case is about.
    #[allow(dead_code)]
    about: String,
    /// Golden submissions that were posted before.
    #[serde(default)]
    before: Vec<String>,
    /// The golden withdrawal that was posted then.
    withdrawn: Option<String>,
    request: Request,
    answer: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    /// The golden submission that is posted.
    submission: Option<String>,
    /// Or: the golden withdrawal, with the key of what was posted before.
    withdrawal: Option<String>,
    /// Where it is posted; if not said, where such a body belongs.
    path: Option<String>,
    /// What is put into it, by JSON pointer.
    change: Option<BTreeMap<String, Value>>,
    /// What is taken out of it, by JSON pointer.
    #[serde(default)]
    remove: Vec<String>,
    /// Or: a body as it is.
    body: Option<String>,
    /// Or: a body of so many bytes.
    length: Option<usize>,
    /// Headers; null leaves one out.
    #[serde(default)]
    headers: BTreeMap<String, Option<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    status: u16,
    /// Headers; null for one that must not be there.
    #[serde(default)]
    headers: BTreeMap<String, Option<String>>,
    body: Value,
}

impl Request {
    fn body(&self, key: &str) -> String {
        if let Some(length) = self.length {
            return "x".repeat(length);
        }
        if let Some(body) = &self.body {
            return body.clone();
        }
        let text = match &self.withdrawal {
            Some(name) => withdrawal(name, key),
            None => golden(self.submission.as_deref().unwrap()),
        };
        if self.change.is_none() && self.remove.is_empty() {
            return text;
        }
        let mut body: Value = serde_json::from_str(&text).unwrap();
        for (pointer, value) in self.change.iter().flatten() {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            match body.pointer_mut(parent).unwrap() {
                Value::Array(items) => items[name.parse::<usize>().unwrap()] = value.clone(),
                parent => parent[name] = value.clone(),
            }
        }
        for pointer in &self.remove {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            body.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name).unwrap();
        }
        body.to_string()
    }
}

/// Whether a value is what the golden file says, where `<reference>` and the like stand for any such text.
fn fits(found: &Value, expected: &Value) -> bool {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            found.len() == expected.len()
                && expected.iter().all(|(key, value)| found.get(key).is_some_and(|found| fits(found, value)))
        }
        (Value::String(found), Value::String(expected)) => match expected.as_str() {
            "<text>" => !found.is_empty(),
            "<reference>" => {
                let digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
                let parts: Vec<usize> = found.split('-').map(str::len).collect();
                parts == [3, 4] && found.chars().all(|c| c == '-' || digits.contains(c))
            }
            "<key>" => found.len() == 43 && found.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
            "<time>" => found.len() == 24 && found.ends_with('Z') && found.as_bytes()[10] == b'T',
            expected => found == expected,
        },
        (found, expected) => found == expected,
    }
}

async fn ask(collector: &Running, request: &Request, key: &str) -> Answer {
    let usual = if request.withdrawal.is_some() { "/v1/feedback/withdraw" } else { "/v1/feedback" };
    let path = request.path.as_deref().unwrap_or(usual);
    let mut post = collector.request("POST", path).body(request.body(key));
    let mut headers = BTreeMap::from([("content-type", Some("text/plain;charset=UTF-8"))]);
    headers.extend(request.headers.iter().map(|(name, value)| (name.as_str(), value.as_deref())));
    for (name, value) in headers {
        if let Some(value) = value {
            post = post.header(name, value.replace("<own>", &collector.url));
        }
    }
    answer(post).await
}

#[tokio::test]
async fn every_case_is_answered_as_its_file_says() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/answers");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 110, "the golden files are gone: {files:?}");
    let mut wrong = Vec::new();
    for file in files {
        let case: Case = serde_json::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let folder = tempdir().unwrap();
        let collector = Running::start(options(&database(&folder))).await;
        let mut first = None;
        for name in &case.before {
            first = Some(collector.post(golden(name)).await.json());
        }
        let key = first.as_ref().and_then(|first| first["key"].as_str()).unwrap_or_default().to_owned();
        if let Some(name) = &case.withdrawn {
            assert_eq!(collector.withdraw(withdrawal(name, &key)).await.status, 200);
        }
        let answer = ask(&collector, &case.request, &key).await;
        let body = answer.json();
        let usual = if case.request.withdrawal.is_some() { "/v1/feedback/withdraw" } else { "/v1/feedback" };
        if let Err(problem) =
            openapi::check(case.request.path.as_deref().unwrap_or(usual), &case.request.body(&key), &answer)
        {
            wrong.push(format!("{} is not as openapi.json says: {problem}", file.display()));
        }
        let mut fine = answer.status == case.answer.status && fits(&body, &case.answer.body);
        for (name, value) in &case.answer.headers {
            let value = value.as_deref().map(|value| value.replace("<own>", &collector.url));
            fine &= answer.header(name) == value.as_deref().unwrap_or_default();
        }
        fine &= answer.header("content-type") == "application/json" && answer.header("cache-control") == "no-store";
        fine &= answer.header("content-length") == answer.body.len().to_string();
        if let Some(first) = first.filter(|_| answer.status < 300 && case.request.withdrawal.is_none()) {
            fine &= body["reference"] == first["reference"] && body["key"] == first["key"];
            fine &= (body["received"] == first["received"]) == (answer.status == 200);
        }
        if !fine {
            wrong.push(format!("{}: {answer:?}", file.display()));
        }
        collector.stop().await;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn golden_submissions_are_written_as_the_widget_writes_them() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/submissions");
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let submission: Submission = serde_json::from_str(&text).unwrap();
        assert_eq!(serde_json::to_string(&submission).unwrap() + "\n", text, "{}", path.display());
        assert_eq!(submission.check(), Ok(()), "{}", path.display());
        files += 1;
    }
    assert!(files >= 7);
}

#[test]
fn golden_withdrawals_are_written_as_the_widget_writes_them() {
    let key = "A".repeat(43);
    let text = withdrawal("words", &key);
    let withdrawal: Withdrawal = serde_json::from_str(&text).unwrap();
    assert_eq!((serde_json::to_string(&withdrawal).unwrap(), withdrawal.check()), (text, Ok(())));
}

#[tokio::test]
async fn the_address_in_the_receipt_takes_a_message_back() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let receipt = collector.post(golden("words")).await.json();
    let address = |endpoint: &str| {
        let endpoint = url::Url::parse(endpoint).unwrap();
        endpoint.join(receipt["withdraw"].as_str().unwrap()).unwrap().to_string()
    };
    let body = withdrawal("words", receipt["key"].as_str().unwrap());
    let post = collector.client.post(address(&format!("{}/v1/feedback", collector.url))).body(body);
    assert_eq!(answer(post.header("content-type", "text/plain")).await.status, 200);
    // Behind a proxy that puts the collector under another path, or its endpoint.
    assert_eq!(
        address("https://shop.example/say-so/v1/feedback?x=1"),
        "https://shop.example/say-so/v1/feedback/withdraw"
    );
    assert_eq!(address("https://shop.example/feedback"), "https://shop.example/feedback/withdraw");
    collector.stop().await;
}

#[tokio::test]
async fn every_golden_submission_is_kept() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for name in
        ["click", "words", "words-edited", "words-anonymous", "words-hostile", "words-trapped", "words-every-script"]
    {
        let answer = collector.post(golden(name)).await;
        assert_eq!(answer.status, 201, "{name}: {answer:?}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn a_preflight_lets_the_browser_ask() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let origins = ["https://shop.example", "https://other.example"];
    let paths = ["/v1/feedback", "/v1/feedback/withdraw"];
    for (path, origin) in paths.into_iter().flat_map(|path| origins.map(|origin| (path, origin))) {
        let preflight = collector
            .request("OPTIONS", path)
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type");
        let answer = answer(preflight).await;
        assert_eq!(answer.status, 204);
        assert_eq!(answer.header("access-control-allow-origin"), origin);
        assert_eq!(answer.header("access-control-allow-methods"), "POST");
        assert_eq!(answer.header("access-control-allow-headers"), "content-type");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
        assert_eq!(answer.header("vary"), "origin");
    }
    collector.stop().await;
}

#[tokio::test]
async fn other_addresses_and_methods_are_refused_readably() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    for (method, path, status, code) in [
        ("GET", "/v1/feedback", 405, "method_not_allowed"),
        ("PUT", "/v1/feedback", 405, "method_not_allowed"),
        ("GET", "/v1/feedback/withdraw", 405, "method_not_allowed"),
        ("DELETE", "/v1/feedback/withdraw", 405, "method_not_allowed"),
        ("POST", "/v1/feedbacks", 404, "not_found"),
        ("POST", "/v1/feedback/", 404, "not_found"),
        ("POST", "/v1/feedback/withdrawn", 404, "not_found"),
        ("GET", "/v1", 404, "not_found"),
        ("GET", "/nothing", 404, "not_found"),
        ("POST", "/", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
    ] {
        let answer = answer(collector.request(method, path).header("origin", "https://shop.example")).await;
        assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (status, Some(code)), "{method} {path}");
        assert_eq!(answer.json()["ok"], false);
        assert_eq!(answer.header("allow").is_empty(), status != 405, "{method} {path}");
        let readable = answer.header("access-control-allow-origin") == "https://shop.example";
        assert_eq!(readable, path.starts_with("/v1"), "{method} {path}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn nothing_is_kept_of_what_is_refused() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    let refused = collector.feedback().header("origin", "https://other.example").body(golden("words"));
    assert_eq!(answer(refused).await.status, 403);
    assert_eq!(collector.post(golden("words").replace("complaint", "rant")).await.status, 422);
    let store = look_into(&database(&folder)).await;
    for table in ["select count(*) from message", "select count(*) from revision"] {
        let rows: i64 = sqlx::query_scalar(table).fetch_one(&store).await.unwrap();
        assert_eq!(rows, 0, "{table}");
    }
    collector.stop().await;
}

#[tokio::test]
async fn nothing_is_kept_of_fields_that_are_not_known() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    // Known and unknown ones, and names that look like the way to a known one.
    let words = golden("words");
    let unknown = r#""mood":{"a":["SECRET"]},"page.url":"SECRET","pa?.ge":"SECRET","ada@shop.example":"SECRET","v":1"#;
    let body = words.replacen(r#""v":1"#, unknown, 1).replacen(r#""page":{"#, r#""page":{"theme":"SECRET\u0021","#, 1);
    assert!(body.matches("SECRET").count() == 5, "{body}");
    for status in [201, 200] {
        assert_eq!(collector.post(body.clone()).await.status, status, "the same bytes are the same again");
    }
    assert_eq!(collector.post(words.clone()).await.status, 422, "other bytes are not, though as much is known of them");
    let store = look_into(&database(&folder)).await;
    let kept: String = sqlx::query_scalar("select text from body").fetch_one(&store).await.unwrap();
    assert_eq!(kept, words);
    collector.stop().await;
}

#[tokio::test]
async fn healthz_answers_while_the_database_does() {
    let folder = tempdir().unwrap();
    let collector = Running::start(options(&database(&folder))).await;
    assert_eq!(collector.get("/healthz").await.status, 200);
    let store = look_into(&database(&folder)).await;
    sqlx::query("alter table message rename to gone").execute(&store).await.unwrap();
    let answer = collector.get("/healthz").await;
    assert_eq!((answer.status, answer.json()["error"]["code"].as_str()), (500, Some("internal")));
    assert!(!answer.body.contains("gone") && !answer.body.contains("table"), "{answer:?}");
    collector.stop().await;
}
