//! A chart as CSV (RFC 4180): every series at every instant in range, units in the heads.

use crate::base::Json;
use crate::view::charts::{ChartData, Series, Unit, breaker_state};

/// The values of a chart: a row for each instant at which a series has a point, a column for each series. A field is
/// empty where its series has no value then. Numbers have every digit that they need, times are in seconds.
pub fn csv(data: &ChartData) -> String {
    let mut out = text!("chart.time-in-seconds").to_owned();
    for line in &data.series {
        let name = &line.name;
        let head = match data.unit {
            Unit::PerSecond => say!("chart.in-per-second", line = name),
            Unit::Seconds => say!("chart.in-seconds", line = name),
            Unit::Count | Unit::Share | Unit::State => name.clone(),
        };
        out.push(',');
        field(&mut out, &head);
    }
    out.push_str("\r\n");
    let mut next = vec![0; data.series.len()];
    loop {
        let head = |(line, next): (&Series, &usize)| line.points.get(*next).map(|(at, _)| *at);
        let heads = data.series.iter().zip(&next).filter_map(head);
        let at = heads.fold(f64::INFINITY, f64::min);
        if at == f64::INFINITY {
            return out;
        }
        let inside = (data.span.0..=data.span.1).contains(&at);
        if inside {
            number(&mut out, at);
        }
        for (line, next) in data.series.iter().zip(&mut next) {
            if inside {
                out.push(',');
            }
            let Some(&(_, value)) = line.points.get(*next).filter(|(here, _)| *here == at) else { continue };
            *next += 1;
            match data.unit {
                _ if !inside || !value.is_finite() => {}
                Unit::State => out.push_str(breaker_state(value as usize)),
                _ => number(&mut out, value),
            }
        }
        if inside {
            out.push_str("\r\n");
        }
    }
}

fn number(out: &mut String, value: f64) {
    use std::fmt::Write;
    // Writing into a string does not fail.
    let _ = write!(out, "{}", Json::Number(value));
}

/// A field, in quotes where RFC 4180 asks for them.
fn field(out: &mut String, text: &str) {
    if !text.contains([',', '"', '\r', '\n']) {
        return out.push_str(text);
    }
    out.push('"');
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}
