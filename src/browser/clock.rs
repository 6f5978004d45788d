//! Time as the browser knows it: zones and the names of days, for which the wasm carries no tables.

use js_sys::{Date, Object};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A way to write an instant at a place.
    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    #[derive(Clone, Debug)]
    type Format;

    #[wasm_bindgen(catch, constructor, js_namespace = Intl, js_class = "DateTimeFormat")]
    fn new(locale: &str, options: &JsValue) -> Result<Format, JsValue>;

    #[wasm_bindgen(catch, method, js_name = format)]
    fn written(this: &Format, instant: f64) -> Result<String, JsValue>;
}

/// A time zone.
#[derive(Clone, Debug)]
pub struct Zone(Format);

impl Zone {
    /// The zone of that IANA name; none if the browser does not know it: then no day is promised.
    pub fn named(name: &str) -> Option<Self> {
        let options = object(&[("timeZone", name), ("timeZoneName", "longOffset")]);
        Format::new("en", &options).ok().map(Self)
    }

    /// How many seconds its clock is ahead of UTC, at an instant in seconds since 1970.
    pub fn offset(&self, instant: i64) -> i32 {
        let written = self.0.written(instant as f64 * 1e3).unwrap_or_default();
        // Such as “11/24/2026, GMT+01:00”; in UTC nothing stands behind GMT.
        let Some(at) = written.rfind(['+', '-']) else { return 0 };
        let (sign, clock) = (written.as_bytes().get(at), written.get(at + 1..).unwrap_or_default());
        let mut parts = clock.split(':').map(|part| part.parse::<i32>().unwrap_or_default());
        let seconds = parts.next().unwrap_or_default() * 3600 + parts.next().unwrap_or_default() * 60;
        if sign == Some(&b'-') { -seconds } else { seconds }
    }
}

/// The name of an instant's day where the visitor is, in seconds since 1970; with the year if it is not this one.
pub fn day(instant: i64, locale: &str) -> String {
    let date = Date::new(&(instant as f64 * 1e3).into());
    let mut parts = vec![("weekday", "long"), ("day", "numeric"), ("month", "long"), ("calendar", "gregory")];
    if date.get_full_year() != Date::new_0().get_full_year() {
        parts.push(("year", "numeric"));
    }
    date.to_locale_date_string(locale, &object(&parts)).into()
}

/// Now, as a person keeps it on a copy.
pub fn written_now(locale: &str) -> String {
    Date::new_0().to_locale_string(locale, &object(&[("dateStyle", "full"), ("timeStyle", "short")])).into()
}

/// An instant in seconds since 1970, as it travels: RFC 3339 in UTC.
pub fn written(instant: i64) -> String {
    Date::new(&(instant as f64 * 1e3).into()).to_iso_string().into()
}

/// Now, as it travels: RFC 3339.
pub fn now() -> String {
    Date::new_0().to_iso_string().into()
}

/// An object of texts.
fn object(members: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, text) in members {
        // Fails on no object that has just been made.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), &(*text).into());
    }
    object.into()
}

/// By how many seconds this device's clock is behind the endpoint's: `received` is a time between `sent` and
/// `answered`, if both go alike. A minute on the way is none.
pub fn skew(sent: f64, received: f64, answered: f64) -> f64 {
    const ERROR_MIN: f64 = 60.0;
    if received < sent - ERROR_MIN {
        received - sent
    } else if received > answered + ERROR_MIN {
        received - answered
    } else {
        0.0
    }
}
