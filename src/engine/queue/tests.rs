//! What a queue keeps is small, and comes out as it went in.

use super::*;

#[test]
fn a_kept_message_takes_64_bytes() {
    assert_eq!(size_of::<Freight>(), 40);
    assert_eq!(Machine::<Freight>::RECORD, 64);
}

#[test]
fn baggage_comes_out_as_it_went_in() {
    let mut extras = Extras::default();
    let plain = Baggage {
        message: 7,
        version: 3,
        row: 4,
        source: 255,
        keyed: true,
        ..Baggage::new(1, Some(2), SimTime(5))
    };
    let rare = Baggage { deadline: SimTime(9), span: 8, poison: true, ..plain };
    let asker = Asker { ask: crate::base::AskIx(1), task: 2, turn: 3 };
    for (baggage, extra) in [
        (plain, Extra::NOTHING),
        (rare, Extra::NOTHING),
        (plain, Extra { asker, deaths: 2, ..Extra::NOTHING }),
        (rare, Extra { asker, answer: Some(crate::engine::network::Answer::Degraded), ..Extra::NOTHING }),
    ] {
        let freight = extras.pack(baggage, extra);
        let (seen, more) = extras.read(freight);
        assert_eq!(
            (seen, more.asker, more.answer, more.deaths),
            (baggage, extra.asker, extra.answer, extra.deaths)
        );
        extras.forget(freight);
    }
    assert_eq!(extras.len(), 0);
}
