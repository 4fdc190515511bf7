//! Assignors: who of a group reads which partitions. Pure functions of members, subscriptions and present owners.
//!
//! Semantics of Kafka's `RangeAssignor`, `RoundRobinAssignor`, `StickyAssignor` and `CooperativeStickyAssignor`,
//! without their awareness of racks. Members and topics stand in the order of their names.

use crate::base::{sort, sort_by_key};
use crate::scenario::Assignor;

/// A partition of a topic, both by number. Sorted by topic first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The topic's place among all topics.
    pub topic: u32,
    /// The partition's number in its topic.
    pub number: u32,
}

/// A member of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// The topics that it subscribes to, in order.
    pub topics: Vec<u32>,
    /// The partitions that it claims to own, all claims being of one generation.
    pub owned: Vec<Part>,
}

/// Who gets what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Each member's partitions.
    pub given: Vec<Vec<Part>>,
    /// Partitions that nobody gets in this round: their owners must give them up first.
    pub withheld: Vec<Part>,
}

/// Shares the partitions of topics with so many partitions each among the members.
pub fn assign(assignor: Assignor, topics: &[u32], members: &[Member]) -> Assignment {
    let mut given = vec![Vec::new(); members.len()];
    let mut withheld = Vec::new();
    match assignor {
        Assignor::Range => range(topics, members, &mut given),
        Assignor::RoundRobin => round_robin(topics, members, &mut given),
        Assignor::Sticky => sticky(topics, members, &mut given),
        Assignor::CooperativeSticky => {
            sticky(topics, members, &mut given);
            withhold(members, &mut given, &mut withheld);
        }
    }
    Assignment { given, withheld }
}

/// All partitions of topics that somebody subscribes to, in order.
fn parts(topics: &[u32], members: &[Member]) -> Vec<Part> {
    let all = topics.iter().enumerate().map(|(topic, &count)| (topic as u32, count));
    let wanted = all.filter(|(topic, _)| members.iter().any(|member| member.topics.contains(topic)));
    wanted.flat_map(|(topic, count)| (0..count).map(move |number| Part { topic, number })).collect()
}

/// Topic by topic: a run of partitions for each subscriber, the first ones getting one more.
fn range(topics: &[u32], members: &[Member], given: &mut [Vec<Part>]) {
    for (topic, &count) in topics.iter().enumerate() {
        let topic = topic as u32;
        let able: Vec<usize> = (0..members.len()).filter(|&m| members[m].topics.contains(&topic)).collect();
        let among = able.len() as u32;
        let mut number = 0;
        for (place, member) in (0..).zip(able) {
            let size = count / among + u32::from(place < count % among);
            given[member].extend((number..number + size).map(|number| Part { topic, number }));
            number += size;
        }
    }
}

/// Partition by partition, to the members in turn, past those who do not subscribe to its topic.
fn round_robin(topics: &[u32], members: &[Member], given: &mut [Vec<Part>]) {
    let mut turn = 0;
    for part in parts(topics, members) {
        while !members[turn % members.len()].topics.contains(&part.topic) {
            turn += 1;
        }
        given[turn % members.len()].push(part);
        turn += 1;
    }
}

/// Evenly, moving little.
fn sticky(topics: &[u32], members: &[Member], given: &mut [Vec<Part>]) {
    let equal = members.windows(2).all(|pair| pair[0].topics == pair[1].topics);
    let parts = parts(topics, members);
    let kept = kept(&parts, members);
    if equal { constrained(&parts, kept, given) } else { general(&parts, members, kept, given) }
}

/// What each member owns rightly: it subscribes to it, it exists, and no other member claims it.
fn kept(parts: &[Part], members: &[Member]) -> Vec<Vec<Part>> {
    let mut claims: Vec<(Part, usize)> = Vec::new();
    for (at, member) in members.iter().enumerate() {
        claims.extend(member.owned.iter().map(|&part| (part, at)));
    }
    sort(&mut claims);
    claims.dedup();
    let mut kept = vec![Vec::new(); members.len()];
    for claim in claims.chunk_by(|a, b| a.0 == b.0) {
        let (part, owner) = claim[0];
        let rightly = claim.len() == 1 && members[owner].topics.contains(&part.topic);
        if rightly && parts.binary_search(&part).is_ok() {
            kept[owner].push(part);
        }
    }
    kept
}

