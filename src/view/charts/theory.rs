//! Theory beside practice: what queueing theory predicts for a service, in words and with its numbers, or why nothing.

use super::data::ChartData;
use super::kind::{ChartId, ChartKind};
use super::lines::points;
use super::source::Source;
use crate::base::{Number, ServiceIx, SimDuration};
use crate::scenario::Plan;
use crate::session::{Session, VariantRun};
use crate::theory::{NoQueue, TextbookQueue, textbook_queue};
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;
use crate::view::words;

/// What is predicted for a service as the run stands, or why nothing is.
pub fn theory(variant: &VariantRun, service: ServiceIx) -> Result<TextbookQueue, &'static str> {
    if variant.snapshot().faults().next().is_some() {
        return Err(text!("theory.faulty"));
    }
    textbook_queue(variant.plan(), service).map_err(|why| match why {
        NoQueue::NotPoisson => text!("theory.not-poisson"),
        NoQueue::Callers => text!("theory.callers"),
        NoQueue::Retried => text!("theory.again"),
        NoQueue::Guarded => text!("theory.guarded"),
        NoQueue::Lossy => text!("theory.lossy"),
        NoQueue::Replicas => text!("theory.replicas"),
        NoQueue::NotWork => text!("theory.not-work"),
        NoQueue::Sharing => text!("theory.sharing"),
        NoQueue::Overloaded => text!("theory.overloaded"),
        NoQueue::Bounded => text!("theory.bounded"),
    })
}

/// "M/M/4".
pub fn name(queue: &TextbookQueue) -> String {
    match queue.variation {
        1.0 => say!("theory.markov", workers = queue.workers),
        0.0 => say!("theory.fixed", workers = queue.workers),
        _ => say!("theory.general", workers = queue.workers),
    }
}

/// The formula and the same with the numbers put in: "M/M/4, Erlang C: Wq = C(c, a) / (cµ − λ) = …".
pub fn formula(queue: &TextbookQueue) -> String {
    let (one, markov) = (queue.workers == 1, queue.variation == 1.0);
    let name = &name(queue);
    let fixed = |value| Number::Fixed(value, 3);
    let load = fixed(if one { queue.utilization() } else { queue.waits() });
    let (workers, variation) = (queue.workers, fixed(queue.variation));
    let (service, arrivals) = (Number::Figures(queue.service), Number::Rate(queue.arrivals));
    let (wait, waiting) = (SimDuration::from_secs(queue.wait()), Number::Figures(queue.waiting()));
    match (one, markov) {
        (true, true) => say!(
            "theory.one",
            queue = name,
            load = load,
            service = service,
            arrivals = arrivals,
            wait = wait,
            waiting = waiting
        ),
        (true, false) => say!(
            "theory.pollaczek",
            queue = name,
            load = load,
            variation = variation,
            service = service,
            arrivals = arrivals,
            wait = wait,
            waiting = waiting
        ),
        (false, true) => say!(
            "theory.erlang",
            queue = name,
            load = load,
            workers = workers,
            service = service,
            arrivals = arrivals,
            wait = wait,
            waiting = waiting
        ),
        (false, false) => say!(
            "theory.allen",
            queue = name,
            load = load,
            workers = workers,
            service = service,
            arrivals = arrivals,
            variation = variation,
            wait = wait,
            waiting = waiting
        ),
    }
}

/// The service that a chart is of: the node's, or the only one that there is.
fn service_of(plan: &Plan, id: &ChartId) -> Option<ServiceIx> {
    let mut all = (0..plan.services.len()).filter(|at| plan.has(plan.services[*at].node));
    let at = match &id.of {
        Some(node) => all.find(|at| plan.id(plan.services[*at].node) == node.as_str())?,
        None if all.clone().count() == 1 => all.next()?,
        None => return None,
    };
    Some(ServiceIx(at as u32))
}

/// Adds what theory predicts, from when the last fault ended on, as a dashed line.
pub(super) fn predict(data: &mut ChartData, id: &ChartId, source: &Source) {
    let value = match id.kind {
        ChartKind::Wait => TextbookQueue::wait,
        ChartKind::Waiting => TextbookQueue::waiting,
        _ => return,
    };
    let Some(service) = service_of(source.variant.plan(), id) else { return };
    let Ok(theory) = theory(source.variant, service) else { return };
    let since = source.variant.telemetry().recent().marks().next_back().map_or(0.0, |mark| mark.at.as_secs());
    let value = value(&theory);
    let points = points(source.windows, &|window| {
        if window.start.as_secs() >= since { value } else { f64::NAN }
    });
    let name = name(&theory);
    let stroke = Stroke::dashed(Token::Good, 1.4, 8.0, 4.0);
    let mut line = source.look.side(&say!("theory.predicts", queue = &name), stroke, points);
    line.label = source.look.name(&name);
    data.series.push(line);
}

/// What theory says of the service that a chart is of, a line for each variant that is shown: the formula with its
/// numbers, or why there is none. Empty where the chart is of no single service, or not of waiting.
pub fn explained(session: &Session, shown: &[usize], id: &ChartId) -> Vec<String> {
    if !matches!(id.kind, ChartKind::Wait | ChartKind::Waiting) {
        return Vec::new();
    }
    let variants = session.variants().iter().enumerate().filter(|(at, _)| shown.contains(at));
    let said = variants.filter_map(|(at, variant)| {
        let service = service_of(variant.plan(), id)?;
        let text = match theory(variant, service) {
            Ok(queue) => formula(&queue),
            Err(why) => say!("theory.none", why = why),
        };
        let variant = words::LETTERS.get(at).copied().filter(|_| shown.len() > 1);
        Some(match variant {
            Some(variant) => say!("chart.variant-says", variant = variant, text = &text),
            None => text,
        })
    });
    said.collect()
}
