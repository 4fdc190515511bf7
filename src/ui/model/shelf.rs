//! The course's list as far as it is there, and what the reader does with it.

use crate::lesson::Course;
use crate::lesson::player::Bookmark;
use crate::ui::model::kept;

/// The lessons, and how far the reader has come in them.
#[derive(Default)]
pub struct Shelf {
    /// The lessons, once they have come.
    pub course: Option<Course>,
    /// The list is on its way, or there.
    pub asked: bool,
    /// Why it did not come.
    pub trouble: Option<String>,
    /// What is sought.
    pub sought: String,
    /// How far the reader has come.
    pub bookmarks: Vec<Bookmark>,
    /// What was forgotten just now.
    forgotten: Option<String>,
    /// When it was last looked how far below the screen the list is.
    looked: f64,
}

/// From one look to the next, in milliseconds.
const LOOK_MS: f64 = 200.0;

impl Shelf {
    /// Another page opens: what is kept is looked at anew.
    pub fn look(&mut self) {
        self.bookmarks = kept::bookmarks();
        self.forgotten = None;
        self.sought.clear();
    }

    /// Whether it is time to look if the list is about to be seen below a figure, and has to be asked for. `at`: when this
    /// is asked, in milliseconds; to look costs the page its layout, so it is done only now and then.
    pub fn is_due(&mut self, at: f64) -> bool {
        if self.asked || self.course.is_some() || at - self.looked < LOOK_MS {
            return false;
        }
        self.looked = at;
        true
    }

    /// Forgets what is kept, or brings it back if that was done just now.
    pub fn forget(&mut self) {
        match self.forgotten.take() {
            Some(was) => kept::restore(&was),
            None => self.forgotten = kept::clear(),
        }
        self.bookmarks = kept::bookmarks();
    }

    /// What is kept was forgotten just now.
    pub fn is_forgotten(&self) -> bool {
        self.forgotten.is_some()
    }

    /// The lesson that was begun last, unless it is done.
    pub fn last(&self) -> Option<&Bookmark> {
        self.bookmarks.last().filter(|bookmark| !bookmark.is_done())
    }
}
