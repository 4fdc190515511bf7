//! What is done with settings, faults and the seed.

use crate::base::Json;
use crate::lesson::player::Player;
use crate::session::Refusal;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::msg::setting::SettingMsg;
use crate::ui::update::sandbox::edit;

/// The path of the seed.
pub const SEED_PATH: &str = "seed";

/// Answers what is done with settings and faults.
pub fn setting(model: &mut Model, msg: SettingMsg) {
    // First the guess: what is set or broken before would give its outcome away.
    let locked = model.content.player().is_some_and(Player::awaits_guess);
    if locked && matches!(msg, SettingMsg::Set(..) | SettingMsg::Fault(_) | SettingMsg::FaultKey(_)) {
        return;
    }
    let msg = match of_sandbox(model, msg) {
        Some(msg) => msg,
        None => return,
    };
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

/// In the sandbox a setting is an edit, and undoing is that of the editor. What is left to be done.
fn of_sandbox(model: &mut Model, msg: SettingMsg) -> Option<SettingMsg> {
    if model.content.sandbox().is_none() {
        return Some(msg);
    }
    match msg {
        SettingMsg::Set(path, value) => refused(model, path, value),
        SettingMsg::Seed(typed) => refused(model, SEED_PATH.to_owned(), seed_of(typed)),
        SettingMsg::Undo => edit::undo(model, false),
        other => return Some(other),
    }
    None
}

/// Sets a parameter of the system that is edited; where that is refused, it is said at its slider.
fn refused(model: &mut Model, path: String, value: Json) {
    let problems = edit::set(model, &path, value).err();
    if let Some(run) = model.content.run_mut() {
        run.refused = problems.map(|problems| Refusal { path, problems });
    }
}

/// A seed as somebody typed it: a number if it is one.
fn seed_of(typed: String) -> Json {
    typed.trim().parse::<u64>().map_or(Json::String(typed), |seed| Json::Number(seed as f64))
}

/// Begins again with a seed, as somebody typed it; where it is none, says so.
fn seed(content: &mut Content, typed: String) {
    let Some(run) = content.run_mut() else { return };
    run.set(SEED_PATH, seed_of(typed));
    if run.refused.is_none() {
        content.restart();
    }
}