/// All subscribe to the same (Kafka's constrained builder): nobody gets more than one partition more than another.
fn constrained(parts: &[Part], kept: Vec<Vec<Part>>, given: &mut [Vec<Part>]) {
    if given.is_empty() {
        return;
    }
    let least = parts.len() / given.len();
    // So many members get one more than the least.
    let mut extra = parts.len() % given.len();
    let (mut below, mut at_least) = (Vec::new(), std::collections::VecDeque::new());
    for (member, mut own) in kept.into_iter().enumerate() {
        sort_by_key(&mut own, |part| (part.number, part.topic));
        if own.len() < least {
            below.push(member);
        } else if own.len() > least && extra > 0 {
            own.truncate(least + 1);
            extra -= 1;
        } else {
            own.truncate(least);
            at_least.push_back(member);
        }
        given[member] = own;
    }
    let mut free = free(parts, given).into_iter();
    // In turn to those below the least, then one each to those at it.
    while !below.is_empty() && free.len() > 0 {
        let mut still = Vec::new();
        for member in below {
            given[member].extend(free.next());
            if given[member].len() < least { still.push(member) } else { at_least.push_back(member) }
        }
        below = still;
    }
    for (part, member) in free.zip(at_least) {
        given[member].push(part);
    }
}

/// Partitions that nobody has, in order.
fn free(parts: &[Part], given: &[Vec<Part>]) -> Vec<Part> {
    let mut taken: Vec<Part> = given.iter().flatten().copied().collect();
    sort(&mut taken);
    parts.iter().copied().filter(|part| taken.binary_search(part).is_err()).collect()
}

/// Subscriptions differ: each free partition, topics with the fewest possible members first, goes to the eligible
/// member with the fewest; then partitions move from members that have at least two more than another eligible one.
fn general(parts: &[Part], members: &[Member], kept: Vec<Vec<Part>>, given: &mut [Vec<Part>]) {
    let able = |topic: u32| (0..members.len()).filter(move |&m| members[m].topics.contains(&topic));
    let mut free = free(parts, &kept);
    let mut owners: Vec<(Part, usize)> = Vec::new();
    let mut sizes = vec![0_usize; members.len()];
    for (member, own) in kept.iter().enumerate() {
        owners.extend(own.iter().map(|&part| (part, member)));
        sizes[member] = own.len();
    }
    let rank = |part: &Part| (able(part.topic).count(), *part);
    sort_by_key(&mut free, rank);
    for part in free {
        let Some(member) = able(part.topic).min_by_key(|&member| sizes[member]) else { continue };
        owners.push((part, member));
        sizes[member] += 1;
    }
    sort_by_key(&mut owners, |(part, _)| rank(part));
    // Each move makes the sizes more equal: it ends.
    let mut moved = true;
    while std::mem::take(&mut moved) {
        for (part, owner) in &mut owners {
            let Some(lighter) = able(part.topic).min_by_key(|&member| sizes[member]) else { continue };
            if sizes[*owner] > sizes[lighter] + 1 {
                sizes[*owner] -= 1;
                sizes[lighter] += 1;
                *owner = lighter;
                moved = true;
            }
        }
    }
    for (part, owner) in owners {
        given[owner].push(part);
    }
}

