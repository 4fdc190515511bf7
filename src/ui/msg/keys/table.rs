//! The table of keys: what each does, where, and how the cheat sheet says it.

use crate::base::Text;
use crate::lesson::player::{COLUMNS, CurveEdit};
use crate::ui::canvas::fingers;
use crate::ui::model::charts::Slot;
use crate::ui::model::traces::Moment;
use crate::ui::msg::Msg;
use crate::ui::msg::chart::ChartMsg;
use crate::ui::msg::inspect::{InspectMsg, Step};
use crate::ui::msg::keys::key::{
    A, B, BACKSPACE, C, D, DELETE, DIGITS, DOWN, END, ENTER, ESCAPE, G, H, HOME, Hold, Key, L, LEFT, MINUS,
    N, O, PAGE_DOWN, PAGE_UP, PLUS, Q, QUESTION_MARK, R, RIGHT, S, SPACE, Stroke, T, TAB, UP, V, W, X, Y, Z,
    ZERO,
};
use crate::ui::msg::mine::MineMsg;
use crate::ui::msg::sandbox::{LinkMsg, PaletteMsg, SandboxMsg};
use crate::ui::msg::setting::SettingMsg;
use crate::ui::msg::stage::CameraMsg;
use crate::ui::msg::time::TimeMsg;
use crate::ui::msg::trace::TraceMsg;

/// A row of the table, and of the cheat sheet.
pub struct Row {
    /// The name by which tests find it.
    pub id: &'static str,
    /// Its keys, with what each does; none where it is about a pointer.
    pub keys: &'static [(Stroke, Does)],
    /// Where that is: a text around the place `keys`. None: everywhere on the page.
    pub place: Option<Text>,
    /// What it does, in words.
    pub words: Text,
}

/// What a key does. Each is of one place: the page, or what has the focus.
#[derive(Clone, Copy)]
pub enum Does {
    /// On the page, unless what has the focus has such a key of its own. Gets the key's name.
    Page(Unless, fn(&str) -> Msg),
    /// Wherever the focus is, while somebody is at a word.
    Word(fn() -> Msg),
    /// On a stage, or on the figure with all its stages.
    Camera(CameraMsg),
    /// In the list of a stage's parts.
    Part(Step),
    /// In the inspector.
    Inspector(fn() -> InspectMsg),
    /// On the line of time.
    Timeline(TimeMsg),
    /// In the picture of a chart.
    Chart(fn(Slot) -> ChartMsg),
    /// In a chart, or in what belongs to it.
    ChartPanel(fn() -> ChartMsg),
    /// In a waterfall.
    Trace(fn() -> TraceMsg),
    /// In a curve that is guessed.
    Curve(CurveEdit),
    /// On the page of the sandbox, unless what has the focus has such a key of its own.
    Sandbox(Unless, fn() -> SandboxMsg),
    /// At a node in the list of nodes. Gets its id.
    Node(fn(&str) -> SandboxMsg),
    /// There, while a link is on its way.
    Aim(fn() -> LinkMsg),
    /// The browser does it.
    Browser,
}

/// What has the focus and keeps a key for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unless {
    /// Fields and lists.
    Field,
    /// These and buttons.
    Button,
    /// Fields, lists, sliders and pictures.
    Slider,
    /// Only what was typed there can be taken back.
    Text,
}

const fn any(key: Key) -> Stroke {
    Stroke { key, hold: Hold::Any }
}

const fn alone(key: Key) -> Stroke {
    Stroke { key, hold: Hold::Nothing }
}

const fn shift(key: Key) -> Stroke {
    Stroke { key, hold: Hold::Shift }
}

const fn control(key: Key) -> Stroke {
    Stroke { key, hold: Hold::Control }
}

const fn control_shift(key: Key) -> Stroke {
    Stroke { key, hold: Hold::ControlShift }
}

/// A key adds an entry of the palette.
macro_rules! add {
    ($key:ident, $preset:literal) => {
        (alone($key), Does::Sandbox(Unless::Field, || SandboxMsg::Palette(PaletteMsg::Add($preset))))
    };
}

/// A key of the page does something with time.
macro_rules! time {
    ($unless:ident, $msg:expr) => {
        Does::Page(Unless::$unless, |_| Msg::Time($msg))
    };
}

