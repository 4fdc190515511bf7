//! What is done with a lesson.

use crate::lesson::player::{CurveEdit, GuessAction};
use crate::session::VariantRun;
use crate::ui::model::Model;
use crate::ui::model::curve::curve;
use crate::ui::model::effect::Effect;
use crate::ui::model::focus::Focus;
use crate::ui::model::kept;
use crate::ui::model::side::Side;
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::platform::route::Route;
use crate::view;

/// Answers what is done with the lesson that runs.
pub fn lesson(model: &mut Model, msg: LessonMsg) {
    let Some(player) = model.content.player_mut() else { return };
    match msg {
        LessonMsg::Step(step) => {
            if let Some(slug) = model.route.lesson() {
                // The address names the step: the browser goes back to it, and a reload stays there.
                model.effects.push(Effect::GoTo(kept::step_address(slug, step)));
                model.route = Route::Step(slug.to_owned(), step + 1);
            }
            to_step(model, step);
        }
        LessonMsg::Again(question) => player.ask_again(question),
        LessonMsg::Answer { question, answer } => player.answer(question, answer),
        LessonMsg::Guess(action) => player.guess(action),
        LessonMsg::Pen { at, down } => {
            if let (Some(data), Some(size)) = (curve(player), model.sizes.curve) {
                let (column, height) = view::guess_place(&data, size, at.over(model.sizes.larger));
                player.guess(GuessAction::Curve(CurveEdit::Pen { column, height, first: down }));
            }
        }
    }
}

/// The browser went to another step of the lesson that is open, back or forward: that step opens. False if the address
/// asks for another page.
pub fn turned(model: &mut Model, route: &Route) -> bool {
    let (Some(step), Some(player)) = (route.step(), model.content.player()) else { return false };
    if model.route.lesson() != route.lesson() || step >= player.lesson().steps.len() {
        return false;
    }
    let opens = step != player.at();
    model.route = route.clone();
    if opens {
        to_step(model, step);
    }
    true
}

/// Opens a step, and brings its heading into sight.
fn to_step(model: &mut Model, step: usize) {
    let Some(player) = model.content.player_mut() else { return };
    player.open(step);
    bring_to_front(model);
    model.word = None;
    model.focus = Some(Focus::Step);
}

/// Where there is room for one stage, it is the first that has what the step speaks of.
pub(super) fn bring_to_front(model: &mut Model) {
    let Some(player) = model.content.player() else { return };
    let (variants, looks) = (player.run.session.variants(), &player.step().figure.looks);
    let has = |side: &Side| {
        let plan = variants.get(side.at()).map(VariantRun::plan);
        plan.is_some_and(|plan| looks.iter().any(|look| look.find(plan).is_some()))
    };
    model.stages.front = Side::BOTH.into_iter().find(has).unwrap_or_default();
}
