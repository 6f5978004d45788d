//! What is being edited, and what every room of the studio reads of it.

use leptos::prelude::*;
use say_so::feedback::Kind;
use say_so_voice::Finding;
use serde_json::Value;

use crate::{
    catalogs::Catalogs,
    file::{File, Path, Unreadable, path},
    link,
    steps::Step,
    storage,
};

/// What the file is called.
pub const NAME: &str = "say-so.json";

/// The state: a copy is the same.
#[derive(Clone, Copy)]
pub struct Studio {
    /// The file.
    pub file: RwSignal<File>,
    /// The file that another one has taken the place of, to go back to it.
    pub before: RwSignal<Option<File>>,
    /// What the voice check finds in it.
    pub findings: Memo<Vec<Finding>>,
    /// The language that is edited and shown: the BCP 47 tag of a catalog.
    pub locale: RwSignal<String>,
    /// Where in the order the writer is.
    pub step: RwSignal<Step>,
    /// Whose sentences are edited; none for those of the first screen.
    pub kind: RwSignal<Option<Kind>>,
    /// The sentences of our catalogs.
    pub catalogs: Catalogs,
    /// What was done last, or went wrong, for everybody to hear.
    pub said: RwSignal<String>,
}

impl Studio {
    /// The state, with the file of a link, or the one this browser keeps, or none.
    pub fn new() -> Self {
        let said = RwSignal::new(String::new());
        let file = storage::kept().unwrap_or_default();
        let before = storage::kept_before().filter(|before| *before != file && !before.is_empty());
        let file = RwSignal::new(file);
        let findings = Memo::new(move |_| {
            let json = file.with(File::json);
            say_so_voice::file(NAME, &json, "en", false).findings
        });
        let studio = Self {
            file,
            before: RwSignal::new(before),
            findings,
            locale: RwSignal::new("en".into()),
            step: RwSignal::new(Step::Reader),
            kind: RwSignal::new(None),
            catalogs: Catalogs::new(),
            said,
        };
        studio.follow_link();
        studio
    }

    /// Takes the file of the link in the page's address, if it holds one.
    pub fn follow_link(self) {
        match link::file(&storage::fragment()) {
            Some(Ok(file)) => {
                self.replace(file, "This is the file of the link.");
                self.step.set(Step::Reader);
            }
            Some(Err(error)) => self.said.set(format!("The link’s file can’t be read. {}", error.why)),
            None => {}
        }
    }

    /// The state of the page that a component stands in.
    pub fn here() -> Self {
        expect_context()
    }

    /// The text at a place, which follows the file.
    pub fn text(self, path: Path) -> Signal<String> {
        Signal::derive(move || self.file.with(|file| file.text(&path)))
    }

    /// Writes a text at a place; an empty one is taken out.
    pub fn write(self, path: &Path, text: String) {
        self.set(path, (!text.is_empty()).then_some(Value::String(text)));
    }

    /// Puts a value at a place; none takes it out.
    pub fn set(self, path: &Path, value: Option<Value>) {
        self.file.update(|file| file.set(path, value));
    }

    /// Takes another file, and keeps the one that stood here, to go back to it.
    pub fn replace(self, file: File, said: &str) {
        self.before.set(before(self.file.get_untracked(), self.before.get_untracked(), &file));
        self.file.set(file);
        self.said.set(said.into());
    }

    /// Reads a text into the file's place. If that can't be done, the file stays, and the reason is said.
    pub fn import(self, json: &str) -> Result<(), Unreadable> {
        let file = File::read(json)?;
        // What stands twice is not left of it once it is read.
        let twice = say_so_voice::file(NAME, json, "en", false).findings;
        let twice = twice.iter().filter(|finding| finding.remark.why.contains("stands here twice")).count();
        let said = match twice {
            0 => "The file is here.".to_owned(),
            _ => format!("The file is here. {twice} of its sentences stood in it twice; the last of each was taken."),
        };
        self.replace(file, &said);
        Ok(())
    }

    /// Goes back to the file that another one has taken the place of.
    pub fn go_back(self) {
        if let Some(before) = self.before.get_untracked() {
            self.replace(before, "Your file from before is back.");
        }
    }

    /// The place of a sentence: the site's own, or a variant's.
    pub fn sentence(locale: &str, key: &str) -> Path {
        path(["wording", locale, key])
    }
}

/// What to go back to once a file is taken: the one that stood here or, if that is empty or the very same, the one from
/// before it.
fn before(here: File, earlier: Option<File>, taken: &File) -> Option<File> {
    [Some(here), earlier].into_iter().flatten().find(|file| !file.is_empty() && file != taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_again_leaves_the_way_back() {
        let file = |person: &str| {
            let mut file = File::default();
            file.set(&path(["reader", "person"]), Some(person.into()));
            file
        };
        let (own, linked) = (file("Dana"), file("Mara"));
        assert_eq!(before(own.clone(), None, &linked), Some(own.clone()));
        assert_eq!(before(linked.clone(), Some(own.clone()), &linked), Some(own.clone()), "opened again");
        assert_eq!(before(File::default(), Some(own.clone()), &linked), Some(own.clone()));
        assert_eq!(before(linked.clone(), Some(own.clone()), &own), Some(linked.clone()), "gone back");
        assert_eq!(before(own.clone(), Some(own.clone()), &own), None);
        assert_eq!(before(File::default(), None, &linked), None);
    }
}
