//! A result as text for people: aligned tables with units.

use super::metrics::{Cell, Column, Failures, Measured, Operation, Part, Transition, Value};
use super::result::RunResult;
use crate::base::{SimDuration, sort};
use crate::observation::Failure;

/// Writes a result as aligned tables, times in milliseconds. What a scenario does not have is left out.
pub fn text(result: &RunResult) -> String {
    let mut out = String::new();
    let title = if result.title.is_empty() { "(untitled)" } else { &result.title };
    let duration = |seconds| SimDuration::from_secs(seconds).to_string();
    out += &format!("{title}\nseed {}, {} simulated", result.seed, duration(result.simulated_s));
    if result.warmup_s > 0.0 {
        out += &format!(" after {} of warm-up", duration(result.warmup_s));
    }
    out += &format!("\n{} events, digest {}\n", result.events, result.digest);
    if let Some(circle) = &result.blocked_in_a_circle {
        let services = circle.services.join(" → ");
        out += &format!("\nblocked in a circle: {services} since {:.1} s\n", circle.since_s);
        out += "Their workers wait for each other, for good: give one of these calls a timeout.\n";
    }
    let calls = result.calls.iter();
    let calls = calls.map(|call| (format!("{} → {} {}", call.from, call.to, call.operation), call));
    table("Clients", named(&result.clients.0)).write(&mut out);
    table("Services", named(&result.services.0)).write(&mut out);
    table("Operations", operations(result)).write(&mut out);
    table("Calls", calls).write(&mut out);
    breakers(result).write(&mut out);
    table("Queues", named(&result.queues.0)).write(&mut out);
    table("Exchanges", named(&result.exchanges.0)).write(&mut out);
    table("Stores", named(&result.stores.0)).write(&mut out);
    table("Sagas", named(&result.sagas.0)).write(&mut out);
    table("Windows", named(&result.windows.0)).write(&mut out);
    table("Logs", named(&result.logs.0)).write(&mut out);
    groups(result).write(&mut out);
    let ledger = &result.ledger;
    out += &format!(
        "\nMessages: {} created = {} consumed + {} refused + {} dead-lettered + {} expired + {} dropped + {} lost + {} in flight\n",
        ledger.created,
        ledger.consumed,
        ledger.refused,
        ledger.dead_lettered,
        ledger.expired,
        ledger.dropped,
        ledger.lost,
        ledger.in_flight
    );
    out
}

/// Things with their names.
fn named<T>(things: &[(String, T)]) -> impl Iterator<Item = (String, &T)> {
    things.iter().map(|(name, thing)| (name.clone(), thing))
}

/// Operations of services that have more than one.
fn operations(result: &RunResult) -> impl Iterator<Item = (String, &Operation)> {
    let services = result.services.0.iter().filter(|(_, service)| service.operations.0.len() > 1);
    services.flat_map(|(id, service)| {
        let operations = service.operations.0.iter();
        operations.map(move |(name, operation)| (format!("{id} {name}"), operation))
    })
}

/// A table of things of one kind, with the columns that their metrics have.
fn table<'a, M: Measured>(title: &str, things: impl Iterator<Item = (String, &'a M)>) -> Table {
    let columns = columns::<M>();
    let mut table = Table::new(title, &[]);
    for (column, _) in columns.iter().filter(|(column, _)| column.cell != Cell::Remark) {
        table.head(&[column.head]);
        if column.cell == Cell::Six {
            table.head(&["p50", "p95", "p99", "p99.9", "max"]);
        }
    }
    for (name, thing) in things {
        table.row(&name);
        for (column, value) in &columns {
            table.value(column, value(thing));
        }
    }
    table
}

/// How a metric's value is taken from a result.
type Taken<M> = fn(&M) -> Value;

