//! What an endpoint's answer means: whether the words have arrived, may have, or have not.

use super::request::Format;

/// What came back of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The endpoint answered.
    Status {
        /// The HTTP status.
        status: u16,
        /// Whether the body is JSON that says `"ok": true`.
        ok: bool,
        /// Whether the body is a page for people.
        page: bool,
        /// Whether it came over TLS. Without it, a captive portal can answer in the endpoint's place.
        secure: bool,
        /// Whether it says that there is no room left, which no visitor can wait for.
        full: bool,
    },
    /// The endpoint leads elsewhere; where to, no page is told.
    Redirect,
    /// There is no answer.
    None(Interruption),
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// Nothing left the device: it was offline, or the page's policy doesn't allow the endpoint.
    NotHandedOver,
    /// The time was up.
    Timeout,
    /// It was handed to the browser, and rejected. A refused connection, one that broke after the endpoint
    /// had everything, and an answer without CORS headers look the same to a page.
    Rejected,
}

/// Whether words have arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The endpoint has them.
    Received,
    /// They were handed over, and nothing that can be read says what became of them.
    Unsure(Failure),
    /// The endpoint does not have them.
    NotSent(Failure),
}

/// Why a delivery failed: the cases in which a visitor can do something different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The network, a blocker or the page's policy let nothing through.
    Unreachable,
    /// No answer within 15 s.
    Timeout,
    /// The endpoint answered 429 or 503, and may take the words in a minute.
    Busy,
    /// The endpoint answered another 4xx, or has no room left: something on the site has to be mended.
    Refused,
    /// The endpoint answered another 5xx, or what no endpoint answers, such as a page.
    Fault,
}

impl Failure {
    /// Every failure.
    pub const ALL: [Self; 5] = [Self::Unreachable, Self::Timeout, Self::Busy, Self::Refused, Self::Fault];

    /// The failure of that name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.name() == name)
    }

    /// The failure's name, as first aid says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Refused => "refused",
            Self::Fault => "fault",
        }
    }
}

impl Outcome {
    /// Why the words can't be said to have arrived, if they can't.
    pub const fn failure(self) -> Option<Failure> {
        match self {
            Self::Received => None,
            Self::Unsure(failure) | Self::NotSent(failure) => Some(failure),
        }
    }
}

