//! What is done with charts.

use crate::ui::model::Model;
use crate::ui::model::charts::Slot;
use crate::ui::model::effect::{Effect, File};
use crate::ui::model::focus::Focus;
use crate::ui::msg::chart::{ChartMsg, Form};
use crate::ui::msg::trace::TraceMsg;
use crate::ui::update::traces::trace;
use crate::view::charts::ChartData;
use crate::view::{self, ChartId, Meant, Point, Size, Sketch};

/// A chart in a file is at least so large, in pixels of the page; a PNG has two pixels to one.
const PICTURE: Size = Size { w: 640.0, h: 320.0 };

/// Answers what is done with charts; true if the page has to be written anew.
pub fn chart(model: &mut Model, msg: ChartMsg) -> bool {
    let Some(run) = model.content.run() else { return false };
    let (charts, session) = (&mut model.charts, &run.session);
    let written = match msg {
        // The crosshair is only painted: the page need not be written anew.
        ChartMsg::Cross(slot, at) => {
            let width = model.sizes.charts[slot.at()].map_or(1.0, |size| size.w);
            charts.cross = at.map(|at| view::instant_at(session, width, at.over(model.sizes.larger).x));
            charts.spoken.take().is_some()
        }
        ChartMsg::Nudge(slot, steps) => {
            charts.cross = Some(view::nudged(session, charts.cross, steps));
            charts.spoken = Some(slot);
            true
        }
        ChartMsg::Table(slot, open) => {
            charts.turn_table(slot, open);
            true
        }
        ChartMsg::Ask(slot, at) => {
            let meant = meant(model, slot, at);
            return trace(model, TraceMsg::Near(meant));
        }
        ChartMsg::Choose(slot, on) => {
            charts.choose(slot, on, session);
            true
        }
        ChartMsg::Open(id) => {
            open(model, id);
            true
        }
        ChartMsg::Enlarge(slot) => {
            charts.large = slot;
            true
        }
        ChartMsg::Save(slot, form) => {
            if let Some(file) = file(model, slot, form) {
                model.effects.push(Effect::Save(file));
            }
            return false;
        }
    };
    model.stale.pictures = true;
    written
}

/// Opens a chart, and gives it the focus.
fn open(model: &mut Model, id: ChartId) {
    let Some(run) = model.content.run() else { return };
    if let Some(slot) = model.charts.open(id, &run.session) {
        model.focus = Some(Focus::Chart(slot));
    }
}

/// What is meant by a point of a chart, or where the crosshair stands.
fn meant(model: &Model, slot: Slot, at: Option<Point>) -> Vec<Meant> {
    let (Some(run), Some(id)) = (model.content.run(), model.charts.id(slot)) else { return Vec::new() };
    match (at, model.sizes.charts[slot.at()]) {
        (None, _) => view::meant_at(&run.session, &run.shown_variants(), &id, model.charts.cross),
        (Some(at), Some(size)) => {
            let data = model.traces.chart(run, &id);
            view::meant_under(
                &run.session,
                &run.shown_variants(),
                &id,
                &data,
                (size, at.over(model.sizes.larger)),
            )
        }
        (Some(_), None) => Vec::new(),
    }
}

/// A chart as it stands, as a file.
fn file(model: &Model, slot: Slot, form: Form) -> Option<File> {
    let (run, id) = (model.content.run()?, model.charts.id(slot)?);
    let data = model.traces.chart(run, &id);
    let name = |ending: &str| ["cascade-", &id.file(), ending].concat();
    if form == Form::Csv {
        let kind = "text/csv;charset=utf-8";
        return Some(File::Text { name: name(".csv"), kind, text: view::csv(&data) });
    }
    let size = model.sizes.charts[slot.at()]?;
    // A picture stands alone: it is large enough to read on a slide, and says what it is of.
    let size = Size { w: size.w.max(PICTURE.w), h: size.h.max(PICTURE.h) };
    let data = ChartData { title: view::picture_title(&run.session, &data.title), ..data };
    let mut sketch = Sketch::new();
    view::chart_picture(&mut sketch, &data, size, model.charts.cross);
    Some(match form {
        Form::Png => File::Picture { name: name(".png"), sketch, size },
        _ => {
            let text = view::svg(&sketch, size, model.colours());
            File::Text { name: name(".svg"), kind: "image/svg+xml", text }
        }
    })
}
