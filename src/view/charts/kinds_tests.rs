//! Every kind of chart: what it shows is what was measured, it stays in its frame, and its file says the same.

use super::tests::check;
use super::*;
use crate::base::{BreakerIx, Json, LogIx, QueueIx, ServiceIx, SimTime};
use crate::observation::BreakerState;
use crate::scenario::Scenario;
use crate::session::{Action, Session, Variant};
use crate::telemetry::Window;
use crate::view::{DrawOp, Size, Sketch, Token, csv, format};

const BREAKER: &str = include_str!("../../../static/gallery/circuit-breaker.json");
const FEED: &str = include_str!("../../../static/gallery/click-feed.json");
const COPIES: &str = include_str!("../../../static/gallery/profile-copies.json");
const QUEUE: &str = include_str!("../../../static/gallery/order-queue.json");
const DEAD: &str = include_str!("../../../static/gallery/dead-letters.json");
const SMALL: &str = r#"{ "schema": 1, "nodes": {
    "web": { "kind": "client", "arrivals": { "poisson": { "rate": 60 } }, "operation": [ { "call": { "to": "app" } } ] },
    "app": { "kind": "service", "operations": { "default": [ { "work": { "exponential": "10ms" } } ] } } } }"#;

const UNTIL: SimTime = SimTime(40_000_000_000);

/// So many equal variants, run to just before `UNTIL`: windows end before their last instant.
fn session(text: &str, variants: usize) -> Session {
    let scenario = Scenario::read(text).expect("the scenario is right");
    let variant = || Variant { label: "One".to_owned(), scenario: scenario.clone() };
    let mut session = Session::new((0..variants).map(|_| variant()).collect(), 1.0).expect("it runs");
    session.run_until(SimTime(UNTIL.0 - 1));
    session
}

fn windows(session: &Session) -> Vec<Window> {
    session.variants()[0].telemetry().windows().closed().cloned().collect()
}

/// The last value of a chart of the only variant, by the name of its series.
fn last(session: &Session, kind: ChartKind, name: &str) -> f64 {
    let data = chart_data(session, &[0], &kind.into());
    let line = data.series.iter().find(|line| line.name == name);
    line.unwrap_or_else(|| panic!("no {name} in {:?}", data.series)).last().expect("a value").1
}

#[test]
fn each_kind_of_each_node_stays_in_its_frame_and_in_its_file() {
    for text in [BREAKER, FEED, COPIES, QUEUE, DEAD, SMALL] {
        for (variants, shown) in [(1, &[0][..]), (2, &[0, 1])] {
            let session = session(text, variants);
            for kind in offered(&session) {
                let nodes = chart_nodes(&session, kind);
                assert!(!nodes.is_empty(), "{kind:?} is offered of nobody");
                let ids = nodes.iter().take(2).map(|node| ChartId::of_node(kind, node));
                for id in ids.chain([ChartId::from(kind)]) {
                    let data = chart_data(&session, shown, &id);
                    let there = data.series.iter().any(|line| line.last().is_some());
                    assert!(there, "{id:?} shows nothing");
                    check(&data);
                    same_in_file(&data);
                    let table = table(&session, shown, &id);
                    assert!(!table.rows.is_empty() && table.head.len() == data.series.len() + 1, "{id:?}");
                }
            }
        }
    }
}

