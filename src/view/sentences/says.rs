//! What a thing on a stage is doing now and why, in one plain sentence.

use super::summary;
use crate::base::{
    BreakerIx, EdgeIx, LinkIx, List, NodeIx, Number, PolicyIx, SimDuration, SimTime, Text, format, list,
};
use crate::observation::{BreakerState, Failure, Flight, LossReason, MessageKind};
use crate::session::VariantRun;
use crate::telemetry::STRETCHES;
use crate::view::cards::reading::{self, LinkReading};
use crate::view::stage::hit::Hit;
use crate::view::stage::{breaker, policies};
use crate::view::words::{self, name};

/// One sentence on what a thing is doing now and why; empty where it is not there.
pub fn describe_hit(variant: &VariantRun, hit: Hit) -> String {
    let plan = variant.plan();
    match hit {
        Hit::Node(node) => summary::describe(variant, node),
        Hit::Link(link) if link.at() < plan.links.len() => link_says(variant, link),
        Hit::Breaker(at) if at.at() < plan.breakers.len() => breaker_says(variant, at),
        Hit::Message(message) => message_says(variant, message),
        Hit::Link(_) | Hit::Breaker(_) => String::new(),
    }
}

/// "Orders → Payment: 52/s, 50/s back, takes 150 ms, +200 ms, loses 5 %, breaker open · probe in 3 s, 8 breaker open".
fn link_says(variant: &VariantRun, link: LinkIx) -> String {
    let (plan, traffic) = (variant.plan(), variant.telemetry().traffic());
    let own = &plan.links[link.at()];
    let mut told = String::new();
    let mut facts = List::new(&mut told, list::COMMA);
    facts.item(|out| format::rate(out, traffic.rate(link, STRETCHES)));
    if let Some(back) = plan.link(own.to, own.from) {
        facts.item(|out| say!(out => "said.back", rate = Number::Rate(traffic.rate(back, STRETCHES))));
    }
    let takes = SimDuration::from_secs(plan.dists[own.latency.at()].mean() / 1e9);
    facts.item(|out| say!(out => "said.takes", time = takes));
    link_faults(&mut facts, variant, link);
    for at in (0..plan.breakers.len()).filter(|at| plan.has(BreakerIx(*at as u32))) {
        if (plan.breakers[at].from, plan.breakers[at].to) == (own.from, own.to) {
            let state = format::string(|out| state_of(out, variant, BreakerIx(at as u32)));
            facts.item(|out| say!(out => "said.breaker-state", state = &state));
        }
    }
    for at in (0..plan.policies.len()).filter(|at| plan.has(PolicyIx(*at as u32))) {
        let edge = &plan.edges[plan.policies[at].edge.at()];
        if (edge.from, edge.to) == (own.from, own.to) {
            facts.item(|out| policies::word(out, variant, PolicyIx(at as u32), 0));
        }
    }
    refused(&mut facts, variant, (own.from, own.to));
    say!("said.link", link = &name::of_link(plan, own.from, own.to), facts = &told)
}

/// What is wrong with a link, and what was lost on it.
fn link_faults(facts: &mut List, variant: &VariantRun, link: LinkIx) {
    let LinkReading { cut, added_s, loss } = reading::link(variant, link);
    if cut {
        facts.push(text!("stage.cut"));
    }
    if added_s > 0.0 {
        facts.item(|out| say!(out => "stage.added", time = SimDuration::from_secs(added_s)));
    }
    if loss > 0.0 {
        facts.item(|out| say!(out => "stage.loses", share = Number::Percent(loss)));
    }
    let reasons = LossReason::ALL.map(words::lost_on);
    for (count, why) in variant.telemetry().recent().vanished(link).into_iter().zip(reasons) {
        counted(facts, count, why);
    }
}

