//! All that can happen to the page.

pub mod chart;
pub mod inspect;
pub mod keys;
pub mod lesson;
pub mod mine;
pub mod sandbox;
pub mod send;
pub mod setting;
pub mod stage;
pub mod time;
pub mod trace;
pub mod variant;

use chart::ChartMsg;
use inspect::InspectMsg;
use lesson::LessonMsg;
use mine::MineMsg;
use sandbox::SandboxMsg;
use send::SendMsg;
use setting::SettingMsg;
use stage::CameraMsg;
use time::TimeMsg;
use trace::TraceMsg;
use variant::VariantMsg;

use crate::ui::canvas::sizes::Sizes;
use crate::ui::model::side::Side;
use crate::ui::model::word::Word;
use crate::ui::platform::route::Route;

/// What happened, or what a person wants.
#[derive(Debug, PartialEq)]
pub enum Msg {
    /// The address leads to this page.
    Open(Route),
    /// Load the page again.
    Reload,
    /// A page's file came, or did not: for which page, and what.
    Loaded(Route, Result<String, String>),
    /// The descriptions of fields came, or did not.
    Described(Result<String, String>),
    /// The list of lessons below a figure is about to be seen.
    CourseIsNear,
    /// Time to say what has changed to those who do not see the stage.
    Tell,
    /// A test wants to see what happens when a promise of the program is broken.
    Break,
    /// How large the canvases are; true: one of them was cleared.
    Measured(Box<Sizes>, bool),
    /// What the system wants.
    System {
        /// Dark colours.
        dark: bool,
        /// Nothing that moves without need.
        reduced_motion: bool,
    },
    /// The next of automatic, light, dark and projector.
    NextTheme,
    /// Open or close the cheat sheet.
    Help(bool),
    /// Send what runs.
    Send(SendMsg),
    /// Something about time.
    Time(TimeMsg),
    /// Something about settings and faults.
    Setting(SettingMsg),
    /// Something about the variants.
    Variant(VariantMsg),
    /// Bring this stage to the front where there is room for one.
    Front(Side),
    /// Look at a stage from nearer, or at another part of it.
    Camera(Side, CameraMsg),
    /// Do the same with all stages.
    Cameras(CameraMsg),
    /// Select something on a stage, look at it, change it.
    Inspect(InspectMsg),
    /// Something about charts.
    Chart(ChartMsg),
    /// Something about traces.
    Trace(TraceMsg),
    /// Something about the lesson that runs.
    Lesson(LessonMsg),
    /// Something about the system of one's own.
    Sandbox(SandboxMsg),
    /// Something about the reader's own systems.
    Mine(MineMsg),
    /// Somebody has come to a word of the text, or left it.
    Word(Option<Word>),
    /// Forget how far the reader has come, or take that back.
    Forget,
    /// Find these words in the gallery or the course.
    Find(String),
}
