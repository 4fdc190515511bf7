//! The chart over which a curve is drawn.

use crate::lesson::Guess;
use crate::lesson::player::{Draft, Player};
use crate::view;
use crate::view::charts::ChartData;

/// The chart of the open step's curve; none where it asks for none.
pub fn curve(player: &Player) -> Option<ChartData> {
    let (predict, guessed) = (player.step().predict.as_ref()?, player.state().guess.as_ref()?);
    let (Guess::Curve { scale, .. }, Draft::Curve(drawn)) = (&predict.guess, guessed.draft()) else {
        return None;
    };
    let seconds = predict.length().as_secs();
    let passed = player.run.session.now().since(player.since()).as_secs();
    let now = if guessed.is_open() { passed } else { 0.0 };
    Some(view::guess_chart(drawn, scale, seconds, guessed.measured(), now.min(seconds)))
}
