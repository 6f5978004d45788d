//! What outlives the instance: if it traps, first aid finds here what was under way.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::feedback::{Outcome, Submission};

#[wasm_bindgen]
extern "C" {
    /// A plain object of first aid's.
    #[derive(Clone)]
    pub type Note;

    #[wasm_bindgen(method, setter)]
    fn set_id(this: &Note, id: &str);
    #[wasm_bindgen(method, setter)]
    fn set_revision(this: &Note, revision: u8);
    #[wasm_bindgen(method, setter)]
    fn set_kind(this: &Note, kind: &str);
    #[wasm_bindgen(method, setter)]
    fn set_body(this: &Note, body: &str);
    #[wasm_bindgen(method, setter)]
    fn set_outcome(this: &Note, outcome: &str);
    #[wasm_bindgen(method, setter)]
    fn set_reference(this: &Note, reference: &str);
    /// The request of the post, by which the glue's `fetch` leaves the answer.
    #[wasm_bindgen(method, setter)]
    pub fn set_request(this: &Note, request: &JsValue);
    /// Watches over a post that is about to be made: its request says `unsent` where nothing can leave the device.
    #[wasm_bindgen(method)]
    pub fn watch(this: &Note, request: &JsValue);
}

impl Note {
    /// A body is about to be posted.
    pub fn begin(&self, submission: &Submission, body: &str) {
        self.set_id(&submission.id);
        self.set_revision(submission.revision);
        self.set_kind(submission.kind.name());
        self.set_body(body);
        self.set_reference("");
        // The answer to the post before it is none to this one.
        self.set_request(&JsValue::UNDEFINED);
        self.set_outcome("under way");
    }

    /// Another message has begun, of which nothing has been posted.
    pub fn renew(&self, id: &str) {
        self.set_id(id);
        self.set_kind("");
        self.set_body("{}");
        self.set_outcome("");
        self.set_reference("");
    }

    /// What has become of it.
    pub fn end(&self, outcome: Outcome, reference: &str) {
        self.set_reference(reference);
        self.set_outcome(match outcome {
            Outcome::Received => "received",
            Outcome::Unsure(_) => "unsure",
            Outcome::NotSent(_) => "not sent",
        });
    }
}
