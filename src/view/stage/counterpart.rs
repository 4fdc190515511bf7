//! What a word of a text means on a stage: all that looks as the word says, told apart from the rest.

use super::layout::Layout;
use super::options::StageOptions;
use super::pill::Pill;
use super::{dots, highlight};
use crate::base::{LinkIx, NodeIx};
use crate::lesson::{Counterpart, Term};
use crate::scenario::{NodeKind, Plan};
use crate::session::VariantRun;
use crate::view::canvas::draw::{DrawOp, Sketch, Stroke};
use crate::view::canvas::geometry::Rect;
use crate::view::canvas::glyph::Glyph;
use crate::view::canvas::theme::Token;
use crate::view::cards::reading;

/// How what is meant is framed.
const FRAME: Stroke = Stroke { ink: Token::Ink.alpha(0.85), width: 2.5, dash: [0.0, 0.0] };

/// What of the messages is drawn.
pub(crate) struct Drawn<'a> {
    /// One in so many.
    pub every: u64,
    /// Joints on which none is.
    pub gone: &'a [bool],
    /// The rest.
    pub options: &'a StageOptions<'a>,
}

/// Draws frames and rings around all that is meant.
pub(crate) fn draw(
    sketch: &mut Sketch,
    variant: &VariantRun,
    layout: &Layout,
    pills: &[Pill],
    meant: Counterpart,
    drawn: &Drawn,
) {
    if let Some(is) = message(meant) {
        return messages(sketch, variant, layout, is, drawn);
    }
    match meant {
        Counterpart::Breaker => {
            for breaker in pills.iter().filter_map(|pill| pill.breaker) {
                highlight::breaker(sketch, pills, breaker, FRAME.ink);
            }
        }
        Counterpart::Term(variant @ (Term::VariantA | Term::VariantB))
            if drawn.options.badge == variant.key() =>
        {
            let Rect { w, h, .. } = layout.window;
            let whole = Rect::new(0.0, 0.0, w, h).inset(2.0);
            sketch.push(DrawOp::Rect { rect: whole, radius: 10.0, fill: None, stroke: Some(FRAME) });
        }
        _ => {
            for (at, place) in layout.nodes().iter().enumerate() {
                let index = NodeIx(at as u32);
                if variant.plan().has(index) && node(variant, index, meant) {
                    highlight::card(sketch, layout, place.card, 3.0, FRAME);
                }
            }
        }
    }
}

/// Whether a glyph is a message that is meant; none where no messages are.
fn message(meant: Counterpart) -> Option<fn(Glyph) -> bool> {
    let Counterpart::Term(term) = meant else { return None };
    Some(match term {
        Term::Request => |glyph| matches!(glyph, Glyph::Request(_) | Glyph::Retry(_)),
        Term::Retry => |glyph| matches!(glyph, Glyph::Retry(_)),
        Term::Reply => |glyph| glyph == Glyph::Reply,
        Term::Failed => |glyph| glyph == Glyph::Failed,
        Term::Message => {
            |glyph| matches!(glyph, Glyph::Message | Glyph::Redelivered | Glyph::Poison | Glyph::PoisonAgain)
        }
        Term::Redelivered => |glyph| matches!(glyph, Glyph::Redelivered | Glyph::PoisonAgain),
        Term::Busy | Term::Blocked | Term::Free | Term::Waiting | Term::VariantA | Term::VariantB => {
            return None;
        }
    })
}

/// Rings around the dots; where there are none, the links on which such messages are.
fn messages(
    sketch: &mut Sketch,
    variant: &VariantRun,
    layout: &Layout,
    is: fn(Glyph) -> bool,
    drawn: &Drawn,
) {
    let snapshot = variant.snapshot();
    let now = snapshot.now();
    let radius = dots::dot_size(layout) * 0.85;
    let mut links: Vec<LinkIx> = Vec::new();
    for flight in snapshot.flights().filter(|flight| is(dots::glyph(flight, now))) {
        let dot = !drawn.options.reduced_motion && dots::is_seen(layout, flight.link, drawn.gone);
        if dot && dots::is_sampled(flight.message, drawn.every) {
            let center = dots::place_of(layout, &flight, now);
            sketch.push(DrawOp::Circle { center, radius, fill: None, stroke: Some(FRAME) });
        } else if !dot && !links.contains(&flight.link) {
            links.push(flight.link);
        }
    }
    for link in links {
        highlight::link(sketch, layout, link, Token::Ink.alpha(0.35));
    }
}

