//! Any text is a scenario or has diagnostics; a scenario prints and reads as itself.
#![no_main]

use cascade::base::{Diagnostic};
use cascade::scenario::{Scenario};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match Scenario::read(text) {
        Ok(scenario) => {
            assert_eq!(Scenario::read(&scenario.print()).as_ref(), Ok(&scenario), "print and read");
            if let Err(found) = scenario.plan() {
                tell(&found);
            }
        }
        Err(found) => tell(&found),
    }
});

/// A refusal says what is wrong and what to do.
fn tell(found: &[Diagnostic]) {
    assert!(!found.is_empty(), "refused without a reason");
    for diagnostic in found {
        assert!(!diagnostic.message.is_empty() && !diagnostic.help.is_empty(), "{diagnostic}");
    }
}
