//! Keys of requests, as written.

use super::shape::Shape;

record! {
    /// Keys drawn by Zipf's law.
    #[derive(Copy)]
    pub struct Keys {
        /// Number of different keys.
        #[unit = "keys"]
        count: u32 = 1000 => Shape::whole(1, 1_000_000_000),
        /// The skew: 0 is uniform.
        skew: f64 = 0 => Shape::number(0.0, 10.0),
    }
}
