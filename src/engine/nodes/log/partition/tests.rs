//! A partition's copies, step by step.

use super::*;

fn append(part: &mut Partition, count: u64) {
    for _ in 0..count {
        let context = RequestContext::new(0, None, SimTime::ZERO);
        part.append(Record { context, at: SimTime::ZERO });
    }
}

/// (high, end, leader, in sync)
fn state(part: &Partition) -> (u64, u64, Option<u32>, u32) {
    (part.high, part.end, part.leader(), part.in_sync())
}

#[test]
fn a_record_is_small() {
    assert!(size_of::<Record>() <= 64, "{}", size_of::<Record>());
}

#[test]
fn what_followers_have_outlives_the_leader() {
    let mut part = Partition::new(0, 3, 2, 1, false);
    append(&mut part, 3);
    let generation = part.fetch().expect("there is something to fetch");
    append(&mut part, 2);
    assert_eq!(state(&part), (0, 5, Some(0), 2));
    assert!(part.fetched(generation), "the acknowledgement follows");
    assert_eq!(part.high, 0, "the leader has not heard of it");
    assert_eq!(part.broker_down(0, false), Change { leader: true, lost: 2 });
    assert_eq!(state(&part), (3, 3, Some(1), 1));
    assert!(!part.fetched(generation) && part.fetch().is_none());
    // The last one in sync keeps what it has.
    assert_eq!(part.broker_down(1, false), Change { leader: true, lost: 0 });
    assert_eq!(part.broker_up(0), Change::default());
    assert_eq!(state(&part), (3, 3, None, 1));
    assert_eq!(part.broker_up(1), Change { leader: true, lost: 0 });
    // Nothing is safe before the one that was away has it too.
    let generation = part.fetch().expect("one is behind");
    append(&mut part, 1);
    assert_eq!(state(&part), (3, 4, Some(1), 1));
    assert!(part.fetched(generation) && !part.fetched(generation));
    assert_eq!(state(&part), (3, 4, Some(1), 2));
}

#[test]
fn a_broker_without_a_copy_does_not_matter() {
    let mut part = Partition::new(1, 3, 2, 1, false);
    assert_eq!(part.broker_down(0, true), Change::default());
    assert_eq!(state(&part), (0, 0, Some(1), 2));
}
