//! What is done with a lesson.

use crate::lesson::player::{CurveEdit, GuessAction};
use crate::ui::model::Model;
use crate::ui::model::curve::curve;
use crate::ui::model::focus::Focus;
use crate::ui::msg::lesson::LessonMsg;
use crate::view;

/// Answers what is done with the lesson that runs.
pub fn lesson(model: &mut Model, msg: LessonMsg) {
    let Some(player) = model.content.player_mut() else { return };
    match msg {
        LessonMsg::Step(step) => {
            player.open(step);
            model.word = None;
            model.focus = Some(Focus::Step);
        }
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
