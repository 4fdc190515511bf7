//! Every word of the page's own that a reader sees: one table, so that another language is another table.
//!
//! Words about a run (cards, charts, summaries) come from `view`; words of a lesson from its file.

/// Which language this table is in, and in which direction it runs.
pub const LANGUAGE: (&str, &str) =
    if cfg!(feature = "mirrored") { ("x-mirrored", "rtl") } else { ("en", "ltr") };

table! {
pub const WORDMARK: &str = "Cascade";
pub const SKIP: &str = "Skip to the figure";
pub const PAGES: &str = "Pages";

/// The page of all lessons.
pub const COURSE: &str = "Course";
pub const COURSE_ABOUT: &str = "Every lesson is a system that runs. Guess what it will do, break it, mend it, and see why.";
pub const MINUTES: &str = " minutes";
pub const BEGINNER: &str = "beginner";
pub const INTERMEDIATE: &str = "intermediate";
pub const ADVANCED: &str = "advanced";
pub const LEVEL: &str = "Length, level and progress";
/// After "3 of 5".
pub const STEPS: &str = " steps";
/// Before a lesson's title.
pub const AGAIN: &str = "Go on with ";
pub const GLOSSARY: &str = "Words";
pub const GLOSSARY_ABOUT: &str = "What lessons mean by their words. In a lesson, point at a word or come to it with Tab: what it means lights up on the stage.";
pub const KEPT: &str = "How far you have come is kept in this browser alone.";
pub const FORGET: &str = "Forget it";
pub const FORGOTTEN: &str = "Forgotten.";
pub const UNFORGET: &str = "Take that back";
}
/// The chapters of the course, in order.
pub const CHAPTERS: [&str; 6] = [
    word!("Calls that wait"),
    word!("Messages that wait for you"),
    word!("Publish and subscribe"),
    word!("Event-driven systems"),
    word!("Streams"),
    word!("Seeing, scaling, changing"),
];

