//! What is offered to each operation, and how busy that makes a service: the operational laws, before anything runs.

use std::collections::BTreeMap;

use super::survey::Survey;
use super::times::{self, Taken, held, seconds, workers};
use crate::scenario::model::broker::{Binding, Exchange, Matching, Routing};
use crate::scenario::model::client::{Arrivals, Client};
use crate::scenario::model::node::Node;
use crate::scenario::model::service::Service;
use crate::scenario::model::step::{Publish, Step};
use crate::scenario::topic_matches;

/// How often work is passed on at most: a longer way is cut.
const ROUNDS: usize = 32;

/// Requests and messages a second, and how busy they make what they come to.
pub struct Load {
    /// What each operation takes, by its number.
    pub taken: Vec<Taken>,
    /// How often each operation is asked for a second, first tries alone, by its number.
    pub rates: Vec<f64>,
    /// How often each store is used at the same time, on average: its id and the connections taken.
    pub stores: Vec<(String, f64)>,
}

/// What an operation passes on each time that it runs.
struct Flow {
    from: usize,
    times: f64,
    /// The operation that gets it.
    to: usize,
    /// At most so many a second.
    limit: f64,
}

impl Load {
    /// What open clients offer, at their peak. Closed ones are left out: they wait for their answers.
    pub fn of(survey: &Survey) -> Load {
        let taken = times::all(survey);
        let flows = flows(survey, &taken);
        let mut load = Load { rates: vec![0.0; taken.len()], taken, stores: Vec::new() };
        for _ in 0..ROUNDS {
            let next = load.passed_on(survey, &flows);
            let settled = next.iter().zip(&load.rates).all(|(a, b)| (a - b).abs() <= 1e-9 * a.abs());
            load.rates = next;
            if settled {
                break;
            }
        }
        load.stores = load.connections(survey);
        load
    }

    /// Workers of a service that are held at the same time, if it had enough of them.
    pub fn wanted(&self, survey: &Survey, id: &str, service: &Service) -> f64 {
        let own = service.operations.names().filter_map(|name| survey.find(id, name));
        own.map(|at| self.rates[at] * held(service, self.taken[at])).sum()
    }

    /// The share of what comes to a node that it can serve.
    fn served(&self, survey: &Survey, id: &str) -> f64 {
        let Some(service) = survey.service(id) else { return 1.0 };
        let (wanted, has) = (self.wanted(survey, id, service), workers(service));
        if wanted > has { has / wanted } else { 1.0 }
    }

    /// What comes to each operation when everything passes on what comes to it now.
    fn passed_on(&self, survey: &Survey, flows: &[Flow]) -> Vec<f64> {
        let served: BTreeMap<&str, f64> =
            survey.document.nodes.names().map(|id| (id, self.served(survey, id))).collect();
        let mut next: Vec<f64> = survey
            .operations
            .iter()
            .map(|operation| match survey.node(operation.node) {
                Some(Node::Client(client)) => offered(client),
                _ => 0.0,
            })
            .collect();
        for flow in flows {
            let operation = &survey.operations[flow.from];
            let rate = if operation.name.is_empty() {
                next[flow.from]
            } else {
                self.rates[flow.from] * served[operation.node]
            };
            next[flow.to] = (next[flow.to] + (rate * flow.times).min(flow.limit)).min(1e9);
        }
        for (id, node) in survey.document.nodes.iter() {
            if let Node::Service(service) = node {
                limit(survey, id, service, &mut next);
            }
        }
        next
    }

    /// How many connections of each store are taken on average.
    fn connections(&self, survey: &Survey) -> Vec<(String, f64)> {
        let mut found: BTreeMap<&str, f64> = BTreeMap::new();
        for (at, operation) in survey.operations.iter().enumerate() {
            let rate = self.rates[at] * self.served(survey, operation.node);
            for place in &operation.places {
                let id = match place.step {
                    Step::Read(read) => &read.from,
                    Step::Write(write) => &write.to,
                    Step::Project(project) => &project.to,
                    _ => continue,
                };
                let Some(store) = survey.store(id) else { continue };
                let time =
                    times::mean(if let Step::Read(_) = place.step { &store.read } else { &store.write });
                let taken = rate * place.times * time;
                *found.entry(id.as_str()).or_default() += taken;
            }
        }
        found.into_iter().map(|(id, taken)| (id.to_owned(), taken)).collect()
    }
}

/// What an open client offers at its peak; a closed one: nothing.
pub fn offered(client: &Client) -> f64 {
    match &client.arrivals {
        Arrivals::Poisson(rate) | Arrivals::Constant(rate) => rate.rate,
        Arrivals::Profile(points) => points.iter().map(|(_, rate)| *rate).fold(0.0, f64::max),
        Arrivals::Closed(_) => 0.0,
    }
}

/// Whether what is offered has a peak that passes.
pub fn peaks(survey: &Survey) -> bool {
    let profile = |node: &Node| matches!(node, Node::Client(Client { arrivals: Arrivals::Profile(points), .. }) if points.len() > 1);
    survey.document.nodes.iter().any(|(_, node)| profile(node))
}

