//! Distributions of durations, as written.

use crate::base::{self, Json, SimDuration};
use crate::scenario::shape::{Coded, List, Shape};

/// A distribution of durations: a duration alone is constant.
#[derive(Clone, Copy, Debug)]
pub enum Dist<'a> {
    /// Always the same.
    Constant(SimDuration),
    /// Spread by chance.
    Spread(Spread<'a>),
}

impl<'a> Coded<'a> for Dist<'a> {
    const SHAPE: Shape = Shape::Either(&Shape::Duration(false), &Spread::SHAPE);

    #[inline(never)]
    fn decode(full: &'a Json) -> Dist<'a> {
        match full {
            Json::String(_) => Dist::Constant(SimDuration::decode(full)),
            _ => Dist::Spread(Spread::decode(full)),
        }
    }
}

tagged! {
    /// A distribution spread by chance.
    pub enum Spread<'a> Tagged "distribution" check check {
        /// Exponential with this mean.
        Exponential "exponential": SimDuration => Shape::SOME_TIME,
        /// Uniform between the two.
        Uniform "uniform": (SimDuration, SimDuration),
        /// The sum of `k` exponentials.
        Erlang "erlang": Erlang<'a>,
        /// Two exponential branches with balanced means.
        Hyperexponential "hyperexponential": Hyperexponential<'a>,
        /// Its logarithm is normal.
        Lognormal "lognormal": Lognormal<'a>,
        /// Heavy-tailed, cut at a greatest value.
        Pareto "pareto": Pareto<'a>,
        /// One of some values, each with its weight.
        Empirical "empirical": List<'a, (SimDuration, f64)>
            => Shape::List(&Shape::Pair(&[Shape::Duration(false), Shape::positive(1e9)]), 1000),
    }
}

record! {
    /// The sum of `k` exponentials.
    pub struct Erlang<'a> {
        /// Mean of the sum.
        mean: SimDuration => Shape::SOME_TIME,
        /// Number of stages.
        k: u32 => Shape::whole(1, 1000),
    }
}

record! {
    /// Two exponential branches with balanced means.
    pub struct Hyperexponential<'a> {
        /// Mean.
        mean: SimDuration => Shape::SOME_TIME,
        /// Coefficient of variation, at least 1.
        cv: f64 => Shape::number(1.0, 100.0),
    }
}

record! {
    /// Its logarithm is normal.
    pub struct Lognormal<'a> {
        /// Mean (of the value, not of its logarithm).
        mean: SimDuration => Shape::SOME_TIME,
        /// Coefficient of variation.
        cv: f64 => Shape::number(0.0, 100.0),
    }
}

record! {
    /// Heavy-tailed, cut at `max`.
    pub struct Pareto<'a> check check {
        /// Least value.
        min: SimDuration => Shape::SOME_TIME,
        /// Tail index: the smaller, the heavier the tail.
        alpha: f64 => Shape::number(0.1, 100.0),
        /// Greatest value.
        max: SimDuration => Shape::SOME_TIME,
    }
}

impl Dist<'_> {
    /// Ready to be drawn from.
    pub fn compile(self) -> base::Dist {
        let nanos = |duration: SimDuration| duration.0 as f64;
        match self {
            Dist::Constant(value) => base::Dist::Constant(value),
            Dist::Spread(spread) => match spread {
                Spread::Exponential(mean) => base::Dist::Exponential(nanos(mean)),
                Spread::Uniform((low, high)) => base::Dist::Uniform(nanos(low), nanos(high)),
                Spread::Erlang(erlang) => base::Dist::Erlang { mean: nanos(erlang.mean()), k: erlang.k() },
                Spread::Hyperexponential(h) => base::Dist::hyperexponential(nanos(h.mean()), h.cv()),
                Spread::Lognormal(l) => base::Dist::lognormal(nanos(l.mean()), l.cv()),
                Spread::Pareto(p) => {
                    base::Dist::Pareto { min: nanos(p.min()), alpha: p.alpha(), max: nanos(p.max()) }
                }
                Spread::Empirical(values) => base::Dist::empirical(&values.iter().collect::<Vec<_>>()),
            },
        }
    }
}
