//! How things are called: nodes, glyphs, variants, the fields of the scenario language, why something failed.

pub mod name;
pub mod terms;

use crate::base::Text;
use crate::observation::{Failure, LossReason};
use crate::view::canvas::glyph::Glyph;

/// Why something failed, in a few words.
pub fn failure(reason: Failure) -> &'static str {
    match reason {
        Failure::Timeout => text!("failure.timeout"),
        Failure::Error => text!("failure.error"),
        Failure::Rejected => text!("failure.rejected"),
        Failure::BreakerOpen => text!("failure.breaker-open"),
        Failure::RateLimited => text!("failure.rate-limited"),
        Failure::BulkheadFull => text!("failure.bulkhead-full"),
        Failure::Unavailable => text!("failure.unavailable"),
    }
}

/// What says how many failed for a reason, which fill its place `count`: "34 queue full".
pub fn lost_by(reason: Failure) -> Text {
    match reason {
        Failure::Timeout => Text::new("loss.timeout"),
        Failure::Error => Text::new("loss.error"),
        Failure::Rejected => Text::new("loss.rejected"),
        Failure::BreakerOpen => Text::new("loss.breaker-open"),
        Failure::RateLimited => Text::new("loss.rate-limited"),
        Failure::BulkheadFull => Text::new("loss.bulkhead-full"),
        Failure::Unavailable => Text::new("loss.unavailable"),
    }
}

/// The same of messages that vanished on their link.
pub fn lost_on(reason: LossReason) -> Text {
    match reason {
        LossReason::Link => Text::new("loss.link"),
        LossReason::Partition => Text::new("loss.partition"),
        LossReason::Removed => Text::new("loss.removed"),
    }
}

/// Glyphs of messages and workers, with what they mean.
pub const LEGEND: [(Glyph, Text); 10] = [
    (Glyph::Request(Some(11)), Text::new("legend.request")),
    (Glyph::Reply, Text::new("legend.reply")),
    (Glyph::Failed, Text::new("legend.failed")),
    (Glyph::Retry(Some(crate::view::canvas::glyph::RING_STEPS)), Text::new("legend.retry")),
    (Glyph::Message, Text::new("legend.message")),
    (Glyph::Redelivered, Text::new("legend.redelivered")),
    (Glyph::Poison, Text::new("legend.poison")),
    (Glyph::Busy, Text::new("legend.busy")),
    (Glyph::Blocked, Text::new("legend.blocked")),
    (Glyph::Free, Text::new("legend.free")),
];

/// The same for the small words of brokers and consumers.
pub const LEGEND_OF_WORDS: [(Glyph, Text); 2] =
    [(Glyph::Confirm, Text::new("legend.confirm")), (Glyph::Refusal, Text::new("legend.refusal"))];

/// A node's id as a title: `app1` is "App 1", `order-db` "Order db".
pub fn title(out: &mut String, id: &str) {
    let mut before = None;
    for c in id.chars() {
        let c = if c == '-' || c == '_' { ' ' } else { c };
        if c.is_ascii_digit() && before.is_some_and(|before: char| before.is_ascii_alphabetic()) {
            out.push(' ');
        }
        out.push(if before.is_none() { c.to_ascii_uppercase() } else { c });
        before = Some(c);
    }
}

/// What variants are called in charts.
pub const LETTERS: [&str; 2] = ["A", "B"];
