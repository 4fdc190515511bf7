//! Theory beside practice: what queueing theory predicts for a service, in words and with its numbers, or why nothing.

use crate::base::{ServiceIx, SimDuration};
use crate::scenario::Plan;
use crate::session::{Lane, Session};
use crate::theory::{NoQueue, TextbookQueue, textbook_queue};
use crate::view::format;
use crate::view::words::{self, theory as said};

use super::kind::{ChartId, ChartKind};

/// What is predicted for a service as the run stands, or why nothing is.
pub fn theory(lane: &Lane, service: ServiceIx) -> Result<TextbookQueue, &'static str> {
    if lane.snapshot().faults().next().is_some() {
        return Err(said::FAULTY);
    }
    textbook_queue(lane.plan(), service).map_err(|why| match why {
        NoQueue::NotPoisson => said::NOT_POISSON,
        NoQueue::Callers => said::CALLERS,
        NoQueue::Retried => said::AGAIN,
        NoQueue::Guarded => said::GUARDED,
        NoQueue::Lossy => said::LOSSY,
        NoQueue::Replicas => said::REPLICAS,
        NoQueue::NotWork => said::NOT_WORK,
        NoQueue::Sharing => said::SHARING,
        NoQueue::Overloaded => said::OVERLOADED,
        NoQueue::Bounded => said::BOUNDED,
    })
}

/// "M/M/4".
pub fn name(queue: &TextbookQueue) -> String {
    format::string(|out| {
        out.push_str(match queue.variation {
            1.0 => said::MARKOV,
            0.0 => said::FIXED,
            _ => said::GENERAL,
        });
        format::count(out, queue.workers.into());
    })
}

/// The formula and the same with the numbers put in: "M/M/4, Erlang C: Wq = C(c, a) / (cµ − λ) = …".
pub fn formula(queue: &TextbookQueue) -> String {
    let (one, markov) = (queue.workers == 1, queue.variation == 1.0);
    format::string(|out| {
        out.push_str(&name(queue));
        out.push_str(match (one, markov) {
            (true, true) => said::ONE,
            (true, false) => said::POLLACZEK,
            (false, true) => said::ERLANG,
            (false, false) => said::ALLEN,
        });
        let number = |out: &mut String, value: f64| format::fixed(out, value, 3);
        if one {
            number(out, queue.utilization());
        } else {
            number(out, queue.waits());
        }
        if one && !markov {
            out.push_str(" · (1 + ");
            number(out, queue.variation);
            out.push_str(") / (2 · (");
        } else {
            out.push_str(" / (");
        }
        if !one {
            format::count(out, queue.workers.into());
            out.push_str(" · ");
        }
        format::number(out, queue.service);
        out.push_str("/s − ");
        format::rate(out, queue.arrivals);
        out.push_str(if one && !markov { "))" } else { ")" });
        if !one && !markov {
            out.push_str(" · (1 + ");
            number(out, queue.variation);
            out.push_str(") / 2");
        }
        out.push_str(if one || markov { " = " } else { " ≈ " });
        format::duration(out, SimDuration::from_secs(queue.wait()));
        out.push_str(said::WAITING);
        format::number(out, queue.waiting());
    })
}

/// The service that a chart is of: the node's, or the only one that there is.
pub(super) fn service_of(plan: &Plan, id: &ChartId) -> Option<ServiceIx> {
    let mut all = 0..plan.services.len();
    let at = match &id.of {
        Some(node) => all.find(|at| plan.id(plan.services[*at].node) == node.as_str())?,
        None if all.len() == 1 => 0,
        None => return None,
    };
    Some(ServiceIx(at as u32))
}

/// What theory says of the service that a chart is of, a line for each lane that is shown: the formula with its numbers,
/// or why there is none. Empty where the chart is of no single service, or not of waiting.
pub fn explained(session: &Session, shown: &[usize], id: &ChartId) -> Vec<String> {
    if !matches!(id.kind, ChartKind::Wait | ChartKind::Waiting) {
        return Vec::new();
    }
    let lanes = session.lanes().iter().enumerate().filter(|(at, _)| shown.contains(at));
    let said = lanes.filter_map(|(at, lane)| {
        let service = service_of(lane.plan(), id)?;
        let mut line = String::new();
        if shown.len() > 1 {
            line.push_str(words::LETTERS.get(at).copied().unwrap_or(""));
            line.push_str(": ");
        }
        match theory(lane, service) {
            Ok(queue) => line.push_str(&formula(&queue)),
            Err(why) => {
                line.push_str(said::NONE);
                line.push_str(why);
            }
        }
        Some(line)
    });
    said.collect()
}
