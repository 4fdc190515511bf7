//! The charts of single kinds of nodes.

use super::band;
use super::data::{ChartData, Layer, Source};
use super::kind::{ChartId, ChartKind, is_copied};
use super::look::{middle, points, several};
use super::plus::{HeatRow, Plus};
use super::theory::{name, service_of, theory};
use crate::scenario::NodeKind;
use crate::telemetry::metrics::{ServiceWindow, StoreWindow};
use crate::telemetry::{Spread, Window};
use crate::theory::TextbookQueue;
use crate::view::draw::Stroke;
use crate::view::format;
use crate::view::name;
use crate::view::theme::Token;
use crate::view::words::{chart as said, theory as said_theory};

/// Adds what a source has to show.
pub(super) fn fill(data: &mut ChartData, kind: ChartKind, source: &Source) {
    match kind {
        ChartKind::Heatmap => heatmap(data, source),
        ChartKind::Wait => wait(data, source),
        ChartKind::Workers => workers(data, source),
        ChartKind::Breakers => band::fill(data, source),
        ChartKind::Depth => depth(data, source),
        ChartKind::Age => age(data, source),
        ChartKind::Lag => lag(data, source),
        ChartKind::Staleness => staleness(data, source, |store| per(store.behind as f64 / 1e9, store.reads)),
        ChartKind::Versions => staleness(data, source, |store| per(store.versions as f64, store.reads)),
        _ => {}
    }
}

/// A level of services: a line for each, or one for all of them together.
pub(super) fn levels(data: &mut ChartData, source: &Source, level: fn(&ServiceWindow) -> u64) {
    let services = services(source);
    let of = |window: &Window, at: usize| {
        window.services.get(at).map_or(f64::NAN, |service| window.mean(level(service)))
    };
    let total = |window: &Window| services.iter().map(|(_, at)| of(window, *at)).sum();
    several(data, source.look, source.windows, &services, &of, (said::ALL_JOBS, &total));
}

/// The services that are meant, by their titles.
fn services(source: &Source) -> Vec<(String, usize)> {
    let services = source.lane.plan().services.iter().enumerate().filter(|(at, _)| source.of.service(*at));
    services.map(|(at, service)| (title(source, service.node), at)).collect()
}

/// Values this many times apart are told apart on a logarithmic scale alone.
const LOG_FROM: f64 = 100.0;

/// What can only be settled when all lanes are there.
pub(super) fn finish(data: &mut ChartData, kind: ChartKind) {
    if kind != ChartKind::Latency {
        return;
    }
    let lines = data.series.iter().filter(|line| line.stroke.is_some());
    let values = lines.flat_map(|line| &line.points).map(|(_, value)| *value).filter(|value| *value > 0.0);
    let (least, most) = values.fold((f64::MAX, 0.0_f64), |(least, most), v| (least.min(v), most.max(v)));
    data.log = most > LOG_FROM * least;
    if data.log {
        data.of = said::LOG.to_owned();
    }
}

/// Adds what theory predicts, from when the last fault ended on, as a dashed line.
pub(super) fn predict(data: &mut ChartData, id: &ChartId, source: &Source) {
    let value = match id.kind {
        ChartKind::Wait => TextbookQueue::wait,
        ChartKind::Waiting => TextbookQueue::waiting,
        _ => return,
    };
    let Some(service) = service_of(source.lane.plan(), id) else { return };
    let Ok(theory) = theory(source.lane, service) else { return };
    let since = source.lane.telemetry().recent().marks().next_back().map_or(0.0, |mark| mark.at.as_secs());
    let value = value(&theory);
    let points = points(source.windows, &|window| {
        if window.start.as_secs() >= since { value } else { f64::NAN }
    });
    let name = name(&theory);
    let stroke = Stroke::dashed(Token::Good, 1.4, 8.0, 4.0);
    let mut line = source.look.side(&[&name, said_theory::PREDICTS].concat(), stroke, points);
    line.label = source.look.name(&name);
    data.series.push(line);
}

/// A node's title.
fn title(source: &Source, node: crate::base::NodeIx) -> String {
    name::of_node(source.lane.plan(), node)
}

/// So much per thing; no number where there is none.
fn per(amount: f64, things: u32) -> f64 {
    if things == 0 { f64::NAN } else { amount / f64::from(things) }
}

/// A line of counts for each band of latencies, hidden, and rows that draw them as shades.
fn heatmap(data: &mut ChartData, source: &Source) {
    data.empty = said::NO_ANSWERS_YET;
    let spreads = |window: &'_ Window| -> Vec<Spread> {
        let spreads = window.spreads.iter().enumerate();
        spreads.filter(|(at, _)| source.of.client(*at)).map(|(_, spread)| spread.clone()).collect()
    };
    let columns: Vec<(f64, Vec<Spread>)> =
        source.windows.iter().map(|window| (middle(window), spreads(window))).collect();
    let all = || columns.iter().flat_map(|(_, spreads)| spreads).filter(|spread| !spread.counts.is_empty());
    let Some(first) = all().map(|spread| spread.first).min() else { return };
    let last = all().map(|spread| spread.first + spread.counts.len() as u32 - 1).max().unwrap_or(first);
    for band in first..=last {
        let count = |spread: &Spread| {
            let at = band.checked_sub(spread.first).and_then(|at| spread.counts.get(at as usize));
            f64::from(at.copied().unwrap_or(0))
        };
        let points = columns.iter().map(|(at, spreads)| (*at, spreads.iter().map(count).sum())).collect();
        let ends = [band, band + 1].map(Spread::begins);
        let name = format::string(|out| {
            format::duration(out, ends[0]);
            out.push_str(said::UP_TO);
            format::duration(out, ends[1]);
        });
        let series = data.series.len();
        data.series.push(source.look.hidden(&name, points));
        let (low, high) = (ends[0].as_secs(), ends[1].as_secs());
        plus(data).heat.push(HeatRow { lane: source.look.lane, low, high, series });
    }
    data.of = said::ANSWERS_EACH.to_owned();
}

