//! What keys do: the one table of them, and what each place of the page finds in it.

mod key;
pub mod sheet;
mod table;
#[cfg(test)]
mod tests;

use key::{Sign, Stroke};
use table::{Does, TABLE, Unless};

use crate::lesson::player::CurveEdit;
use crate::ui::model::charts::Slot;
use crate::ui::msg::Msg;
use crate::ui::msg::chart::ChartMsg;
use crate::ui::msg::inspect::{InspectMsg, Step};
use crate::ui::msg::sandbox::{PaletteMsg, SandboxMsg};
use crate::ui::msg::stage::CameraMsg;
use crate::ui::msg::time::TimeMsg;
use crate::ui::msg::trace::TraceMsg;
use crate::ui::platform::keyboard::{Focused, Press};

/// The first of what the pressed key does that `here` makes something of.
fn find<M>(press: &Press, here: impl Fn(Does) -> Option<M>) -> Option<M> {
    let all = TABLE.iter().flat_map(|row| row.keys);
    all.filter(|(stroke, _): &&(Stroke, Does)| stroke.is(press)).find_map(|(_, does)| here(*does))
}

/// On the page, while something has the focus.
pub fn page(press: &Press, focused: Focused) -> Option<Msg> {
    find(press, |does| match does {
        Does::Page(unless, msg) if !unless.keeps(focused) => Some(msg(&press.key)),
        _ => None,
    })
}

/// Wherever the focus is, while somebody is at a word.
pub fn word(press: &Press) -> Option<Msg> {
    find(press, |does| match does {
        Does::Word(msg) => Some(msg()),
        _ => None,
    })
}

/// On a stage, or on the figure.
pub fn camera(press: &Press) -> Option<CameraMsg> {
    find(press, |does| match does {
        Does::Camera(msg) => Some(msg),
        _ => None,
    })
}

/// In the list of a stage's parts.
pub fn part(press: &Press) -> Option<Step> {
    find(press, |does| match does {
        Does::Part(step) => Some(step),
        _ => None,
    })
}

/// In the inspector.
pub fn inspector(press: &Press) -> Option<InspectMsg> {
    find(press, |does| match does {
        Does::Inspector(msg) => Some(msg()),
        _ => None,
    })
}

/// On the line of time.
pub fn timeline(press: &Press) -> Option<TimeMsg> {
    find(press, |does| match does {
        Does::Timeline(msg) => Some(msg),
        _ => None,
    })
}

/// In the picture of the chart that has this place.
pub fn chart(press: &Press, slot: Slot) -> Option<ChartMsg> {
    find(press, |does| match does {
        Does::Chart(msg) => Some(msg(slot)),
        _ => None,
    })
}

/// In a chart, or in what belongs to it.
pub fn chart_panel(press: &Press) -> Option<ChartMsg> {
    find(press, |does| match does {
        Does::ChartPanel(msg) => Some(msg()),
        _ => None,
    })
}

/// In a waterfall.
pub fn trace(press: &Press) -> Option<TraceMsg> {
    find(press, |does| match does {
        Does::Trace(msg) => Some(msg()),
        _ => None,
    })
}

/// On the page of the sandbox, while something has the focus; before what keys do on every page.
pub fn sandbox(press: &Press, focused: Focused) -> Option<SandboxMsg> {
    find(press, |does| match does {
        Does::Sandbox(unless, msg) if !unless.keeps(focused) => Some(msg()),
        _ => None,
    })
}

/// At a node in the list of nodes; `aiming`: while a link is on its way.
pub fn node(press: &Press, aiming: bool, id: &str) -> Option<SandboxMsg> {
    find(press, |does| match does {
        Does::Node(msg) if !aiming => Some(msg(id)),
        Does::Aim(msg) if aiming => Some(SandboxMsg::Link(msg())),
        _ => None,
    })
}

/// The letter that adds an entry of the palette.
pub fn letter(preset: &str) -> Option<&'static str> {
    let all = TABLE.iter().flat_map(|row| row.keys);
    all.filter_map(|(stroke, does)| match (does, stroke.key.sign) {
        (Does::Sandbox(_, msg), Sign::Glyph(sign)) => Some((msg(), sign)),
        _ => None,
    })
    .find_map(|(msg, sign)| {
        let SandboxMsg::Palette(PaletteMsg::Add(key)) = msg else { return None };
        (key == preset).then_some(sign)
    })
}

/// In a curve that is guessed.
pub fn curve(press: &Press) -> Option<CurveEdit> {
    find(press, |does| match does {
        Does::Curve(edit) => Some(edit),
        _ => None,
    })
}

impl Unless {
    /// Whether what has the focus keeps the key for itself.
    fn keeps(self, focused: Focused) -> bool {
        match focused {
            Focused::Nothing => false,
            Focused::Button => self == Unless::Button,
            Focused::Slider => self == Unless::Slider,
            Focused::Field => self != Unless::Text,
            Focused::Text => true,
        }
    }
}
