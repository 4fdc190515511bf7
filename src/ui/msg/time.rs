//! What is done with time.

/// What is done with time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TimeMsg {
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
    /// Back to time zero, with the settings of now.
    Restart,
    /// Go to this place of the line of time, 0 to 1.
    GoTo(f64),
    /// Go so many seconds on, or back where negative.
    Jump(f64),
    /// Go to the end, as fast as it goes.
    ToEnd,
    /// Back to the future that was left, and back again.
    Unfork,
}
