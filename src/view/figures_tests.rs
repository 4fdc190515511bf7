//! One definition of each figure: what the card, the chart, the comparison, a lesson and the text result say of one
//! stretch is one number, on all ready scenarios.

use crate::base::{ClientIx, ServiceIx, SimTime};
use crate::lesson::{Measurements, Quantity, Scope};
use crate::scenario::Scenario;
use crate::session::{Session, Variant, VariantRun};
use crate::telemetry::metrics::Subject;
use crate::view::cards::reading;
use crate::view::charts::compare::{Figure, figure};
use crate::view::{ChartKind, Stretch, chart_data};

/// All ready scenarios, by name.
fn gallery() -> Vec<(String, Scenario)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/static/gallery");
    let files = std::fs::read_dir(folder).expect("the gallery").map(|file| file.expect("a file").path());
    let read = |file: std::path::PathBuf| {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).expect("text");
        (name, Scenario::read(&text).expect("a good scenario"))
    };
    files.filter(|file| file.file_name().is_some_and(|name| name != "index.json")).map(read).collect()
}

/// What a lesson measures of a client or a service, over ten seconds.
fn asked(variant: &VariantRun, what: &str, node: &str, now: SimTime) -> f64 {
    let scope = Scope { variants: vec![(variant.plan(), None)], variant: None };
    let text = format!("{what}({node}) over 10s");
    let quantity = Quantity::read(&text, &scope).unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"));
    let measured = [Measurements::of(variant.telemetry())];
    quantity.value(&measured, SimTime::ZERO, now).unwrap_or(f64::NAN)
}

fn same(name: &str, what: &str, one: f64, other: f64) {
    let equal = one.is_nan() && other.is_nan() || (one - other).abs() <= 1e-6 * one.abs().max(1e-6);
    assert!(equal, "{name}, {what}: {one} and {other}");
}

#[test]
fn card_chart_table_lesson_and_result_agree() {
    let all = gallery();
    assert!(all.len() > 40);
    for (name, scenario) in all {
        let variant = || Variant { label: String::new(), scenario: scenario.clone() };
        let mut session = Session::new(vec![variant(), variant()], 1.0).expect("it runs");
        // The last ten seconds are the whole run: so the result of the command line is of the same stretch. A window
        // ends before its last instant.
        let now = SimTime::from_secs(10.0);
        session.run_until(SimTime(now.0 - 1));
        let (plan, statistics) =
            (session.variants()[0].plan(), session.variants()[0].telemetry().statistics());
        let clients: Vec<_> = (0..plan.clients.len() as u32).map(ClientIx).collect();
        let results: Vec<_> = clients.iter().map(|client| statistics.client(*client, now)).collect();
        let blocked: f64 = (0..plan.services.len() as u32)
            .map(|at| statistics.service(plan, ServiceIx(at), now).blocked_mean)
            .sum();
        session.run_until(now);
        let variant = &session.variants()[0];
        let plan = variant.plan();
        let (mut good, mut p50, mut p99) = (0.0, f64::NAN, f64::NAN);
        for (&client, result) in clients.iter().zip(&results) {
            let node = plan.id(plan.clients[client.at()].node).to_owned();
            // A card that shows as much as passes in twenty seconds shows all of these ten.
            let card = reading::client(variant, client, 20.0);
            same(&name, "good, card", result.goodput_per_s, card.good);
            same(&name, "good, lesson", result.goodput_per_s, asked(variant, "goodput", &node, now));
            same(&name, "failed, card", result.failed.total() as f64 / 10.0, card.failed);
            let of = |value: f64| if result.answered == 0 { f64::NAN } else { value / 1e3 };
            let latency = result.latency_ms;
            same(&name, "p50, lesson", of(latency.p50), asked(variant, "p50", &node, now));
            same(&name, "p99, lesson", of(latency.p99), asked(variant, "p99", &node, now));
            same(&name, "p99, card", of(latency.p99), card.p99.map_or(f64::NAN, |time| time.as_secs()));
            good += result.goodput_per_s;
            (p50, p99) = (p50.max(of(latency.p50)), p99.max(of(latency.p99)));
            // The chart's last value is of two seconds, as the card's is at ordinary speed.
            let id = crate::view::ChartId::of_node(ChartKind::Answers, &node);
            let chart = chart_data(&session, &[0], &id);
            let line = chart.series.iter().find(|line| line.name == text!("chart.good")).expect("a line");
            same(
                &name,
                "good, chart",
                line.last().expect("a value").1,
                reading::client(variant, client, 1.0).good,
            );
        }
        for stretch in [Stretch::Last, Stretch::Whole] {
            let of = |wanted: Figure| figure(&session, stretch, wanted)[0];
            same(&name, "good, table", good, of(Figure::Metric(Subject::Client, "goodput")));
            same(&name, "blocked, table", blocked, of(Figure::Metric(Subject::Service, "blocked")));
            same(&name, "p50, table", p50, of(Figure::Percentile(0)));
            same(&name, "p99, table", p99, of(Figure::Percentile(2)));
        }
    }
}
