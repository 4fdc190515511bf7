//! What a caller does about replicas that are not well, as written.

use super::shape::Shape;
use crate::base::SimDuration;

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
