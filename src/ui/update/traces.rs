//! What is done with traces, and the ways between a trace, the stage and the charts.

use crate::ui::model::Model;
use crate::ui::model::effect::{Effect, File};
use crate::ui::model::focus::{FIGURE, Focus, WATERFALL};
use crate::ui::model::side::Side;
use crate::ui::msg::trace::TraceMsg;
use crate::ui::update::settle::settle;
use crate::view;

/// Answers what is done with traces; true if the page has to be written anew.
pub fn trace(model: &mut Model, msg: TraceMsg) -> bool {
    let Some(run) = model.content.run_mut() else { return false };
    let traces = &mut model.traces;
    let size = model.sizes.waterfall;
    match msg {
        TraceMsg::Open(open) => {
            traces.open = open;
            traces.look(run, None);
        }
        TraceMsg::Of(side) => {
            traces.side = side;
            traces.list_again(run);
        }
        TraceMsg::List(which) => {
            traces.which = which;
            traces.list_again(run);
        }
        TraceMsg::Hold(held) => {
            traces.held = held;
            return false;
        }
        TraceMsg::Choose(request) => {
            traces.choose(run, traces.side, request);
        }
        TraceMsg::OfMessage(side, message) => {
            let variant = run.session.variants().get(side.at());
            if let Some(request) = variant.and_then(|variant| view::trace_of_message(variant, message)) {
                traces.choose(run, side, request);
            }
        }
        TraceMsg::Near(meant) => {
            let Some((variant, request)) = view::trace_near(&run.session, &meant) else { return false };
            if let Some(side) = Side::of(variant) {
                traces.choose(run, side, request);
            }
            model.focus = Some(Focus::on(WATERFALL));
        }
        TraceMsg::GoTo(moment) => {
            let Some(at) = traces.moment(run, moment) else { return false };
            run.session.set_playing(false);
            run.session.go_to(at);
            model.focus = Some(Focus::on(FIGURE));
            settle(model);
        }
        TraceMsg::Hover(y) => {
            let before = traces.options.row;
            let y = y.map(|y| y as f32 / model.sizes.larger);
            traces.options.row = y.zip(size).and_then(|(y, size)| traces.row_at(run, size, y));
            if before == traces.options.row {
                return false;
            }
        }
        TraceMsg::Row(_) | TraceMsg::First | TraceMsg::Last => {
            let to = |row: isize, last: isize| match msg {
                TraceMsg::Row(by) => row + by,
                TraceMsg::First => 0,
                _ => last,
            };
            if let Some(size) = size {
                traces.go(run, size, to);
            }
        }
        TraceMsg::Table(open) => traces.table = open,
        TraceMsg::Save(saved, form) => {
            if let Some((name, text)) = traces.file(run, saved, form) {
                model.effects.push(Effect::Save(File::Text { name, kind: "application/json", text }));
            }
            return false;
        }
    }
    model.stale.pictures = true;
    true
}
