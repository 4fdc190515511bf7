//! Settings as a reader finds them: sliders with their stops.

use crate::base::{Json, format, within};
use crate::scenario::Scenario;
use crate::scenario::model::view::{Knob as Written, Scalar, Scale};
use crate::session::Session;

/// Into how many steps a range is cut where it has no fewer whole numbers.
const STEPS: u32 = 120;

/// A slider.
#[derive(Clone, Debug, PartialEq)]
pub struct Knob {
    /// The parameter.
    pub path: String,
    /// What it is called.
    pub label: String,
    /// Its value with its unit.
    pub value: String,
    /// Where it stands among the stops: the nearest one.
    pub place: usize,
    /// The value at each stop, ascending, all different.
    stops: Vec<f64>,
    /// What kind of value it is.
    kind: Scalar,
}

impl Knob {
    /// Its last place; the first is 0.
    pub fn last(&self) -> usize {
        self.stops.len() - 1
    }

    /// What the parameter is at a place, as in a scenario.
    pub fn at(&self, place: usize) -> Json {
        self.kind.with_value(self.stops[place.min(self.last())]).json()
    }

    /// What the parameter is at the stop that is nearest to a value, and whether it is that value.
    pub fn nearest(&self, value: &Json) -> (Json, bool) {
        let Some(value) = Scalar::of(value).map(Scalar::value) else { return (self.at(self.place), false) };
        let place = nearest(&self.stops, value);
        (self.at(place), (self.stops[place] - value).abs() <= 1e-9 * value.abs())
    }

    /// The knob that a scenario has for a parameter.
    pub fn of(scenario: &Scenario, path: &str) -> Option<Knob> {
        let own = scenario.view().knobs.into_iter().find(|knob| knob.path == path)?;
        Knob::new(&own, &scenario.get(path)?)
    }

    fn new(knob: &Written, json: &Json) -> Option<Knob> {
        let now = Scalar::of(json);
        let (low, high) = range(knob, now)?;
        let stops = stops(low.value(), high.value(), knob.scale);
        let place = now.map_or(stops.len() - 1, |now| nearest(&stops, now.value()));
        Some(Knob {
            path: knob.path.clone(),
            label: knob.label.as_ref().unwrap_or(&knob.path).clone(),
            value: now.map_or_else(|| text!("inspector.none").to_owned(), |now| text(&knob.path, now)),
            place,
            stops,
            kind: low,
        })
    }
}

/// The knobs of one variant with its own values, or of all variants, each parameter once with the first one's value.
pub fn knobs(session: &Session, of: Option<usize>) -> Vec<Knob> {
    let mut knobs: Vec<Knob> = Vec::new();
    let variants = session.variants().iter().enumerate();
    for (_, variant) in variants.filter(|(at, _)| of.is_none_or(|of| of == *at)) {
        for knob in &variant.scenario().view().knobs {
            if knobs.iter().any(|known| known.path == knob.path) {
                continue;
            }
            let value = variant.scenario().get(&knob.path);
            knobs.extend(value.and_then(|value| Knob::new(knob, &value)));
        }
    }
    knobs
}

/// From where to where a knob goes; around the value where nothing is said.
fn range(knob: &Written, now: Option<Scalar>) -> Option<(Scalar, Scalar)> {
    let around = |now: Scalar| {
        let value = if now.value() == 0.0 { 1.0 } else { now.value() };
        (now.with_value(value / 10.0), now.with_value(value * 10.0))
    };
    let (low, high) = knob.range.or(now.map(around))?;
    (low.value() < high.value()).then_some((low, high))
}

/// The values that a knob can take.
fn stops(low: f64, high: f64, scale: Scale) -> Vec<f64> {
    let log = scale == Scale::Log && low > 0.0;
    let whole = low.fract() == 0.0 && high.fract() == 0.0 && high - low > 1.0;
    let steps = if whole && !log { STEPS.min((high - low) as u32) } else { STEPS };
    let mut stops: Vec<f64> = Vec::with_capacity(steps as usize + 1);
    for step in 0..=steps {
        let share = f64::from(step) / f64::from(steps);
        let exact = if log { low * libm::pow(high / low, share) } else { low + (high - low) * share };
        let round = if whole && !log { libm::round(exact) } else { two_digits(exact, whole) };
        let value = if step == steps { high } else { within(round, low, high) };
        if stops.last().is_none_or(|last| *last < value) {
            stops.push(value);
        }
    }
    stops
}

