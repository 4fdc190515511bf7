//! What is offered to each operation, and how busy that makes a service: the operational laws, before anything runs.

use super::survey::Survey;
use super::times::{self, Taken, held, seconds, workers};
use crate::scenario::model::broker::{Binding, Exchange, Matching, Routing};
use crate::scenario::model::client::{Arrivals, Client};
use crate::scenario::model::node::Node;
use crate::scenario::model::service::{Consume, Service};
use crate::scenario::model::step::{Publish, Step};
use crate::scenario::topic_matches;

/// How often work is passed on at most: a longer way is cut.
const ROUNDS: usize = 32;

/// How deep exchanges pass messages on to exchanges.
const DEEPEST: u32 = 8;

/// Requests and messages a second, and how busy they make what they come to.
pub struct Load {
    /// What each operation takes, by its number.
    pub taken: Vec<Taken>,
    /// How often each operation is asked for a second, first tries alone, by its number.
    pub rates: Vec<f64>,
    /// How often each store is used at the same time, on average: its id and the connections taken.
    pub stores: Vec<(String, f64)>,
}

impl Load {
    /// What open clients offer, at their peak. Closed ones are left out: they wait for their answers.
    pub fn of(survey: &Survey) -> Load {
        let taken = times::all(survey);
        let mut load = Load { rates: vec![0.0; taken.len()], taken, stores: Vec::new() };
        for _ in 0..ROUNDS {
            let next = load.passed_on(survey);
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
        let own = survey.operations.iter().enumerate().filter(|(_, operation)| operation.node == id);
        own.map(|(at, _)| self.rates[at] * held(service, self.taken[at])).sum()
    }

    /// The share of what comes to a node that it can serve.
    fn served(&self, survey: &Survey, id: &str) -> f64 {
        let Some(service) = survey.service(id) else { return 1.0 };
        let wanted = self.wanted(survey, id, service);
        let has = workers(service);
        if wanted > has { has / wanted } else { 1.0 }
    }

    /// What comes to each operation when everything passes on what comes to it now.
    fn passed_on(&self, survey: &Survey) -> Vec<f64> {
        let mut next = vec![0.0; self.rates.len()];
        let mut brokers: Vec<(&str, f64)> = Vec::new();
        for (at, operation) in survey.operations.iter().enumerate() {
            let rate = match survey.document.nodes.get(operation.node) {
                Some(Node::Client(client)) => offered(client),
                _ => self.rates[at] * self.served(survey, operation.node),
            };
            if let (Some(Node::Client(_)), true) = (survey.document.nodes.get(operation.node), rate > 0.0) {
                next[at] = rate;
            }
            for place in operation.places.iter().filter(|place| place.times > 0.0) {
                let rate = (rate * place.times).min(1e9);
                match place.step {
                    Step::Call(call) => {
                        let limit = call.rate_limit.map_or(f64::INFINITY, |limit| limit.rate);
                        if let Some(callee) = survey.find(&call.to, &call.operation) {
                            next[callee] += rate.min(limit);
                        }
                    }
                    Step::Publish(publish) => route(survey, publish, &publish.to, rate, 0, &mut brokers),
                    Step::Ask(ask) => brokers.push((&ask.via, rate)),
                    _ => {}
                }
            }
        }
        for (id, node) in survey.document.nodes.iter() {
            if let Node::Service(service) = node {
                limit(survey, id, service, &mut next);
                self.consumed(survey, id, service, &brokers, &mut next);
            }
        }
        next
    }

    /// Adds what a service consumes of what was published: its share among the consumers of a queue or the members of a
    /// group.
    fn consumed(
        &self,
        survey: &Survey,
        id: &str,
        service: &Service,
        brokers: &[(&str, f64)],
        next: &mut [f64],
    ) {
        for consume in &service.consumes {
            let Some(operation) = survey.find(id, &consume.operation) else { continue };
            let rate: f64 = brokers.iter().filter(|(to, _)| *to == consume.from).map(|(_, rate)| rate).sum();
            let is_log = matches!(survey.document.nodes.get(&consume.from), Some(Node::Log(_)));
            let group = |id: &str, group: &Option<String>| group.clone().unwrap_or_else(|| id.to_owned());
            let own = group(id, &consume.group);
            // A queue's messages go to whoever is free; a log's partitions to each replica alike.
            let pull = |other: &str, member: &Service, operation: &str| match survey.find(other, operation) {
                Some(at) if !is_log => workers(member) / held(member, self.taken[at]).max(1e-9),
                _ => f64::from(member.replicas),
            };
            let mut all = 0.0;
            for (other, node) in survey.document.nodes.iter() {
                let Node::Service(member) = node else { continue };
                let same = |with: &&Consume| {
                    with.from == consume.from && (!is_log || group(other, &with.group) == own)
                };
                let pulls =
                    member.consumes.iter().filter(same).map(|with| pull(other, member, &with.operation));
                all += pulls.sum::<f64>();
            }
            next[operation] += rate * pull(id, service, &consume.operation) / all;
        }
    }

    /// How many connections of each store are taken on average.
    fn connections(&self, survey: &Survey) -> Vec<(String, f64)> {
        let mut found: Vec<(String, f64)> = Vec::new();
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
                match found.iter_mut().find(|(known, _)| known == id) {
                    Some((_, sum)) => *sum += taken,
                    None => found.push((id.clone(), taken)),
                }
            }
        }
        found
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
    let own: Vec<usize> = (0..next.len()).filter(|at| survey.operations[*at].node == id).collect();
    let all: f64 = own.iter().map(|at| next[*at]).sum();
    if all > bucket.rate {
        own.iter().for_each(|at| next[*at] *= bucket.rate / all);
    }
}

/// Adds where the messages of a publish step go.
fn route<'d>(
    survey: &Survey<'d>,
    publish: &Publish,
    to: &'d str,
    rate: f64,
    depth: u32,
    found: &mut Vec<(&'d str, f64)>,
) {
    match survey.document.nodes.get(to) {
        Some(Node::Exchange(exchange)) if depth < DEEPEST => {
            let mut copied: Vec<&str> = Vec::new();
            for binding in &exchange.bindings {
                if matches(exchange, binding, publish) && !copied.contains(&binding.to.as_str()) {
                    copied.push(&binding.to);
                    route(survey, publish, &binding.to, rate, depth + 1, found);
                }
            }
        }
        Some(Node::Exchange(_)) => {}
        _ => found.push((to, rate)),
    }
}

/// Whether an exchange copies the messages of a publish step to a binding.
pub fn matches(exchange: &Exchange, binding: &Binding, publish: &Publish) -> bool {
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
