//! Axes: round ticks, values to pixels, numbers with their units.

use crate::base::{SimDuration, format};
use crate::view::canvas::steps::nice_step;

/// What a chart's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Events per simulated second.
    PerSecond,
    /// Seconds, shown in the unit that suits them.
    Seconds,
    /// Things that can be counted.
    Count,
    /// A share of a whole, 0 to 1.
    Share,
    /// A state of a circuit breaker, by its place in `BreakerState`.
    State,
}

/// A state of a circuit breaker in words, by its place in `BreakerState`; empty for what is no place.
pub fn breaker_state(place: usize) -> &'static str {
    match place {
        0 => text!("chart.state.closed"),
        1 => text!("chart.state.open"),
        2 => text!("chart.state.half-open"),
        3 => text!("chart.state.forced-open"),
        4 => text!("chart.state.disabled"),
        _ => "",
    }
}

impl Unit {
    /// A value with its unit, for tables and readouts.
    pub fn write(self, out: &mut String, value: f64) {
        match self {
            _ if !value.is_finite() => out.push('–'),
            Unit::PerSecond => format::rate(out, value),
            Unit::Seconds => format::duration(out, SimDuration::from_secs(value)),
            Unit::State => out.push_str(breaker_state(value as usize)),
            Unit::Share => format::percent(out, value),
            Unit::Count => format::number(out, value),
        }
    }

    /// A tick's label; the unit of rates stands beside the title.
    pub(super) fn tick(self, out: &mut String, value: f64) {
        match self {
            Unit::Seconds => format::duration(out, SimDuration::from_secs(value)),
            Unit::Share => format::percent(out, value),
            _ => format::number(out, value),
        }
    }
}

/// More ticks than this are never made.
const MOST_TICKS: usize = 12;

/// Values to a share of the axis: 0 at its lower end, 1 at its upper.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    low: f64,
    high: f64,
    log: bool,
    /// Where ticks are, ascending.
    pub(super) ticks: Vec<f64>,
}

impl Axis {
    /// From zero to a round number at or above `most`, with about `parts` pieces.
    pub(super) fn linear(most: f64, parts: usize, unit: Unit) -> Axis {
        let most = if most.is_finite() && most > 0.0 { most.min(1e15) } else { 1.0 };
        let mut step = nice_step(most, parts);
        if unit == Unit::Count {
            step = step.max(1.0);
        }
        let pieces = (libm::ceil(most / step - 1e-9) as usize).clamp(1, MOST_TICKS);
        let ticks = (0..=pieces).map(|tick| tick as f64 * step).collect();
        Axis { low: 0.0, high: pieces as f64 * step, log: false, ticks }
    }

    /// From one number to another, whatever the values are, with about `parts` pieces.
    pub(super) fn between(low: f64, high: f64, parts: usize) -> Axis {
        Axis { low, high, log: false, ticks: rounds(low, high, nice_step(high - low, parts)) }
    }

    /// From a power of ten to another, around all values.
    pub(super) fn log(least: f64, most: f64) -> Axis {
        let most = if most.is_finite() && most > 0.0 { most.min(1e15) } else { 1.0 };
        let least = if least > 0.0 { least.min(most) } else { most };
        let first = libm::floor(libm::log10(least) + 1e-9);
        let last = libm::ceil(libm::log10(most) - 1e-9).max(first + 1.0).min(first + MOST_TICKS as f64);
        let power = |exponent: f64| libm::pow(10.0, exponent);
        let ticks = (0..=(last - first) as usize).map(|tick| power(first + tick as f64)).collect();
        Axis { low: power(first), high: power(last), log: true, ticks }
    }

    /// Where a value lies; what lies outside is drawn at the end, what is no number at the lower one.
    pub(super) fn share(&self, value: f64) -> f32 {
        let share = if self.log {
            libm::log10(value.max(self.low) / self.low) / libm::log10(self.high / self.low)
        } else {
            (value - self.low) / (self.high - self.low)
        };
        if share > 0.0 { share.min(1.0) as f32 } else { 0.0 }
    }

