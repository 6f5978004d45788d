//! The pairs a site sends along.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};

/// Pairs of a key and a text, in the order in which they are written: on the wire a JSON object.
///
/// A list and not a map: there are at most 20, and a map's code would weigh on every visitor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Custom(pub Vec<(String, String)>);

impl<'a> IntoIterator for &'a Custom {
    type Item = &'a (String, String);
    type IntoIter = std::slice::Iter<'a, (String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl FromIterator<(String, String)> for Custom {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Serialize for Custom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, text)| (key, text)))
    }
}

impl<'de> Deserialize<'de> for Custom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Custom;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of texts")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Custom, A::Error> {
                let mut pairs: Vec<(String, String)> = Vec::new();
                while let Some((key, text)) = map.next_entry()? {
                    // Of a key that stands twice the last one counts, as everywhere in JSON.
                    pairs.retain(|(known, _)| *known != key);
                    pairs.push((key, text));
                }
                Ok(Custom(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_arrive_in_the_order_in_which_the_site_wrote_them() {
        let json = r#"{"plan":"pro","cart":"3 jugs","a":""}"#;
        let custom: Custom = serde_json::from_str(json).unwrap();
        assert_eq!(custom, Custom([("plan", "pro"), ("cart", "3 jugs"), ("a", "")].map(pair).into()));
        assert_eq!(serde_json::to_string(&custom).unwrap(), json);
        assert_eq!((&custom).into_iter().cloned().collect::<Custom>(), custom);
    }

    #[test]
    fn of_a_key_that_stands_twice_the_last_text_arrives() {
        let custom: Custom = serde_json::from_str(r#"{"plan":"pro","cart":"full","plan":"free"}"#).unwrap();
        assert_eq!(custom, Custom([("cart", "full"), ("plan", "free")].map(pair).into()));
    }

    #[test]
    fn who_posts_something_else_is_told_what_is_taken() {
        let error = serde_json::from_str::<Custom>(r#"["pro"]"#).unwrap_err().to_string();
        assert!(error.contains("expected an object of texts"), "{error}");
        assert!(serde_json::from_str::<Custom>(r#"{"seats":3}"#).is_err());
    }

    fn pair((key, text): (&str, &str)) -> (String, String) {
        (key.into(), text.into())
    }
}
