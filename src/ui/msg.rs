//! All that can happen to the page.

use super::camera::CameraMsg;
use super::charts::ChartMsg;
use super::guess::GuessMsg;
use super::inspector::InspectMsg;
use super::lanes::LaneMsg;
use super::route::Route;
use super::terms::Word;
use super::traces::TraceMsg;

/// What happened, or what a person wants.
#[derive(Debug)]
pub enum Msg {
    /// The display wants a frame, at this many milliseconds.
    Frame(f64),
    /// Time to say what has changed to those who do not see the stage.
    Tell,
    /// Canvases have other sizes, or the display another resolution.
    Resized,
    /// The address changed.
    Navigated,
    /// A page's file came, or did not: for which page, and what.
    Loaded(Route, Result<String, String>),
    /// A test wants to see what happens when a promise of the program is broken.
    Break,
    /// Load the page again.
    Reload,
    /// The system switched between light and dark.
    Scheme,
    /// The next of automatic, light, dark and projector.
    NextTheme,
    /// Play or pause.
    Toggle,
    /// Run to the next event.
    StepEvent,
    /// Run one second.
    StepSecond,
    /// Play at this speed.
    Speed(f64),
    /// One speed up (1) or down (−1) in the list.
    Faster(i32),
    /// Back to time zero.
    Restart,
    /// Begin again with this seed, as somebody typed it.
    Seed(String),
    /// Begin again with a seed from the browser's generator.
    NewSeed,
    /// Move the n-th knob that is shown to this place among its stops.
    Turn(usize, usize),
    /// Press a fault button.
    Fault(usize),
    /// Press the n-th fault button that is shown.
    FaultKey(usize),
    /// Somebody has come to a word of the text, or left it.
    Word(Option<Word>),
    /// Forget how far the reader has come, or take that back.
    Forget,
    /// Find these words in the gallery or the course.
    Find(String),
    /// Compare with this scenario of the gallery.
    Against(String),
    /// Do something with the lanes.
    Lane(LaneMsg),
    /// Look at a lane's stage from nearer, or at another part of it.
    Camera(usize, CameraMsg),
    /// Select something on a stage, look at it, change it.
    Inspect(InspectMsg),
    /// Go to this place of the line of time, in thousandths of it.
    GoTo(f64),
    /// Go so many seconds on, or back where negative.
    Jump(f64),
    /// Go to the end, as fast as it goes.
    ToEnd,
    /// Back to the future that was left, and back again.
    Unfork,
    /// Open a step.
    Step(usize),
    /// Something about the open step's guess.
    Guess(GuessMsg),
    /// Answer a question of the open step: its place × [`Answered::MOST`](super::run::Answered) and the answer's.
    Answer(usize),
    /// Something about charts.
    Chart(ChartMsg),
    /// Something about traces.
    Trace(TraceMsg),
    /// Open or close the cheat sheet.
    Help(bool),
    /// A key was pressed.
    Key(web_sys::KeyboardEvent),
}
