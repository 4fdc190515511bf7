//! Which picture goes on which canvas, and when it is painted.

use crate::session::Run;
use crate::ui::canvas::canvases::Canvases;
use crate::ui::canvas::painter::Painter;
use crate::ui::model::charts::Slot;
use crate::ui::model::curve::curve;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::model::side::Side;
use crate::ui::model::word::meant;
use crate::ui::model::{Model, Stale};
use crate::ui::platform::browser::window;
use crate::view::{self, StageOptions, Theme};

/// The painter, and what it has still to paint.
#[derive(Default)]
pub struct Painting {
    painter: Option<Painter>,
    /// Which chart is painted next; one a frame, for they change slowly. The line of time comes after the last.
    turn: usize,
    /// How many of them are still to be painted since something changed.
    due: usize,
}

impl Painting {
    /// Gets the painter ready for these colours and this display; true if it is another one than before, for which the
    /// canvases have to be measured again.
    pub fn prepare(&mut self, theme: Theme, canvases: &mut Canvases) -> bool {
        let scale = window().device_pixel_ratio() * f64::from(theme.larger());
        if self.painter.as_ref().is_some_and(|painter| painter.fits(theme, scale)) {
            return false;
        }
        self.painter = Some(Painter::new(theme, scale));
        canvases.enlarge(theme.larger());
        true
    }

    /// Paints what has changed.
    pub fn paint(&mut self, model: &Model, stale: Stale, canvases: &mut Canvases) {
        let (Some(run), Some(painter)) = (model.content.run(), &mut self.painter) else { return };
        if stale.pictures {
            self.due = model.sizes.charts.iter().flatten().count() + 1;
            stages(model, run, canvases, painter);
            // The waterfall with the stages: what the pointer is at answers at once.
            waterfall(model, run, canvases, painter);
        }
        if stale.curve
            && let (Some(size), Some(data)) = (model.sizes.curve, model.content.player().and_then(curve))
        {
            view::chart(&mut canvases.curve.sketch, &data, size, None);
            canvases.curve.paint(painter);
        }
        if self.due > 0 {
            self.due -= 1;
            let next = Slot::all().skip(self.turn).find(|slot| model.sizes.charts[slot.at()].is_some());
            self.turn = next.map_or(0, |slot| slot.at() + 1);
            match next {
                Some(slot) => chart(model, run, slot, canvases, painter),
                None => timeline(model, run, canvases, painter),
            }
        }
    }
}

fn stages(model: &Model, run: &Run, canvases: &mut Canvases, painter: &mut Painter) {
    let variants = run.session.variants();
    let meant = meant(model.word.as_ref(), model.glossary.as_ref());
    for (side, variant) in Side::BOTH.into_iter().zip(variants) {
        let surface = &mut canvases.stages[side.at()];
        let (Some(layout), true) = (model.stages.seen(side), surface.size().is_some()) else { continue };
        let selected = model.inspector.marked().filter(|(of, _)| *of == side);
        let hovered = model.inspector.hovered.filter(|(of, _)| *of == side);
        let traced = model.traces.places(run, side);
        let chosen = model.content.sandbox().filter(|own| own.side == side).map(Sandbox::chosen_nodes);
        let editing = model.content.sandbox().map(|own| own.editing(side, chosen.as_deref().unwrap_or(&[])));
        let options = StageOptions {
            badge: if variants.len() > 1 { view::words::LETTERS[side.at()] } else { "" },
            label: variant.label(),
            speed: run.session.speed(),
            reduced_motion: model.stages.reduced_motion,
            selected: selected.and_then(|(_, subject)| subject.hit(variant)),
            hovered: hovered.map(|(_, hit)| hit),
            traced: &traced,
            looks: model.content.player().map_or(&[], |player| &player.step().figure.looks),
            counterpart: meant,
            editing,
        };
        view::stage(&mut surface.sketch, variant, layout, &options);
        surface.paint(painter);
    }
}

fn waterfall(model: &Model, run: &Run, canvases: &mut Canvases, painter: &mut Painter) {
    let (Some((side, trace)), Some(size)) = (&model.traces.chosen, model.sizes.waterfall) else { return };
    let Some(variant) = run.session.variants().get(side.at()) else { return };
    let surface = &mut canvases.waterfall;
    let known = model.traces.known(run);
    let options = view::WaterfallOptions { present: Some(run.session.now()), ..model.traces.options };
    view::waterfall(&mut surface.sketch, variant.plan(), trace, known, size, &options);
    surface.paint(painter);
}

fn chart(model: &Model, run: &Run, slot: Slot, canvases: &mut Canvases, painter: &mut Painter) {
    let (Some(id), Some(size)) = (model.charts.id(slot), model.sizes.charts[slot.at()]) else { return };
    let surface = &mut canvases.charts[slot.at()];
    view::chart(&mut surface.sketch, &model.traces.chart(run, &id), size, model.charts.cross);
    surface.paint(painter);
}

fn timeline(model: &Model, run: &Run, canvases: &mut Canvases, painter: &mut Painter) {
    let Some(size) = model.sizes.timeline else { return };
    view::timeline(&mut canvases.timeline.sketch, &run.session, size, model.charts.cross);
    canvases.timeline.paint(painter);
}
