//! A chart in words: its title, and its values at an instant.

use super::axis::Unit;
use super::contents::chart_data;
use super::data::ChartData;
use super::kind::{ChartId, ChartKind};
use super::span::REACH;
use crate::base::{List, SimDuration, format, list};
use crate::session::Session;
use crate::view::canvas::theme::Token;

/// A chart's title with its unit, for its label: "Answers, per second".
pub fn chart_title(session: &Session, shown: &[usize], id: &ChartId) -> String {
    let mut out = String::new();
    let mut title = List::new(&mut out, list::COMMA);
    title.push(&id.title(session));
    if id.kind == ChartKind::Answers {
        title.push(text!("chart.per-second"));
    }
    if shown.len() > 1 {
        title.push(text!("chart.a-and-b"));
    }
    out
}

/// The title of a chart's picture in a file, which stands alone: "Latency · Calls payment and waits", with both
/// variants where there are two.
pub fn picture_title(session: &Session, title: &str) -> String {
    let labels = session.variants().iter().map(|variant| match variant.label() {
        "" => variant.scenario().title(),
        label => label,
    });
    list::of(list::DOT, std::iter::once(title).chain(labels))
}

/// What a chart says at an instant, in words: "12 s: A good 97/s, …"; the values that its crosshair shows.
pub fn chart_says(session: &Session, shown: &[usize], id: &ChartId, at: f64) -> String {
    let rows = rows_at(&chart_data(session, shown, id), at);
    let mut texts = rows.iter().map(|(_, text)| text.as_str());
    let time = texts.next().unwrap_or_default();
    match list::of(list::COMMA, texts) {
        values if values.is_empty() => time.to_owned(),
        values => say!("chart.says", time = time, values = &values),
    }
}

/// The instant and the values of all series there, with the colours of their lines. Hidden series are left out where
/// they are nothing.
pub(super) fn rows_at(data: &ChartData, at: f64) -> Vec<(Token, String)> {
    let (from, to) = data.span;
    let mut rows: Vec<(Token, String)> = Vec::new();
    rows.push((Token::Muted, format::string(|out| format::duration(out, SimDuration::from_secs(at)))));
    for series in &data.series {
        let Some(value) = series.at(at, REACH * (to - from)) else { continue };
        if series.stroke.is_none() && value == 0.0 && data.unit != Unit::State {
            continue;
        }
        let token = series.stroke.map_or(Token::Muted, |stroke| stroke.ink.token);
        let value = format::string(|out| data.unit.write(out, value));
        rows.push((token, say!("chart.line-value", line = &series.name, value = &value)));
    }
    rows
}
