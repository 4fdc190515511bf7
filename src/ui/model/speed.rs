//! The speeds that can be chosen.

use crate::base::Number;

/// The speeds that can be chosen.
pub const SPEEDS: [f64; 16] =
    [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];

/// The place in [`SPEEDS`] of the speed nearest to this one.
pub fn nearest(speed: f64) -> usize {
    SPEEDS.iter().rposition(|each| *each <= speed * 1.2).unwrap_or(0)
}

/// What the speed at a place is called: `0.25×`, `10×`.
pub fn name(place: usize) -> String {
    let speed = SPEEDS[place];
    // As many decimals as it has: `0.5`, and not `0.50`.
    let is_whole = |decimals: &usize| (speed * [1.0, 10.0][*decimals]).fract() == 0.0;
    let decimals = (0..2).find(is_whole).unwrap_or(2);
    say!("unit.times", factor = Number::Fixed(speed, decimals))
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

    #[test]
    fn a_speed_is_called_by_its_number_without_zeros_at_the_end() {
        let names = [0, 3, 4, 5, 6, 9, 15].map(name);
        assert_eq!(names, ["0.01×", "0.1×", "0.25×", "0.5×", "1×", "10×", "1000×"]);
    }
}
