//! What is done with the variants.

use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::model::inspector::Inspector;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::model::side::Side;
use crate::ui::msg::variant::VariantMsg;
use crate::ui::platform::route::Route;

/// Makes two variants of one, or one of two, or exchanges them.
pub fn arrange(model: &mut Model, msg: VariantMsg) {
    let Some(run) = model.content.run_mut() else { return };
    let session = &mut run.session;
    let done = msg.clone();
    match msg {
        VariantMsg::Over(stretch) => {
            model.stretch = stretch;
            return;
        }
        VariantMsg::Target(target) => {
            run.target = target.map(Side::at);
            if let (Content::Sandbox(own), Some(side)) = (&mut model.content, target) {
                own.side = side;
            }
            return;
        }
        VariantMsg::Split => {
            session.split(0, text!("variants.variant"));
            run.target = Some(Side::B.at());
        }
        VariantMsg::Swap => {
            session.swap();
        }
        VariantMsg::Copy => {
            let label =
                session.variants().first().map_or(String::new(), |variant| variant.label().to_owned());
            session.copy(Side::A.at(), Side::B.at(), &label);
        }
        VariantMsg::Drop(side) => {
            session.drop_variant(side.at());
            run.target = None;
        }
        VariantMsg::Against(slug) => {
            if let Route::Scenario(first, _) = &model.route {
                model.effects.push(Effect::GoTo(["#/gallery/", first, "/", &slug].concat()));
            }
            return;
        }
    }
    run.forget();
    forget(model);
    if let Content::Sandbox(own) = &mut model.content {
        arrange_editors(own, &done);
    }
}

/// What is edited goes the way of the variants.
fn arrange_editors(own: &mut Sandbox, done: &VariantMsg) {
    let count = own.run.session.variants().len();
    match done {
        VariantMsg::Swap => own.editors.reverse(),
        VariantMsg::Drop(side) if own.editors.len() > count => _ = own.editors.remove(side.at()),
        VariantMsg::Split if own.editors.len() < count => own.editors.push(own.editors[0].clone()),
        VariantMsg::Copy if own.editors.len() > 1 => own.editors[1] = own.editors[0].clone(),
        _ => {}
    }
    // One goes on with the new one.
    own.side = if matches!(done, VariantMsg::Split) && count > 1 { Side::B } else { Side::A };
    own.run.target = Some(own.side.at());
    own.chosen.clear();
}

/// Other variants are there: what was selected, seen or chosen in the ones before goes.
pub fn forget(model: &mut Model) {
    model.stages.forget();
    model.traces.forget();
    model.inspector = Inspector::default();
    model.stale.pictures = true;
}