const IN_A_CHART: Option<Text> = Some(Text::new("keys.place.chart"));
const IN_A_TRACE: Option<Text> = Some(Text::new("keys.place.trace"));
const AT_A_NODE: Option<Text> = Some(Text::new("keys.place.node"));
const IN_THE_SANDBOX: Option<Text> = Some(Text::new("keys.place.sandbox"));
const ON_A_STAGE: Option<Text> = Some(Text::new("keys.place.stage"));
const ON_THE_LINE: Option<Text> = Some(Text::new("keys.place.timeline"));

/// A key moves the height of a curve by this share of the scale, and one that goes far by ten times as much.
const HEIGHT: f64 = 0.02;
/// With Shift a key goes so many columns of a curve.
const FAR: isize = 5;

/// All keys, in the order of the cheat sheet.
pub static TABLE: [Row; 35] = [
    Row {
        id: "play",
        keys: &[(any(SPACE), time!(Button, TimeMsg::Toggle))],
        place: None,
        words: Text::new("keys.does.play"),
    },
    Row {
        id: "step-event",
        keys: &[(alone(RIGHT), time!(Slider, TimeMsg::StepEvent))],
        place: None,
        words: Text::new("keys.does.step-event"),
    },
    Row {
        id: "step-second",
        keys: &[(shift(RIGHT), time!(Slider, TimeMsg::StepSecond))],
        place: None,
        words: Text::new("keys.does.step-second"),
    },
    Row {
        id: "back",
        keys: &[
            (alone(LEFT), time!(Slider, TimeMsg::Jump(-1.0))),
            (shift(LEFT), time!(Slider, TimeMsg::Jump(-10.0))),
        ],
        place: None,
        words: Text::new("keys.does.back"),
    },
    Row {
        id: "ends",
        keys: &[(any(HOME), time!(Slider, TimeMsg::GoTo(0.0))), (any(END), time!(Slider, TimeMsg::ToEnd))],
        place: None,
        words: Text::new("keys.does.ends"),
    },
    Row {
        id: "speed",
        keys: &[
            (any(UP), time!(Slider, TimeMsg::Faster(1))),
            (any(DOWN), time!(Slider, TimeMsg::Faster(-1))),
        ],
        place: None,
        words: Text::new("keys.does.speed"),
    },
    Row {
        id: "restart",
        keys: &[(any(R), time!(Field, TimeMsg::Restart))],
        place: None,
        words: Text::new("keys.does.restart"),
    },
    Row {
        id: "fault",
        keys: &[(
            any(DIGITS),
            Does::Page(Unless::Field, |digit| {
                Msg::Setting(SettingMsg::FaultKey(digit.parse().unwrap_or_default()))
            }),
        )],
        place: None,
        words: Text::new("keys.does.fault"),
    },
    Row {
        id: "cross",
        keys: &[
            (alone(LEFT), Does::Chart(|slot| ChartMsg::Nudge(slot, -1.0))),
            (alone(RIGHT), Does::Chart(|slot| ChartMsg::Nudge(slot, 1.0))),
        ],
        place: IN_A_CHART,
        words: Text::new("keys.does.cross"),
    },
    Row {
        id: "timeline-second",
        keys: &[
            (alone(LEFT), Does::Timeline(TimeMsg::Jump(-1.0))),
            (alone(RIGHT), Does::Timeline(TimeMsg::Jump(1.0))),
            (alone(DOWN), Does::Timeline(TimeMsg::Jump(-1.0))),
            (alone(UP), Does::Timeline(TimeMsg::Jump(1.0))),
        ],
        place: ON_THE_LINE,
        words: Text::new("keys.does.timeline-second"),
    },
    Row {
        id: "timeline-ten",
        keys: &[
            (any(PAGE_UP), Does::Timeline(TimeMsg::Jump(10.0))),
            (any(PAGE_DOWN), Does::Timeline(TimeMsg::Jump(-10.0))),
            (shift(LEFT), Does::Timeline(TimeMsg::Jump(-10.0))),
            (shift(RIGHT), Does::Timeline(TimeMsg::Jump(10.0))),
            (shift(DOWN), Does::Timeline(TimeMsg::Jump(-10.0))),
            (shift(UP), Does::Timeline(TimeMsg::Jump(10.0))),
        ],
        place: ON_THE_LINE,
        words: Text::new("keys.does.timeline-ten"),
    },
    Row {
        id: "parts",
        keys: &[
            (any(LEFT), Does::Part(Step::Node(-1))),
            (any(RIGHT), Does::Part(Step::Node(1))),
            (any(UP), Does::Part(Step::By(-1))),
            (any(DOWN), Does::Part(Step::By(1))),
            (any(HOME), Does::Part(Step::First)),
            (any(END), Does::Part(Step::Last)),
        ],
        place: ON_A_STAGE,
        words: Text::new("keys.does.parts"),
    },
    Row {
        id: "word",
        keys: &[(any(TAB), Does::Browser)],
        place: Some(Text::new("keys.place.word")),
        words: Text::new("keys.does.word"),
    },
    Row {
        id: "close",
        keys: &[
            // Before it closes anything else.
            (any(ESCAPE), Does::Word(|| Msg::Word(None))),
            (any(ESCAPE), Does::Sandbox(Unless::Field, || SandboxMsg::Escape)),
            (any(ESCAPE), Does::Inspector(|| InspectMsg::Close)),
            (any(ESCAPE), Does::ChartPanel(|| ChartMsg::Enlarge(None))),
            (any(ESCAPE), Does::Page(Unless::Field, |_| Msg::Chart(ChartMsg::Enlarge(None)))),
        ],
        place: None,
        words: Text::new("keys.does.close"),
    },
    Row {
        id: "undo",
        keys: &[(control(Z), Does::Page(Unless::Text, |_| Msg::Setting(SettingMsg::Undo)))],
        place: None,
        words: Text::new("keys.does.undo"),
    },
    Row {
        id: "redo",
        keys: &[
            (control_shift(Z), Does::Sandbox(Unless::Text, || SandboxMsg::Redo)),
            (control(Y), Does::Sandbox(Unless::Text, || SandboxMsg::Redo)),
        ],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.redo"),
    },
    Row {
        id: "add",
        keys: &[
            add!(C, "client"),
            add!(S, "service"),
            add!(Q, "queue"),
            add!(X, "exchange"),
            add!(L, "log"),
            add!(D, "store"),
            add!(G, "gateway"),
            add!(W, "workers"),
            add!(H, "cache"),
            add!(T, "topic"),
            add!(B, "dead-letters"),
        ],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.add"),
    },
    Row {
        id: "next",
        keys: &[(alone(N), Does::Sandbox(Unless::Field, || SandboxMsg::Menu(true)))],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.next"),
    },
    Row {
        id: "node",
        keys: &[
            (alone(UP), Does::Node(|_| SandboxMsg::Go(-1, false))),
            (alone(DOWN), Does::Node(|_| SandboxMsg::Go(1, false))),
            (shift(UP), Does::Node(|_| SandboxMsg::Go(-1, true))),
            (shift(DOWN), Does::Node(|_| SandboxMsg::Go(1, true))),
        ],
        place: AT_A_NODE,
        words: Text::new("keys.does.node"),
    },
    Row {
        id: "link",
        keys: &[
            (any(ENTER), Does::Node(|id| SandboxMsg::Link(LinkMsg::Start(Some(id.to_owned()))))),
            (any(ENTER), Does::Aim(|| LinkMsg::End)),
            (any(UP), Does::Aim(|| LinkMsg::Aim(-1))),
            (any(DOWN), Does::Aim(|| LinkMsg::Aim(1))),
            (any(LEFT), Does::Aim(|| LinkMsg::Aim(-1))),
            (any(RIGHT), Does::Aim(|| LinkMsg::Aim(1))),
        ],
        place: AT_A_NODE,
        words: Text::new("keys.does.link"),
    },
    Row {
        id: "nudge",
        keys: &[
            (control(LEFT), Does::Node(|_| SandboxMsg::Nudge(-10.0, 0.0))),
            (control(RIGHT), Does::Node(|_| SandboxMsg::Nudge(10.0, 0.0))),
            (control(UP), Does::Node(|_| SandboxMsg::Nudge(0.0, -10.0))),
            (control(DOWN), Does::Node(|_| SandboxMsg::Nudge(0.0, 10.0))),
        ],
        place: AT_A_NODE,
        words: Text::new("keys.does.nudge"),
    },
    Row {
        id: "choose-all",
        keys: &[(control(A), Does::Sandbox(Unless::Field, || SandboxMsg::ChooseAll(true)))],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.choose-all"),
    },
    Row {
        id: "delete",
        keys: &[
            (any(DELETE), Does::Sandbox(Unless::Slider, || SandboxMsg::Delete)),
            (any(BACKSPACE), Does::Sandbox(Unless::Slider, || SandboxMsg::Delete)),
        ],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.delete"),
    },
    Row {
        id: "copy",
        keys: &[
            (control(C), Does::Sandbox(Unless::Field, || SandboxMsg::Copy)),
            (control(X), Does::Sandbox(Unless::Field, || SandboxMsg::Cut)),
            (control(V), Does::Browser),
            (control(D), Does::Sandbox(Unless::Field, || SandboxMsg::Duplicate)),
        ],
        place: IN_THE_SANDBOX,
        words: Text::new("keys.does.copy"),
    },
    Row {
        id: "cross-far",
        keys: &[
            (any(HOME), Does::Chart(|slot| ChartMsg::Nudge(slot, f64::NEG_INFINITY))),
            (any(END), Does::Chart(|slot| ChartMsg::Nudge(slot, f64::INFINITY))),
            (shift(LEFT), Does::Chart(|slot| ChartMsg::Nudge(slot, -10.0))),
            (shift(RIGHT), Does::Chart(|slot| ChartMsg::Nudge(slot, 10.0))),
        ],
        place: IN_A_CHART,
        words: Text::new("keys.does.cross-far"),
    },
    Row {
        id: "trace-row",
        keys: &[
            (any(UP), Does::Trace(|| TraceMsg::Row(-1))),
            (any(DOWN), Does::Trace(|| TraceMsg::Row(1))),
            (any(PAGE_UP), Does::Trace(|| TraceMsg::Row(-10))),
            (any(PAGE_DOWN), Does::Trace(|| TraceMsg::Row(10))),
            (any(HOME), Does::Trace(|| TraceMsg::First)),
            (any(END), Does::Trace(|| TraceMsg::Last)),
        ],
        place: IN_A_TRACE,
        words: Text::new("keys.does.trace-row"),
    },
    Row {
        id: "nearest-trace",
        keys: &[(any(ENTER), Does::Chart(|slot| ChartMsg::Ask(slot, None)))],
        place: Some(Text::new("keys.place.chart-of-latencies")),
        words: Text::new("keys.does.nearest-trace"),
    },
    Row {
        id: "trace-moment",
        keys: &[(any(ENTER), Does::Trace(|| TraceMsg::GoTo(Moment::Row)))],
        place: IN_A_TRACE,
        words: Text::new("keys.does.trace-moment"),
    },
    Row {
        id: "curve",
        keys: &[
            (alone(LEFT), Does::Curve(CurveEdit::Go(-1))),
            (alone(RIGHT), Does::Curve(CurveEdit::Go(1))),
            (any(UP), Does::Curve(CurveEdit::Raise(HEIGHT))),
            (any(DOWN), Does::Curve(CurveEdit::Raise(-HEIGHT))),
            (shift(LEFT), Does::Curve(CurveEdit::Go(-FAR))),
            (shift(RIGHT), Does::Curve(CurveEdit::Go(FAR))),
            (any(HOME), Does::Curve(CurveEdit::Go(-(COLUMNS as isize)))),
            (any(END), Does::Curve(CurveEdit::Go(COLUMNS as isize))),
            (any(PAGE_UP), Does::Curve(CurveEdit::Raise(10.0 * HEIGHT))),
            (any(PAGE_DOWN), Does::Curve(CurveEdit::Raise(-10.0 * HEIGHT))),
            (any(DELETE), Does::Curve(CurveEdit::Erase)),
        ],
        place: Some(Text::new("keys.place.curve")),
        words: Text::new("keys.does.curve"),
    },
    Row {
        id: "zoom",
        keys: &[
            (any(PLUS), Does::Camera(CameraMsg::Zoom(fingers::STEP, None))),
            (any(MINUS), Does::Camera(CameraMsg::Zoom(1.0 / fingers::STEP, None))),
            (any(ZERO), Does::Camera(CameraMsg::Fit)),
        ],
        place: ON_A_STAGE,
        words: Text::new("keys.does.zoom"),
    },
    Row {
        id: "wheel",
        keys: &[],
        place: Some(Text::new("keys.place.wheel")),
        words: Text::new("keys.does.wheel"),
    },
    Row {
        id: "drag",
        keys: &[],
        place: Some(Text::new("keys.place.drag")),
        words: Text::new("keys.does.drag"),
    },
    Row { id: "focus", keys: &[(any(TAB), Does::Browser)], place: None, words: Text::new("keys.does.focus") },
    Row {
        id: "open-file",
        keys: &[(any(O), Does::Page(Unless::Field, |_| Msg::Mine(MineMsg::Choose)))],
        place: None,
        words: Text::new("keys.does.open-file"),
    },
    Row {
        id: "help",
        keys: &[(any(QUESTION_MARK), Does::Page(Unless::Field, |_| Msg::Help(true)))],
        place: None,
        words: Text::new("keys.does.help"),
    },
];
