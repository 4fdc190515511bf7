//! A client's card: what it offers, and what its users feel.

use super::detail::Detail;
use super::pen::Pen;
use super::state::State;
use crate::base::{List, Number, SimDuration, format, list};
use crate::scenario::Plan;
use crate::view::canvas::draw::Align;
use crate::view::canvas::geometry::Size;
use crate::view::canvas::text::Face;
use crate::view::canvas::theme::Token;

/// What a client's card shows: rates per simulated second over the last stretch of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClientReading {
    /// Requests offered.
    pub offered: f64,
    /// Good answers.
    pub good: f64,
    /// Answers after the deadline.
    pub late: f64,
    /// Answers by a fallback.
    pub degraded: f64,
    /// Failed requests.
    pub failed: f64,
    /// 99th percentile of the answers' latency; none without an answer.
    pub p99: Option<SimDuration>,
    /// Requests that have not ended.
    pub open: u64,
    /// The run has begun only just: what was offered has hardly had the time to be answered.
    pub filling: bool,
    /// How many times its usual rate it offers, where a surge is on.
    pub surge: Option<f64>,
    /// Share of its requests that cannot be processed, by a fault; 0 without one.
    pub poison: f64,
    /// How many users there are, where they wait for their answers before they ask again.
    pub users: Option<u32>,
}

impl ClientReading {
    /// What is wrong with what it sends.
    pub fn state(&self) -> State {
        let mut word = String::new();
        let mut all = List::new(&mut word, list::DOT);
        if let Some(factor) = self.surge {
            all.item(|out| say!(out => "state.surge", factor = Number::Figures(factor)));
        }
        if self.poison > 0.0 {
            all.item(|out| say!(out => "state.poison", share = Number::Percent(self.poison)));
        }
        let token = (!word.is_empty()).then_some(Token::Late);
        State { word, token }
    }
}

impl ClientReading {
    /// The colour of its good answers: a failure where they are less than half of what should have come by now. While a
    /// run fills up, only what has ended says anything.
    fn fares(&self) -> Token {
        let bad = self.late + self.degraded + self.failed;
        let due = if self.filling { self.good + bad } else { self.offered };
        match () {
            () if self.good < due / 2.0 => Token::Failed,
            () if self.filling && self.good < self.offered / 2.0 => Token::Muted,
            () => Token::Good,
        }
    }
}

/// Which rows there are: degraded only where something can be.
fn rows(degraded: bool, detail: Detail) -> usize {
    detail.pick(4 + usize::from(degraded), 3, 1)
}

/// Whether any call of the plan has a fallback.
fn degrades(plan: &Plan) -> bool {
    plan.calls.iter().any(|call| call.fallback.is_some())
}

/// Baseline of the first row and distance between rows.
fn grid(detail: Detail) -> (f32, f32) {
    detail.pick((41.0, 18.0), (34.0, 15.0), (32.0, 14.0))
}

/// Size of the card at scale 1.
pub(crate) fn natural(plan: &Plan, detail: Detail) -> Size {
    let (first, pitch) = grid(detail);
    let rows = rows(degrades(plan), detail);
    let h = first + (rows - 1) as f32 * pitch + detail.pick(11.0, 9.0, 8.0);
    Size { w: detail.pick(146.0, 126.0, 92.0), h }
}

/// Draws the card.
pub(crate) fn draw(pen: &mut Pen, plan: &Plan, name: &str, reading: &ClientReading) {
    let state = reading.state();
    pen.frame(
        name,
        &State { word: String::new(), ..state },
        &|out, version| match (version, reading.users) {
            (0 | 1, Some(users)) => {
                let mut all = List::new(out, list::DOT);
                all.item(|out| say!(out => "card.users", count = users));
                if version == 0 {
                    all.item(|out| format::rate(out, reading.offered));
                }
            }
            (0, None) | (2, Some(_)) => format::rate(out, reading.offered),
            _ => {}
        },
    );
    pen.badge(&state);
    let good = reading.fares();
    let some = |value: f64, token: Token| if value > 0.0 { token } else { Token::Muted };
    let failed = (text!("card.failed"), some(reading.failed, Token::Failed), reading.failed);
    let late = (text!("card.late"), some(reading.late, Token::Late), reading.late);
    let degraded = (text!("card.degraded"), some(reading.degraded, Token::Late), reading.degraded);
    let good = (text!("card.good"), good, reading.good);
    let degrades = degrades(plan);
    // The last row is p99, except on the smallest card.
    let shown: &[(&str, Token, f64)] = match pen.detail {
        Detail::Full if degrades => &[good, late, degraded, failed],
        Detail::Full => &[good, late, failed],
        Detail::Compact => &[good, failed],
        Detail::Tiny => &[good],
    };
    let (first, pitch) = grid(pen.detail);
    let mut y = first;
    for &(word, token, value) in shown {
        row(pen, y, word, token, &format::string(|out| format::rate(out, value)));
        y += pitch;
    }
    if pen.detail != Detail::Tiny {
        match reading.p99 {
            Some(p99) => {
                row(pen, y, text!("card.p99"), Token::Ink, &format::string(|out| format::duration(out, p99)))
            }
            None => row(pen, y, text!("card.p99"), Token::Muted, text!("card.no-answer")),
        }
    }
}

/// A word at the left and a value at the right.
fn row(pen: &mut Pen, y: f32, word: &str, token: Token, value: &str) {
    let (small, room) = (pen.small(), pen.room());
    let taken = pen.text(0.0, y, Align::Right, Face::bold(small + 0.5, token), room * 0.75, value);
    pen.text(0.0, y, Align::Left, Face::regular(small, Token::Muted), room - taken - 4.0, word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_fills_up_is_no_failure() {
        let fares = |filling: bool, good: f64, failed: f64| {
            ClientReading { offered: 100.0, good, failed, filling, ..ClientReading::default() }.fares()
        };
        assert_eq!(fares(true, 31.0, 0.0), Token::Muted);
        assert_eq!(fares(true, 90.0, 0.0), Token::Good);
        assert_eq!(fares(true, 5.0, 60.0), Token::Failed);
        assert_eq!(fares(false, 31.0, 0.0), Token::Failed);
        assert_eq!(fares(false, 90.0, 5.0), Token::Good);
    }
}
