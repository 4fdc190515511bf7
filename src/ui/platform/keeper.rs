//! Keeps the run for a report whenever something has been done to it.

/// Says when the run is to be kept. Writing it down takes longer the more was done, so that it waits in between: it
/// takes at most a twentieth of the time.
#[derive(Default)]
pub struct Keeper {
    /// How many actions there were when it was last kept; none: it never was.
    actions: Option<usize>,
    /// Before this instant of the display, in milliseconds, it is not kept again.
    rests_until: f64,
}

impl Keeper {
    /// Calls `keep` if something was done since it was last called (there are other `actions` than then), and the rest
    /// is over. `now` tells the time in milliseconds.
    pub fn look(&mut self, actions: usize, now: impl Fn() -> f64, keep: impl FnOnce()) {
        let begun = now();
        if self.actions == Some(actions) || begun < self.rests_until {
            return;
        }
        keep();
        let after = now();
        (self.actions, self.rests_until) = (Some(actions), after + REST * (after - begun));
    }
}

/// So many times as long as keeping took it rests after it.
const REST: f64 = 19.0;

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_run_is_kept_when_something_was_done_and_at_most_a_twentieth_of_the_time() {
        let (time, kept) = (Cell::new(0.0), Cell::new(0));
        let mut keeper = Keeper::default();
        let mut look = |at: f64, actions| {
            time.set(at);
            let keep = || {
                kept.set(kept.get() + 1);
                // It takes 10 ms.
                time.set(at + 10.0);
            };
            keeper.look(actions, || time.get(), keep);
            kept.get()
        };
        assert_eq!(look(0.0, 0), 1, "at first");
        assert_eq!(look(1000.0, 0), 1, "nothing was done");
        assert_eq!(look(1000.0, 1), 2);
        assert_eq!(look(1199.0, 2), 2, "it rests");
        assert_eq!(look(1200.0, 2), 3);
    }
}