/// What only some charts have, to be written.
pub(super) fn plus(data: &mut ChartData) -> &mut Plus {
    data.plus.get_or_insert_default()
}

fn wait(data: &mut ChartData, source: &Source) {
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
    data.of = said::MEAN.to_owned();
    several(data, source.look, source.windows, &services, &mean, (said::ALL_JOBS, &total));
}

fn workers(data: &mut ChartData, source: &Source) {
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
        data.layers.push(Layer { fill: Token::Busy.alpha(0.7), points: busy.clone() });
        data.layers.push(Layer { fill: Token::Blocked.alpha(0.75), points: blocked.clone() });
        data.series.push(look.side(said::THERE_ARE, faint, there));
        data.series.push(look.hidden(said::BUSY_LINE, busy));
        data.series.push(look.hidden(said::BLOCKED_LINE, blocked));
    } else {
        let mut line = look.side(said::BLOCKED_LINE, look.stroke(Token::Blocked, 1.0, 1.4), blocked);
        line.label.clear();
        data.series.push(look.hidden(said::THERE_ARE, there));
        data.series.push(line);
        data.series.push(look.main(said::BUSY_LINE, busy));
    }
}

/// The queues that are meant, by their titles.
fn queues(source: &Source) -> Vec<(String, usize)> {
    let queues = source.lane.plan().queues.iter().enumerate().filter(|(at, _)| source.of.queue(*at));
    queues.map(|(at, queue)| (title(source, queue.node), at)).collect()
}

fn depth(data: &mut ChartData, source: &Source) {
    let queues = queues(source);
    let ready =
        |window: &Window, at: usize| window.queues.get(at).map_or(f64::NAN, |queue| window.mean(queue.ready));
    let unacked = |window: &Window, at: usize| {
        window.queues.get(at).map_or(f64::NAN, |queue| window.mean(queue.unacked))
    };
    let total = |window: &Window| queues.iter().map(|(_, at)| ready(window, *at)).sum();
    several(data, source.look, source.windows, &queues, &ready, (said::ALL_QUEUES, &total));
    for (name, at) in &queues {
        let name = [name, said::UNACKED].concat();
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
fn age(data: &mut ChartData, source: &Source) {
    let queues = queues(source);
    let all: Vec<&Window> = source.lane.telemetry().windows().closed().collect();
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
    data.of = said::OLDEST.to_owned();
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

fn lag(data: &mut ChartData, source: &Source) {
    let plan = source.lane.plan();
    let meant = |at: usize| source.of.is(&|node| matches!(node, NodeKind::Log(log) if log.at() == at));
    let many = plan.logs.len() > 1 && (1..plan.logs.len()).any(meant) && meant(0);
    for (at, log) in plan.logs.iter().enumerate().filter(|(at, _)| meant(*at)) {
        let (groups, partitions) = (log.groups.len(), log.partitions as usize);
        let lags = |window: &'_ Window, range: std::ops::Range<usize>| {
            let lags = window.lags.get(at).and_then(|lags| lags.get(range));
            lags.map_or(f64::NAN, |lags| lags.iter().map(|lag| f64::from(*lag)).sum())
        };
        let each = groups * partitions <= crate::telemetry::MOST_LAGS;
        for (number, group) in log.groups.iter().enumerate() {
            let mut name = if many { [&title(source, log.node), " "].concat() } else { String::new() };
            name.push_str(&group.name);
            let first = if each { number * partitions } else { number };
            let whole = first..first + if each { partitions } else { 1 };
            let total = |window: &Window| lags(window, whole.clone());
            let one = |window: &Window, at: usize| lags(window, at..at + 1);
            let partition = |at: usize| {
                let name = format::string(|out| {
                    out.push_str(&name);
                    out.push_str(said::PARTITION);
                    format::count(out, (at - first) as u64);
                });
                (name, at)
            };
            if each && partitions > 1 && groups == 1 {
                let things: Vec<(String, usize)> = whole.clone().map(partition).collect();
                several(data, source.look, source.windows, &things, &one, (&name, &total));
            } else {
                let token = [Token::Accent, Token::Message, Token::Late, Token::Good][number % 4];
                let points = |value: &dyn Fn(&Window) -> f64| points(source.windows, value);
                let stroke = source.look.stroke(token, 1.0, 1.5);
                data.series.push(source.look.side(&name, stroke, points(&total)));
                for (name, at) in whole.clone().filter(|_| each && partitions > 1).map(partition) {
                    data.series.push(source.look.hidden(&name, points(&|window| one(window, at))));
                }
            }
        }
    }
    data.of = said::RECORDS.to_owned();
}

fn staleness(data: &mut ChartData, source: &Source, value: fn(&StoreWindow) -> f64) {
    let plan = source.lane.plan();
    let meant = |at: usize| source.of.is(&|node| matches!(node, NodeKind::Store(store) if store.at() == at));
    let stores = plan.stores.iter().enumerate().filter(|(at, store)| meant(*at) && is_copied(store));
    let stores: Vec<(String, usize)> = stores.map(|(at, store)| (title(source, store.node), at)).collect();
    let of_store = |window: &Window, at: usize| window.stores.get(at).map_or(f64::NAN, value);
    let worst = |window: &Window| stores.iter().map(|(_, at)| of_store(window, *at)).fold(f64::NAN, f64::max);
    data.empty = said::NO_READS_YET;
    data.of = said::MEAN.to_owned();
    several(data, source.look, source.windows, &stores, &of_store, (said::STALEST, &worst));
}