/// The file has every value in range, and no other.
fn same_in_file(data: &ChartData) {
    let text = csv(data);
    let mut rows = text.split("\r\n").map(fields);
    let head = rows.next().expect("a head");
    assert_eq!(head.len(), data.series.len() + 1, "{text}");
    for (name, line) in head[1..].iter().zip(&data.series) {
        assert!(name.starts_with(&line.name), "{name} for {}", line.name);
    }
    let mut seen = 0;
    for row in rows.filter(|row| row.len() > 1) {
        let at: f64 = row[0].parse().expect("a time");
        for (field, line) in row[1..].iter().zip(&data.series).filter(|(field, _)| !field.is_empty()) {
            let same = |value: f64| match data.unit {
                Unit::State => axis::breaker_state(value as usize) == field,
                _ => Json::Number(value).to_string() == *field,
            };
            assert!(line.points.iter().any(|point| point.0 == at && same(point.1)), "{field} at {at}");
            seen += 1;
        }
    }
    let inside = |point: &&(f64, f64)| (data.span.0..=data.span.1).contains(&point.0) && point.1.is_finite();
    assert_eq!(seen, data.series.iter().flat_map(|line| &line.points).filter(inside).count());
}

/// A row of a file, as RFC 4180 has it.
fn fields(row: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = row.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                fields.last_mut().expect("one").extend(chars.next())
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => fields.last_mut().expect("one").push(c),
        }
    }
    fields
}

#[test]
fn names_with_commas_and_quotes_survive_in_a_file() {
    let mut data = super::tests::example(3);
    data.series[0].name = "a, \"b\"\r\nc".to_owned();
    let text = csv(&data);
    assert!(text.contains("\"a, \"\"b\"\"\r\nc (1/s)\""), "{text}");
    data.series[0].name = "a, \"b\"".to_owned();
    same_in_file(&data);
}

#[test]
fn a_chart_with_nothing_to_show_is_not_offered() {
    use ChartKind::*;
    let small = session(SMALL, 1);
    assert_eq!(offered(&small), [Answers, Latency, Waiting, Heatmap, Wait, Workers]);
    assert_eq!(chart_nodes(&small, Latency), ["web"]);
    assert_eq!(chart_for(&small, "app", Wait), Some(ChartId::of_node(Wait, "app")));
    assert_eq!(chart_for(&small, "app", Answers), Some(ChartId::from(Answers)));
    assert_eq!(chart_for(&small, "app", Lag), None);
    let of = |text, kind: ChartKind| offered(&session(text, 1)).contains(&kind);
    assert!(of(BREAKER, Breakers) && of(FEED, Lag) && of(COPIES, Staleness) && of(COPIES, Versions));
    assert!(of(QUEUE, Depth) && of(QUEUE, Age) && !of(QUEUE, Lag));
}

#[test]
fn the_map_counts_every_answer_once() {
    let session = session(SMALL, 1);
    let data = chart_data(&session, &[0], &ChartKind::Heatmap.into());
    for (at, window) in windows(&session).iter().enumerate() {
        let client = &window.clients[0];
        let counted: f64 = data.series.iter().map(|band| band.points[at].1).sum();
        assert_eq!(counted, f64::from(client.good + client.late + client.degraded), "window {at}");
    }
    let rows = &data.extra.as_ref().expect("a map").heat;
    assert_eq!(rows.len(), data.series.len());
    assert!(rows.windows(2).all(|two| two[0].high == two[1].low));
    // In the picture: shades, each within the frame, and more than one of them.
    let mut sketch = Sketch::new();
    draw_chart(&mut sketch, &data, Size { w: 400.0, h: 200.0 }, None);
    let shade = |op: &DrawOp| match op {
        DrawOp::Rect { fill: Some(ink), .. } if ink.token == Token::Accent => Some(ink.alpha.to_bits()),
        _ => None,
    };
    let mut shades: Vec<u32> = sketch.ops().iter().filter_map(shade).collect();
    assert!((100..4000).contains(&shades.len()), "{} rectangles", shades.len());
    shades.sort_unstable();
    shades.dedup();
    assert!(shades.len() > 2, "{shades:?}");
}

