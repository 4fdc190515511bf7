//! Bounds of floating-point numbers.

/// `value`, but at least `low` and at most `high`; `high` where they cross, `low` where `value` is not a number.
///
/// Unlike `f64::clamp` it never panics.
pub fn within(value: f64, low: f64, high: f64) -> f64 {
    let value = if value > low { value } else { low };
    if value < high { value } else { high }
}

/// [`within`] for half the digits.
pub fn within_f32(value: f32, low: f32, high: f32) -> f32 {
    let value = if value > low { value } else { low };
    if value < high { value } else { high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_for_every_number() {
        let cases = [
            (0.5, 0.0, 1.0, 0.5),
            (-1.0, 0.0, 1.0, 0.0),
            (2.0, 0.0, 1.0, 1.0),
            (f64::NAN, 0.0, 1.0, 0.0),
            (0.5, 1.0, 0.0, 0.0),
        ];
        for (value, low, high, expected) in cases {
            assert_eq!(within(value, low, high), expected, "{value} within {low} to {high}");
            assert_eq!(within_f32(value as f32, low as f32, high as f32), expected as f32);
        }
    }
}
