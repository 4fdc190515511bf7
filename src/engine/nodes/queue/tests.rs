//! What a queue keeps is small, and comes out as it went in.

use super::*;
use crate::base::SimTime;
use crate::engine::kernel::slab::Slot;
use crate::scenario::{LateAck, QueueRules};

#[test]
fn a_kept_message_takes_72_bytes() {
    assert_eq!(size_of::<StoredMessage>(), 48);
    assert_eq!(Machine::<StoredMessage>::RECORD, 72);
}

#[test]
fn a_context_comes_out_as_it_went_in() {
    let mut extras = Extras::default();
    let plain = RequestContext {
        message: 7,
        version: 3,
        row: 4,
        source: 255,
        keyed: true,
        ..RequestContext::new(1, Some(2), SimTime(5))
    };
    let rare = RequestContext { deadline: SimTime(9), span: 8, poison: true, ..plain };
    let asker = Some(Asker { ask: crate::base::AskIx(1), task: Slot::new(2), generation: 3 });
    for (context, extra) in [
        (plain, Extra::NOTHING),
        (rare, Extra::NOTHING),
        (plain, Extra { asker, deaths: 2, ..Extra::NOTHING }),
        (
            rare,
            Extra { asker, answer: Some(crate::engine::kernel::message::Answer::Degraded), ..Extra::NOTHING },
        ),
    ] {
        let stored = extras.pack(context, extra);
        let (seen, more) = extras.read(stored);
        assert_eq!(
            (seen, more.asker, more.answer, more.deaths),
            (context, extra.asker, extra.answer, extra.deaths)
        );
        extras.forget(stored);
    }
    assert_eq!(extras.len(), 0);
}

/// A machine under random words of its users: every message is in one state, in its order, and time goes on.
#[test]
fn every_message_is_in_one_state() {
    let mut all = 0;
    for seed in 0..40 {
        let mut stream = Stream::new(seed, "queue", "test");
        let some =
            |stream: &mut Stream, bound: u64| (stream.below(3) > 0).then(|| stream.below(bound) as u32);
        let millis = |number: u32| SimDuration::from_millis(u64::from(number) + 1);
        let rules = QueueRules {
            capacity: some(&mut stream, 30),
            drops_oldest: stream.chance(0.5),
            max_deliveries: some(&mut stream, 5).map(|most| most + 1),
            ttl: some(&mut stream, 200).map(millis),
            visibility_timeout: some(&mut stream, 50).map(millis),
            late_ack: if seed % 2 == 0 { LateAck::Ignored } else { LateAck::Accepted },
        };
        let mut machine = Machine::default();
        let (mut now, mut taken, mut gone) = (SimTime::ZERO, 0_u32, 0_u32);
        let mut tags: Vec<DeliveryTag> = Vec::new();
        for message in 0..5_000_u32 {
            now += SimDuration(stream.below(10_000_000));
            machine.advance(now, &rules);
            let tag = tags.get(stream.below(20) as usize).copied();
            match (stream.below(8), tag) {
                (0..=2, _) => {
                    let hide = if stream.chance(0.2) {
                        SimDuration::from_millis(stream.below(30))
                    } else {
                        SimDuration::ZERO
                    };
                    taken += u32::from(machine.publish(now, message, hide, &rules).is_some());
                }
                (3 | 4, _) => {
                    let consumer = stream.below(3) as u32;
                    tags.extend(machine.receive(now, consumer, &rules).map(|received| received.tag));
                }
                (5, Some(tag)) => {
                    let acked = machine.ack(tag, &rules);
                    gone += u32::from(matches!(acked, Acked::InTime(_) | Acked::Late(Some(_))));
                }
                (6, Some(tag)) => {
                    machine.nack(tag, stream.chance(0.7), &rules);
                }
                (7, Some(tag)) if stream.chance(0.5) => {
                    machine.extend(now, tag, SimDuration::from_millis(stream.below(40)));
                }
                _ if stream.chance(0.1) => machine.close(stream.below(3) as u32, &rules),
                _ => {}
            }
            if stream.chance(0.3) && !tags.is_empty() {
                tags.remove(0);
            }
            machine.advance(now, &rules);
            while let Some(change) = machine.next_change() {
                gone += u32::from(matches!(change, Change::Gone { .. }));
            }
            assert_eq!(taken, gone + machine.ready() + machine.unacked(), "seed {seed}: one state each");
            assert_eq!(machine.len() as u32, machine.ready() + machine.unacked());
            let loads: u32 = (0..3).map(|consumer| machine.load(consumer)).sum();
            assert_eq!(loads, machine.unacked() + machine.lapsed() as u32, "seed {seed}: what is held");
            assert!(machine.ready_messages().is_sorted(), "seed {seed}: in the order of publishing");
            assert!(machine.next_due(&rules).is_none_or(|due| due > now), "seed {seed}: nothing is overdue");
            if let (true, Some(capacity)) = (rules.drops_oldest, rules.capacity) {
                assert!(machine.ready() <= capacity, "seed {seed}: no more than there is room for");
            }
        }
        all += taken;
    }
    assert!(all > 40_000, "{all} messages prove little");
}