#[test]
fn lags_ages_and_states_are_those_of_the_system() {
    let mut feed = session(FEED, 1);
    let variant = &feed.variants()[0];
    let log = &variant.plan().logs[0];
    let expected: Vec<u64> = (0..log.groups.len() as u32)
        .map(|group| {
            let behind = |partition: u32| {
                let (all, claim) = (
                    variant.snapshot().partition(LogIx(0), partition),
                    variant.snapshot().claim(LogIx(0), group, partition),
                );
                all.end.saturating_sub(claim.committed)
            };
            (0..log.partitions).map(behind).sum()
        })
        .collect();
    feed.run_until(UNTIL);
    let seen = windows(&feed);
    let last_window = seen.last().expect("a window");
    let partitions = feed.variants()[0].plan().logs[0].partitions as usize;
    let measured: Vec<u64> = last_window.lags[0]
        .chunks(partitions)
        .map(|group| group.iter().map(|lag| u64::from(*lag)).sum())
        .collect();
    assert_eq!(measured, expected);

    for text in [QUEUE, DEAD] {
        for until in [12, 20, 30, 40] {
            let mut session = Session::new(
                vec![Variant { label: "One".into(), scenario: Scenario::read(text).expect("right") }],
                1.0,
            )
            .expect("it runs");
            let until = SimTime(until * 1_000_000_000);
            session.run_until(SimTime(until.0 - 1));
            let state = session.variants()[0].snapshot().queue(QueueIx(0));
            session.run_until(until);
            let name = format::string(|out| {
                let plan = session.variants()[0].plan();
                crate::view::words::name::node(out, plan, plan.queues[0].node);
            });
            let age = last(&session, ChartKind::Age, &name);
            let expected = state.oldest.map_or(0.0, |oldest| until.since(oldest).as_secs());
            // First in, first out, but for what was delivered before and came back.
            assert!(
                (age - expected).abs() <= 0.51 || text == DEAD,
                "{name} at {until:?}: {age} for {expected}"
            );
            let seen = windows(&session);
            let window = seen.last().expect("a window");
            assert_eq!(window.ready[0], state.ready);
        }
    }
}

#[test]
fn a_band_shows_every_change_of_a_breaker() {
    let session = session(BREAKER, 1);
    let variant = &session.variants()[0];
    let switches: Vec<_> = variant.telemetry().recent().switches().collect();
    assert!(switches.len() > 2, "the scenario has to open its breaker");
    let data = chart_data(&session, &[0], &ChartKind::Breakers.into());
    let row = &data.extra.as_ref().expect("bands").bands[0];
    assert_eq!(row.stretches.len(), switches.len() + 1);
    assert_eq!(row.stretches[0].2, BreakerState::Closed);
    assert_eq!(row.stretches.last().map(|last| last.2), Some(variant.snapshot().breaker(BreakerIx(0))));
    for (switch, stretch) in switches.iter().zip(&row.stretches[1..]) {
        assert_eq!((switch.at.as_secs(), switch.to), (stretch.0, stretch.2));
    }
    // The crosshair says what the band shows, at any instant.
    for &(from, to, state) in &row.stretches {
        let said = chart_says(&session, &[0], &ChartKind::Breakers.into(), (from + to) / 2.0);
        assert!(said.ends_with(axis::breaker_state(state as usize)), "{said} in {from}..{to}");
    }
}

#[test]
fn a_future_that_was_left_stays_as_faint_dashes() {
    let mut session = session(SMALL, 1);
    session.seek(SimTime::from_secs(20.0));
    assert!(chart_data(&session, &[0], &ChartKind::Wait.into()).series.iter().all(|line| !left(line)));
    let to = Json::Number(30.0);
    let path = "nodes.web.arrivals.poisson.rate".to_owned();
    session.act(Action::Set { variant: None, path, value: to }).expect("it can be set");
    session.run_until(SimTime::from_secs(30.0));
    for kind in [ChartKind::Answers, ChartKind::Latency, ChartKind::Waiting, ChartKind::Wait] {
        let data = chart_data(&session, &[0], &kind.into());
        let ghosts: Vec<&Series> = data.series.iter().filter(|line| left(line)).collect();
        assert!(!ghosts.is_empty(), "{kind:?}");
        for ghost in ghosts {
            assert!(ghost.stroke.is_some_and(|stroke| stroke.is_dashed() && stroke.ink.alpha < 0.5));
            assert!(ghost.points.iter().all(|(at, _)| *at >= 20.0) && ghost.points.len() > 20, "{kind:?}");
        }
    }
}

