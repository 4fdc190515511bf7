//! What a thing on a stage is doing now and why, in one plain sentence.

use super::hit::Hit;
use super::reading::faults;
use super::words::{self, card, guard, said, stage};
use super::{breaker, format, summary};
use crate::base::{BreakerIx, EdgeIx, LinkIx, NodeIx, PolicyIx, SimDuration, SimTime};
use crate::observation::{Failure, Flight, MessageKind};
use crate::scenario::{Fault, Plan};
use crate::session::Lane;
use crate::telemetry::STRETCHES;
use crate::view::name;

/// One sentence on what a thing is doing now and why; empty where it is not there.
pub fn describe_hit(lane: &Lane, hit: Hit) -> String {
    let plan = lane.plan();
    match hit {
        Hit::Node(node) => summary::describe(lane, node),
        Hit::Link(link) if link.at() < plan.links.len() => link_says(lane, link),
        Hit::Breaker(at) if at.at() < plan.breakers.len() => breaker_says(lane, at),
        Hit::Message(message) => message_says(lane, message),
        Hit::Link(_) | Hit::Breaker(_) => String::new(),
    }
}

fn ends(out: &mut String, plan: &Plan, from: NodeIx, to: NodeIx) {
    name::node(out, plan, from);
    out.push_str(card::TO);
    name::node(out, plan, to);
}

/// "Orders → Payment: 52/s, 50/s back, takes 150 ms, +200 ms, loses 5 %, breaker open · probe in 3 s, 8 breaker open".
fn link_says(lane: &Lane, link: LinkIx) -> String {
    let (plan, traffic) = (lane.plan(), lane.telemetry().traffic());
    let own = &plan.links[link.at()];
    let mut out = String::new();
    ends(&mut out, plan, own.from, own.to);
    out.push_str(": ");
    format::rate(&mut out, traffic.rate(link, STRETCHES));
    if let Some(back) = plan.link(own.to, own.from) {
        comma(&mut out);
        format::rate(&mut out, traffic.rate(back, STRETCHES));
        out.push_str(said::BACK);
    }
    comma(&mut out);
    out.push_str(said::TAKES);
    format::duration(&mut out, SimDuration::from_secs(plan.dists[own.latency.at()].mean() / 1e9));
    link_faults(&mut out, lane, link);
    for at in 0..plan.breakers.len() {
        if (plan.breakers[at].from, plan.breakers[at].to) == (own.from, own.to) {
            comma(&mut out);
            out.push_str(said::BREAKER);
            state_of(&mut out, lane, BreakerIx(at as u32));
        }
    }
    for at in 0..plan.policies.len() {
        let edge = &plan.edges[plan.policies[at].edge.at()];
        let mut word = String::new();
        breaker::policy_word(&mut word, lane, PolicyIx(at as u32), 0);
        if (edge.from, edge.to) == (own.from, own.to) && !word.is_empty() {
            comma(&mut out);
            out.push_str(&word);
        }
    }
    refused(&mut out, lane, (own.from, own.to));
    out
}

/// What is wrong with a link, and what was lost on it.
fn link_faults(out: &mut String, lane: &Lane, link: LinkIx) {
    let own = &lane.plan().links[link.at()];
    let (mut kept, mut cut, mut added) = (1.0 - own.loss, false, 0.0);
    for fault in faults(lane) {
        match fault {
            Fault::Partition { a, b } => cut |= [(*a, *b), (*b, *a)].contains(&(own.from, own.to)),
            Fault::Latency { link: at, add } if *at == link => added += add.mean() / 1e9,
            Fault::Loss { link: at, probability } if *at == link => kept *= 1.0 - probability,
            _ => {}
        }
    }
    if cut {
        comma(out);
        out.push_str(stage::CUT);
    }
    if added > 0.0 {
        comma(out);
        out.push_str(stage::ADDED);
        format::duration(out, SimDuration::from_secs(added));
    }
    if kept < 1.0 {
        comma(out);
        out.push_str(stage::LOSES);
        format::percent(out, 1.0 - kept);
    }
    let reasons = [crate::observation::LossReason::Link, crate::observation::LossReason::Partition];
    for (count, reason) in lane.telemetry().recent().vanished(link).into_iter().zip(reasons) {
        counted(out, count, words::loss(reason));
    }
}

