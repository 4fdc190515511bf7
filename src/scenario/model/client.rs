//! Clients, as written.

use super::dist::Dist;
use super::keys::Keys;
use super::shape::Shape;
use super::step::Steps;
use crate::base::SimDuration;

record! {
    /// A source of requests.
    pub struct Client {
        /// When requests come.
        #[example({"poisson": {"rate": 100}})]
        arrivals: Arrivals,
        /// The steps that each request runs, without a limit of workers.
        #[example([{"call": {"to": "app"}}])]
        operation: Steps,
        /// After it an answer is worthless; left out: never.
        #[example("1s")]
        deadline: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether what is called learns of the deadline. No call then waits beyond it, no service begins or goes on with
        /// a step after it: the job ends as failed (`timeout`) and is counted. What is published, and what is done
        /// after a `respond`, is under no deadline.
        propagate_deadline: bool = false,
        /// How requests are keyed; left out: all have one key.
        keys: Option<Keys>,
    }
}

tagged! {
    /// When requests come.
    pub enum Arrivals Tagged "kind of arrivals" check check {
        /// At random, independently of each other.
        Poisson "poisson": Rate,
        /// Evenly spaced.
        Constant "constant": Rate,
        /// Poisson whose rate is linear between points of (instant, requests per second); the last is held.
        Profile "profile": Vec<(SimDuration, f64)>
            => Shape::List(&Shape::Pair(&[Shape::Duration(false), Shape::number(0.0, 1e6)]), 1000),
        /// By users who think, ask, wait for the answer, and think again.
        Closed "closed": Closed,
    }
}

record! {
    /// A rate of requests.
    pub struct Rate {
        /// Requests per second.
        #[unit = "requests per second"]
        #[example(100)]
        rate: f64 => Shape::number(0.0, 1e6),
    }
}

record! {
    /// Users who think, ask, wait for the answer, and think again.
    pub struct Closed {
        /// How many.
        #[unit = "users"]
        #[example(50)]
        users: u32 => Shape::whole(1, 1_000_000),
        /// For how long they think.
        #[example("1s")]
        think: Dist,
    }
}
