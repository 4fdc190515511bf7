//! The state of the page: owned by the application, changed by `update` alone, shown by panels and pages. What the model
//! asks for (effects, the focus, a painting) the application takes from it when it does it.

pub mod charts;
pub mod clock;
pub mod content;
pub mod curve;
pub mod effect;
pub mod focus;
pub mod gesture;
pub mod inspector;
pub mod kept;
pub mod mine;
pub mod sandbox;
pub mod sending;
pub mod shelf;
pub mod side;
pub mod speed;
pub mod stages;
pub mod theme;
pub mod traces;
pub mod word;

use std::rc::Rc;

use charts::Charts;
use clock::{Clock, Told};
use content::Content;
use effect::Effect;
use focus::Focus;
use inspector::Inspector;
use mine::Mine;
use sandbox::Sandbox;
use sending::Sending;
use shelf::Shelf;
use stages::Stages;
use theme::Choice;
use traces::Traces;
use word::Word;

use crate::lesson::player::Progress;
use crate::lesson::{Gallery, Glossary};
use crate::ui::canvas::sizes::Sizes;
use crate::ui::platform::route::Route;
use crate::view::{Stretch, Theme};

/// The state of the page.
pub struct Model {
    /// Which page it is.
    pub route: Route,
    /// What it shows.
    pub content: Content,
    /// The system of one's own, while another page is open.
    pub draft: Option<Box<Sandbox>>,
    /// The ready scenarios, once they have come.
    pub gallery: Option<Gallery>,
    /// The course, and how far the reader has come in it.
    pub shelf: Shelf,
    /// What was last kept of the lesson that is open: what is done, and how much was said.
    pub kept: Option<(Progress, u32)>,
    /// The reader's own systems.
    pub mine: Mine,
    /// The words of all lessons, once they have come.
    pub glossary: Option<Glossary>,
    /// The one that somebody is at.
    pub word: Option<Word>,
    /// The colours that the reader chose.
    pub theme: Choice,
    /// The system is dark.
    pub dark: bool,
    /// The cheat sheet is open.
    pub help: bool,
    /// The dialog that sends what runs, while it is open.
    pub sending: Option<Rc<Sending>>,
    /// The charts.
    pub charts: Charts,
    /// Over what two variants are compared.
    pub stretch: Stretch,
    /// The traces.
    pub traces: Traces,
    /// What is selected on the stages.
    pub inspector: Inspector,
    /// How the stages are looked at.
    pub stages: Stages,
    /// How large the canvases are.
    pub sizes: Sizes,
    /// When what was done last.
    pub clock: Clock,
    /// What those who do not see the stages were told.
    pub told: Told,
    /// What has changed since it was painted.
    pub stale: Stale,
    /// What gets the focus once the page is written.
    pub focus: Option<Focus>,
    /// What the browser is asked for.
    pub effects: Vec<Effect>,
}

/// What has changed since it was painted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// The stages, the charts, the line of time and the waterfall.
    pub pictures: bool,
    /// The chart of a curve that is guessed.
    pub curve: bool,
}

impl Stale {
    /// Everything.
    pub const ALL: Stale = Stale { pictures: true, curve: true };
}

impl Model {
    /// The page before it has opened anything, with what is kept of earlier visits.
    pub fn new() -> Model {
        Model {
            route: Route::Unknown,
            content: Content::Loading,
            draft: None,
            gallery: None,
            shelf: Shelf::default(),
            kept: None,
            mine: Mine::default(),
            glossary: None,
            word: None,
            theme: Choice::remembered(),
            dark: false,
            help: false,
            sending: None,
            charts: Charts::remembered(),
            stretch: Stretch::default(),
            traces: Traces::default(),
            inspector: Inspector::default(),
            stages: Stages::default(),
            sizes: Sizes::default(),
            clock: Clock::new(None),
            told: Told::default(),
            stale: Stale::ALL,
            focus: None,
            effects: Vec::new(),
        }
    }

    /// The colours that are shown.
    pub fn colours(&self) -> Theme {
        self.theme.theme(self.dark)
    }
}
