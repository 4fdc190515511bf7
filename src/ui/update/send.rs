//! What is done to send what runs.

use std::rc::Rc;

use crate::ui::model::Model;
use crate::ui::model::effect::Effect;
use crate::ui::model::focus::{self, Focus};
use crate::ui::model::sending::Sending;
use crate::ui::msg::send::SendMsg;

/// Shows the link, copies it, closes the dialog.
pub fn send(model: &mut Model, msg: SendMsg) {
    match msg {
        SendMsg::Open(page) => model.sending = Sending::of(&model.content, &page).map(Rc::new),
        SendMsg::Close => model.sending = None,
        SendMsg::Copy => {
            let address = model.sending.as_ref().and_then(|sending| sending.address.clone());
            model.effects.extend(address.map(Effect::Copy));
        }
        SendMsg::Copied(done) => {
            let Some(sending) = &mut model.sending else { return };
            Rc::make_mut(sending).copied = Some(done);
            // The field selects what stands in it: then the keyboard copies it.
            if !done {
                model.focus = Some(Focus::on(focus::LINK));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Json, SimTime};
    use crate::session::Session;
    use crate::ui::model::content::Content;
    use crate::ui::msg::Msg;
    use crate::ui::msg::setting::SettingMsg;
    use crate::ui::platform::route::Route;
    use crate::ui::update::{start, update};

    const SITE: &str = "https://example.org/cascade/";

    fn opened(route: Route) -> Model {
        let mut model = Model::new();
        start(&mut model, route);
        model
    }

    fn session(model: &Model) -> &Session {
        &model.content.run().expect("something runs").session
    }

    fn seek(model: &mut Model, to: SimTime) {
        model.content.run_mut().expect("something runs").session.seek(to);
    }

    fn digests(model: &Model) -> Vec<String> {
        session(model).variants().iter().map(|variant| variant.telemetry().digest().hex()).collect()
    }

    #[test]
    fn a_run_that_was_sent_is_the_same_run_elsewhere() {
        let mut model = opened(Route::Opening);
        seek(&mut model, SimTime::from_secs(3.0));
        update(&mut model, Msg::Setting(SettingMsg::Fault(0)));
        let faster = SettingMsg::Set("nodes.shoppers.arrivals.poisson.rate".to_owned(), Json::Number(30.0));
        update(&mut model, Msg::Setting(faster));
        seek(&mut model, SimTime(7_123_456_789));
        update(&mut model, Msg::Send(SendMsg::Open(SITE.to_owned())));
        let sending = model.sending.clone().expect("the dialog");
        let address = sending.address.clone().expect("a link");
        let fragment = address.strip_prefix(SITE).expect("of this site");
        assert!(sending.code.is_some());

        let mut there = opened(Route::of(fragment));
        let Content::Scenario(open) = &there.content else { panic!("it runs") };
        assert_eq!(open.title, "What waiting does");
        assert_eq!(open.run.faults, model.content.run().expect("a run").faults);
        assert_eq!(session(&there).going().map(|(to, _)| to), Some(SimTime(7_123_456_789)));
        seek(&mut there, SimTime(7_123_456_789));
        assert_eq!(digests(&there), digests(&model));
        assert_eq!(session(&there).record(), session(&model).record());
    }

    #[test]
    fn the_dialog_copies_closes_and_goes_with_its_page() {
        let mut model = opened(Route::Opening);
        let mut answer = |msg| {
            update(&mut model, Msg::Send(msg));
            (model.sending.as_ref().map(|sending| sending.copied), model.focus.take())
        };
        assert_eq!(answer(SendMsg::Open(SITE.to_owned())), (Some(None), None));
        assert_eq!(answer(SendMsg::Copied(true)).0, Some(Some(true)));
        assert_eq!(answer(SendMsg::Copied(false)), (Some(Some(false)), Some(Focus::on(focus::LINK))));
        assert_eq!(answer(SendMsg::Close), (None, None));
        answer(SendMsg::Copied(true));
        answer(SendMsg::Open(SITE.to_owned()));
        model.effects.clear();
        update(&mut model, Msg::Send(SendMsg::Copy));
        assert!(
            model.effects.iter().any(|effect| matches!(effect, Effect::Copy(text) if text.starts_with(SITE)))
        );
        update(&mut model, Msg::Open(Route::of("#/nowhere")));
        assert!(model.sending.is_none());
        update(&mut model, Msg::Send(SendMsg::Open(SITE.to_owned())));
        assert!(model.sending.is_none(), "nothing runs there");
    }

    #[test]
    fn a_link_that_cannot_be_read_is_explained() {
        let model = opened(Route::of("#/s/9/abc"));
        let Content::Unreadable(wrong) = &model.content else { panic!("it cannot be read") };
        assert!(wrong.problems[0].message.contains("encoding 9"));
    }
}
