//! The charts of single kinds of nodes.

use super::data::{ChartData, Layer};
use super::kind::is_copied;
use super::lines::{points, several};
use super::source::Source;
use crate::base::list;
use crate::scenario::NodeKind;
use crate::telemetry::Window;
use crate::telemetry::metrics::{ServiceWindow, StoreWindow};
use crate::view::canvas::draw::Stroke;
use crate::view::canvas::theme::Token;
use crate::view::words::name;

/// A level of services: a line for each, or one for all of them together.
pub(super) fn levels(data: &mut ChartData, source: &Source, level: fn(&ServiceWindow) -> u64) {
    let services = services(source);
    let of = |window: &Window, at: usize| {
        window.services.get(at).map_or(f64::NAN, |service| window.mean(level(service)))
    };
    let total = |window: &Window| services.iter().map(|(_, at)| of(window, *at)).sum();
    several(data, source.look, source.windows, &services, &of, (text!("chart.all-jobs"), &total));
}

/// The services that are meant, by their titles.
fn services(source: &Source) -> Vec<(String, usize)> {
    let plan = source.variant.plan();
    let services = plan.services.iter().enumerate();
    let services = services.filter(|(at, own)| source.of.service(*at) && plan.has(own.node));
    services.map(|(at, service)| (title(source, service.node), at)).collect()
}

/// A node's title.
fn title(source: &Source, node: crate::base::NodeIx) -> String {
    name::of_node(source.variant.plan(), node)
}

/// So much per thing; no number where there is none.
fn per(amount: f64, things: u32) -> f64 {
    if things == 0 { f64::NAN } else { amount / f64::from(things) }
}

/// How long jobs wait for a worker, on average.
pub(super) fn wait(data: &mut ChartData, source: &Source) {
    let services = services(source);
    let wait = |waits: u64, started: u32| per(waits as f64 / 1e9, started);
    let mean = |window: &Window, at: usize| {
        window.services.get(at).map_or(f64::NAN, |service| wait(service.waits, service.started))
    };
    let total = |window: &Window| {
        let services = window.services.iter().enumerate().filter(|(at, _)| source.of.service(*at));
        let (waits, started) = services.fold((0, 0), |(waits, started), (_, service)| {
            (waits + service.waits, started + service.started)
        });
        wait(waits, started)
    };
    data.of = text!("chart.mean").to_owned();
    several(data, source.look, source.windows, &services, &mean, (text!("chart.all-jobs"), &total));
}

/// Workers that compute, that are blocked, and that there are.
pub(super) fn workers(data: &mut ChartData, source: &Source) {
    let look = source.look;
    let sum = |level: fn(&ServiceWindow) -> u64| {
        points(source.windows, &|window| {
            let services = window.services.iter().enumerate().filter(|(at, _)| source.of.service(*at));
            services.map(|(_, service)| window.mean(level(service))).sum()
        })
    };
    let (busy, blocked) = (sum(|service| service.busy), sum(|service| service.blocked));
    let there = sum(|service| service.workers);
    let faint = Stroke::new(Token::Faint.alpha(0.9), 1.2);
    if look.of == 1 {
        let layer = |name: &str, fill, points: &[(f64, f64)]| Layer {
            name: name.to_owned(),
            fill,
            points: points.to_vec(),
        };
        data.layers.push(layer(text!("chart.busy"), Token::Busy.alpha(0.7), &busy));
        data.layers.push(layer(text!("chart.blocked"), Token::Blocked.alpha(0.75), &blocked));
        data.series.push(look.side(text!("chart.there-are"), faint, there));
        data.series.push(look.hidden(text!("chart.busy"), busy));
        data.series.push(look.hidden(text!("chart.blocked"), blocked));
    } else {
        let mut line = look.side(text!("chart.blocked"), look.stroke(Token::Blocked, 1.0, 1.4), blocked);
        line.label.clear();
        data.series.push(look.hidden(text!("chart.there-are"), there));
        data.series.push(line);
        data.series.push(look.main(text!("chart.busy"), busy));
    }
}