/// Whether a node is meant.
fn node(variant: &VariantRun, node: NodeIx, meant: Counterpart) -> bool {
    let plan = variant.plan();
    let kind = plan.nodes[node.at()].kind;
    match (meant, kind) {
        (Counterpart::Client, NodeKind::Client(_))
        | (Counterpart::Service, NodeKind::Service(_))
        | (Counterpart::Queue, NodeKind::Queue(_))
        | (Counterpart::Exchange, NodeKind::Exchange(_))
        | (Counterpart::Store, NodeKind::Store(_))
        | (Counterpart::Log, NodeKind::Log(_)) => true,
        (Counterpart::DeadLetter, NodeKind::Queue(_)) => takes_dead_letters(plan, node),
        (Counterpart::Term(Term::Waiting), NodeKind::Queue(queue)) => {
            reading::queue(variant, queue).ready > 0
        }
        (Counterpart::Term(term), NodeKind::Service(service)) => {
            let reading = &reading::services(variant)[service.at()];
            match term {
                Term::Busy => reading.busy > 0,
                Term::Blocked => reading.blocked > 0,
                Term::Free => reading.free() > 0,
                Term::Waiting => reading.waiting > 0,
                _ => false,
            }
        }
        _ => false,
    }
}

fn takes_dead_letters(plan: &Plan, node: NodeIx) -> bool {
    plan.dead_letter_links().any(|link| plan.links[link.at()].to == node)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Size, stage};

    const SHOP: &str = r#"{ "schema": 1, "nodes": {
        "web": { "kind": "client", "arrivals": { "constant": { "rate": 40 } }, "operation": [
          { "call": { "to": "app", "timeout": "2s" } }, { "publish": { "to": "jobs" } } ] },
        "app": { "kind": "service", "workers": 2, "operations": { "default": [ { "call": { "to": "pay", "timeout": "2s" } } ] } },
        "pay": { "kind": "service", "workers": 1, "operations": { "default": [ { "work": "90ms" } ] } },
        "jobs": { "kind": "queue", "max_deliveries": 2, "dead_letter": "dead" }, "dead": { "kind": "queue" } },
        "network": { "latency": "200ms" } }"#;

    /// How many frames, rings and broad lines a word adds to the stage.
    fn added(meant: Counterpart, reduced_motion: bool) -> usize {
        let variant = crate::view::stage::tests::variant(SHOP, 4.0);
        let layout = Layout::new(variant.plan(), &[], Size { w: 1200.0, h: 600.0 });
        let mut sketch = Sketch::new();
        let options = |meant| StageOptions {
            counterpart: meant,
            ..crate::view::stage::tests::options(reduced_motion, 0.25)
        };
        let mut ops = |meant| {
            stage(&mut sketch, &variant, &layout, &options(meant));
            sketch.ops().len()
        };
        ops(Some(meant)) - ops(None)
    }

    #[test]
    fn a_word_lights_up_what_it_means() {
        let of = |meant| added(meant, false);
        let term = |term| of(Counterpart::Term(term));
        assert!(term(Term::Request) > 3, "dots of requests: {}", term(Term::Request));
        assert_eq!(term(Term::Retry), 0, "nobody tries again");
        let few = [Term::Blocked, Term::VariantA, Term::VariantB].map(term);
        assert_eq!(few, [1, 1, 0], "one service waits, on the stage of A");
        assert_eq!([Counterpart::Client, Counterpart::Service, Counterpart::Log].map(of), [1, 2, 0]);
        assert_eq!([Counterpart::Queue, Counterpart::DeadLetter].map(of), [2, 1]);
        // Where no dots move, the links on which they would be.
        assert!((1..=4).contains(&added(Counterpart::Term(Term::Request), true)));
    }
}
