//! Three M/M/4 stations in series as one loop over a heap: no messages, no links, no policies, one mean. The yardstick.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use cascade::base::{SimDuration, SimTime, Stream};

/// Simulates so many seconds. Gives the number of requests and the mean latency in milliseconds.
pub fn simulate(seconds: f64) -> (u64, f64) {
    const WORKERS: u32 = 4;
    let mut arrivals = Stream::new(1, "flat", "arrivals");
    let mut work = Stream::new(1, "flat", "work");
    let mut heap: BinaryHeap<Reverse<(SimTime, u64, u32, SimTime)>> = BinaryHeap::new();
    let mut waiting: [VecDeque<SimTime>; 3] = Default::default();
    let mut busy = [0_u32; 3];
    let (mut sequence, mut offered, mut answered, mut total_ms) = (0_u64, 0_u64, 0_u64, 0.0);
    let gap = |stream: &mut Stream, mean_s: f64| SimDuration::from_secs(mean_s * stream.exponential());
    heap.push(Reverse((SimTime::ZERO + gap(&mut arrivals, 1.0 / 320.0), 0, 0, SimTime::ZERO)));
    while let Some(Reverse((now, _, what, born))) = heap.pop() {
        if now > SimTime::from_secs(seconds) {
            break;
        }
        // What ended: 0 an arrival gap, 1 to 3 the work at that station. Who comes to which station then?
        let (station, born) = if what == 0 {
            offered += 1;
            sequence += 1;
            heap.push(Reverse((now + gap(&mut arrivals, 1.0 / 320.0), sequence, 0, now)));
            (0, now)
        } else {
            let left = what as usize - 1;
            match waiting[left].pop_front() {
                Some(next) => {
                    sequence += 1;
                    heap.push(Reverse((now + gap(&mut work, 0.01), sequence, what, next)));
                }
                None => busy[left] -= 1,
            }
            (what as usize, born)
        };
        if station == 3 {
            answered += 1;
            total_ms += now.since(born).as_millis();
        } else if busy[station] < WORKERS {
            busy[station] += 1;
            sequence += 1;
            heap.push(Reverse((now + gap(&mut work, 0.01), sequence, station as u32 + 1, born)));
        } else {
            waiting[station].push_back(born);
        }
    }
    (offered, total_ms / answered as f64)
}