    /// The value at a share of the axis, 0 to 1.
    pub(super) fn value(&self, share: f32) -> f64 {
        let share = f64::from(share);
        if self.log {
            self.low * libm::pow(self.high / self.low, share)
        } else {
            self.low + share * (self.high - self.low)
        }
    }
}

/// Round instants of a stretch of time, in seconds, at most `parts` pieces.
pub(super) fn instants(from: f64, to: f64, parts: usize) -> Vec<f64> {
    let raw = nice_step(to - from, parts);
    // Whole minutes and half minutes read better than fifties.
    rounds(from, to, if raw == 50.0 { 60.0 } else { raw })
}

/// Multiples of a step, from one number to another.
fn rounds(from: f64, to: f64, step: f64) -> Vec<f64> {
    let first = libm::ceil(from / step - 1e-9);
    (0..=MOST_TICKS).map(|tick| (first + tick as f64) * step).take_while(|at| *at <= to + 1e-9).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_few_and_cover_all_values() {
        for most in [0.0, 1e-9, 0.3, 1.0, 7.0, 42.0, 97.0, 1000.0, 123_456.0, 1e12, 1e300, f64::NAN] {
            for parts in 1..8 {
                for unit in [Unit::PerSecond, Unit::Seconds, Unit::Count] {
                    let axis = Axis::linear(most, parts, unit);
                    let last = axis.ticks[axis.ticks.len() - 1];
                    assert!(
                        axis.ticks.len() >= 2 && axis.ticks.len() <= parts + 2,
                        "{most} in {parts}: {axis:?}"
                    );
                    assert!(most.is_nan() || last >= most.min(1e15) * (1.0 - 1e-9), "{most}: {axis:?}");
                    assert_eq!((axis.share(0.0), axis.share(last)), (0.0, 1.0));
                    assert_eq!((axis.value(0.0), axis.value(1.0)), (0.0, last));
                }
            }
        }
    }

    #[test]
    fn a_given_axis_goes_from_end_to_end() {
        let axis = Axis::between(20.0, 70.0, 5);
        assert_eq!(axis.ticks, [20.0, 30.0, 40.0, 50.0, 60.0, 70.0]);
        assert_eq!((axis.share(20.0), axis.share(45.0), axis.share(99.0)), (0.0, 0.5, 1.0));
        assert_eq!((axis.value(0.0), axis.value(0.5), axis.value(1.0)), (20.0, 45.0, 70.0));
    }

    #[test]
    fn a_log_axis_has_decades() {
        let axis = Axis::log(0.02, 4.0);
        assert_eq!(axis.ticks.len(), 4);
        assert!((axis.share(0.1) - 1.0 / 3.0).abs() < 1e-6);
        assert!((axis.value(1.0 / 3.0) - 0.1).abs() < 1e-6);
        for (least, most) in
            [(0.0, 0.0), (1.0, 1.0), (f64::MAX, f64::MAX), (-1.0, 5.0), (f64::NAN, 1.0), (1e-300, 1e12)]
        {
            let axis = Axis::log(least, most);
            assert!(axis.ticks.len() >= 2 && axis.ticks.iter().all(|tick| tick.is_finite()), "{axis:?}");
            for value in [f64::NAN, -1.0, 0.0, 1.0, f64::INFINITY] {
                assert!((0.0..=1.0).contains(&axis.share(value)));
            }
        }
    }

    #[test]
    fn instants_lie_within() {
        for (from, to) in [(0.0, 60.0), (37.3, 97.3), (1e6, 1e6 + 600.0), (0.0, 0.5)] {
            let instants = instants(from, to, 4);
            assert!(instants.len() >= 2 && instants.len() <= 6, "{instants:?}");
            assert!(instants.iter().all(|at| (from - 1e-6..=to + 1e-6).contains(at)));
        }
    }
}