/// The queues that are meant, by their titles.
fn queues(source: &Source) -> Vec<(String, usize)> {
    let plan = source.variant.plan();
    let queues = plan.queues.iter().enumerate();
    let queues = queues.filter(|(at, own)| source.of.queue(*at) && plan.has(own.node));
    queues.map(|(at, queue)| (title(source, queue.node), at)).collect()
}

/// Messages in queues, and those that consumers have.
pub(super) fn depth(data: &mut ChartData, source: &Source) {
    let queues = queues(source);
    let ready =
        |window: &Window, at: usize| window.queues.get(at).map_or(f64::NAN, |queue| window.mean(queue.ready));
    let unacked = |window: &Window, at: usize| {
        window.queues.get(at).map_or(f64::NAN, |queue| window.mean(queue.unacked))
    };
    let total = |window: &Window| queues.iter().map(|(_, at)| ready(window, *at)).sum();
    several(data, source.look, source.windows, &queues, &ready, (text!("chart.all-queues"), &total));
    for (name, at) in &queues {
        let name = say!("chart.unacked", queue = name);
        let points = points(source.windows, &|window| unacked(window, *at));
        data.series.push(if queues.len() == 1 {
            source.look.side(&name, source.look.stroke(Token::Message, 1.0, 1.2), points)
        } else {
            source.look.hidden(&name, points)
        });
    }
}

/// The age of the oldest ready message at each window's end, as if the queue were first in, first out: with so many
/// ready, the oldest is the last but so many of those that were published. Within a window's width; where it is older
/// than the windows that are kept, at least that old.
pub(super) fn age(data: &mut ChartData, source: &Source) {
    let queues = queues(source);
    let all: Vec<&Window> = source.variant.telemetry().windows().closed().collect();
    let from = all.partition_point(|window| window.end.as_secs() < data.span.0);
    for (name, at) in &queues {
        let mut published = Vec::with_capacity(all.len());
        let mut sum = 0;
        for window in &all {
            sum += u64::from(window.queues.get(*at).map_or(0, |queue| queue.published));
            published.push(sum);
        }
        let points = (from..all.len()).map(|end| {
            let ready = all[end].ready.get(*at).copied();
            let oldest = ready.map_or(f64::NAN, |ready| oldest(&all, &published, end, ready.into()));
            (all[end].end.as_secs(), oldest)
        });
        let points: Vec<(f64, f64)> = points.collect();
        data.series.push(if queues.len() == 1 {
            source.look.main(name, points)
        } else {
            let token = [Token::Accent, Token::Message, Token::Late, Token::Good][data.series.len() % 4];
            source.look.side(name, source.look.stroke(token, 1.0, 1.4), points)
        });
    }
    data.of = text!("chart.oldest-ready").to_owned();
}

/// How long before the end of a window the last but `ready` message was published; `published`: how many up to each
/// window's end.
fn oldest(all: &[&Window], published: &[u64], end: usize, ready: u64) -> f64 {
    if ready == 0 {
        return 0.0;
    }
    let now = all[end].end.as_secs();
    // So many had come before it.
    let Some(before) = published[end].checked_sub(ready) else { return now - all[0].start.as_secs() };
    let window = published[..=end].partition_point(|sum| *sum <= before).min(end);
    let (start, width) = (all[window].start.as_secs(), all[window].end.since(all[window].start).as_secs());
    let earlier = window.checked_sub(1).map_or(0, |earlier| published[earlier]);
    let share = (before - earlier) as f64 / (published[window] - earlier).max(1) as f64;
    now - (start + share * width)
}

