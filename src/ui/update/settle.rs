//! What follows whatever was done: words, tasks and progress are brought up to date.

use crate::ui::model::Model;
use crate::ui::model::effect::Effect;
use crate::ui::model::kept;
use crate::ui::update::open::ask_for_course;

/// While time stands still no frame brings words and tasks up to date: what a person does has to.
pub fn settle(model: &mut Model) {
    if let Some(player) = model.content.player_mut() {
        player.look();
        // Its end leads to the next lesson.
        if player.at() + 1 == player.lesson().steps.len() {
            ask_for_course(model);
        }
    }
    let Some(run) = model.content.run() else { return };
    if !run.session.playing() {
        model.told.tell(&run.session);
        model.traces.look(run, None);
        model.effects.push(Effect::Publish { work: true });
    }
    keep_progress(model);
}

/// Keeps how far the reader has come in the lesson that is open; true if that is news.
pub fn keep_progress(model: &mut Model) -> bool {
    let (Some(slug), Some(player)) = (model.route.lesson(), model.content.player()) else { return false };
    let kept = model.kept.as_ref();
    let news = kept.is_none_or(|(done, said)| done != player.progress() || *said != player.edits());
    if news {
        kept::keep(slug, player);
        model.kept = Some((player.progress().clone(), player.edits()));
    }
    news
}

/// Says what has changed, while time passes; true if the page has to be written anew.
pub fn tell(model: &mut Model) -> bool {
    let Some(run) = model.content.run().filter(|run| run.session.playing()) else { return false };
    model.told.tell(&run.session);
    model.effects.push(Effect::Publish { work: true });
    true
}
