//! A lane in sentences: for screen readers, for what is said where the pointer rests.

use super::card_log::{self, LogReading};
use super::card_service::ServiceReading;
use super::card_store::StoreReading;
use super::words::{self, card, said};
use super::{card_exchange, format, reading};
use crate::base::NodeIx;
use crate::scenario::{LogPlan, NodeKind};
use crate::session::Lane;
use crate::view::name;

/// Playback speed that summaries assume: they are read slowly, so they speak of the last seconds.
pub(super) const CALM: f64 = 2.0;

/// The two numbers of a lane that matter most, with their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Good answers per second, all clients together.
    pub good: String,
    /// Failed requests per second, all clients together.
    pub failed: String,
}

/// The two numbers of a lane that matter most.
pub fn headline(lane: &Lane) -> Headline {
    let clients = (0..lane.plan().clients.len() as u32)
        .map(|client| reading::client(lane, crate::base::ClientIx(client), CALM));
    let (good, failed) = clients.fold((0.0, 0.0), |sum, client| (sum.0 + client.good, sum.1 + client.failed));
    Headline {
        good: format::string(|out| format::rate(out, good)),
        failed: format::string(|out| format::rate(out, failed)),
    }
}

/// A sentence for each node: "App 1: 50 of 50 workers blocked, 213 waiting".
pub fn summary(lane: &Lane) -> Vec<String> {
    let services = reading::services(lane);
    (0..lane.plan().nodes.len() as u32).map(|node| sentence(lane, &services, NodeIx(node))).collect()
}

/// What a node is doing right now, in one plain sentence.
pub fn describe(lane: &Lane, node: NodeIx) -> String {
    if node.at() < lane.plan().nodes.len() {
        sentence(lane, &reading::services(lane), node)
    } else {
        String::new()
    }
}

fn sentence(lane: &Lane, services: &[ServiceReading], node: NodeIx) -> String {
    let plan = lane.plan();
    let mut out = String::new();
    name::node(&mut out, plan, node);
    out.push_str(": ");
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => of_client(&mut out, &reading::client(lane, client, CALM)),
        NodeKind::Service(service) => {
            let reading = &services[service.at()];
            of_service(&mut out, reading);
            if reading.blocked > 0 {
                downstream(&mut out, lane, node);
            }
            if reading.waiting > 0 || reading.workers > 0 {
                comma(&mut out);
                format::count(&mut out, reading.waiting);
                out.push_str(card::WAITING);
            }
            let state = reading.state();
            let known = [words::state::ALL_BLOCKED, words::state::BLOCKED].contains(&state.word.as_str());
            if !state.word.is_empty() && !known {
                comma(&mut out);
                out.push_str(&state.word);
            }
        }
        NodeKind::Queue(queue) => {
            let reading = reading::queue(lane, queue);
            format::count(&mut out, reading.ready.into());
            out.push_str(said::READY);
            format::count(&mut out, reading.unacked.into());
            out.push_str(said::UNACKED);
            if let Some(age) = reading.oldest {
                comma(&mut out);
                out.push_str(card::OLDEST);
                format::duration(&mut out, age);
            }
            let state = reading.state();
            if !state.word.is_empty() {
                comma(&mut out);
                out.push_str(&state.word);
            }
        }
        NodeKind::Exchange(exchange) => {
            let counts = lane.telemetry().statistics().exchange(exchange);
            out.push_str(card_exchange::word(plan.exchanges[exchange.at()].routing));
            comma(&mut out);
            format::count(&mut out, counts.published);
            out.push_str(card::ROUTED);
            format::count(&mut out, counts.routed);
            out.push_str(card::COPIES);
        }
        NodeKind::Store(store) => of_store(&mut out, &reading::store(lane, store)),
        NodeKind::Log(log) => of_log(&mut out, &plan.logs[log.at()], &reading::log(lane, log)),
    }
    for (count, why) in reading::losses(lane, node).into_iter().take(2) {
        comma(&mut out);
        format::count(&mut out, count);
        out.push(' ');
        out.push_str(why);
    }
    out
}

