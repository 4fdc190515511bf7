//! The speeds that can be chosen.

/// The speeds that can be chosen.
pub const SPEEDS: [f64; 16] =
    [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

/// The place in [`SPEEDS`] of the speed nearest to this one.
pub fn nearest(speed: f64) -> usize {
    SPEEDS.iter().rposition(|each| *each <= speed * 1.2).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_speed_is_nearest_to_itself_and_any_speed_has_one() {
        for (place, speed) in SPEEDS.iter().enumerate() {
            assert_eq!(nearest(*speed), place);
        }
        let of = |speed| SPEEDS[nearest(speed)];
        assert_eq!([of(0.0), of(0.3), of(900.0), of(1e9)], [0.01, 0.25, 1000.0, 1000.0]);
        assert_eq!(of(f64::NAN), 0.01);
    }
}