/// What the caller's own policies did not let out, by reason.
fn refused(facts: &mut List, variant: &VariantRun, between: (NodeIx, NodeIx)) {
    let (plan, recent) = (variant.plan(), variant.telemetry().recent());
    let mut sums = [0; Failure::ALL.len()];
    for (at, _) in plan.edges.iter().enumerate().filter(|(_, edge)| (edge.from, edge.to) == between) {
        let counts = recent.not_permitted(EdgeIx(at as u32));
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    for (count, reason) in sums.into_iter().zip(Failure::ALL) {
        counted(facts, count, words::lost_by(reason));
    }
}

/// "Breaker Gateway → Payment: open · probe in 2.4 s, 60 % of 20 failed, opens at 50 %, 12 breaker open".
fn breaker_says(variant: &VariantRun, at: BreakerIx) -> String {
    let own = &variant.plan().breakers[at.at()];
    let meter = variant.snapshot().breaker_meter(at);
    let mut told = String::new();
    let mut facts = List::new(&mut told, list::COMMA);
    facts.item(|out| state_of(out, variant, at));
    if meter.state != BreakerState::Closed && meter.calls > 0 {
        let share = Number::Percent(f64::from(meter.failed) / f64::from(meter.calls));
        facts.item(|out| say!(out => "guard.failed", share = share, calls = meter.calls));
    }
    facts.item(|out| say!(out => "said.opens-at", share = Number::Percent(own.plan.failure_rate)));
    refused(&mut facts, variant, (own.from, own.to));
    say!("said.breaker", link = &name::of_link(variant.plan(), own.from, own.to), facts = &told)
}

fn state_of(out: &mut String, variant: &VariantRun, at: BreakerIx) {
    let meter = variant.snapshot().breaker_meter(at);
    let plan = &variant.plan().breakers[at.at()].plan;
    breaker::word(out, &meter, plan, variant.snapshot().now(), 0);
}

/// "Request from Shop to Orders, attempt 2, 120 ms under way, arrives in 30 ms, gives up in 1.8 s".
fn message_says(variant: &VariantRun, message: u64) -> String {
    let snapshot = variant.snapshot();
    let Some(flight) = snapshot.flights().find(|flight| flight.message == message) else {
        return String::new();
    };
    let (plan, now) = (variant.plan(), snapshot.now());
    let link = &plan.links[flight.link.at()];
    let [from, to] = [link.from, link.to].map(|node| name::of_node(plan, node));
    let mut out = String::new();
    let mut facts = List::new(&mut out, list::COMMA);
    facts.item(|out| say!(out => "said.message", kind = kind(&flight), from = &from, to = &to));
    if let MessageKind::Failure(reason) = flight.kind {
        facts.push(words::failure(reason));
    }
    if flight.attempt > 1 {
        facts.item(|out| say!(out => "said.attempt", number = flight.attempt));
    }
    if flight.poison {
        facts.push(text!("said.poison"));
    }
    facts.item(|out| say!(out => "said.under-way", time = now.since(flight.sent)));
    facts.item(|out| match flight.vanishes {
        SimTime::NEVER => say!(out => "said.arrives-in", time = flight.arrives.since(now)),
        vanishes => say!(out => "said.lost-in", time = vanishes.since(now)),
    });
    if flight.times_out < SimTime::NEVER {
        facts.item(|out| say!(out => "said.gives-up-in", time = flight.times_out.since(now)));
    }
    out
}

/// What a message is: by this word its text chooses.
fn kind(flight: &Flight) -> &'static str {
    match flight.kind {
        MessageKind::Request if flight.attempt > 1 => "retry",
        MessageKind::Request => "request",
        MessageKind::Query => "query",
        MessageKind::Reply => "reply",
        MessageKind::Failure(_) => "failure",
        MessageKind::Publish => "message",
        MessageKind::Delivery { redelivered: false } => "delivery",
        MessageKind::Delivery { redelivered: true } => "redelivery",
        MessageKind::Confirm { accepted: true } => "confirm",
        MessageKind::Confirm { accepted: false } => "refusal",
        MessageKind::Ack { positive: true } => "ack",
        MessageKind::Ack { positive: false } => "nack",
        MessageKind::Result { done: true } => "result",
        MessageKind::Result { done: false } => "no-result",
    }
}

/// How many were lost, and why, where any were.
fn counted(facts: &mut List, count: u64, why: Text) {
    if count > 0 {
        facts.item(|out| why.write(out, &[("count", count.into())]));
    }
}
