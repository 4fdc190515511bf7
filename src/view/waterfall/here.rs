//! Where a request is now: to be marked on the stage, and in words.

use crate::base::{List, LogIx, NodeIx, QueueIx, list};
use crate::observation::{Flight, Scope};
use crate::session::VariantRun;
use crate::telemetry::Trace;
use crate::view::stage::options::TracePlace;

use crate::view::words::name;

/// Its messages under way, then the nodes that are at work for it or keep a message of it: a client that waits for the
/// answer, a service with a job, a store that is asked, a queue in which a message lies, a log with a record that waits
/// for a group; then those records. Nothing once all is over.
pub fn trace_places(variant: &VariantRun, trace: &Trace) -> Vec<TracePlace> {
    let messages = flights(variant, trace).map(|flight| TracePlace::Message(flight.message));
    let nodes = nodes(variant, trace).into_iter().map(TracePlace::Node);
    let record = |(log, partition, offset)| TracePlace::Record(log, partition, offset);
    messages.chain(nodes).chain(records(variant, trace).map(record)).collect()
}

/// The same in words: "Messages under way now: 2; at Shoppers, Gateway". Empty once all is over.
pub fn trace_here(variant: &VariantRun, trace: &Trace) -> String {
    let (flying, nodes) = (flights(variant, trace).count() as u64, nodes(variant, trace));
    if flying == 0 && nodes.is_empty() {
        return String::new();
    }
    let mut at = String::new();
    let mut names = List::new(&mut at, list::COMMA);
    nodes.iter().for_each(|node| names.item(|out| name::node(out, variant.plan(), *node)));
    match at.as_str() {
        "" => say!("trace.now", count = flying),
        at => say!("trace.now-at", count = flying, nodes = at),
    }
}

fn flights(variant: &VariantRun, trace: &Trace) -> impl Iterator<Item = Flight> {
    let request = trace.request();
    variant.snapshot().flights().filter(move |flight| flight.request == request)
}

fn records(variant: &VariantRun, trace: &Trace) -> impl Iterator<Item = (LogIx, u32, u64)> {
    let logs = if trace.fits(variant.plan()) { variant.plan().logs.len() as u32 } else { 0 };
    let (request, since) = (trace.request(), trace.offered());
    (0..logs).map(LogIx).flat_map(move |log| {
        let records = variant.snapshot().records_of(log, request, since);
        records.map(move |(partition, offset)| (log, partition, offset))
    })
}

/// In the order of the plan.
fn nodes(variant: &VariantRun, trace: &Trace) -> Vec<NodeIx> {
    let plan = variant.plan();
    if !trace.fits(plan) {
        return Vec::new();
    }
    // Accesses are open while they travel: those that do not travel are at the store.
    let mut asked = vec![0_i64; plan.nodes.len()];
    let mut here = vec![false; plan.nodes.len()];
    for span in trace.spans().iter().filter(|span| span.ended.is_none()) {
        match span.scope {
            Scope::Request { client } => here[plan.clients[client.at()].node.at()] = true,
            Scope::Job { service, .. } => here[plan.services[service.at()].node.at()] = true,
            Scope::Access { access } => {
                asked[plan.stores[plan.accesses[access.at()].store.at()].node.at()] += 1;
            }
            Scope::Attempt { .. } | Scope::Publish { .. } => {}
        }
    }
    for flight in flights(variant, trace) {
        let link = &plan.links[flight.link.at()];
        asked[link.from.at()] -= 1;
        asked[link.to.at()] -= 1;
    }
    for (at, queue) in plan.queues.iter().enumerate() {
        let mut line = variant.snapshot().line(QueueIx(at as u32));
        here[queue.node.at()] = line.any(|message| message.request == trace.request());
    }
    for (log, ..) in records(variant, trace) {
        here[plan.logs[log.at()].node.at()] = true;
    }
    let there = (0..plan.nodes.len()).filter(|&node| here[node] || asked[node] > 0);
    there.map(|node| NodeIx(node as u32)).collect()
}
