//! Whether a promise of the program was broken: then it is at its end.

use std::sync::atomic::{AtomicBool, Ordering};

static ENDED: AtomicBool = AtomicBool::new(false);

/// The program is at its end: whatever the browser still calls it for, it does nothing.
pub fn ended() -> bool {
    ENDED.load(Ordering::Relaxed)
}

/// Ends it; true the first time.
pub fn end() -> bool {
    !ENDED.swap(true, Ordering::Relaxed)
}
