//! Who reads, and how else to reach a person; and the way in for a file that is there already.

use leptos::prelude::*;

use super::import::Import;
use crate::{field::Field, file::path};

/// The first step.
#[component]
pub fn Reader() -> impl IntoView {
    view! {
        <p class="lead">"People write to people. Say who reads what comes in, and the confirmation names them."</p>
        <div class="pair">
            <Field path=path(["reader", "person"]) label="Their first name" hint="As visitors read it, such as Dana." />
            <Field path=path(["reader", "team"]) label="Their team" hint="Without “the” and “team”, such as Customer Care." />
        </div>
        <h3>"How else can somebody reach you?"</h3>
        <p class="hint">"Shown below the confirmation, and wherever sending fails. Leave out what you don’t have."</p>
        <div class="pair">
            <Field path=path(["reach", "phone"]) label="Telephone" kind="tel" />
            <Field path=path(["reach", "email"]) label="Email" kind="email" />
        </div>
        <Field path=path(["reach", "address"]) label="Postal address, in one line" />
        <Import />
    }
}