/// How far groups are behind in the partitions of logs.
pub(super) fn lag(data: &mut ChartData, source: &Source) {
    let plan = source.variant.plan();
    let meant = |at: usize| {
        let is_own = |node| matches!(node, NodeKind::Log(log) if log.at() == at);
        source.of.is(&is_own) && plan.has(plan.logs[at].node)
    };
    let many = plan.logs.len() > 1 && (1..plan.logs.len()).any(meant) && meant(0);
    for (at, log) in plan.logs.iter().enumerate().filter(|(at, _)| meant(*at)) {
        let (groups, partitions) = (log.groups.len(), log.partitions as usize);
        let lags = |window: &'_ Window, range: std::ops::Range<usize>| {
            let lags = window.lags.get(at).and_then(|lags| lags.get(range));
            lags.map_or(f64::NAN, |lags| lags.iter().map(|lag| f64::from(*lag)).sum())
        };
        let each = groups * partitions <= crate::telemetry::MOST_LAGS;
        for (number, group) in log.groups.iter().enumerate() {
            let title = if many { title(source, log.node) } else { String::new() };
            let name = list::of(list::SPACE, [&*title, &group.name]);
            let first = if each { number * partitions } else { number };
            let whole = first..first + if each { partitions } else { 1 };
            let total = |window: &Window| lags(window, whole.clone());
            let one = |window: &Window, at: usize| lags(window, at..at + 1);
            let partition = |at: usize| (say!("chart.partition", line = &name, partition = at - first), at);
            if each && partitions > 1 && groups == 1 {
                let things: Vec<(String, usize)> = whole.clone().map(partition).collect();
                several(data, source.look, source.windows, &things, &one, (&name, &total));
            } else {
                let token = Token::of_group(number);
                let points = |value: &dyn Fn(&Window) -> f64| points(source.windows, value);
                let stroke = source.look.stroke(token, 1.0, 1.5);
                data.series.push(source.look.side(&name, stroke, points(&total)));
                for (name, at) in whole.clone().filter(|_| each && partitions > 1).map(partition) {
                    data.series.push(source.look.hidden(&name, points(&|window| one(window, at))));
                }
            }
        }
    }
    data.of = text!("chart.records").to_owned();
}

/// How old the oldest record is that groups of logs have not committed.
pub(super) fn time_lag(data: &mut ChartData, source: &Source) {
    let plan = source.variant.plan();
    let meant = |at: usize| {
        let is_own = |node| matches!(node, NodeKind::Log(log) if log.at() == at);
        source.of.is(&is_own) && plan.has(plan.logs[at].node)
    };
    let many = (0..plan.logs.len()).filter(|at| meant(*at)).count() > 1;
    let (mut groups, mut before) = (Vec::new(), 0);
    for (at, log) in plan.logs.iter().enumerate() {
        for (number, group) in log.groups.iter().enumerate().filter(|_| meant(at)) {
            let title = if many { title(source, log.node) } else { String::new() };
            groups.push((list::of(list::SPACE, [&*title, &group.name]), before + number));
        }
        before += log.groups.len();
    }
    let of_group =
        |window: &Window, at: usize| window.time_lags.get(at).map_or(f64::NAN, |lag| lag.as_secs());
    let worst = |window: &Window| groups.iter().map(|(_, at)| of_group(window, *at)).fold(f64::NAN, f64::max);
    several(data, source.look, source.windows, &groups, &of_group, (text!("chart.worst"), &worst));
}

/// For how long what is read has been out of date.
pub(super) fn staleness(data: &mut ChartData, source: &Source) {
    behind(data, source, |store| per(store.behind as f64 / 1e9, store.reads));
}

/// How many versions what is read is behind.
pub(super) fn versions(data: &mut ChartData, source: &Source) {
    behind(data, source, |store| per(store.versions as f64, store.reads));
}

fn behind(data: &mut ChartData, source: &Source, value: fn(&StoreWindow) -> f64) {
    let plan = source.variant.plan();
    let meant = |at: usize| source.of.is(&|node| matches!(node, NodeKind::Store(store) if store.at() == at));
    let stores = plan.stores.iter().enumerate();
    let stores = stores.filter(|(at, store)| meant(*at) && plan.has(store.node) && is_copied(store));
    let stores: Vec<(String, usize)> = stores.map(|(at, store)| (title(source, store.node), at)).collect();
    let of_store = |window: &Window, at: usize| window.stores.get(at).map_or(f64::NAN, value);
    let worst = |window: &Window| stores.iter().map(|(_, at)| of_store(window, *at)).fold(f64::NAN, f64::max);
    data.empty = text!("chart.no-reads-yet");
    data.of = text!("chart.mean").to_owned();
    several(data, source.look, source.windows, &stores, &of_store, (text!("chart.worst"), &worst));
}
