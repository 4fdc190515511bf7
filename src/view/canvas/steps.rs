//! Round steps: 1, 2, 5 and their tenfolds.

/// The smallest of 1, 2, 5 times a power of ten that cuts `range` into at most `parts` pieces.
pub fn nice_step(range: f64, parts: usize) -> f64 {
    if !(range.is_finite() && range > 0.0) {
        return 1.0;
    }
    let raw = (range / parts.max(1) as f64).max(f64::MIN_POSITIVE);
    let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= raw * (1.0 - 1e-9));
    step.unwrap_or(10.0) * power
}

/// The smallest of 1, 2, 5, 10, 20, … that is no less than `least`.
pub fn nice_count(least: u64) -> u64 {
    let mut power = 1_u64;
    loop {
        for times in [1, 2, 5] {
            if power.saturating_mul(times) >= least {
                return power.saturating_mul(times);
            }
        }
        power = power.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_round_and_enough() {
        let found = [0, 1, 2, 3, 5, 6, 11, 21, 99, 101, u64::MAX].map(nice_count);
        assert_eq!(found, [1, 1, 2, 5, 5, 10, 20, 50, 100, 200, u64::MAX]);
    }
}
