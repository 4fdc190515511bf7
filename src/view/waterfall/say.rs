//! A waterfall in words: a sentence for a row, and the whole as a table.

use super::rows::{Part, Row, end, rows};
use crate::base::{SimDuration, SimTime};
use crate::observation::SpanEnd;
use crate::scenario::Plan;
use crate::telemetry::Trace;
use crate::view::{Table, format, words};
use words::trace as said;

/// What a part is called.
pub fn part_word(part: Part) -> &'static str {
    match part {
        Part::Waiting => said::WAITING,
        Part::Working => said::WORKING,
        Part::Blocked => said::BLOCKED,
        Part::Network => said::NETWORK,
        Part::Queue => said::QUEUE,
        Part::Store => said::STORE,
    }
}

/// How many rows the waterfall of a trace has.
pub fn waterfall_rows(plan: &Plan, trace: &Trace, now: SimTime) -> usize {
    rows(plan, trace, now).len()
}

/// A row in plain words: where, how long, what of it was what, how it ended. Empty where there is no such row.
pub fn waterfall_words(plan: &Plan, trace: &Trace, row: usize, now: SimTime) -> String {
    let rows = rows(plan, trace, now);
    let Some(row) = rows.get(row) else { return String::new() };
    format::string(|out| {
        title(out, row);
        out.push_str(": ");
        format::duration(out, row.to.since(row.from));
        for part in Part::ALL {
            let sum = row.sum(part);
            if sum > 0 {
                out.push_str(said::COMMA);
                format::duration(out, SimDuration(sum));
                out.push(' ');
                out.push_str(part_word(part));
            }
        }
        out.push_str(said::THEN);
        ending(out, row);
    })
}

/// When a row begins; none where there is no such row.
pub fn waterfall_moment(plan: &Plan, trace: &Trace, row: usize, now: SimTime) -> Option<SimTime> {
    rows(plan, trace, now).get(row).map(|row| row.from)
}

/// The whole waterfall as a table, a line for each row.
pub fn waterfall_table(plan: &Plan, trace: &Trace, now: SimTime) -> Table {
    let start = trace.offered();
    let parts = Part::ALL.map(|part| part_word(part).to_owned());
    let mut head = vec![said::WHERE.to_owned(), said::BEGINS.to_owned(), said::LASTS.to_owned()];
    head.extend(parts);
    head.push(said::ENDS.to_owned());
    let line = |row: &Row| {
        let duration = |length| format::string(|out| format::duration(out, length));
        let mut cells = vec![
            format::string(|out| {
                (0..row.depth).for_each(|_| out.push_str(said::DEEPER));
                title(out, row);
            }),
            duration(row.from.since(start)),
            duration(row.to.since(row.from)),
        ];
        cells.extend(Part::ALL.map(|part| match row.sum(part) {
            0 => String::new(),
            sum => duration(SimDuration(sum)),
        }));
        cells.push(format::string(|out| ending(out, row)));
        cells
    };
    Table { head, rows: rows(plan, trace, now).iter().map(line).collect() }
}

fn title(out: &mut String, row: &Row) {
    out.push_str(&row.name);
    if !row.note.is_empty() {
        out.push_str(said::COMMA);
        out.push_str(&row.note);
    }
}

/// How a row ended, and who had gone by then.
pub(super) fn ending(out: &mut String, row: &Row) {
    if row.pending {
        return out.push_str(said::PENDING);
    }
    // Of a message it is enough that it was handed over.
    out.push_str(end(row.end));
    if row.given_up.is_some() && !matches!(row.end, Some(SpanEnd::Ok)) {
        out.push_str(said::FOR_NOBODY);
    }
}
