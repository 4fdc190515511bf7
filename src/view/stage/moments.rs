//! Moments that one should notice: for a short while after a breaker has changed, or a fault has begun or ended, a ring
//! spreads around it.

use super::highlight;
use super::layout::Layout;
use super::pill::Pill;
use crate::base::SimTime;
use crate::observation::BreakerState;
use crate::session::VariantRun;
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::theme::Token;

/// For how long a moment is seen, in seconds on screen.
pub const SEEN_S: f64 = 1.2;
/// How far its ring spreads, in pixels.
const SPREAD: f32 = 4.0;

/// Draws the rings. `speed` is simulated seconds per second on screen.
pub(crate) fn draw(sketch: &mut Sketch, variant: &VariantRun, layout: &Layout, pills: &[Pill], speed: f64) {
    let now = variant.snapshot().now();
    let recent = variant.telemetry().recent();
    let share = |at: SimTime| now.since(at).as_secs() / speed.max(1e-6) / SEEN_S;
    for switch in recent.switches().rev().take_while(|switch| share(switch.at) < 1.0) {
        let token = match switch.to {
            BreakerState::Closed | BreakerState::Disabled => Token::Good,
            BreakerState::HalfOpen => Token::Late,
            BreakerState::Open | BreakerState::ForcedOpen => Token::Failed,
        };
        let (away, stroke) = ring(share(switch.at), token);
        for pill in pills.iter().filter(|pill| pill.breaker == Some(switch.breaker)) {
            let rect = pill.rect.inset(-away);
            sketch.push(DrawOp::Rect { rect, radius: rect.h / 2.0, fill: None, stroke: Some(stroke) });
        }
    }
    // What was broken from the start is no news, and would be marked for as long as time stands still there.
    let marks = recent.marks().rev().filter(|mark| mark.at > SimTime::ZERO);
    for mark in marks.take_while(|mark| share(mark.at) < 1.0) {
        let token = if mark.began { Token::Failed } else { Token::Good };
        let (away, stroke) = ring(share(mark.at), token);
        highlight::card(sketch, layout, layout.node(mark.node).card, away, stroke);
    }
}

/// How far a ring has spread, and how it is drawn there: ever thinner.
fn ring(share: f64, token: Token) -> (f32, Stroke) {
    let left = 1.0 - share as f32;
    (2.0 + SPREAD * share as f32, Stroke::new(token.alpha(left), 1.0 + 4.0 * left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Size;
    use crate::view::stage::tests::variant;

    const SHOP: &str = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "constant": { "rate": 40 } }, "operation": [ { "call": { "to": "app" } } ] },
        "app": { "kind": "service", "operations": { "default": [ { "work": "1ms" } ] } } },
        "timeline": [ { "at": "5s", "for": "4s", "fault": { "crash": { "node": "app" } } } ] }"#;

    #[test]
    fn a_fault_is_noticed_when_it_begins_and_when_it_ends() {
        let drawn = |scenario: &str, seconds: f64, speed: f64| {
            let variant = variant(scenario, seconds);
            let layout = Layout::new(variant.plan(), &[], Size { w: 900.0, h: 400.0 });
            let mut sketch = Sketch::new();
            draw(&mut sketch, &variant, &layout, &[], speed);
            sketch.ops().len()
        };
        let rings = |seconds: f64, speed: f64| drawn(SHOP, seconds, speed);
        assert_eq!([4.9, 5.5, 7.0, 9.5, 11.0].map(|at| rings(at, 1.0)), [0, 1, 0, 1, 0]);
        assert_eq!(rings(5.5, 0.1), 0, "half a second takes five on screen");
        let broken = SHOP.replace("\"at\": \"5s\"", "\"at\": \"0s\"");
        assert!(broken != SHOP);
        assert_eq!(drawn(&broken, 0.5, 1.0), 0, "it was broken from the start");
        assert_eq!(rings(9.5, 10.0), 2, "on screen both have just been");
    }
}