table! {
/// The page on what is simulated and how.
pub const MODEL: &str = "The model";

/// The page of ready scenarios.
pub const GALLERY: &str = "Gallery";
pub const GALLERY_ABOUT: &str = "A ready system for every part of the model and for everything that can be broken. Each runs as it is; each shows something within its first minute.";
pub const SEEK: &str = "Find";
pub const NOTHING_FOUND: &str = "Nothing has all of these words.";
pub const SHOWS: &str = "Shows";

pub const THEME: &str = "Colours";
pub const THEME_AUTO: &str = "as the system";
pub const THEME_LIGHT: &str = "light";
pub const THEME_DARK: &str = "dark";
pub const THEME_PROJECTOR: &str = "for a projector";

/// The buttons that look at a stage from nearer.
pub const VIEW: &str = "View";
pub const ZOOM_IN: &str = "Nearer (+)";
pub const ZOOM_OUT: &str = "Further (−)";
pub const ZOOM_FIT: &str = "See all of it (0)";

pub const FIGURE: &str = "Figure";
pub const INTRODUCTION: &str = "Introduction";
pub const CONTROLS: &str = "Controls";
pub const CHARTS: &str = "Charts";
pub const PLAYBACK: &str = "Playback";
pub const LEGEND: &str = "Legend";
pub const SETTINGS: &str = "Settings";
pub const FAULTS: &str = "Break it";
pub const SUMMARY: &str = "What is going on";
pub const NEWS: &str = "What has changed";
pub const TABLE: &str = "As a table";
pub const CHOOSE_CHARTS: &str = "Choose charts";
pub const ENLARGE: &str = "Enlarge";
pub const REDUCE: &str = "Reduce";
pub const SAVE_AS: &str = "Save as";
pub const THEORY: &str = "Theory";
pub const OF_WHOM: &str = "Of whom";
pub const WHOLE_SYSTEM: &str = "the whole system";

pub const PLAY: &str = "Play";
pub const PAUSE: &str = "Pause";
pub const STEP_EVENT: &str = "Step to the next event";
pub const STEP_SECOND: &str = "Step one second";
pub const RESTART: &str = "Restart";
pub const SPEED: &str = "Speed";
pub const SEED: &str = "Seed";
pub const NEW_SEED: &str = "New seed";
pub const TIME: &str = "Simulated time";
/// Before the digest of each variant.
pub const DIGEST: &str = "Digest of all that has happened so far. The same run has the same digest everywhere; the command line prints it too: ";
pub const RUNNING_AT: &str = "running at ";
pub const OF: &str = " of ";
pub const HALT_ENDLESS: &str = "The run stopped: events follow each other without end at one instant. Somewhere a loop has no delay at all: give it some work, a backoff or a latency, then restart.";
pub const HALT_FULL: &str = "The run stopped: more is alive than there is room for. Something grows without bound: give it a timeout or a bounded waiting room, or lower the rate, then restart.";
pub const TO_END: &str = "To the end";
pub const UNFORK: &str = "The other future";
pub const UNFORK_ABOUT: &str = "Back to the future that was left when something was changed in the past";
pub const GOING: &str = "on the way: ";
pub const COMPARE: &str = "Compare";
pub const COMPARE_WITH: &str = "Compare with …";
pub const VARIANT: &str = "Variant";
pub const SWAP: &str = "Swap A and B";
pub const COPY: &str = "Copy A to B";
pub const ONLY_A: &str = "Only A";
pub const ONLY_B: &str = "Only B";
pub const BOTH: &str = "both";
pub const TARGET: &str = "Settings of";
pub const BETTER: &str = "Better";
pub const EQUAL: &str = "equal";
pub const KEYS: &str = "Keys";

pub const PARTS: &str = "Parts of the stage";
pub const NUMBERS: &str = "Numbers";
pub const TO_CHART: &str = "To the chart";
pub const REPLICAS: &str = "Replicas";
pub const CRASH: &str = "Crash";
pub const ADD: &str = "Add";
pub const REMOVE: &str = "Remove";
/// Before a default.
pub const DEFAULT: &str = "default: ";
/// After a number of settings.
pub const CHANGED: &str = " changed";
pub const FROM_NEXT_START: &str = "from the next start";
pub const CUT: &str = "There are more parameters than fit here.";

pub const STEP: &str = "Step ";
pub const BACK: &str = "Back";
pub const NEXT: &str = "Next";
pub const PREDICT: &str = "Your guess";
pub const RIGHT: &str = "right";
pub const NOT_SO: &str = "not so";
pub const COMMIT: &str = "This is my guess";
pub const CAME_TO: &str = "In your run it came to ";
/// A guess is made; the run that decides it is going on, or over.
pub const DECIDING: &str = "Your guess stands. Now watch the run.";
pub const TO_OUTCOME: &str = "To the outcome";
pub const RUN_AGAIN: &str = "Run it again";
pub const NOT_MEASURED: &str = "In your run nothing of it was measured.";

/// A curve that is drawn.
pub const CURVE: &str = "Your curve";
pub const HOW_TO_DRAW: &str = "Draw with a finger or the mouse, or with the arrow keys.";
pub const CLEAR: &str = "Clear";
pub const WHICH_LINE: &str = "Dashed: your curve. Solid: what is measured.";
pub const NOTHING_DRAWN: &str = "nothing yet";
/// Between an instant, a guess and what was measured there.
pub const AND_THERE: &str = ": you drew ";
pub const AND_MEASURED: &str = ", measured ";
/// Around the distance, before the instant at which it is greatest.
pub const ON_AVERAGE: &str = "On average your curve is off by ";
pub const FURTHEST: &str = ". It is furthest off at ";
pub const COMPARISON: &str = "Beside each other, now";
pub const REAL: &str = "What real systems do";
pub const QUIZ: &str = "Check yourself";
pub const TASK: &str = "Your task";
pub const DONE: &str = "done";
pub const TEACHER: &str = "For teachers";

pub const LOADING: &str = "The lesson is loading.";
pub const LOAD_FAILED: &str = "The lesson did not load";
pub const LOAD_OFFLINE: &str = "The site cannot be reached.";
pub const LOAD_MISSING: &str = "There is no lesson of this name.";
pub const LOAD_REFUSED: &str = "The site did not hand it out.";
pub const LOAD_TOO_LONG: &str = "Its file is longer than 1 MiB.";
pub const RETRY: &str = "Try again";
pub const NO_PAGE: &str = "There is no such page";
pub const NO_PAGE_HELP: &str = "The address leads nowhere.";
pub const HOME: &str = "To the opening page";
pub const BROKEN: &str = "This cannot be run";
pub const BROKEN_HELP: &str = "Everything that is wrong, with its place in the file and how to mend it:";
pub const WHOLE_FILE: &str = "the file";
pub const STOPPED: &str =
    "The simulation stopped: this is a fault of the program, not of the system you built.";
pub const STOPPED_HELP: &str = "Nothing you made is lost: here is what happened, with your system and all that you did to it. Please report it.";
pub const STOPPED_AT: &str = "\nSimulated seconds: ";
pub const STOPPED_RUN: &str = "\nRun: ";
pub const COPY_REPORT: &str = "Copy";
pub const START_AGAIN: &str = "Start again";
}