/// The most that a closed client asks for: as if every answer came at once.
pub fn most_asked(client: &Client) -> f64 {
    match &client.arrivals {
        Arrivals::Closed(closed) => f64::from(closed.users) / seconds_at_least(times::mean(&closed.think)),
        _ => offered(client),
    }
}

fn seconds_at_least(time: f64) -> f64 {
    time.max(1e-6)
}

/// What a service's own limits let through.
fn limit(survey: &Survey, id: &str, service: &Service, next: &mut [f64]) {
    let admission = service.admission.as_ref().and_then(|admission| admission.rate_limit.as_ref());
    let Some(bucket) = admission else { return };
    let own: Vec<usize> = service.operations.names().filter_map(|name| survey.find(id, name)).collect();
    let all: f64 = own.iter().map(|at| next[*at]).sum();
    if all > bucket.rate {
        own.iter().for_each(|at| next[*at] *= bucket.rate / all);
    }
}

/// What each operation passes on: by calls, and by messages to those that consume them.
fn flows(survey: &Survey, taken: &[Taken]) -> Vec<Flow> {
    let consumers = consumers(survey, taken);
    let mut flows = Vec::new();
    for (from, operation) in survey.operations.iter().enumerate() {
        for place in operation.places.iter().filter(|place| place.times > 0.0) {
            let times = place.times;
            let mut brokers = Vec::new();
            match place.step {
                Step::Call(call) => {
                    let limit = call.rate_limit.map_or(f64::INFINITY, |limit| limit.rate);
                    let to = survey.find(&call.to, &call.operation);
                    flows.extend(to.map(|to| Flow { from, times, to, limit }));
                }
                Step::Publish(publish) => route(survey, publish, &publish.to, &mut brokers),
                Step::Ask(ask) => brokers.push(ask.via.as_str()),
                _ => {}
            }
            for (to, share) in brokers.iter().filter_map(|id| consumers.get(id)).flatten() {
                flows.push(Flow { from, times: times * share, to: *to, limit: f64::INFINITY });
            }
        }
    }
    flows
}

/// For each queue and log the operations that consume from it, each with its share: among the consumers of a queue by
/// what they can do, for a message goes to whoever is free, and among the members of a group by their replicas.
fn consumers<'d>(survey: &Survey<'d>, taken: &[Taken]) -> BTreeMap<&'d str, Vec<(usize, f64)>> {
    let mut all: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut each = Vec::new();
    for (id, node) in survey.document.nodes.iter() {
        let Node::Service(service) = node else { continue };
        for consume in &service.consumes {
            let Some(operation) = survey.find(id, &consume.operation) else { continue };
            let is_log = matches!(survey.node(&consume.from), Some(Node::Log(_)));
            let group = if is_log { consume.group.as_deref().unwrap_or(id) } else { "" };
            let pull = if is_log {
                f64::from(service.replicas)
            } else {
                workers(service) / held(service, taken[operation]).max(1e-9)
            };
            let key = (consume.from.as_str(), group);
            *all.entry(key).or_default() += pull;
            each.push((key, operation, pull));
        }
    }
    let mut found: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (key, operation, pull) in each {
        found.entry(key.0).or_default().push((operation, pull / all[&key]));
    }
    found
}

/// Adds the queues and logs that the messages of a publish step come to: no exchange and no queue gets two of one.
fn route<'d>(survey: &Survey<'d>, publish: &Publish, to: &'d str, found: &mut Vec<&'d str>) {
    let mut waiting = vec![to];
    let mut met: Vec<&str> = waiting.clone();
    while let Some(id) = waiting.pop() {
        let Some(Node::Exchange(exchange)) = survey.node(id) else {
            found.push(id);
            continue;
        };
        for binding in &exchange.bindings {
            if matches(exchange, binding, publish) && !met.contains(&binding.to.as_str()) {
                met.push(&binding.to);
                waiting.push(&binding.to);
            }
        }
    }
}

/// Whether an exchange copies the messages of a publish step to a binding.
fn matches(exchange: &Exchange, binding: &Binding, publish: &Publish) -> bool {
    let key = publish.routing_key.as_deref().unwrap_or("");
    let has = |(name, value): (&str, &String)| publish.headers.get(name) == Some(value);
    match (exchange.routing, binding.matching) {
        (Routing::Fanout, _) => true,
        (Routing::Direct, _) => binding.key == key,
        (Routing::Topic, _) => topic_matches(&binding.key, key),
        (Routing::Headers, Matching::All) => binding.headers.iter().all(has),
        (Routing::Headers, Matching::Any) => binding.headers.iter().any(has),
    }
}

/// The shortest timeout with which an operation is called, in seconds.
pub fn patience(survey: &Survey, node: &str) -> Option<f64> {
    let timeouts =
        survey.calls().filter(|(_, _, call)| call.to == node).filter_map(|(_, _, call)| call.timeout);
    timeouts.map(seconds).reduce(f64::min)
}
