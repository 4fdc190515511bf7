//! What is done with settings, faults and the seed.

use crate::base::Json;
use crate::lesson::player::Player;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::msg::setting::SettingMsg;

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

/// Answers what is done with settings and faults.
pub fn setting(model: &mut Model, msg: SettingMsg) {
    // First the guess: what is set or broken before would give its outcome away.
    let locked = model.content.player().is_some_and(Player::awaits_guess);
    if locked && matches!(msg, SettingMsg::Set(..) | SettingMsg::Fault(_) | SettingMsg::FaultKey(_)) {
        return;
    }
    let Some(run) = model.content.run_mut() else { return };
    match msg {
        SettingMsg::Set(path, value) => run.set(&path, value),
        SettingMsg::Seed(typed) => seed(&mut model.content, typed),
        SettingMsg::NewSeed => model.effects.push(Effect::DrawSeed),
        SettingMsg::Fault(at) => run.press(at),
        SettingMsg::FaultKey(number) => {
            let place = number.checked_sub(1);
            let found = place.and_then(|place| run.buttons().nth(place)).map(|(at, _)| at);
            if let Some(at) = found {
                run.press(at);
            }
        }
        SettingMsg::Undo => {
            run.undo();
            if let Some(selected) = &mut model.inspector.selected {
                selected.draft = None;
            }
        }
    }
}

/// Begins again with a seed, as somebody typed it; where it is none, says so.
fn seed(content: &mut Content, typed: String) {
    let Some(run) = content.run_mut() else { return };
    let seed = typed.trim().parse::<u64>().map_or(Json::String(typed), |seed| Json::Number(seed as f64));
    run.set(SEED_PATH, seed);
    if run.refused.is_none() {
        content.restart();
    }
}