/// "v 1,204, 3 of 10 connections busy, 7 behind for 420 ms, 12 stale reads".
fn of_store(out: &mut String, reading: &StoreReading) {
    out.push_str(card::VERSION);
    format::count(out, reading.versions);
    comma(out);
    format::count(out, reading.busy.into());
    out.push_str(card::OF);
    format::count(out, reading.connections.into());
    out.push_str(said::CONNECTIONS_BUSY);
    if reading.waiting > 0 {
        comma(out);
        format::count(out, reading.waiting.into());
        out.push_str(card::WAITING);
    }
    for (lag, who) in [(reading.behind, ""), (reading.followers, card::FOLLOWERS)] {
        let Some((count, age)) = lag else { continue };
        comma(out);
        out.push_str(who);
        if count == 0 {
            out.push_str(card::UP_TO_DATE);
            continue;
        }
        format::count(out, count);
        out.push_str(card::LAG);
        if let Some(age) = age {
            out.push_str(said::FOR);
            format::duration(out, age);
        }
    }
    if reading.stale > 0 {
        comma(out);
        format::count(out, reading.stale);
        out.push_str(card::STALE);
    }
    if !reading.state.word.is_empty() {
        comma(out);
        out.push_str(&reading.state.word);
    }
}

/// "3 partitions, billing lag 9, most on p1, in sync 2/3".
fn of_log(out: &mut String, plan: &LogPlan, reading: &LogReading) {
    format::count(out, reading.partitions.into());
    out.push_str(if reading.partitions == 1 { card::PARTITION } else { card::PARTITIONS });
    for (group, own) in plan.groups.iter().zip(&reading.groups) {
        comma(out);
        card_log::group_line(out, &group.name, own, 0);
    }
    if reading.all_groups == 0 {
        comma(out);
        out.push_str(card::NO_GROUP);
    }
    if plan.replication > 1 {
        comma(out);
        out.push_str(card::IN_SYNC);
        format::count(out, reading.in_sync.into());
        out.push('/');
        format::count(out, plan.replication.into());
    }
    let state = reading.state(plan);
    if !state.word.is_empty() && state.word != words::state::NOT_IN_SYNC {
        comma(out);
        out.push_str(&state.word);
    }
}

fn of_client(out: &mut String, reading: &super::ClientReading) {
    format::rate(out, reading.offered);
    out.push_str(said::OFFERED);
    for (value, word) in [
        (reading.good, card::GOOD),
        (reading.late, card::LATE),
        (reading.degraded, card::DEGRADED),
        (reading.failed, card::FAILED),
    ] {
        if value > 0.0 || word == card::GOOD {
            comma(out);
            format::rate(out, value);
            out.push(' ');
            out.push_str(word);
        }
    }
    let state = reading.state();
    if !state.word.is_empty() {
        comma(out);
        out.push_str(&state.word);
    }
    if let Some(p99) = reading.p99 {
        comma(out);
        out.push_str(card::P99);
        out.push(' ');
        format::duration(out, p99);
    }
}

/// The workers' most telling number.
fn of_service(out: &mut String, reading: &ServiceReading) {
    let (count, word) = match (reading.workers, reading.blocked) {
        (0, _) => return out.push_str(said::NO_WORKERS),
        (_, 0) => (reading.busy, said::WORKERS_BUSY),
        (_, blocked) => (blocked, said::WORKERS_BLOCKED),
    };
    format::count(out, count.into());
    out.push_str(card::OF);
    format::count(out, reading.workers.into());
    out.push_str(word);
}

/// "on Payment": whom a node calls or awaits a word from, where that is one or two.
fn downstream(out: &mut String, lane: &Lane, node: NodeIx) {
    let plan = lane.plan();
    let calls = plan.edges.iter().map(|edge| (edge.from, edge.to));
    let confirmed = plan.publishes.iter().filter(|publish| publish.confirm).map(|publish| {
        let link = &plan.links[publish.out.at()];
        (link.from, link.to)
    });
    let both = calls.chain(confirmed).filter(|(from, _)| *from == node);
    let mut callees: Vec<NodeIx> = both.map(|(_, to)| to).collect();
    super::order::order_by(&mut callees, &|callee| callee.0.into());
    callees.dedup();
    if callees.is_empty() || callees.len() > 2 {
        return;
    }
    for (at, callee) in callees.into_iter().enumerate() {
        out.push_str(if at == 0 { said::ON } else { said::OR });
        name::node(out, plan, callee);
    }
}

fn comma(out: &mut String) {
    out.push_str(", ");
}
