//! MurmurHash2 as Kafka's producers compute it, and the partition that it gives a key.

/// Kafka's `Utils.murmur2` of these bytes: 32-bit MurmurHash2 with Kafka's seed, a signed number.
pub fn murmur2(bytes: &[u8]) -> i32 {
    const M: u32 = 0x5bd1_e995;
    let mut hash = 0x9747_b28c ^ bytes.len() as u32;
    let words = bytes.chunks_exact(4);
    let rest = words.remainder();
    for word in words {
        let word = word.iter().rev().fold(0, |word, &byte| word << 8 | u32::from(byte)).wrapping_mul(M);
        hash = hash.wrapping_mul(M) ^ (word ^ word >> 24).wrapping_mul(M);
    }
    if !rest.is_empty() {
        let rest = rest.iter().rev().fold(0, |rest, &byte| rest << 8 | u32::from(byte));
        hash = (hash ^ rest).wrapping_mul(M);
    }
    hash = (hash ^ hash >> 13).wrapping_mul(M);
    (hash ^ hash >> 15) as i32
}

/// The partition, of so many (at least 1), of a key with this hash. Kafka: `toPositive(murmur2(key)) % partitions`,
/// where `toPositive` clears the sign and does not negate.
pub fn partition(hash: i32, partitions: u32) -> u32 {
    (hash & 0x7fff_ffff) as u32 % partitions.max(1)
}

/// The hash of a request's key number: of its decimal digits, so that the number 21 and the text `"21"` are one key.
pub fn murmur2_of_number(number: u32) -> i32 {
    let (mut digits, mut first, mut rest) = ([b'0'; 10], 10, number);
    while rest > 0 || first == 10 {
        first -= 1;
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    murmur2(&digits[first..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_hash_as_their_digits() {
        for (number, text) in [(0, "0"), (7, "7"), (21, "21"), (u32::MAX, "4294967295")] {
            assert_eq!(murmur2_of_number(number), murmur2(text.as_bytes()), "{number}");
        }
    }

    /// Kafka: `UtilsTest.testMurmur2`.
    #[test]
    fn hashes_are_those_of_kafka() {
        let known: [(&str, i32); 6] = [
            ("21", -973932308),
            ("foobar", -790332482),
            ("a-little-bit-long-string", -985981536),
            ("a-little-bit-longer-string", -1486304829),
            ("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971),
            ("abc", 479470107),
        ];
        for (key, hash) in known {
            assert_eq!(murmur2(key.as_bytes()), hash, "{key}");
        }
        assert_eq!(partition(-973932308, 1000), 340);
    }
}
