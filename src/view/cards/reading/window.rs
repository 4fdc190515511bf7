//! The window that has to do until the first one closes.

use crate::session::VariantRun;
use crate::telemetry::Window;

/// The open window of a run once it is a fifth of a window long: a shorter one says more about chance than about rates.
pub fn open_window(variant: &VariantRun) -> Option<Window> {
    let telemetry = variant.telemetry();
    let open = telemetry.open_window(variant.snapshot().now());
    (open.length().0 > telemetry.windows().width().0 / 5).then_some(open)
}
