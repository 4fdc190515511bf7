//! A waterfall in words: a sentence for a row, and the whole as a table.

use super::rows::{Part, Row, end, rows};
use crate::base::{List, SimDuration, SimTime, Text, format, list};
use crate::observation::SpanEnd;
use crate::scenario::Plan;
use crate::telemetry::Trace;
use crate::view::charts::Table;

/// What a part is called.
pub fn part_word(part: Part) -> &'static str {
    match part {
        Part::Waiting => text!("trace.part.waiting"),
        Part::Working => text!("trace.part.working"),
        Part::Blocked => text!("trace.part.blocked"),
        Part::Network => text!("trace.part.network"),
        Part::Queue => text!("trace.part.queue"),
        Part::Store => text!("trace.part.store"),
    }
}

/// What says how long a part took, which fills its place `time`.
fn spent(part: Part) -> Text {
    match part {
        Part::Waiting => Text::new("trace.spent.waiting"),
        Part::Working => Text::new("trace.spent.working"),
        Part::Blocked => Text::new("trace.spent.blocked"),
        Part::Network => Text::new("trace.spent.network"),
        Part::Queue => Text::new("trace.spent.queue"),
        Part::Store => Text::new("trace.spent.store"),
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
    let mut told = String::new();
    let mut facts = List::new(&mut told, list::COMMA);
    facts.item(|out| format::duration(out, row.to.since(row.from)));
    for part in Part::ALL {
        let sum = row.sum(part);
        if sum > 0 {
            facts.item(|out| spent(part).write(out, &[("time", SimDuration(sum).into())]));
        }
    }
    say!("trace.row", row = &title(row), facts = &told, ending = &ending(row))
}

/// When a row begins; none where there is no such row.
pub fn waterfall_moment(plan: &Plan, trace: &Trace, row: usize, now: SimTime) -> Option<SimTime> {
    rows(plan, trace, now).get(row).map(|row| row.from)
}

/// The whole waterfall as a table, a line for each row.
pub fn waterfall_table(plan: &Plan, trace: &Trace, now: SimTime) -> Table {
    let start = trace.offered();
    let parts = Part::ALL.map(|part| part_word(part).to_owned());
    let mut head =
        [text!("trace.where"), text!("trace.begins"), text!("trace.lasts")].map(str::to_owned).to_vec();
    head.extend(parts);
    head.push(text!("trace.ends").to_owned());
    let line = |row: &Row| {
        let duration = |length| format::string(|out| format::duration(out, length));
        let mut cells = vec![
            (0..row.depth).fold(title(row), |row, _| say!("trace.deeper", row = &row)),
            duration(row.from.since(start)),
            duration(row.to.since(row.from)),
        ];
        cells.extend(Part::ALL.map(|part| match row.sum(part) {
            0 => String::new(),
            sum => duration(SimDuration(sum)),
        }));
        cells.push(ending(row));
        cells
    };
    Table { head, rows: rows(plan, trace, now).iter().map(line).collect() }
}

fn title(row: &Row) -> String {
    list::of(list::COMMA, [&*row.name, &*row.note])
}

/// How a row ended, and who had gone by then.
pub(super) fn ending(row: &Row) -> String {
    if row.pending {
        return text!("trace.pending").to_owned();
    }
    // Of a message it is enough that it was handed over.
    let ending = end(row.end);
    if row.given_up.is_some() && !matches!(row.end, Some(SpanEnd::Ok)) {
        say!("trace.for-nobody", ending = ending)
    } else {
        ending.to_owned()
    }
}