/// The clock of a delivery runs out while its consumer is at work: what its ack is worth depends on who has the message.
#[test]
fn a_late_ack_counts_until_somebody_has_the_message_again() {
    let at = |seconds| SimTime::from_secs(seconds);
    let rules = QueueRules {
        visibility_timeout: Some(SimDuration::from_millis(30_000)),
        max_deliveries: Some(1),
        ..QueueRules::default()
    };
    let begun = || {
        let mut machine = Machine::default();
        machine.publish(at(0.0), 'a', SimDuration::ZERO, &rules);
        let first = machine.receive(at(0.0), 1, &rules).expect("it is ready").tag;
        machine.advance(at(40.0), &rules);
        assert_eq!(
            (machine.ready(), machine.unacked(), machine.load(1)),
            (1, 0, 1),
            "it is held all the same"
        );
        (machine, first)
    };
    let (mut machine, first) = begun();
    assert_eq!(machine.ack(first, &rules), Acked::Late(Some('a')));
    assert_eq!((machine.len(), machine.load(1), machine.lapsed()), (0, 0, 0));
    assert_eq!(machine.ack(first, &rules), Acked::Unknown);

    let often = QueueRules { max_deliveries: None, ..rules };
    for (late_ack, worth, left) in [(LateAck::Ignored, None, 1), (LateAck::Accepted, Some('a'), 0)] {
        let rules = QueueRules { late_ack, ..often };
        let (mut machine, first) = begun();
        let second = machine.receive(at(40.0), 2, &rules).expect("it is ready again").tag;
        assert_eq!(machine.ack(first, &rules), Acked::Late(worth), "{late_ack:?}");
        assert_eq!((machine.len(), machine.load(1), machine.load(2)), (left, 0, 1));
        let expected = if left == 1 { Acked::InTime('a') } else { Acked::Late(None) };
        assert_eq!((machine.ack(second, &rules), machine.load(2)), (expected, 0), "{late_ack:?}");
    }

    let (mut machine, first) = begun();
    assert!(!machine.nack(first, true, &rules));
    assert_eq!((machine.ready(), machine.load(1)), (1, 0), "it was back already");
    let (mut machine, first) = begun();
    machine.close(1, &rules);
    assert_eq!((machine.load(1), machine.ack(first, &rules)), (0, Acked::Unknown));
    let (mut machine, first) = begun();
    assert!(machine.receive(at(41.0), 2, &rules).is_none(), "once is as often as it may be delivered");
    machine.publish(at(41.0), 'b', SimDuration::ZERO, &rules);
    assert_eq!(machine.ack(first, &rules), Acked::Late(None), "another message has its slot");
}
