//! `--trace` and `--events`: what a run records besides its figures, and the files that it becomes.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use cascade::base::SimTime;
use cascade::observation::Observer;
use cascade::scenario::Plan;
use cascade::telemetry::{Gauges, Spans, chrome, otlp};

use super::output::{Problem, say};

/// Only so many spans are recorded: some 13 MB while the run lasts, some 80 MB of text.
const MOST_SPANS: usize = 100_000;

/// Only so many changes of workers and queues are recorded.
const MOST_CHANGES: usize = 200_000;

/// What is recorded, and where it goes.
pub struct Record<'p> {
    plan: &'p Plan,
    observers: (Spans, Gauges<'p>),
    trace: Option<(File, &'p Path)>,
    events: Option<(File, &'p Path)>,
}

impl<'p> Record<'p> {
    /// From an instant on; none where nothing was asked for. A file that cannot be written is found out now.
    pub fn new(
        plan: &'p Plan,
        from: SimTime,
        trace: Option<&'p PathBuf>,
        events: Option<&'p PathBuf>,
    ) -> Result<Option<Record<'p>>, Problem> {
        if trace.is_none() && events.is_none() {
            return Ok(None);
        }
        let observers = (Spans::new(from, MOST_SPANS), Gauges::new(plan, from, MOST_CHANGES));
        Ok(Some(Record { plan, observers, trace: create(trace)?, events: create(events)? }))
    }

    /// What listens to the run.
    pub fn observer(&mut self) -> &mut impl Observer {
        &mut self.observers
    }

    /// Writes the files that were asked for; says where something was left out.
    pub fn write(self, end: SimTime) -> Result<(), Problem> {
        let (spans, gauges) = &self.observers;
        if spans.cut() {
            say(format_args!("only the first {MOST_SPANS} spans are recorded: measure a shorter time"));
        }
        if gauges.cut() && self.events.is_some() {
            say(format_args!("only the first {MOST_CHANGES} changes of workers and queues are recorded"));
        }
        if let Some((mut file, path)) = self.trace {
            let text = otlp(self.plan, spans.spans(), end);
            file.write_all(text.as_bytes()).map_err(|error| explain(path, &error))?;
        }
        if let Some((mut file, path)) = self.events {
            let text = chrome(self.plan, spans.spans(), gauges.changes(), end);
            file.write_all(text.as_bytes()).map_err(|error| explain(path, &error))?;
        }
        Ok(())
    }
}

fn create(path: Option<&PathBuf>) -> Result<Option<(File, &Path)>, Problem> {
    let Some(path) = path else { return Ok(None) };
    let file = File::create(path).map_err(|error| explain(path, &error))?;
    Ok(Some((file, path)))
}

/// Why a file could not be written, and what to do.
fn explain(path: &Path, error: &io::Error) -> Problem {
    let path = path.display();
    let remedy = match error.kind() {
        ErrorKind::NotFound => "there is no such folder; check the path",
        ErrorKind::IsADirectory => "it is a directory; give the path of a file in it",
        ErrorKind::PermissionDenied => "it may not be written; check its permissions",
        _ => return Problem::Misuse(format!("cannot write \"{path}\": {error}; give another file")),
    };
    Problem::Misuse(format!("cannot write \"{path}\": {remedy}"))
}
