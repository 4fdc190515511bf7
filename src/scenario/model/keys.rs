//! Keys of requests, as written.

use super::shape::Shape;

record! {
    /// Keys by Zipf's law.
    #[derive(Copy)]
    pub struct Keys {
        /// How many different keys.
        #[unit = "keys"]
        count: u32 = 1000 => Shape::whole(1, 1_000_000_000),
        /// How unequal: 0 is uniform.
        skew: f64 = 0 => Shape::number(0.0, 10.0),
    }
}