fn left(line: &Series) -> bool {
    line.name.starts_with("earlier run: ")
}

#[test]
fn theory_is_drawn_where_it_holds_and_says_why_where_not() {
    // What is put into the node, into its client, and what is said.
    let cases = [
        ("", "", "M/M/1"),
        (r#""workers": 3,"#, "", "Erlang C"),
        (r#""replicas": 2, "balance": "random","#, "", "M/M/1"),
        (r#""replicas": 2,"#, "", "replicas"),
        (r#""discipline": "processor_sharing","#, "", "shared"),
        (r#""queue": 2,"#, "", "too small"),
        (r#""queue": 500,"#, "", "M/M/1"),
        ("", r#", "retry": { "attempts": 3 }"#, "retry"),
        ("", r#", "circuit_breaker": {}"#, "policy"),
    ];
    for (node, call, expected) in cases {
        let text = SMALL
            .replace(r#""kind": "service","#, &[r#""kind": "service","#, node].concat())
            .replace(r#""to": "app""#, &[r#""to": "app", "timeout": "9s""#, call].concat());
        let session = session(&text, 1);
        let id = ChartId::of_node(ChartKind::Wait, "app");
        let said = explained(&session, &[0], &id).concat();
        assert!(said.contains(expected), "{said:?} for {node} {call}");
        let drawn = chart_data(&session, &[0], &id).series.iter().any(|line| line.name.ends_with("predicts"));
        assert_eq!(drawn, !said.starts_with("No textbook formula fits"), "{said}");
        assert_eq!(theory(&session.variants()[0], ServiceIx(0)).is_ok(), drawn);
    }
    for (from, to, expected) in [
        (r#""poisson": { "rate": 60 }"#, r#""constant": { "rate": 60 }"#, "Poisson"),
        (r#""rate": 60"#, r#""rate": 120"#, "more comes"),
        (r#"{ "exponential": "10ms" }"#, r#""10ms""#, "Khinchine"),
        (
            r#"{ "work": { "exponential": "10ms" } }"#,
            r#"{ "work": "1ms" }, { "sleep": "1ms" }"#,
            "more than just work",
        ),
    ] {
        let session = session(&SMALL.replace(from, to), 1);
        let said = explained(&session, &[0], &ChartKind::Waiting.into()).concat();
        assert!(said.contains(expected), "{said:?} for {to}");
    }
}

#[test]
fn keys_move_the_crosshair_over_round_instants_and_not_beyond() {
    let session = session(SMALL, 1);
    let first = nudged(&session, None, -1.0);
    assert_eq!(first, 39.5);
    assert_eq!(nudged(&session, Some(first), -10.0), 34.5);
    assert_eq!(nudged(&session, Some(34.7), 1.0), 35.0);
    assert_eq!(nudged(&session, Some(34.7), f64::NEG_INFINITY), 0.0);
    assert_eq!(nudged(&session, Some(34.7), f64::INFINITY), session.now().as_secs());
    for width in [140.0, 390.0, 1400.0] {
        let at = |x| instant_at(&session, width, x);
        assert!(at(-5.0) == 0.0 && at(1e9) == session.now().as_secs() && at(f32::NAN).is_finite());
        assert!(at(width * 0.3) < at(width * 0.4));
    }
}

#[test]
fn the_files_of_all_charts_share_their_instants() {
    for text in [BREAKER, FEED, COPIES, QUEUE, SMALL] {
        let session = session(text, 1);
        let ends: Vec<f64> = windows(&session).iter().map(|window| window.end.as_secs()).collect();
        for kind in offered(&session) {
            let data = chart_data(&session, &[0], &kind.into());
            for line in &data.series {
                // States change between windows: those instants are theirs alone.
                let own: Vec<f64> = line.points.iter().map(|(at, _)| *at).collect();
                let missing =
                    ends.iter().filter(|end| **end >= data.span.0 + 0.5 && !own.contains(end)).count();
                assert_eq!(missing, 0, "{kind:?}, {}: {own:?}", line.name);
                assert!(kind == ChartKind::Breakers || own.iter().all(|at| ends.contains(at)), "{kind:?}");
            }
        }
    }
}

#[test]
fn what_was_left_goes_on_from_the_value_at_the_fork() {
    let mut session = session(SMALL, 1);
    session.go_to(SimTime(20_000_000_000));
    while session.going().is_some() {
        session.frame(0.02, || true);
    }
    session
        .act(Action::Set { variant: None, path: "nodes.app.workers".to_owned(), value: Json::Number(4.0) })
        .expect("it is set");
    session.run_until(SimTime(25_000_000_000));
    for kind in [ChartKind::Answers, ChartKind::Latency, ChartKind::Waiting] {
        let data = chart_data(&session, &[0], &kind.into());
        let left: Vec<_> =
            data.series.iter().filter(|line| line.name.starts_with(&say!("chart.left", line = ""))).collect();
        assert!(!left.is_empty(), "{kind:?}");
        for line in left {
            let (at, value) = line.points[0];
            assert_eq!(at, 20.0, "{kind:?}");
            let own = data.series.iter().find(|own| say!("chart.left", line = &own.name) == line.name);
            let same = own.and_then(|own| own.at(at, 0.01)).expect("the run has this line");
            assert_eq!(value, same, "{kind:?}, {}", line.name);
        }
    }
}

#[test]
fn only_those_who_can_be_blocked_are_counted() {
    let session = session(BREAKER, 1);
    let plan = session.variants()[0].plan();
    let all: u64 = plan.services.iter().map(|own| u64::from(own.replicas) * u64::from(own.workers)).sum();
    let of = |id: ChartId| chart_data(&session, &[0], &id).of;
    let callers: u64 = chart_nodes(&session, ChartKind::Blocked)
        .into_iter()
        .filter_map(|id| plan.services.iter().find(|own| plan.id(own.node) == id))
        .map(|own| u64::from(own.replicas) * u64::from(own.workers))
        .sum();
    assert!(0 < callers && callers < all, "{callers} of {all}");
    assert_eq!(of(ChartKind::Blocked.into()), say!("chart.of-workers", count = callers));
}

#[test]
fn a_group_has_one_colour_on_its_card_and_in_its_chart() {
    let session = session(FEED, 1);
    let data = chart_data(&session, &[0], &ChartKind::Lag.into());
    let groups = &session.variants()[0].plan().logs[0].groups;
    assert!(groups.len() > 1);
    for (at, group) in groups.iter().enumerate() {
        let line = data.series.iter().find(|line| line.name == group.name).expect("a line");
        assert_eq!(line.stroke.expect("drawn").ink.token, Token::of_group(at), "{}", group.name);
    }
}

#[test]
fn charts_that_say_nothing_are_not_shown() {
    let kinds = |text: &str| telling(&session(text, 1));
    assert_eq!(kinds(BREAKER)[..2], [ChartKind::Breakers, ChartKind::Answers]);
    assert_eq!(kinds(FEED)[0], ChartKind::Lag);
    assert!(!kinds(SMALL).contains(&ChartKind::Blocked), "nobody waits for anybody");
    let leaves = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "poisson": { "rate": 60 } }, "operation": [ { "publish": { "to": "mail" } } ] },
        "mail": { "kind": "queue" } } }"#;
    assert!(!kinds(leaves).contains(&ChartKind::Latency), "whoever leaves a message is done at once");
    assert!(kinds(SMALL).contains(&ChartKind::Latency));
}
