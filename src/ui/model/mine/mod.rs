//! A person's own systems: what is kept of them, and which of them is open.

pub mod given;
pub mod kept;
pub mod words;

use kept::Kept;

use crate::base::{Diagnostic, sort_by};
use crate::session::Record;
use crate::ui::platform::vault::Trouble;
use crate::ui::platform::visit::fresh_id;

/// So many are kept; one more, and the oldest goes.
pub const MOST_KEPT: usize = 20;

/// A person's own systems.
pub struct Mine {
    /// This visit.
    pub visit: String,
    /// Those that are kept, the latest first, as far as this visit knows.
    pub list: Vec<Kept>,
    /// It is known what the browser keeps, or that it keeps nothing.
    pub known: bool,
    /// So many could not be read.
    pub unread: usize,
    /// The one that is open, and kept whenever something was done.
    pub current: Option<Current>,
    /// Those that the browser does not keep yet, or refuses to.
    pub unwritten: Vec<String>,
    /// Why the browser keeps nothing, or not all.
    pub trouble: Option<Trouble>,
    /// What was said of that already, and is not said again until something is kept.
    pub told: Option<Trouble>,
    /// The one that was deleted just now.
    pub deleted: Option<Deleted>,
    /// The one that is given another name.
    pub renamed: Option<String>,
    /// What was given to the page and is no system.
    pub refused: Vec<Refused>,
    /// There is something new to say: what was opened is not here, or goes on as a copy.
    pub news: Option<News>,
    /// Files are held over the page.
    pub dragging: bool,
    /// The present date, in milliseconds since 1970.
    pub now: f64,
}

/// The system that is open.
pub struct Current {
    /// Its name in addresses.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// How often it was kept.
    pub count: u32,
    /// What was last kept of it; none where nothing was kept yet, because nothing was done.
    pub last: Option<Record>,
    /// When it is kept next, in milliseconds of the display, if something was done.
    pub due: Option<f64>,
    /// When it is kept next where nothing but time has passed.
    pub later: f64,
}

/// A system that was deleted just now.
pub struct Deleted {
    /// The system.
    pub kept: Kept,
    /// When it is too late to bring it back, in milliseconds of the display; none while somebody is at the button.
    pub until: Option<f64>,
}

/// Something that was given to the page and is no system.
pub struct Refused {
    /// What the file is called; empty for what was pasted.
    pub name: String,
    /// What is wrong with it.
    pub problems: Vec<Diagnostic>,
}

/// Something new to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// What the address names is not kept here.
    Absent,
    /// Another tab has changed what was open: it goes on under another name.
    Copied,
}

impl Default for Mine {
    fn default() -> Mine {
        Mine {
            visit: fresh_id(),
            list: Vec::new(),
            known: false,
            unread: 0,
            current: None,
            unwritten: Vec::new(),
            trouble: None,
            told: None,
            deleted: None,
            renamed: None,
            refused: Vec::new(),
            news: None,
            dragging: false,
            now: 0.0,
        }
    }
}

impl Mine {
    /// The kept system of this id.
    pub fn get(&self, id: &str) -> Option<&Kept> {
        self.list.iter().find(|kept| kept.id == id)
    }

    /// Puts one into the list, which is in order of time; gives those that have to go for it.
    pub fn put(&mut self, kept: Kept) -> Vec<Kept> {
        self.list.retain(|other| other.id != kept.id);
        self.list.push(kept);
        self.sort();
        if self.list.len() > MOST_KEPT { self.list.split_off(MOST_KEPT) } else { Vec::new() }
    }

    /// The latest first.
    pub fn sort(&mut self) {
        sort_by(&mut self.list, &|a, b| b.at.total_cmp(&a.at).then_with(|| a.id.cmp(&b.id)));
    }
}

impl Current {
    /// What was opened, or begins.
    pub fn new(id: String, name: String, count: u32, last: Option<Record>) -> Current {
        Current { id, name, count, last, due: None, later: f64::NEG_INFINITY }
    }
}
