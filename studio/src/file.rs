//! The site's file as it is edited: every member it has, known or not, in the order of the file.

use serde_json::{Map, Value};

/// A place in the file: the members from the outside in; an item of a list is `[0]`, `[1]` and so on.
pub type Path = Vec<String>;

/// The path of these members.
pub fn path<const N: usize>(members: [&str; N]) -> Path {
    members.map(str::to_owned).to_vec()
}

/// A site's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct File(Map<String, Value>);

/// Why a text is no file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// What is wrong, as a sentence.
    pub why: String,
}

impl File {
    /// Reads a file as it stands on a disk.
    ///
    /// # Errors
    /// If it is not JSON, or no object.
    pub fn read(json: &str) -> Result<Self, Unreadable> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        match serde_json::from_str(json) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            Ok(_) => Err(Unreadable { line: 1, column: 1, why: "It holds no object: nothing between { and }.".into() }),
            Err(error) => {
                let said = error.to_string();
                let why = said.split(" at line ").next().unwrap_or_default();
                Err(Unreadable {
                    line: error.line().max(1),
                    column: error.column().max(1),
                    why: format!("It is not JSON: {why}."),
                })
            }
        }
    }

    /// The file as it is to stand on a disk.
    pub fn json(&self) -> String {
        format!("{:#}\n", Value::Object(self.0.clone()))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value at a place.
    pub fn value(&self, path: &[String]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.0.get(first)?, |value, part| match (value, index(part)) {
            (Value::Array(list), Some(at)) => list.get(at),
            (Value::Object(members), _) => members.get(part),
            _ => None,
        })
    }

    /// The text at a place; empty if there is none.
    pub fn text(&self, path: &[String]) -> String {
        self.value(path).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The texts of the list at a place.
    pub fn texts(&self, path: &[String]) -> Vec<String> {
        let list = self.value(path).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// How many items the list at a place has.
    pub fn count(&self, path: &[String]) -> usize {
        self.value(path).and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The members' names of the object at a place.
    pub fn keys(&self, path: &[String]) -> Vec<String> {
        self.value(path).and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone()).collect()
    }

    /// Puts a value at a place, with the objects and items that lead there; none takes it out, and the objects that
    /// become empty by that, but no item of a list.
    pub fn set(&mut self, path: &[String], value: Option<Value>) {
        let Some((first, rest)) = path.split_first() else { return };
        match value {
            Some(value) => put(self.0.entry(first.as_str()).or_insert(Value::Null), rest, value),
            None => {
                if let Some(member) = self.0.get_mut(first)
                    && (rest.is_empty() || take(member, rest))
                {
                    self.0.shift_remove(first);
                }
            }
        }
    }

    /// Takes an item out of the list at a place, and the list with its last item.
    pub fn remove(&mut self, path: &[String], at: usize) {
        let Some(Value::Array(list)) = self.value(path) else { return };
        let mut list = list.clone();
        if at < list.len() {
            list.remove(at);
        }
        self.set(path, (!list.is_empty()).then_some(Value::Array(list)));
    }
}

/// The number of an item such as `[0]`.
fn index(part: &str) -> Option<usize> {
    part.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}

fn put(at: &mut Value, path: &[String], value: Value) {
    let Some((first, rest)) = path.split_first() else {
        *at = value;
        return;
    };
    if let Some(item) = index(first) {
        if !at.is_array() {
            *at = Value::Array(Vec::new());
        }
        let Value::Array(list) = at else { return };
        if item == list.len() {
            list.push(Value::Null);
        }
        if let Some(item) = list.get_mut(item) {
            put(item, rest, value);
        }
        return;
    }
    if !at.is_object() {
        *at = Value::Object(Map::new());
    }
    let Value::Object(members) = at else { return };
    put(members.entry(first.as_str()).or_insert(Value::Null), rest, value);
}

/// Takes out what is at a path; says whether nothing is left around it.
fn take(at: &mut Value, path: &[String]) -> bool {
    let Some((first, rest)) = path.split_first() else { return true };
    match at {
        Value::Object(members) => {
            if let Some(member) = members.get_mut(first)
                && (rest.is_empty() || take(member, rest))
            {
                members.shift_remove(first);
            }
            members.is_empty()
        }
        Value::Array(list) => {
            if let Some(item) = index(first).and_then(|at| list.get_mut(at)) {
                take(item, rest);
            }
            false
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_survives() {
        let json = "\u{feff}{ \"zebra\": [1, { \"b\": null }], \"reader\": { \"person\": \"Dana\", \"x\": 1 } }";
        let mut file = File::read(json).unwrap();
        file.set(&path(["reader", "person"]), Some("Mara".into()));
        let again = File::read(&file.json()).unwrap();
        assert_eq!(again, file);
        assert_eq!(again.0.keys().collect::<Vec<_>>(), ["zebra", "reader"], "in its order");
        assert!(file.json().contains("\"b\": null") && file.json().contains("\"x\": 1"));
        assert_eq!(file.text(&path(["reader", "person"])), "Mara");
    }

    #[test]
    fn what_can_t_be_read_is_named_with_its_place() {
        let unreadable = File::read("{\n  \"a\": ,\n}").unwrap_err();
        assert_eq!((unreadable.line, unreadable.column), (2, 8));
        assert!(unreadable.why.starts_with("It is not JSON: expected value"), "{}", unreadable.why);
        assert_eq!(File::read("[]").unwrap_err().line, 1);
    }

    #[test]
    fn what_is_taken_out_leaves_nothing_empty_behind() {
        let mut file = File::default();
        let title = path(["wording", "en", "title"]);
        file.set(&title, Some("Well?".into()));
        file.set(&path(["wording", "de", "title"]), Some("Na?".into()));
        file.set(&title, None);
        assert_eq!(file.keys(&path(["wording"])), ["de"]);
        file.set(&path(["wording", "de", "title"]), None);
        assert!(file.is_empty());
        file.set(&path(["reach", "phone"]), None);
        assert!(file.is_empty(), "nothing is made to take something out of it");
    }

    #[test]
    fn items_of_lists_stay_in_their_places() {
        let mut file = File::default();
        for (at, id) in ["a", "b"].into_iter().enumerate() {
            file.set(&path(["experiments", &format!("[{at}]"), "id"]), Some(id.into()));
        }
        file.set(&path(["experiments", "[0]", "id"]), None);
        assert_eq!(file.count(&path(["experiments"])), 2, "an item that is empty is still one");
        file.remove(&path(["experiments"]), 0);
        assert_eq!(file.text(&path(["experiments", "[0]", "id"])), "b");
        file.remove(&path(["experiments"]), 0);
        assert!(file.is_empty());
        file.set(&path(["experiments", "[3]", "id"]), Some("x".into()));
        assert_eq!(file.count(&path(["experiments"])), 0, "there is no third place in an empty list");
    }
}