/// The columns of a kind of thing, in their order.
fn columns<M: Measured>() -> Vec<(Column, Taken<M>)> {
    let mut columns: Vec<(Column, Taken<M>)> = Vec::new();
    for metric in M::METRICS {
        let (Some(column), Some(value)) = (metric.column, metric.value) else { continue };
        if column.after.is_none() {
            columns.push((column, value));
        }
    }
    for metric in M::METRICS {
        let (Some(column), Some(value)) = (metric.column, metric.value) else { continue };
        if let Some(after) = column.after {
            let before = columns.iter().position(|(other, _)| other.head == after);
            columns.insert(before.map_or(columns.len(), |before| before + 1), (column, value));
        }
    }
    columns
}

/// The circuit breakers that calls ask, with their last change.
fn breakers(result: &RunResult) -> Table {
    let mut table = Table::new("Circuit breakers", &["state", "changes", "last at", "not permitted"]);
    for call in &result.calls {
        let Some(breaker) = &call.breaker else { continue };
        let at = |last: &Transition| SimDuration::from_secs(last.at_s).to_string();
        let last = breaker.transitions.last().map_or_else(|| "–".to_owned(), at);
        table.row(&format!("{} → {} {}", call.from, call.to, call.operation));
        table.cell(breaker.state.replace('_', " ")).count(breaker.transitions.len() as u64);
        table.cell(last).count(breaker.not_permitted);
    }
    table
}

/// Groups of logs, all partitions together.
fn groups(result: &RunResult) -> Table {
    let mut table = Table::new("Groups", &["committed", "lag", "skipped", "rebalances", "consumers"]);
    for (id, log) in &result.logs.0 {
        for ((name, rebalances), (_, skipped)) in log.rebalances.0.iter().zip(&log.skipped.0) {
            let progress = || log.partitions.iter().filter_map(|partition| partition.groups.get(name));
            let mut consumers: Vec<&str> = progress().filter_map(|p| p.consumer.as_deref()).collect();
            sort(&mut consumers);
            consumers.dedup();
            table.row(&format!("{id} {name}"));
            table.count(progress().map(|p| p.committed).sum()).count(progress().map(|p| p.lag).sum());
            table.count(*skipped).count(*rebalances).count(consumers.len() as u64);
        }
    }
    table
}

/// Rows of cells: the first column to the left, the others to the right, a free note after the last.
struct Table {
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

impl Table {
    fn new(title: &str, columns: &[&str]) -> Table {
        let mut table = Table { rows: Vec::new(), notes: Vec::new() };
        table.row(title);
        table.head(columns);
        table
    }

    fn head(&mut self, columns: &[&str]) {
        for column in columns {
            self.cell((*column).to_owned());
        }
    }

    fn row(&mut self, name: &str) {
        self.rows.push(vec![name.to_owned()]);
        self.notes.push(String::new());
    }

    fn cell(&mut self, text: String) -> &mut Table {
        if let Some(row) = self.rows.last_mut() {
            row.push(text);
        }
        self
    }

    fn count(&mut self, count: u64) -> &mut Table {
        self.cell(count.to_string())
    }

    /// Three significant digits where there are decimals to show.
    fn number(&mut self, number: f64) -> &mut Table {
        let decimals = match number.abs() {
            size if size >= 99.95 || size == 0.0 => 0,
            size if size >= 9.995 => 1,
            size if size >= 0.9995 => 2,
            _ => 3,
        };
        self.cell(format!("{number:.decimals$}"))
    }

    /// A metric's value in its column.
    fn value(&mut self, column: &Column, value: Value) {
        match (column.cell, value) {
            (Cell::Remark, Value::Count(count)) => self.remark(count, column.head),
            (_, Value::Count(count)) => self.count(count),
            (_, Value::Number(number)) => self.number(number),
            (_, Value::Share(share)) => self.cell(format!("{:.1} %", share * 100.0)),
            (Cell::Six, Value::Times(times)) => {
                let parts = [Part::Mean, Part::P50, Part::P95, Part::P99, Part::P999, Part::Max];
                for value in parts.into_iter().filter_map(|part| part.of(&times)) {
                    if times.count == 0 {
                        self.cell("–".to_owned());
                    } else {
                        self.number(value);
                    }
                }
                self
            }
            (_, Value::Times(times)) => self.number(times.mean),
            (_, Value::Reasons(failures)) => self.count(failures.total()).note(&failures),
            (_, Value::Other) => self.cell(String::new()),
        };
    }