/// Rounded to two digits that count; to a whole number where asked.
fn two_digits(value: f64, whole: bool) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(value)) - 1.0);
    let unit = if whole { unit.max(1.0) } else { unit };
    if unit >= 1.0 {
        libm::round(value / unit) * unit
    } else {
        libm::round(value / unit) / libm::round(1.0 / unit)
    }
}

fn nearest(stops: &[f64], value: f64) -> usize {
    let after = stops.partition_point(|stop| *stop < value);
    match after.checked_sub(1) {
        Some(before) if after == stops.len() || value - stops[before] < stops[after] - value => before,
        _ => after,
    }
}

/// A value with its unit, which its path tells.
fn text(path: &str, value: Scalar) -> String {
    format::string(|out| match value {
        Scalar::Duration(length) => format::duration(out, length),
        Scalar::Number(number) if path.ends_with(".rate") => format::rate(out, number),
        Scalar::Number(number) if path.ends_with("probability") || path.ends_with("loss") => {
            format::percent(out, number);
        }
        Scalar::Number(number) => format::number(out, number),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Action, Variant};

    #[test]
    fn the_knobs_of_a_variant_show_its_own_values() {
        let text = r#"{
            "schema": 1,
            "nodes": {
                "app": { "kind": "service", "workers": 20, "operations": { "default": [] } },
                "web": {
                    "kind": "client", "arrivals": { "poisson": { "rate": 5 } },
                    "operation": [{ "call": { "to": "app" } }]
                }
            },
            "view": { "knobs": [{ "path": "nodes.app.workers", "range": [1, 40] }] }
        }"#;
        let scenario = Scenario::read(text).expect("a scenario");
        let variant = |label: &str| Variant { label: label.to_owned(), scenario: scenario.clone() };
        let mut session = Session::new(vec![variant("A"), variant("B")], 1.0).expect("a session");
        let path = "nodes.app.workers".to_owned();
        session.act(Action::Set { variant: Some(1), path, value: 7.0.into() }).expect("a setting");
        let shown = |of| knobs(&session, of).into_iter().map(|knob| knob.value).collect::<Vec<_>>();
        assert_eq!(
            (shown(None), shown(Some(0)), shown(Some(1))),
            (vec!["20".into()], vec!["20".into()], vec!["7".into()])
        );
    }

    #[test]
    fn every_stop_is_another_value_and_its_own_nearest() {
        let ranges = [
            (1.0, 100.0, Scale::Log),
            (1.0, 60.0, Scale::Linear),
            (0.0, 1.0, Scale::Linear),
            (0.0, 1.0, Scale::Log),
            (2e7, 5e9, Scale::Log),
            (0.001, 0.5, Scale::Log),
            (1.0, 1e6, Scale::Linear),
        ];
        for (low, high, scale) in ranges {
            let stops = stops(low, high, scale);
            assert_eq!((stops[0], stops[stops.len() - 1]), (low, high));
            assert!(stops.len() > 20, "{low} to {high}: {} stops", stops.len());
            for (place, stop) in stops.iter().enumerate() {
                assert_eq!(nearest(&stops, *stop), place, "{low} to {high}, {stop}");
            }
        }
        let knob = Knob {
            path: String::new(),
            label: String::new(),
            value: String::new(),
            place: 0,
            stops: stops(1e8, 1e10, Scale::Log),
            kind: Scalar::of(&"1s".into()).expect("a duration"),
        };
        assert!(knob.nearest(&"1s".into()).1);
        let (stop, is_it) = knob.nearest(&"1234ms".into());
        assert!(!is_it && stop == Json::from("1.2s"), "{stop}");
        assert_eq!(nearest(&[1.0, 2.0, 4.0], 9.0), 2);
        assert_eq!(nearest(&[1.0, 2.0, 4.0], 2.9), 1);
    }
}
