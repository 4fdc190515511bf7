//! Pairs: between which nodes something travels, and in which direction work is handed on.

use crate::base::{CallIx, PublishIx};
use crate::scenario::Plan;

/// Pairs of nodes, and by link its pair and whether it runs against it.
pub(in crate::view) type Pairs = (Vec<(usize, usize)>, Vec<(usize, bool)>);

/// Pairs of nodes between which something travels, in the direction in which work is handed on, and by
/// [`LinkIx`] the pair of each link and whether it runs against that direction.
pub(in crate::view) fn pairs(plan: &Plan) -> Pairs {
    let consumers = plan.services.iter().flat_map(|service| &service.consumes);
    let consumers = consumers.filter(|consumer| !consumer.retired).map(|consumer| consumer.out);
    let calls = (0..).map(CallIx).zip(&plan.calls).filter(|(at, _)| plan.has(*at)).map(|(_, call)| call.out);
    let publishes = (0..).map(PublishIx).zip(&plan.publishes).filter(|(at, _)| plan.has(*at));
    let publishes = publishes.map(|(_, publish)| publish.out);
    let mut forward = vec![false; plan.links.len()];
    calls.chain(publishes).chain(consumers).for_each(|link| forward[link.at()] = true);
    let routes = plan.routes.iter().map(|route| route.out);
    let bindings = plan.exchanges.iter().flat_map(|exchange| &exchange.bindings).map(|binding| binding.out);
    let accesses = plan.accesses.iter().map(|access| access.out);
    let dead = plan.dead_letter_links();
    let asks = plan.asks.iter().flat_map(|ask| [ask.out, ask.reply]);
    let all = routes.chain(bindings).chain(accesses).chain(dead).chain(asks);
    all.for_each(|link| forward[link.at()] = true);
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    let mut links = vec![(usize::MAX, false); plan.links.len()];
    // First those along which work is handed on: they give a pair its direction.
    for wanted in [true, false] {
        let living = plan.living_links().map(|(at, link)| (at.at(), link));
        for (at, link) in living.filter(|(at, _)| forward[*at] == wanted) {
            let (a, b) = (link.from.at(), link.to.at());
            let known = pairs.iter().position(|&pair| pair == (a, b) || pair == (b, a));
            let pair = known.unwrap_or(pairs.len());
            if known.is_none() {
                pairs.push((a, b));
            }
            // Calls of a service to itself run one way around their loop, the answers the other.
            links[at] = (pair, pairs[pair] != (a, b) || (a == b && !wanted));
        }
    }
    (pairs, links)
}