/// What the caller's own policies did not let out, by reason.
fn refused(out: &mut String, lane: &Lane, between: (NodeIx, NodeIx)) {
    let (plan, recent) = (lane.plan(), lane.telemetry().recent());
    let mut sums = [0; Failure::ALL.len()];
    for (at, _) in plan.edges.iter().enumerate().filter(|(_, edge)| (edge.from, edge.to) == between) {
        let counts = recent.not_permitted(EdgeIx(at as u32));
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    for (count, reason) in sums.into_iter().zip(Failure::ALL) {
        counted(out, count, words::failure(reason));
    }
}

/// "Breaker Gateway → Payment: open · probe in 2.4 s, 60 % of 20 failed, opens at 50 %, 12 breaker open".
fn breaker_says(lane: &Lane, at: BreakerIx) -> String {
    let own = &lane.plan().breakers[at.at()];
    let meter = lane.snapshot().breaker_meter(at);
    let mut out = said::THE_BREAKER.to_owned();
    ends(&mut out, lane.plan(), own.from, own.to);
    out.push_str(": ");
    state_of(&mut out, lane, at);
    let open = crate::observation::BreakerState::Closed != meter.state;
    if open && meter.calls > 0 {
        comma(&mut out);
        format::percent(&mut out, f64::from(meter.failed) / f64::from(meter.calls));
        out.push_str(guard::OF);
        format::count(&mut out, meter.calls.into());
        out.push_str(guard::FAILED);
    }
    comma(&mut out);
    out.push_str(said::OPENS_AT);
    format::percent(&mut out, own.plan.failure_rate);
    refused(&mut out, lane, (own.from, own.to));
    out
}

fn state_of(out: &mut String, lane: &Lane, at: BreakerIx) {
    let meter = lane.snapshot().breaker_meter(at);
    let plan = &lane.plan().breakers[at.at()].plan;
    breaker::word(out, &meter, plan, lane.snapshot().now(), 0);
}

/// "Request from Shop to Orders, attempt 2, 120 ms under way, arrives in 30 ms, gives up in 1.8 s".
fn message_says(lane: &Lane, message: u64) -> String {
    let snapshot = lane.snapshot();
    let Some(flight) = snapshot.flights().find(|flight| flight.message == message) else {
        return String::new();
    };
    let (plan, now) = (lane.plan(), snapshot.now());
    let link = &plan.links[flight.link.at()];
    let mut out = kind(&flight).to_owned();
    out.push_str(said::FROM);
    name::node(&mut out, plan, link.from);
    out.push_str(said::TO);
    name::node(&mut out, plan, link.to);
    if let MessageKind::Failure(reason) = flight.kind {
        comma(&mut out);
        out.push_str(words::failure(reason));
    }
    if flight.attempt > 1 {
        comma(&mut out);
        out.push_str(said::ATTEMPT);
        format::count(&mut out, flight.attempt.into());
    }
    if flight.poison {
        comma(&mut out);
        out.push_str(said::POISON);
    }
    let mut tell = |before: &str, length: SimDuration, after: &str| {
        comma(&mut out);
        out.push_str(before);
        format::duration(&mut out, length);
        out.push_str(after);
    };
    tell("", now.since(flight.sent), stage::UNDER_WAY);
    if flight.vanishes < SimTime::NEVER {
        tell(said::LOST_IN, flight.vanishes.since(now), "");
    } else {
        tell(said::ARRIVES_IN, flight.arrives.since(now), "");
    }
    if flight.times_out < SimTime::NEVER {
        tell(said::GIVES_UP_IN, flight.times_out.since(now), "");
    }
    out
}

/// What a message is, at the beginning of a sentence.
fn kind(flight: &Flight) -> &'static str {
    match flight.kind {
        MessageKind::Request if flight.attempt > 1 => said::RETRY,
        MessageKind::Request => said::REQUEST,
        MessageKind::Query => said::QUERY,
        MessageKind::Reply => said::REPLY,
        MessageKind::Failure(_) => said::FAILURE,
        MessageKind::Publish => said::MESSAGE,
        MessageKind::Delivery { redelivered: false } => said::DELIVERY,
        MessageKind::Delivery { redelivered: true } => said::REDELIVERY,
        MessageKind::Confirm { accepted: true } => said::CONFIRM,
        MessageKind::Confirm { accepted: false } => said::REFUSAL,
        MessageKind::Ack { positive: true } => said::ACK,
        MessageKind::Ack { positive: false } => said::NACK,
        MessageKind::Result { done: true } => said::RESULT,
        MessageKind::Result { done: false } => said::NO_RESULT,
    }
}

/// A count with its reason, where there is any.
fn counted(out: &mut String, count: u64, reason: &str) {
    if count > 0 {
        comma(out);
        format::count(out, count);
        out.push(' ');
        out.push_str(reason);
    }
}

fn comma(out: &mut String) {
    out.push_str(", ");
}
