//! A variant in sentences: for screen readers, for what is said where the pointer rests.

use crate::base::{ClientIx, EdgeIx, List, NodeIx, Number, PublishIx, format, list, order_by};
use crate::scenario::{LogPlan, NodeKind};
use crate::session::VariantRun;
use crate::view::cards::client::ClientReading;
use crate::view::cards::log;
use crate::view::cards::log_reading::LogReading;
use crate::view::cards::service::ServiceReading;
use crate::view::cards::store::StoreReading;
use crate::view::cards::{exchange, reading};
use crate::view::words::name;

/// Playback speed that summaries assume: they are read slowly, so they speak of the last seconds.
pub(crate) const CALM: f64 = 2.0;

/// The two numbers of a variant that matter most, with their units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headline {
    /// Good answers per second, all clients together.
    pub good: String,
    /// Failed requests per second, all clients together.
    pub failed: String,
}

/// The two numbers of a variant that matter most.
pub fn headline(variant: &VariantRun) -> Headline {
    let plan = variant.plan();
    let clients = (0..).map(ClientIx).zip(&plan.clients).filter(|(_, client)| plan.has(client.node));
    let clients = clients.map(|(client, _)| reading::client(variant, client, CALM));
    let (good, failed) = clients.fold((0.0, 0.0), |sum, client| (sum.0 + client.good, sum.1 + client.failed));
    Headline {
        good: format::string(|out| format::rate(out, good)),
        failed: format::string(|out| format::rate(out, failed)),
    }
}

/// A sentence for each node: "App 1: 50 of 50 workers blocked, 213 waiting".
pub fn summary(variant: &VariantRun) -> Vec<String> {
    let services = reading::services(variant);
    variant.plan().living_nodes().map(|(node, _)| sentence(variant, &services, node)).collect()
}

/// What a node is doing right now, in one plain sentence.
pub fn describe(variant: &VariantRun, node: NodeIx) -> String {
    if node.at() < variant.plan().nodes.len() && variant.plan().has(node) {
        sentence(variant, &reading::services(variant), node)
    } else {
        String::new()
    }
}

fn sentence(variant: &VariantRun, services: &[ServiceReading], node: NodeIx) -> String {
    let plan = variant.plan();
    let mut told = String::new();
    let mut facts = List::new(&mut told, list::COMMA);
    match plan.nodes[node.at()].kind {
        NodeKind::Client(client) => of_client(&mut facts, &reading::client(variant, client, CALM)),
        NodeKind::Service(service) => of_service(&mut facts, variant, node, &services[service.at()]),
        NodeKind::Queue(queue) => {
            let reading = reading::queue(variant, queue);
            facts.item(|out| say!(out => "said.ready", count = reading.ready));
            facts.item(|out| say!(out => "said.unacked", count = reading.unacked));
            if let Some(age) = reading.oldest {
                facts.item(|out| say!(out => "card.oldest", age = age));
            }
            facts.push(&reading.state().word);
        }
        NodeKind::Exchange(exchange) => {
            let counts = variant.telemetry().statistics().exchange(exchange);
            let (published, routed) = (counts.published, counts.routed);
            facts.push(exchange::word(plan.exchanges[exchange.at()].routing));
            facts.item(|out| say!(out => "said.copies", published = published, routed = routed));
        }
        NodeKind::Store(store) => of_store(&mut facts, &reading::store(variant, store)),
        NodeKind::Log(log) => of_log(&mut facts, &plan.logs[log.at()], &reading::log(variant, log)),
    }
    for (count, why) in reading::losses(variant, node).into_iter().take(2) {
        facts.item(|out| why.write(out, &[("count", count.into())]));
    }
    say!("said.node", node = &name::of_node(plan, node), facts = &told)
}

/// "v 1,204, 3 of 10 connections busy, 7 behind for 420 ms, 12 stale reads".
fn of_store(facts: &mut List, reading: &StoreReading) {
    facts.item(|out| say!(out => "card.version", count = reading.versions));
    let (part, all) = (reading.busy, reading.connections);
    facts.item(|out| say!(out => "said.connections-busy", part = part, all = all));
    if reading.waiting > 0 {
        facts.item(|out| say!(out => "card.waiting", count = reading.waiting));
    }
    match reading.behind {
        None => {}
        Some((0, _)) => facts.push(text!("card.up-to-date")),
        Some((count, None)) => facts.item(|out| say!(out => "card.behind", count = count)),
        Some((count, Some(age))) => {
            facts.item(|out| say!(out => "said.behind-for", count = count, age = age));
        }
    }
    match reading.followers {
        None => {}
        Some((0, _)) => facts.push(text!("card.followers-up-to-date")),
        Some((count, None)) => facts.item(|out| say!(out => "card.followers-behind", count = count)),
        Some((count, Some(age))) => {
            facts.item(|out| say!(out => "said.followers-behind-for", count = count, age = age));
        }
    }
    if reading.stale > 0 {
        facts.item(|out| say!(out => "card.stale-reads", count = reading.stale));
    }
    facts.push(&reading.state.word);
}