    /// So many of something, where there are any.
    fn remark(&mut self, count: u64, of: &str) -> &mut Table {
        if let Some(note) = self.notes.last_mut().filter(|_| count > 0) {
            *note += &format!("  {count} {of}");
        }
        self
    }

    /// Reasons of failures, where there are any.
    fn note(&mut self, failures: &Failures) -> &mut Table {
        if let Some(note) = self.notes.last_mut() {
            for failure in Failure::ALL.into_iter().filter(|&failure| failures.of(failure) > 0) {
                *note += &format!("  {} {}", failures.of(failure), failure.key());
            }
        }
        self
    }

    /// Appends itself, unless it has nothing but its head.
    fn write(&self, out: &mut String) {
        if self.rows.len() < 2 {
            return;
        }
        let columns = self.rows[0].len();
        let width =
            |column: usize| self.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(width).collect();
        out.push('\n');
        for (row, note) in self.rows.iter().zip(&self.notes) {
            let mut line = format!("{:<1$}", row[0], widths[0]);
            for (cell, &width) in row.iter().zip(&widths).skip(1) {
                line += &format!("  {cell:>width$}");
            }
            line += note;
            *out += line.trim_end();
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ClientIx, SimTime};
    use crate::observation::{Observation, Observer, Outcome};
    use crate::telemetry::fixture::plan;
    use crate::telemetry::{RunFacts, Statistics};

    /// The text of a run in which one request was answered and one timed out.
    fn sample(change: impl Fn(&mut RunResult)) -> String {
        let (client, plan) = (ClientIx(0), plan());
        let mut statistics = Statistics::new(&plan, SimTime::ZERO);
        for (request, outcome) in [(0, Outcome::Good), (1, Outcome::Failed(Failure::Timeout))] {
            statistics.observe(SimTime::ZERO, Observation::Offered { client, request });
            let ended = Observation::Ended { client, request, outcome, offered: SimTime::ZERO };
            statistics.observe(SimTime(12_345_678), ended);
        }
        let facts = RunFacts { end: SimTime::from_secs(2.0), events: 4, digest: "d".into(), in_flight: 0 };
        let mut result = statistics.result(&plan, facts);
        change(&mut result);
        text(&result)
    }

    /// The lines of the table with this title, its head first.
    fn table<'a>(text: &'a str, title: &str) -> Vec<&'a str> {
        text.lines().skip_while(|line| !line.starts_with(title)).take_while(|line| !line.is_empty()).collect()
    }

    #[test]
    fn columns_stand_below_their_heads() {
        let text = sample(|_| {});
        for (title, rows) in [("Clients", 1), ("Services", 2), ("Operations", 2), ("Calls", 2), ("Queues", 1)]
        {
            let table = table(&text, title);
            assert_eq!(table.len(), rows + 1, "{title} in\n{text}");
            let end = table[0].chars().count();
            for row in &table[1..] {
                let (cells, note): (String, String) =
                    (row.chars().take(end).collect(), row.chars().skip(end).collect());
                assert!(
                    !cells.ends_with(' ') && (note.is_empty() || note.starts_with("  ")),
                    "{row}\n{text}"
                );
            }
        }
        let web = table(&text, "Clients")[1];
        assert!(web.contains(" 1.00 ") && web.contains(" 0.500 ") && web.contains(" 12.3 "), "{web}");
        assert!(web.ends_with("  1 timeout"), "{web}");
    }

    #[test]
    fn what_is_not_there_is_not_mentioned() {
        let text = sample(|result| {
            result.queues.0.clear();
            result.calls.clear();
            result.warmup_s = 3.0;
        });
        assert!(!text.contains("Queues") && !text.contains("Calls"), "{text}");
        assert!(text.starts_with("Small\nseed 42, 2s simulated after 3s of warm-up\n"), "{text}");
        assert!(sample(|result| result.title.clear()).starts_with("(untitled)\n"));
    }
}
