//! The charts that a page begins with: of the whole system, or of one node.

use super::data::{ChartData, Layer};
use super::kind::waits_for_others;
use super::lines::{points, rates};
use super::series::Series;
use super::source::Source;
use crate::base::ServiceIx;
use crate::observation::Failure;
use crate::scenario::NodeKind;
use crate::telemetry::metrics::ClientWindow;
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;
use crate::view::words;

/// Requests offered, answered well and failed, with the reasons.
pub(super) fn answers(data: &mut ChartData, source: &Source) {
    let (look, of) = (source.look, source.of);
    let rates = |count: &dyn Fn(&ClientWindow) -> u32| rates(source.windows, &|at| of.client(at), count);
    let offered = rates(&|client| client.offered);
    let good = rates(&|client| client.good);
    let late = rates(&|client| client.late);
    let degraded = rates(&|client| client.degraded);
    let failed = rates(&|client| client.failed.iter().sum());
    let reasons = Failure::ALL.iter().enumerate().map(|(at, reason)| {
        (words::failure(*reason), rates(&|client| client.failed.get(at).copied().unwrap_or(0)))
    });
    let reasons: Vec<_> =
        reasons.filter(|(_, points)| points.iter().any(|(_, value)| *value > 0.0)).collect();
    let faint = Stroke::new(Token::Faint.alpha(0.9), 1.2);
    if look.of == 1 {
        let layer = |name: &str, fill, points: &[(f64, f64)]| Layer {
            name: name.to_owned(),
            fill,
            points: points.to_vec(),
        };
        data.layers = vec![
            layer(text!("chart.good"), Token::Good.alpha(0.55), &good),
            layer(text!("chart.degraded"), Token::Late.alpha(0.35), &degraded),
            layer(text!("chart.late"), Token::Late.alpha(0.8), &late),
        ];
        for (at, (reason, points)) in reasons.iter().enumerate() {
            // Neighbouring reasons in different shades.
            data.layers.push(layer(reason, Token::Failed.alpha(0.9 - 0.25 * (at % 4) as f32), points));
        }
        data.series.push(look.side(text!("chart.offered"), faint, offered));
        data.series.push(look.hidden(text!("chart.good"), good));
        data.series.push(look.hidden(text!("chart.failed"), failed));
    } else {
        // Both variants meet the same arrivals: one line says it.
        if look.variant == 0 {
            let name = text!("chart.offered").to_owned();
            data.series.push(Series {
                name: name.clone(),
                label: name,
                stroke: Some(faint),
                points: offered,
            });
        }
        let bad = look.stroke(Token::Failed, 0.85, 1.2);
        data.series.push(look.side(text!("chart.failed"), bad, failed));
        let mut line = look.main(text!("chart.good"), good);
        line.label = look.name(text!("chart.good"));
        data.series.push(line);
    }
    for (what, points) in [(text!("chart.late"), late), (text!("chart.degraded"), degraded)] {
        if points.iter().any(|(_, value)| *value > 0.0) {
            data.series.push(look.hidden(what, points));
        }
    }
    data.series.extend(reasons.into_iter().map(|(what, points)| look.hidden(what, points)));
}

/// Percentiles of latency; of several clients the worst.
pub(super) fn latency(data: &mut ChartData, source: &Source) {
    data.empty = text!("chart.no-answers-yet");
    let (look, of) = (source.look, source.of);
    let percentile = |which: usize| {
        points(source.windows, &|window| {
            let clients = window.percentiles.iter().enumerate().filter(|(at, _)| of.client(*at));
            let clients = clients.filter_map(|(_, latency)| *latency);
            // Several clients: the worst one's.
            clients.map(|latency| latency[which].as_secs()).fold(f64::NAN, f64::max)
        })
    };
    // Three shades: the further out, the darker.
    let shade = |alpha: f32, width: f32| look.stroke(look.token(), alpha, width);
    data.series.push(look.side(text!("chart.p50"), shade(0.38, 1.2), percentile(0)));
    data.series.push(look.side(text!("chart.p95"), shade(0.66, 1.4), percentile(1)));
    let mut p99 = look.main(text!("chart.p99"), percentile(2));
    p99.label = look.name(text!("chart.p99"));
    data.series.push(p99);
}

/// Jobs in waiting rooms, messages in queues.
pub(super) fn waiting(data: &mut ChartData, source: &Source) {
    let (look, of, plan) = (source.look, source.of, source.variant.plan());
    if (0..plan.queues.len()).any(|at| of.queue(at)) {
        let queues = points(source.windows, &|window| {
            let queues = window.queues.iter().enumerate().filter(|(at, _)| of.queue(*at));
            queues.map(|(_, queue)| window.mean(queue.ready)).sum()
        });
        let stroke = look.stroke(Token::Message, 1.0, 1.4);
        data.series.push(look.side(text!("chart.queue"), stroke, queues));
    }
    if !(0..plan.services.len()).any(|at| of.service(at)) {
        return;
    }
    let rooms = points(source.windows, &|window| {
        let services = window.services.iter().enumerate().filter(|(at, _)| of.service(*at));
        services.map(|(_, service)| window.mean(service.waiting)).sum()
    });
    let mut rooms = look.main(text!("chart.jobs"), rooms);
    if look.of == 1 {
        rooms.label = text!("chart.jobs").to_owned();
    }
    data.series.push(rooms);
}

/// Workers that wait for a downstream answer.
pub(super) fn blocked(data: &mut ChartData, source: &Source) {
    let (look, of) = (source.look, source.of);
    let blocked = points(source.windows, &|window| {
        let services = window.services.iter().enumerate().filter(|(at, _)| of.service(*at));
        services.map(|(_, service)| window.mean(service.blocked)).sum()
    });
    data.series.push(look.main(text!("chart.blocked"), blocked));
    // Only whoever calls somebody can be blocked: of their workers so many are.
    let plan = source.variant.plan();
    let callers = plan.services.iter().enumerate().filter(|(at, _)| {
        of.service(*at) && waits_for_others(plan, NodeKind::Service(ServiceIx(*at as u32)))
    });
    let all: u64 = callers.map(|(_, service)| u64::from(service.replicas) * u64::from(service.workers)).sum();
    if look.variant == 0 || look.of == 1 {
        data.of = say!("chart.of-workers", count = all);
    }
}