/// "3 partitions, billing lag 9, most on p1, in sync 2/3".
fn of_log(facts: &mut List, plan: &LogPlan, reading: &LogReading) {
    facts.item(|out| say!(out => "card.partitions", count = reading.partitions));
    for (group, own) in plan.groups.iter().zip(&reading.groups) {
        facts.item(|out| log::group_line(out, &group.name, own, 0));
    }
    if reading.all_groups == 0 {
        facts.push(text!("card.no-group"));
    }
    if plan.replication > 1 {
        facts.item(|out| log::in_sync(out, reading, plan));
    }
    let state = reading.state(plan);
    if state.word != text!("state.not-in-sync") {
        facts.push(&state.word);
    }
}

fn of_client(facts: &mut List, reading: &ClientReading) {
    let rate = Number::Rate;
    facts.item(|out| say!(out => "said.offered", rate = rate(reading.offered)));
    facts.item(|out| say!(out => "said.good", rate = rate(reading.good)));
    if reading.late > 0.0 {
        facts.item(|out| say!(out => "said.late", rate = rate(reading.late)));
    }
    if reading.degraded > 0.0 {
        facts.item(|out| say!(out => "said.degraded", rate = rate(reading.degraded)));
    }
    if reading.failed > 0.0 {
        facts.item(|out| say!(out => "said.failed", rate = rate(reading.failed)));
    }
    facts.push(&reading.state().word);
    if let Some(p99) = reading.p99 {
        facts.item(|out| say!(out => "said.p99", time = p99));
    }
}

/// The workers' most telling number, who waits for one, and the state.
fn of_service(facts: &mut List, variant: &VariantRun, node: NodeIx, reading: &ServiceReading) {
    let (busy, blocked, all) = (reading.busy, reading.blocked, reading.workers);
    let callees = if blocked > 0 { downstream(variant, node) } else { String::new() };
    facts.item(|out| match (all, blocked, callees.as_str()) {
        (0, ..) => out.push_str(text!("said.no-workers")),
        (_, 0, _) => say!(out => "said.workers-busy", part = busy, all = all),
        (.., "") => say!(out => "said.workers-blocked", part = blocked, all = all),
        (.., nodes) => say!(out => "said.workers-blocked-on", part = blocked, all = all, nodes = nodes),
    });
    if reading.waiting > 0 || all > 0 {
        facts.item(|out| say!(out => "card.waiting", count = reading.waiting));
    }
    let state = reading.state();
    // That workers are blocked was said.
    if state.word != text!("state.all-blocked") && state.word != text!("state.blocked") {
        facts.push(if reading.starving && state.word == text!("state.starving") {
            text!("said.starving")
        } else {
            &state.word
        });
    }
}

/// "Payment": whom a node calls or awaits a word from, where that is one or two.
fn downstream(variant: &VariantRun, node: NodeIx) -> String {
    let plan = variant.plan();
    let calls = (0..).map(EdgeIx).zip(&plan.edges).filter(|(at, _)| plan.has(*at));
    let calls = calls.map(|(_, edge)| (edge.from, edge.to));
    let publishes = (0..).map(PublishIx).zip(&plan.publishes).filter(|(at, _)| plan.has(*at));
    let confirmed = publishes.filter(|(_, publish)| publish.confirm).map(|(_, publish)| {
        let link = &plan.links[publish.out.at()];
        (link.from, link.to)
    });
    let both = calls.chain(confirmed).filter(|(from, _)| *from == node);
    let mut callees: Vec<NodeIx> = both.map(|(_, to)| to).collect();
    order_by(&mut callees, &|callee| callee.0.into());
    callees.dedup();
    let mut out = String::new();
    if callees.len() <= 2 {
        let mut names = List::new(&mut out, list::OR);
        callees.into_iter().for_each(|callee| names.item(|out| name::node(out, plan, callee)));
    }
    out
}
