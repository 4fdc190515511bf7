//! Clients, as written.

use super::dist::Dist;
use super::keys::Keys;
use super::shape::Shape;
use super::step::Steps;
use crate::base::SimDuration;

node! {
    /// A source of requests.
    pub struct Client {
        /// When requests arrive.
        #[example({"poisson": {"rate": 100}})]
        arrivals: Arrivals,
        /// The steps that each request runs. Clients have no limit of workers.
        #[example([{"call": {"to": "app"}}])]
        operation: Steps,
        /// An answer after this time counts as late. Left out: answers are never late.
        #[example("1s")]
        deadline: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Whether called services learn the deadline. Then no call waits past it, and no service starts a job or its
        /// next step after it: the job fails with `timeout` and is counted as expired. Published messages, and whatever
        /// runs after a `respond`, have no deadline.
        propagate_deadline: bool = false,
        /// How requests get keys. Left out: all requests have the same key.
        keys: Option<Keys>,
    }
}

tagged! {
    /// When requests arrive.
    pub enum Arrivals Tagged "kind of arrivals" check check {
        /// At random, independently of each other (a Poisson process).
        Poisson "poisson": Rate,
        /// Evenly spaced.
        Constant "constant": Rate,
        /// A Poisson process whose rate is interpolated between points of (instant, requests per second). The last rate
        /// is kept.
        Profile "profile": Vec<(SimDuration, f64)>
            => Shape::List(&Shape::Pair(&[Shape::TIME, Shape::number(0.0, 1e6)]), 1000),
        /// From a fixed number of users who think, send a request, wait for the answer, and think again.
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
    /// A fixed number of users who think, send a request, wait for the answer, and think again.
    pub struct Closed check check {
        /// Number of users.
        #[unit = "users"]
        #[example(50)]
        users: u32 => Shape::whole(1, 1_000_000),
        /// How long a user thinks before each request.
        #[example("1s")]
        think: Dist,
    }
}