/// Takes out what another member still claims, or what two members claim.
fn withhold(members: &[Member], given: &mut [Vec<Part>], withheld: &mut Vec<Part>) {
    let mut claims: Vec<(Part, usize)> = Vec::new();
    for (at, member) in members.iter().enumerate() {
        claims.extend(member.owned.iter().map(|&part| (part, at)));
    }
    sort(&mut claims);
    for (member, parts) in given.iter_mut().enumerate() {
        parts.retain(|part| {
            let first = claims.partition_point(|(other, _)| other < part);
            let mut of_part = claims[first..].iter().take_while(|(other, _)| other == part);
            let another = of_part.any(|&(_, owner)| owner != member);
            if another {
                withheld.push(*part);
            }
            !another
        });
    }
    sort(withheld);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;

    const ALL: [Assignor; 4] =
        [Assignor::Range, Assignor::RoundRobin, Assignor::Sticky, Assignor::CooperativeSticky];

    /// Members of a few topics who own what the draw gives them, each partition at most once.
    fn draw(stream: &mut Stream, equal: bool) -> (Vec<u32>, Vec<Member>) {
        let topics: Vec<u32> = (0..1 + stream.below(4)).map(|_| stream.below(9) as u32).collect();
        let mut members = vec![Member::default(); 1 + stream.below(6) as usize];
        for member in &mut members {
            let wanted = |topic: &u32| equal || (*topic == 0) || stream.chance(0.6);
            member.topics = (0..topics.len() as u32).filter(wanted).collect();
        }
        for (topic, &count) in topics.iter().enumerate() {
            for number in 0..count {
                if stream.chance(0.6) {
                    let owner = stream.below(members.len() as u64) as usize;
                    members[owner].owned.push(Part { topic: topic as u32, number });
                }
            }
        }
        (topics, members)
    }

    #[test]
    fn every_partition_has_one_reader_who_wants_it() {
        let mut stream = Stream::new(1, "assign", "test");
        for round in 0..2_000 {
            let (topics, members) = draw(&mut stream, round % 2 == 0);
            for assignor in ALL {
                let shared = assign(assignor, &topics, &members);
                let mut all: Vec<Part> =
                    shared.given.iter().flatten().chain(&shared.withheld).copied().collect();
                all.sort_unstable();
                assert_eq!(all, parts(&topics, &members), "{assignor:?} {members:?}");
                for (member, given) in members.iter().zip(&shared.given) {
                    assert!(given.iter().all(|part| member.topics.contains(&part.topic)), "{assignor:?}");
                }
            }
        }
    }

    #[test]
    fn sticky_shares_evenly_and_keeps_what_it_can() {
        let mut stream = Stream::new(2, "assign", "test");
        for _ in 0..2_000 {
            let (topics, members) = draw(&mut stream, true);
            let shared = assign(Assignor::Sticky, &topics, &members);
            let total = parts(&topics, &members).len();
            let (least, extra) = (total / members.len(), total % members.len());
            let sizes: Vec<usize> = shared.given.iter().map(Vec::len).collect();
            assert_eq!(sizes.iter().filter(|&&size| size == least + 1).count(), extra, "{sizes:?}");
            assert!(sizes.iter().all(|&size| size == least || size == least + 1), "{sizes:?}");
            // Nobody could have kept more: quotas of one more go to those who own so many.
            let kept = |(member, given): (&Member, &Vec<Part>)| {
                member.owned.iter().filter(|part| given.contains(part)).count()
            };
            let mut most: usize = members.iter().map(|member| member.owned.len().min(least)).sum();
            most += members.iter().filter(|member| member.owned.len() > least).count().min(extra);
            assert_eq!(members.iter().zip(&shared.given).map(kept).sum::<usize>(), most, "{members:?}");
        }
    }

    /// No partition goes from one member to another in one round, and after a second round nothing moves any more.
    #[test]
    fn cooperative_takes_two_rounds() {
        let mut stream = Stream::new(3, "assign", "test");
        for round in 0..2_000 {
            let (topics, mut members) = draw(&mut stream, round % 2 == 0);
            for _ in 0..2 {
                let shared = assign(Assignor::CooperativeSticky, &topics, &members);
                for (at, given) in shared.given.iter().enumerate() {
                    for part in given {
                        let another =
                            |(other, member): (usize, &Member)| other != at && member.owned.contains(part);
                        assert!(!members.iter().enumerate().any(another), "{part:?} of {members:?}");
                    }
                }
                for (member, given) in members.iter_mut().zip(shared.given) {
                    member.owned = given;
                }
            }
            let shared = assign(Assignor::CooperativeSticky, &topics, &members);
            assert_eq!(shared.withheld, []);
            for (member, given) in members.iter().zip(shared.given) {
                assert!(member.owned.iter().all(|part| given.contains(part)), "it has settled");
            }
        }
    }
}
