//! Where a request is now: to be marked on the stage, and in words.

use crate::base::{List, LogIx, NodeIx, QueueIx, list};
use crate::observation::{Flight, Scope};
use crate::session::Lane;
use crate::telemetry::Trace;
use crate::view::stage::options::TracePlace;

use crate::view::words::name;

/// Its messages under way, then the nodes that are at work for it or keep a message of it: a client that waits for the
/// answer, a service with a job, a store that is asked, a queue in which a message lies, a log with a record that waits
/// for a group; then those records. Nothing once all is over.
pub fn trace_places(lane: &Lane, trace: &Trace) -> Vec<TracePlace> {
    let messages = flights(lane, trace).map(|flight| TracePlace::Message(flight.message));
    let nodes = nodes(lane, trace).into_iter().map(TracePlace::Node);
    let record = |(log, partition, offset)| TracePlace::Record(log, partition, offset);
    messages.chain(nodes).chain(records(lane, trace).map(record)).collect()
}

/// The same in words: "Messages under way now: 2; at Shoppers, Gateway". Empty once all is over.
pub fn trace_here(lane: &Lane, trace: &Trace) -> String {
    let (flying, nodes) = (flights(lane, trace).count() as u64, nodes(lane, trace));
    if flying == 0 && nodes.is_empty() {
        return String::new();
    }
    let mut at = String::new();
    let mut names = List::new(&mut at, list::COMMA);
    nodes.iter().for_each(|node| names.item(|out| name::node(out, lane.plan(), *node)));
    match at.as_str() {
        "" => say!("trace.now", count = flying),
        at => say!("trace.now-at", count = flying, nodes = at),
    }
}

fn flights(lane: &Lane, trace: &Trace) -> impl Iterator<Item = Flight> {
    let request = trace.request();
    lane.snapshot().flights().filter(move |flight| flight.request == request)
}

fn records(lane: &Lane, trace: &Trace) -> impl Iterator<Item = (LogIx, u32, u64)> {
    let logs = if trace.fits(lane.plan()) { lane.plan().logs.len() as u32 } else { 0 };
    let (request, since) = (trace.request(), trace.offered());
    (0..logs).map(LogIx).flat_map(move |log| {
        let records = lane.snapshot().records_of(log, request, since);
        records.map(move |(partition, offset)| (log, partition, offset))
    })
}

/// In the order of the plan.
fn nodes(lane: &Lane, trace: &Trace) -> Vec<NodeIx> {
    let plan = lane.plan();
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
    for flight in flights(lane, trace) {
        let link = &plan.links[flight.link.at()];
        asked[link.from.at()] -= 1;
        asked[link.to.at()] -= 1;
    }
    for (at, queue) in plan.queues.iter().enumerate() {
        let mut line = lane.snapshot().line(QueueIx(at as u32));
        here[queue.node.at()] = line.any(|message| message.request == trace.request());
    }
    for (log, ..) in records(lane, trace) {
        here[plan.logs[log.at()].node.at()] = true;
    }
    let there = (0..plan.nodes.len()).filter(|&node| here[node] || asked[node] > 0);
    there.map(|node| NodeIx(node as u32)).collect()
}
