//! A chart's contents: series taken from the windows of one run or two.

use super::data::ChartData;
use super::fill::{fill, finish};
use super::kind::{ChartId, ChartKind};
use super::look::Look;
use super::source::{Of, Source, windows};
use super::span::time_span;
use super::{ghost, theory};
use crate::base::order_by;
use crate::session::{Session, VariantRun};
use crate::view::cards::reading;

/// The contents of a chart for the variants of a session that are shown, by place.
pub fn chart_data(session: &Session, shown: &[usize], id: &ChartId) -> ChartData {
    let span = time_span(session.now(), session.speed());
    let variants = session.variants();
    let mut data = ChartData {
        title: id.title(session),
        of: String::new(),
        unit: id.kind.unit(),
        span,
        now: session.now().as_secs(),
        series: Vec::new(),
        layers: Vec::new(),
        marks: marks(variants, span),
        log: false,
        empty: text!("chart.nothing-yet"),
        extra: None,
    };
    for (at, variant) in variants.iter().enumerate().filter(|(at, _)| shown.contains(at)) {
        let Some(of) = Of::find(variant.plan(), id) else { continue };
        let look = Look { variant: at, of: shown.len() };
        if let Some((ghost, left)) = session.ghost().and_then(|ghost| Some((ghost, ghost.variants.get(at)?)))
        {
            let windows = &ghost::windows(variant, left, ghost.at, span);
            ghost::add(&mut data, id.kind, &Source { look, windows, variant, of }, ghost.at);
        }
        let open = reading::open_window(variant);
        let source = Source { look, windows: &windows(variant, open.as_ref(), span), variant, of };
        fill(&mut data, id.kind, &source);
        theory::predict(&mut data, id, &source);
    }
    if id.kind == ChartKind::Answers {
        data.of = text!("chart.per-second").to_owned();
    }
    finish(&mut data, id.kind);
    data
}

/// When faults set in and ended within a span, over all variants.
fn marks(variants: &[VariantRun], span: (f64, f64)) -> Vec<(f64, bool)> {
    let all = variants.iter().flat_map(|variant| variant.telemetry().recent().marks());
    let mut marks: Vec<(f64, bool)> = all
        .map(|mark| (mark.at.as_secs(), mark.began))
        .filter(|(at, _)| (span.0..=span.1).contains(at))
        .collect();
    order_by(&mut marks, &|mark| mark.0);
    marks.dedup();
    marks
}
