//! Numbers and their decimal digits, without the large tables that the standard library carries for it.
//!
//! What is printed reads back as the same number. Powers of ten are worked out on the way, with 128 bits, of which
//! 53 are needed; the error stays below 2⁻¹¹⁶ of the value.

/// The number `digits`·10^`exponent`, rounded to the nearest. Infinite where it is too large.
pub fn from_decimal(digits: u64, exponent: i32) -> f64 {
    if digits == 0 || exponent < -400 {
        return 0.0;
    }
    if exponent > 400 {
        return f64::INFINITY;
    }
    if digits <= 1 << 53 && exponent.abs() <= 22 {
        // Both are exact, so that one rounding is the only one (Clinger 1990).
        let mut power = 1.0;
        for _ in 0..exponent.abs() {
            power *= 10.0;
        }
        return if exponent < 0 { digits as f64 / power } else { digits as f64 * power };
    }
    let (product, binary) = times_power_of_ten(digits, exponent);
    // The value is product·2^binary, with the highest bit of the product set: 2^127.
    let highest = binary + 127;
    // Below 2^−1022 a number has fewer than 53 bits.
    let keep = (53 - (-1022 - highest).max(0)).max(0) as u32;
    if keep == 0 {
        // More than half of the smallest number there is rounds up to it.
        let up = highest == -1075 && product > 1 << 127;
        return if up { f64::from_bits(1) } else { 0.0 };
    }
    let cut = 128 - keep;
    let (whole, rest) = (product >> cut, product << keep);
    let half = 1u128 << 127;
    let up = rest > half || (rest == half && whole & 1 == 1);
    libm::scalbn((whole as u64 + u64::from(up)) as f64, binary + cut as i32)
}

/// The shortest of 15, 16 or 17 digits that stand for `number` (finite, above 0), and the power of ten that they
/// are multiplied with.
pub fn to_decimal(number: f64) -> (u64, i32) {
    let bits = number.to_bits();
    let (raw, fraction) = ((bits >> 52) as i32, bits & ((1 << 52) - 1));
    let (mantissa, binary) = if raw == 0 { (fraction, -1074) } else { (fraction | 1 << 52, raw - 1075) };
    // The power of ten just below, give or take one: 1233/4096 is the logarithm of 2.
    let mut power = ((binary + 63 - mantissa.leading_zeros() as i32) * 1233) >> 12;
    let mut digits = scaled(mantissa, binary, 16 - power);
    if digits >= 100_000_000_000_000_000 {
        power += 1;
        digits = scaled(mantissa, binary, 16 - power);
    } else if digits < 10_000_000_000_000_000 {
        power -= 1;
        digits = scaled(mantissa, binary, 16 - power);
    }
    for (cut, places) in [(100, 2), (10, 1)] {
        let fewer = (digits + cut / 2) / cut;
        if from_decimal(fewer, power - 16 + places) == number {
            return (fewer, power - 16 + places);
        }
    }
    (digits, power - 16)
}

/// The integer nearest to mantissa·2^binary·10^power.
fn scaled(mantissa: u64, binary: i32, power: i32) -> u64 {
    let (product, exponent) = times_power_of_ten(mantissa, power);
    let shift = -(binary + exponent);
    if !(1..128).contains(&shift) {
        return 0;
    }
    ((product >> (shift - 1)) as u64).wrapping_add(1) >> 1
}

/// digits·10^power as (product, exponent): product·2^exponent, the product's highest bit set.
fn times_power_of_ten(digits: u64, power: i32) -> (u128, i32) {
    // 10^power = five·2^binary: 10 is 5 times 2.
    let (mut five, mut binary) = (1u128, power);
    for _ in 0..power.abs() {
        if power > 0 {
            if five > u128::MAX / 5 {
                five >>= 3;
                binary += 3;
            }
            five *= 5;
        } else {
            let zeros = five.leading_zeros();
            five = (five << zeros) / 5;
            binary -= zeros as i32;
        }
    }
    let zeros = five.leading_zeros();
    five <<= zeros;
    binary -= zeros as i32;
    let shift = digits.leading_zeros();
    let digits = u128::from(digits << shift);
    // 64 times 128 bits are 192, of which the upper 128 are kept.
    let low = (digits * (five & u128::from(u64::MAX))) >> 64;
    let product = digits * (five >> 64) + low;
    let zeros = product.leading_zeros();
    (product << zeros, binary + 64 - shift as i32 - zeros as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    /// Compares with the standard library's own conversions.
    fn check(number: f64) {
        let (digits, power) = to_decimal(number);
        assert_eq!(from_decimal(digits, power).to_bits(), number.to_bits(), "{number:e} as {digits}e{power}");
        assert_eq!(format!("{digits}e{power}").parse::<f64>(), Ok(number), "{number:e} as {digits}e{power}");
    }

    #[test]
    fn numbers_print_and_read_exactly() {
        for number in
            [0.1, 0.3, 1.0 / 3.0, 1e22, 1e23, 5e-324, f64::MIN_POSITIVE, f64::MAX, 123_456.789, 1e300]
        {
            check(number);
        }
        let mut stream = Stream::new(5, "numbers", "bits");
        for _ in 0..200_000 {
            let bits = stream.below(0x7ff0_0000_0000_0000);
            if bits > 0 {
                check(f64::from_bits(bits));
            }
            check((stream.unit() + 1e-9) * 1000.0);
        }
    }

    #[test]
    fn decimals_read_as_the_standard_library_reads_them() {
        let mut stream = Stream::new(6, "numbers", "decimals");
        for _ in 0..200_000 {
            let (digits, power) = (stream.below(u64::MAX), stream.below(660) as i32 - 340);
            let expected = format!("{digits}e{power}").parse::<f64>().expect("a number");
            assert_eq!(from_decimal(digits, power).to_bits(), expected.to_bits(), "{digits}e{power}");
        }
    }
}