/// What an answer means, by the format in which was posted.
///
/// A Say-so endpoint has the words if a 2xx says `"ok": true`. Of any other, each 2xx means so that came
/// without a redirect; over plain http not if it is a page, which a captive portal would send too.
/// Whatever was handed over and has no answer that can be read may have arrived.
pub fn outcome(format: Format, answer: Answer) -> Outcome {
    let ours = format == Format::SaySo;
    match answer {
        Answer::None(Interruption::NotHandedOver) => Outcome::NotSent(Failure::Unreachable),
        Answer::None(Interruption::Timeout) => Outcome::Unsure(Failure::Timeout),
        Answer::None(Interruption::Rejected) => Outcome::Unsure(Failure::Unreachable),
        Answer::Redirect if ours => Outcome::NotSent(Failure::Fault),
        Answer::Redirect => Outcome::Unsure(Failure::Fault),
        Answer::Status { status: 200..=299, ok, page, secure, .. } => match (ours, page) {
            (true, false) if ok => Outcome::Received,
            (true, true) => Outcome::NotSent(Failure::Fault),
            (false, false) => Outcome::Received,
            (false, true) if secure => Outcome::Received,
            _ => Outcome::Unsure(Failure::Fault),
        },
        Answer::Status { status: 502 | 504, .. } => Outcome::Unsure(Failure::Fault),
        Answer::Status { status: 503, full: true, .. } => Outcome::NotSent(Failure::Refused),
        Answer::Status { status: 429 | 503, .. } => Outcome::NotSent(Failure::Busy),
        Answer::Status { status: 400..=499, .. } => Outcome::NotSent(Failure::Refused),
        Answer::Status { .. } => Outcome::NotSent(Failure::Fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMATS: [Format; 3] = [Format::SaySo, Format::Json, Format::Form];

    fn status(status: u16) -> Answer {
        Answer::Status { status, ok: false, page: false, secure: false, full: false }
    }

    #[test]
    fn a_say_so_endpoint_has_to_say_that_it_has_the_words() {
        let answer =
            |status, ok, page| outcome(Format::SaySo, Answer::Status { status, ok, page, secure: true, full: false });
        assert_eq!(answer(199, true, false), Outcome::NotSent(Failure::Fault));
        assert_eq!(answer(201, true, false), Outcome::Received);
        assert_eq!(answer(200, true, false), Outcome::Received);
        assert_eq!(answer(299, true, false), Outcome::Received);
        assert_eq!(answer(300, true, false), Outcome::NotSent(Failure::Fault));
        assert_eq!(answer(200, false, false), Outcome::Unsure(Failure::Fault));
        assert_eq!(answer(200, false, true), Outcome::NotSent(Failure::Fault));
        assert_eq!(answer(200, true, true), Outcome::NotSent(Failure::Fault));
        assert_eq!(outcome(Format::SaySo, Answer::Redirect), Outcome::NotSent(Failure::Fault));
    }

    #[test]
    fn of_others_every_2xx_counts_but_for_a_page_that_anybody_may_have_sent() {
        for format in [Format::Json, Format::Form] {
            let answer =
                |page, secure| outcome(format, Answer::Status { status: 204, ok: false, page, secure, full: false });
            assert_eq!(answer(false, false), Outcome::Received);
            assert_eq!(answer(false, true), Outcome::Received);
            assert_eq!(answer(true, true), Outcome::Received);
            assert_eq!(answer(true, false), Outcome::Unsure(Failure::Fault));
            assert_eq!(outcome(format, Answer::Redirect), Outcome::Unsure(Failure::Fault));
        }
    }

    #[test]
    fn what_was_handed_over_without_an_answer_may_have_arrived() {
        for format in FORMATS {
            let none = |why| outcome(format, Answer::None(why));
            assert_eq!(none(Interruption::NotHandedOver), Outcome::NotSent(Failure::Unreachable));
            assert_eq!(none(Interruption::Timeout), Outcome::Unsure(Failure::Timeout));
            assert_eq!(none(Interruption::Rejected), Outcome::Unsure(Failure::Unreachable));
            assert_eq!(outcome(format, status(502)), Outcome::Unsure(Failure::Fault));
            assert_eq!(outcome(format, status(504)), Outcome::Unsure(Failure::Fault));
        }
    }

    #[test]
    fn a_refusal_is_one_in_every_format() {
        for format in FORMATS {
            for (code, failure) in [
                (399, Failure::Fault),
                (400, Failure::Refused),
                (403, Failure::Refused),
                (422, Failure::Refused),
                (429, Failure::Busy),
                (499, Failure::Refused),
                (500, Failure::Fault),
                (503, Failure::Busy),
                (507, Failure::Fault),
            ] {
                assert_eq!(outcome(format, status(code)), Outcome::NotSent(failure), "{code}");
            }
        }
    }

    #[test]
    fn nobody_is_told_to_wait_a_minute_for_room() {
        for format in FORMATS {
            let full = |status| Answer::Status { status, ok: false, page: false, secure: true, full: true };
            assert_eq!(outcome(format, full(503)), Outcome::NotSent(Failure::Refused));
            assert_eq!(outcome(format, full(429)), Outcome::NotSent(Failure::Busy));
        }
    }

    #[test]
    fn a_failure_has_one_name() {
        for failure in Failure::ALL {
            assert_eq!(Failure::named(failure.name()), Some(failure));
        }
        let names = ["unreachable", "timeout", "busy", "refused", "fault"];
        assert_eq!(Failure::ALL.map(Failure::name), names, "as first aid says them");
        assert_eq!(Failure::named("sent"), None);
        assert_eq!(Outcome::Received.failure(), None);
        assert_eq!(Outcome::Unsure(Failure::Busy).failure(), Some(Failure::Busy));
        assert_eq!(Outcome::NotSent(Failure::Fault).failure(), Some(Failure::Fault));
    }
}
