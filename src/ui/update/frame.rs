//! One frame: simulated time passes, and now and then the numbers are brought up to date.

use crate::session::VariantRun;
use crate::ui::model::Model;
use crate::ui::model::effect::Effect;
use crate::ui::platform::route::Route;
use crate::ui::update::mine;
use crate::ui::update::settle::{keep_progress, settle};
use crate::view::positions;

/// Numbers are brought up to date this often, in milliseconds.
const NUMBERS_MS: f64 = 150.0;

/// What a frame has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Simulated time has passed.
    pub passed: bool,
    /// The page has to be written anew.
    pub written: bool,
}

/// Lets simulated time pass until the frame that the display wants at `at` milliseconds, or as long as there is time
/// for it; then lays out what is to be painted.
pub fn advance(model: &mut Model, at: f64, within_budget: impl FnMut() -> bool) -> Done {
    let passed_ms = model.clock.frame.replace(at).map_or(0.0, |before| at - before);
    let due = mine::frame(model, at);
    let Some(run) = model.content.run() else { return Done { passed: false, written: due } };
    let going = run.session.going().is_some();
    let passes = run.session.playing() || going;
    if passes {
        model.content.frame(passed_ms / 1000.0, within_budget);
        model.stale.pictures = true;
    }
    let Some(run) = model.content.run() else { return Done::default() };
    let arrived = going && run.session.going().is_none();
    let moves = run.session.playing() || going;
    let numbers = arrived || moves && at - model.clock.numbers >= NUMBERS_MS;
    if numbers {
        model.clock.numbers = at;
        model.stale.curve = true;
        model.traces.look(run, Some(at));
    }
    let under_way = |variant: &VariantRun| variant.snapshot().flights().next().is_some();
    if !model.clock.moved && run.session.variants().iter().any(under_way) {
        model.clock.moved = true;
        model.effects.push(Effect::MarkFirstMessage);
    }
    let written = keep_progress(model) || numbers;
    if arrived {
        settle(model);
    } else if written {
        model.effects.push(Effect::Publish { work: false });
    }
    Done { passed: passes, written }
}

/// Lays out the stages, where their pictures are to be painted.
pub fn lay_out(model: &mut Model) {
    if let Some(run) = model.content.run().filter(|_| model.stale.pictures) {
        let own = model.content.sandbox();
        let variants = run.session.variants();
        let given = |at: usize| own.map_or_else(|| positions(&variants[at]), |own| own.positions(at));
        model.stages.lay_out(&run.session, &model.sizes, given);
    }
}

/// Whether it is time to look if the list of lessons is about to be seen below the figure.
pub fn looks_for_course(model: &mut Model, at: f64) -> bool {
    model.clock.moved && model.route == Route::Opening && model.shelf.is_due(at)
}
