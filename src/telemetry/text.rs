//! A result as text for people: aligned tables with units.

use super::latency::Summary;
use super::result::{Failures, RunResult, Transition};
use crate::base::SimDuration;
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
    clients(result).write(&mut out);
    services(result).write(&mut out);
    operations(result).write(&mut out);
    calls(result).write(&mut out);
    breakers(result).write(&mut out);
    queues(result).write(&mut out);
    exchanges(result).write(&mut out);
    stores(result).write(&mut out);
    sagas(result).write(&mut out);
    windows(result).write(&mut out);
    logs(result).write(&mut out);
    groups(result).write(&mut out);
    let ledger = &result.ledger;
    out += &format!(
        "\nMessages: {} created = {} consumed + {} dead-lettered + {} expired + {} dropped + {} lost + {} in flight\n",
        ledger.created,
        ledger.consumed,
        ledger.dead_lettered,
        ledger.expired,
        ledger.dropped,
        ledger.lost,
        ledger.in_flight
    );
    out
}

fn clients(result: &RunResult) -> Table {
    let mut table =
        Table::new("Clients", &["offered", "per s", "good", "per s", "late", "degraded", "failed"]);
    table.head(&["in flight"]);
    table.head(&LATENCY);
    for (id, client) in &result.clients.0 {
        table.row(id);
        table.count(client.offered).number(client.offered_per_s);
        table.count(client.good).number(client.goodput_per_s);
        table.count(client.late).count(client.degraded).count(client.failed.total()).count(client.in_flight);
        table.latency(&client.latency_ms).note(&client.failed);
    }
    table
}

fn services(result: &RunResult) -> Table {
    let mut table = Table::new("Services", &["arrivals", "completed", "failed", "rejected", "wasted"]);
    table.head(&["utilization", "busy", "blocked", "waiting", "most", "in system", "wait ms"]);
    table.head(&LATENCY);
    for (id, service) in &result.services.0 {
        table.row(id);
        table.count(service.arrivals).count(service.completed).count(service.failed);
        table.count(service.rejected).count(service.wasted);
        table.cell(format!("{:.1} %", service.utilization * 100.0));
        table.number(service.busy_mean).number(service.blocked_mean);
        table.number(service.queue_length_mean).count(service.queue_length_max);
        table.number(service.in_system_mean).number(service.waiting_ms.mean);
        table.latency(&service.response_ms);
        table.remark(service.shed, "shed").remark(service.expired, "expired");
    }
    table
}

/// Operations of services that have more than one.
fn operations(result: &RunResult) -> Table {
    let mut table = Table::new("Operations", &["completed", "failed"]);
    table.head(&LATENCY);
    for (id, service) in &result.services.0 {
        if service.operations.0.len() < 2 {
            continue;
        }
        for (name, operation) in &service.operations.0 {
            table.row(&format!("{id} {name}"));
            table.count(operation.completed).count(operation.failed).latency(&operation.response_ms);
        }
    }
    table
}

fn calls(result: &RunResult) -> Table {
    let mut table = Table::new("Calls", &["calls", "attempts", "retries", "ok", "failed"]);
    table.head(&LATENCY);
    for call in &result.calls {
        table.row(&format!("{} → {} {}", call.from, call.to, call.operation));
        table.count(call.calls).count(call.attempts).count(call.retries).count(call.ok);
        table.count(call.failed.total()).latency(&call.latency_ms);
        table.remark(call.hedges, "hedges").note(&call.failed);
    }
    table
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

fn queues(result: &RunResult) -> Table {
    let mut table = Table::new("Queues", &["published", "rejected", "delivered", "redelivered", "acked"]);
    table.head(&["dropped", "expired", "dead", "ready", "unacked", "depth", "most"]);
    table.head(&LATENCY);
    for (id, queue) in &result.queues.0 {
        table.row(id);
        table.count(queue.published).count(queue.rejected).count(queue.delivered);
        table.count(queue.redelivered).count(queue.acked);
        table.count(queue.dropped).count(queue.expired).count(queue.dead_lettered);
        table.count(queue.ready.into()).count(queue.unacked.into());
        table.number(queue.depth_mean).count(queue.depth_max).latency(&queue.age_ms);
    }
    table
}

fn exchanges(result: &RunResult) -> Table {
    let mut table = Table::new("Exchanges", &["published", "routed", "unroutable"]);
    for (id, exchange) in &result.exchanges.0 {
        table.row(id);
        table.count(exchange.published).count(exchange.routed).count(exchange.unroutable);
    }
    table
}

fn stores(result: &RunResult) -> Table {
    let mut table = Table::new("Stores", &["reads", "stale", "versions", "writes", "duplicates", "lost"]);
    table.head(&["utilization", "stale for: mean ms", "p50", "p95", "p99", "p99.9", "max"]);
    for (id, store) in &result.stores.0 {
        table.row(id);
        table.count(store.reads).count(store.stale_reads).number(store.staleness_versions_mean);
        table.count(store.writes).count(store.duplicate_effects).count(store.lost_updates);
        table.cell(format!("{:.1} %", store.utilization * 100.0)).latency(&store.staleness_ms);
    }
    table
}

fn logs(result: &RunResult) -> Table {
    let mut table = Table::new("Logs", &["appended", "refused", "lost", "leader changes"]);
    table.head(&["delivered", "duplicates"]);
    for (id, log) in &result.logs.0 {
        table.row(id);
        table.count(log.appended).count(log.refused).count(log.lost).count(log.leader_changes);
        table.count(log.delivered).count(log.duplicates);
    }
    table
}

fn sagas(result: &RunResult) -> Table {
    let mut table = Table::new("Sagas", &["started", "completed", "compensated", "stuck"]);
    for (name, saga) in &result.sagas.0 {
        table.row(name);
        table.count(saga.started).count(saga.completed).count(saga.compensated).count(saga.stuck);
    }
    table
}

fn windows(result: &RunResult) -> Table {
    let mut table = Table::new("Windows", &["records", "late", "closed", "results"]);
    for (name, window) in &result.windows.0 {
        table.row(name);
        table.count(window.records).count(window.late).count(window.windows).count(window.results);
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
            consumers.sort_unstable();
            consumers.dedup();
            table.row(&format!("{id} {name}"));
            table.count(progress().map(|p| p.committed).sum()).count(progress().map(|p| p.lag).sum());
            table.count(*skipped).count(*rebalances).count(consumers.len() as u64);
        }
    }
    table
}

/// Columns of a latency summary.
const LATENCY: [&str; 6] = ["mean ms", "p50", "p95", "p99", "p99.9", "max"];

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

    fn latency(&mut self, summary: &Summary) -> &mut Table {
        for value in [summary.mean, summary.p50, summary.p95, summary.p99, summary.p999, summary.max] {
            if summary.count == 0 {
                self.cell("–".to_owned());
            } else {
                self.number(value);
            }
        }
        self
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
