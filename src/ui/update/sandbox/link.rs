//! Links that are made by keys, or from a list.

use crate::editor::Edit;
use crate::ui::model::Model;
use crate::ui::model::sandbox::Aim;
use crate::ui::msg::sandbox::LinkMsg;
use crate::ui::update::sandbox::edit::edit;

/// A link is made by keys, or from a list.
pub fn link(model: &mut Model, msg: LinkMsg) {
    let Some(own) = model.content.sandbox_mut() else { return };
    match msg {
        LinkMsg::Start(from) => {
            let Some(from) = from.or_else(|| own.only().map(str::to_owned)) else { return };
            let targets = own.targets(&from);
            own.aim = Some(Aim { from, targets, at: 0 });
        }
        LinkMsg::Aim(by) => {
            if let Some(aim) = &mut own.aim {
                let count = aim.targets.len().max(1) as i32;
                aim.at = (aim.at as i32 + by).rem_euclid(count) as usize;
            }
        }
        LinkMsg::End => {
            let ends = own.aim.take().and_then(|aim| Some((aim.from.clone(), aim.target()?.to_owned())));
            if let Some((from, to)) = ends {
                let side = own.side;
                edit(model, side, Edit::Connect { from, to, operation: None });
            }
        }
        LinkMsg::Join(from, to) => {
            let side = own.side;
            edit(model, side, Edit::Connect { from, to, operation: None });
        }
    }
}