/// The cheat sheet: keys, and what they do.
pub const CHEATS: [(&str, &str); 24] = [
    ("Space", word!("play, pause")),
    ("→", word!("step to the next event")),
    ("Shift →", word!("step one second")),
    ("←, Shift ←", word!("back one second, ten seconds")),
    ("Home, End", word!("to the beginning, to the end")),
    ("↑ ↓", word!("faster, slower")),
    ("R", word!("restart")),
    ("1 … 9", word!("break something, mend it")),
    ("← → in a chart", word!("move the crosshair")),
    ("Page up, Page down on the line of time", word!("ten seconds on, ten seconds back")),
    ("← → ↑ ↓ on a stage", word!("from part to part; Enter inspects it")),
    ("Tab to a word of a lesson", word!("what it means, in words and on the stage")),
    ("Esc", word!("close the meaning of a word, the inspector, the large chart")),
    ("Ctrl Z", word!("take the last setting back")),
    (
        "Home, End, Shift ← → in a chart",
        word!("the crosshair to the beginning, to the end, ten times as far"),
    ),
    (
        "↑ ↓, Page up, Page down, Home, End in a trace",
        word!("from row to row, ten of them, to the first, to the last"),
    ),
    ("Enter in a chart of latencies", word!("the nearest trace")),
    ("Enter in a trace", word!("the stage at the moment when the row began")),
    ("← → ↑ ↓, Page up, Page down, Delete in your curve", word!("along it, up and down, a point away")),
    ("+ − 0 on a stage", word!("nearer, further, all of it")),
    ("Ctrl and wheel, two fingers", word!("nearer, further, around the pointer")),
    ("drag, double click", word!("another part of the stage; a node from near, and back")),
    ("Tab", word!("to everything else")),
    ("?", word!("this sheet")),
];
table! {
pub const CHEAT_SHEET: &str = "Keys";
pub const CLOSE: &str = "Close";

pub const TRACES: &str = "Traces";
pub const TRACE: &str = "Trace ";
/// Which of the variants side by side.
pub const TRACE_VARIANT: &str = "Variant";
}
/// Heads of the list of traces.
pub const TRACE_HEADS: [&str; 6] =
    [word!("Trace"), word!("Client"), word!("Outcome"), word!("Took"), word!("Again"), word!("Offered at")];
table! {
/// What a chart of latencies leads to.
pub const TO_TRACE: &str = "A click or Enter opens the nearest trace";
/// Before the ways from a trace to the stage.
pub const ON_STAGE: &str = "On the stage:";
pub const TO_BEGIN: &str = "when it began";
pub const TO_END_OF_IT: &str = "when it ended";
pub const NO_TRACES: &str = "None yet.";
pub const TRACE_CUT: &str = "This trace is cut: more happened than is kept of one request.";
pub const SAVE_ONE: &str = "Download this trace:";
pub const SAVE_ALL: &str = "Download all that are listed:";
pub const SAVE_OTLP: &str = "OTLP/JSON";
pub const SAVE_CHROME: &str = "Chrome trace events";

pub const GOOD: &str = "good";
pub const FAILED: &str = "failed";
}
