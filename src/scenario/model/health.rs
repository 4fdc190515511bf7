//! What a caller does about replicas that are not well, as written.

use super::shape::Shape;
use crate::base::{Cursor, SimDuration};
use crate::scenario::report::Report;

record! {
    /// Outlier detection as in Envoy: a replica that fails several times in a row is ejected and gets no requests of
    /// this caller for a while.
    ///
    /// A timeout, an error, a refused connection and a rejection count as errors; an answer, and what a rate limit
    /// refuses, ends the row. All replicas of the calling node share what they know of the called service; calls with
    /// different settings do not. Ejected replicas return at the end of an interval, with a new count. When fewer
    /// replicas are left than `panic_threshold` says, requests go to all of them.
    #[derive(Copy)]
    pub struct OutlierPlan "OutlierDetection" {
        /// Errors in a row after which a replica is ejected.
        #[unit = "errors"]
        consecutive_errors: u32 = 5 => Shape::whole(1, 1_000_000),
        /// How often the caller looks which replicas may return.
        interval: SimDuration = "10s" => Shape::INTERVAL,
        /// How long a replica is ejected, times how often it was ejected. Each interval that it was back for lowers that
        /// number by one.
        base_ejection_time: SimDuration = "30s" => Shape::SOME_TIME,
        /// The longest ejection; at least `base_ejection_time`.
        max_ejection_time: SimDuration = "300s" => Shape::SOME_TIME,
        /// The largest share of the replicas that may be ejected at one time. One may be, whatever the share.
        max_ejected: f64 = 0.1 => Shape::CHANCE,
    }
}

record! {
    /// Active health checks: the caller asks every replica again and again whether it is well, and sends nothing to one
    /// that has failed too many checks in a row. The defaults are HAProxy's (`inter`, `fall`, `rise`).
    ///
    /// A check goes over the link to the service and back as a request does: it can be late, lost or cut off. It takes no
    /// worker and no place in the waiting room. A replica answers it after `work`, times its `slow` faults, and fails it as
    /// often as its `error` faults make operations fail; one that has crashed refuses it, a paused one answers when it
    /// goes on. All replicas of the calling node share the checks, and send them whatever happens to the node. With
    /// `outlier_detection` a check that passes brings an ejected replica back, as in Envoy. When fewer replicas are left
    /// than `panic_threshold` says, requests go to all of them. Checks are no messages of the ledger.
    #[derive(Copy)]
    pub struct HealthCheckPlan "HealthCheck" check check {
        /// Time between two checks of a replica. The first ones are sent after this time.
        interval: SimDuration = "2s" => Shape::INTERVAL,
        /// A check that is not answered in this time has failed. Left out: `interval`, and never longer than that.
        #[example("1s")]
        timeout: Option<SimDuration> => Shape::Nullable(&Shape::SOME_TIME),
        /// Failed checks in a row after which a replica gets no requests.
        #[unit = "checks"]
        unhealthy_threshold: u32 = 3 => Shape::whole(1, 1000),
        /// Passed checks in a row after which it gets requests again.
        #[unit = "checks"]
        healthy_threshold: u32 = 2 => Shape::whole(1, 1000),
        /// How long a replica takes to answer a check.
        work: SimDuration = "1ms",
    }
}

impl HealthCheckPlan {
    /// Reports a timeout that the next check would not wait for.
    fn check(&self, at: &Cursor, report: &mut Report) {
        if self.timeout.is_some_and(|timeout| timeout > self.interval) {
            report.wrong_at(at, "timeout", problem!("scenario.check-overlaps"));
        }
    }
}
