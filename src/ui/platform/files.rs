//! Files that a person gives to the page: chosen, dropped or pasted. They are read here and go nowhere else.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileList, HtmlInputElement};

use crate::base::MAX_TEXT;
use crate::ui::platform::browser::window;
use crate::ui::platform::end::ended;

/// At most so many are read at once.
pub const MOST_FILES: usize = 20;

/// A file, or a text that was pasted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What the file is called; empty for what was pasted.
    pub name: String,
    /// Its text.
    pub text: Result<String, Unreadable>,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than any system is; it was not looked into.
    TooLong,
    /// It cannot be read: a folder, or the browser may not.
    Refused,
    /// There were too many at once.
    TooMany,
}

/// Lets a person choose files.
pub fn choose(done: impl FnOnce(Vec<Given>) + 'static) {
    thread_local! {
        // For as long as it is open.
        static ASKED: RefCell<Option<Closure<dyn FnMut()>>> = const { RefCell::new(None) };
    }
    let make = || window().document()?.create_element("input").ok()?.dyn_into::<HtmlInputElement>().ok();
    let Some(input) = make() else { return };
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(".json,application/json");
    let (own, mut done) = (input.clone(), Some(done));
    let chosen = Closure::<dyn FnMut()>::new(move || {
        if let Some(done) = done.take().filter(|_| !ended()) {
            read(&listed(own.files()), done);
        }
    });
    input.set_onchange(Some(chosen.as_ref().unchecked_ref()));
    ASKED.with_borrow_mut(|asked| *asked = Some(chosen));
    input.click();
}

/// The files of a list.
pub fn listed(files: Option<FileList>) -> Vec<File> {
    let get = |files: &FileList| (0..files.length()).filter_map(|at| files.get(at)).collect();
    files.as_ref().map(get).unwrap_or_default()
}

/// Reads files, one after the other; each only if it is not too long.
pub fn read(files: &[File], done: impl FnOnce(Vec<Given>) + 'static) {
    let files: Rc<[File]> = files.into();
    spawn_local(async move {
        let mut given = Vec::new();
        for file in files.iter().take(MOST_FILES) {
            let text = if file.size() > MAX_TEXT as f64 {
                Err(Unreadable::TooLong)
            } else {
                let read = JsFuture::from(file.text()).await.ok();
                read.as_ref().and_then(JsValue::as_string).ok_or(Unreadable::Refused)
            };
            given.push(Given { name: file.name(), text });
        }
        if let Some(next) = files.get(MOST_FILES) {
            given.push(Given { name: next.name(), text: Err(Unreadable::TooMany) });
        }
        if !ended() {
            done(given);
        }
    });
}
