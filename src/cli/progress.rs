//! The progress bar: on a terminal, for runs that take over a second.

use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How long a run may take before it shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far a run is, once it has taken long enough.
pub struct Progress {
    began: Instant,
    steps: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Of so many steps, none done.
    pub fn new(steps: u64) -> Progress {
        Progress { began: Instant::now(), steps, bar: None }
    }

    /// So many steps are done.
    pub fn done(&mut self, steps: u64) {
        if self.bar.is_none() && self.began.elapsed() > PATIENCE && stderr().is_terminal() {
            let bar = ProgressBar::new(self.steps);
            // The template is constant; were it wrong, the default bar would do.
            if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {eta} left") {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(steps);
        }
    }

    /// Takes the bar away; the wall time that the run took.
    pub fn finish(self) -> Duration {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.began.elapsed()
    }
}
