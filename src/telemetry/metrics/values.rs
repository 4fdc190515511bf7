//! How the rows of the table come to their values.

use super::metric::Value;
use super::parts::{Failures, Named};
use crate::base::SimTime;
use crate::observation::Failure;
use crate::telemetry::latency::Summary;

/// Applies a row's function to the sums of a stretch of time.
pub(super) fn taken<S, T>(sums: &S, how: fn(&S) -> T) -> T {
    how(sums)
}

/// All reasons together.
pub(super) fn total(reasons: &[u64; Failure::COUNT]) -> u64 {
    reasons.iter().sum()
}

/// Events per simulated second; 0 where no time has passed.
pub(super) fn per_second(count: u64, from: SimTime, now: SimTime) -> f64 {
    let seconds = now.since(from).as_secs();
    if seconds > 0.0 { count as f64 / seconds } else { 0.0 }
}

/// A part by its whole; 0 where there is no whole.
pub(super) fn share((part, whole): (u128, u128)) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// What a kept or given part of a result is as a value.
pub(super) trait ToValue {
    fn value(&self) -> Value {
        Value::Other
    }
}

impl ToValue for u64 {
    fn value(&self) -> Value {
        Value::Count(*self)
    }
}

impl ToValue for Summary {
    fn value(&self) -> Value {
        Value::Times(*self)
    }
}

impl ToValue for Failures {
    fn value(&self) -> Value {
        Value::Reasons(*self)
    }
}

impl ToValue for f64 {
    fn value(&self) -> Value {
        Value::Number(*self)
    }
}

impl ToValue for String {}
impl<T> ToValue for Named<T> {}
impl<T> ToValue for Vec<T> {}
impl<T> ToValue for Option<T> {}
