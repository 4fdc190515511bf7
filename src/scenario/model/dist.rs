//! Distributions of durations, as written.

use super::decode::Decode;
use super::shape::Shape;
use crate::base::{self, Json, SimDuration};

/// A distribution of durations: a duration alone is constant.
#[derive(Clone, Debug, PartialEq)]
pub enum Dist {
    /// Always the same.
    Constant(SimDuration),
    /// Spread by chance.
    Spread(Spread),
}

impl Decode for Dist {
    const SHAPE: Shape = Shape::Either(&Shape::TIME, &Spread::SHAPE);

    fn decode(full: &Json) -> Dist {
        match full {
            Json::String(_) => Dist::Constant(SimDuration::decode(full)),
            _ => Dist::Spread(Spread::decode(full)),
        }
    }
}

tagged! {
    /// A random distribution of durations.
    pub enum Spread Tagged "distribution" check check {
        /// Exponential with this mean.
        Exponential "exponential": SimDuration => Shape::SOME_TIME,
        /// Uniform between the two.
        Uniform "uniform": (SimDuration, SimDuration),
        /// The sum of `k` exponentials.
        Erlang "erlang": Erlang,
        /// A mixture of two exponentials with balanced means.
        Hyperexponential "hyperexponential": Hyperexponential,
        /// A distribution whose logarithm is normal.
        Lognormal "lognormal": Lognormal,
        /// Heavy-tailed, cut at a greatest value.
        Pareto "pareto": Pareto,
        /// One of the given values, each with its weight.
        Empirical "empirical": Vec<(SimDuration, f64)>
            => Shape::List(&Shape::Pair(&[Shape::TIME, Shape::positive(1e9)]), 1000),
    }
}

record! {
    /// The sum of `k` exponentials.
    pub struct Erlang {
        /// Mean of the sum.
        #[example("20ms")]
        mean: SimDuration => Shape::SOME_TIME,
        /// Number of stages.
        #[unit = "stages"]
        #[example(2)]
        k: u32 => Shape::whole(1, 1000),
    }
}

record! {
    /// A mixture of two exponentials with balanced means.
    pub struct Hyperexponential {
        /// Mean.
        #[example("20ms")]
        mean: SimDuration => Shape::SOME_TIME,
        /// Coefficient of variation, at least 1.
        #[example(2)]
        cv: f64 => Shape::number(1.0, 100.0),
    }
}

record! {
    /// A distribution whose logarithm is normal.
    pub struct Lognormal {
        /// Mean of the value, not of its logarithm.
        #[example("20ms")]
        mean: SimDuration => Shape::SOME_TIME,
        /// Coefficient of variation.
        #[example(1.5)]
        cv: f64 => Shape::number(0.0, 100.0),
    }
}

record! {
    /// Heavy-tailed, cut at `max`. What is drawn above it becomes `max`, so that value has a probability of its own,
    /// (min/max)^alpha; with `truncated` it is drawn again.
    pub struct Pareto check check {
        /// Least value.
        #[example("5ms")]
        min: SimDuration => Shape::SOME_TIME,
        /// Tail index: the smaller, the heavier the tail.
        #[example(1.5)]
        alpha: f64 => Shape::number(0.1, 100.0),
        /// Greatest value.
        #[example("10s")]
        max: SimDuration => Shape::SOME_TIME,
        /// Whether values above `max` are drawn again, in place of becoming `max`.
        truncated: bool = false,
    }
}

impl Dist {
    /// Ready to be drawn from.
    pub fn compile(&self) -> base::Dist {
        let nanos = |duration: &SimDuration| duration.0 as f64;
        match self {
            Dist::Constant(value) => base::Dist::Constant(*value),
            Dist::Spread(spread) => match spread {
                Spread::Exponential(mean) => base::Dist::Exponential(nanos(mean)),
                Spread::Uniform((low, high)) => base::Dist::Uniform(nanos(low), nanos(high)),
                Spread::Erlang(Erlang { mean, k }) => base::Dist::Erlang { mean: nanos(mean), k: *k },
                Spread::Hyperexponential(h) => base::Dist::hyperexponential(nanos(&h.mean), h.cv),
                Spread::Lognormal(l) => base::Dist::lognormal(nanos(&l.mean), l.cv),
                Spread::Pareto(Pareto { min, alpha, max, truncated }) => {
                    let (min, max, truncated) = (nanos(min), nanos(max), *truncated);
                    base::Dist::Pareto { min, alpha: *alpha, max, truncated }
                }
                Spread::Empirical(values) => base::Dist::empirical(values),
            },
        }
    }
}
