//! When what was done last, and what those who do not see the stages have been told.

use crate::session::Session;
use crate::ui::canvas::meter::Meter;
use crate::ui::platform::keeper::Keeper;
use crate::view::{self, Fact};

/// When what was done last, in the display's milliseconds.
pub struct Clock {
    /// The last frame.
    pub frame: Option<f64>,
    /// The numbers were brought up to date.
    pub numbers: f64,
    /// A message has been seen under way.
    pub moved: bool,
    /// Keeps the run for a report.
    pub keeper: Keeper,
    /// The work of the last frames.
    pub work: Meter,
    /// The simulation's part of it.
    pub slices: Meter,
}

impl Clock {
    /// A page opens: everything is due at once. `frame` is when the last frame was.
    pub fn new(frame: Option<f64>) -> Clock {
        Clock {
            frame,
            numbers: f64::NEG_INFINITY,
            moved: false,
            keeper: Keeper::default(),
            work: Meter::new(),
            slices: Meter::new(),
        }
    }
}

/// Words for those who do not see the stages, by variant.
#[derive(Default)]
pub struct Told {
    /// How things stand.
    pub words: Vec<Vec<String>>,
    /// What has changed since they were told last.
    pub news: Vec<Vec<String>>,
    /// What they have been told.
    facts: Vec<Vec<Fact>>,
}

impl Told {
    /// Puts into words how things stand, and what has changed since that was last told.
    pub fn tell(&mut self, session: &Session) {
        let variants = session.variants();
        self.words = variants.iter().map(view::summary).collect();
        self.facts.resize_with(variants.len(), Vec::new);
        let news = variants
            .iter()
            .zip(&mut self.facts)
            .map(|(variant, told)| view::changes(told, view::facts(variant)));
        self.news = news.collect();
    }
}
