//! Ten thousand links that were damaged, or written by somebody who means harm.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cascade::base::Stream;
use cascade::link::read;
use cascade::session::Session;
use miniz_oxide::deflate::compress_to_vec;
use serde_json::Value;

use crate::mutate::mutate;

/// So many links are damaged in the address, and so many in what they hold.
const EACH: u64 = 5_000;

/// Reading ends in a run that opens, or in sentences; true if it is a run.
fn is_run(address: &str) -> bool {
    match read(address) {
        Ok(link) => Session::open(link.record).is_ok_and(|session| !session.variants().is_empty()),
        Err(wrong) => {
            let said = wrong.problems.iter().all(|problem| !problem.message.is_empty());
            assert!(said && !wrong.problems.is_empty(), "{address}: {wrong:?}");
            false
        }
    }
}

/// The link of a text.
fn packed(text: &[u8]) -> String {
    ["#/s/1/", &URL_SAFE_NO_PAD.encode(compress_to_vec(text, 6))].concat()
}

struct Chance(Stream);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0.below(bound as u64) as usize
    }

    /// A damaged address.
    fn damage(&mut self, address: &str, other: &str) -> String {
        let mut bytes = address.as_bytes().to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(bytes.len().max(1));
            match self.below(6) {
                0 => bytes.truncate(at),
                1 => bytes.extend(&other.as_bytes()[self.below(other.len())..]),
                2 => _ = bytes.splice(at..at, [b"A%/~#.=\0"[self.below(8)]]),
                3 => bytes.drain(at..(at + self.below(20)).min(bytes.len())).for_each(drop),
                // Within the alphabet: so what is unpacked is damaged.
                4 if at < bytes.len() => bytes[at] = b"ABCDwxyz0189-_"[self.below(14)],
                _ if at < bytes.len() => bytes[at] ^= 1 << self.below(7),
                _ => {}
            }
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

/// Links of small scenarios, and what they hold.
fn links() -> Vec<(String, Value)> {
    let mut links = Vec::new();
    for (_, json) in super::scenarios().into_iter().step_by(5) {
        let link = cascade::link::Link::from_json(json).expect("a scenario");
        let value = serde_json::from_str(&link.to_json().to_string()).expect("JSON");
        links.push((link.write().expect("it is small"), value));
    }
    let full = super::full();
    let value = serde_json::from_str(&full.to_json().to_string()).expect("JSON");
    links.push((full.write().expect("it is small"), value));
    links
}

#[test]
fn a_damaged_address_is_a_run_or_a_sentence() {
    let links = links();
    let mut chance = Chance(Stream::new(18, "links", "address"));
    let mut runs = 0;
    for number in 0..EACH as usize {
        let (address, _) = &links[number % links.len()];
        let (other, _) = &links[chance.below(links.len())];
        runs += u64::from(is_run(&chance.damage(address, other)));
    }
    // Some damage changes nothing that matters: so what is a run was tried as well.
    assert!(runs > 0 && runs < EACH / 2, "{runs} runs");
}

#[test]
fn damaged_content_is_a_run_or_a_sentence() {
    let links = links();
    let mut chance = Chance(Stream::new(18, "links", "content"));
    let mut runs = 0;
    for number in 0..EACH as usize {
        let mut value = links[number % links.len()].1.clone();
        for _ in 0..=chance.below(3) {
            mutate(&mut value, std::array::from_fn(|_| chance.below(256) as u8));
        }
        runs += u64::from(is_run(&packed(value.to_string().as_bytes())));
    }
    assert!(runs > EACH / 20 && runs < EACH * 19 / 20, "{runs} runs");
}

#[test]
fn what_is_huge_is_refused() {
    for byte in [b' ', b'[', b'0', b'"', 0, 0xff] {
        assert!(!is_run(&packed(&vec![byte; 1 << 20])));
        assert!(!is_run(&packed(&vec![byte; 64 << 20])), "it unpacks to 64 MiB");
    }
    assert!(!is_run(&["#/s/1/", &"A".repeat(8 << 20)].concat()));
    assert!(!is_run(&["#/s/json/", &"%20".repeat(2 << 20)].concat()));
    assert!(!is_run(&["#/s/json/", &"[".repeat(1 << 20)].concat()));
    let variants = vec!["{}"; 300_000].join(",");
    assert!(!is_run(&packed(format!(r#"{{"record": 1, "variants": [{variants}]}}"#).as_bytes())));
}
