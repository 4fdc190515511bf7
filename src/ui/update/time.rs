//! What is done with time.

use crate::base::{SimDuration, SimTime};
use crate::session::Run;
use crate::ui::model::content::Content;
use crate::ui::model::speed::{SPEEDS, nearest};
use crate::ui::msg::time::TimeMsg;
use crate::view;

/// Lets time pass, stop, or be another one.
pub fn pass(content: &mut Content, msg: TimeMsg) {
    let Some(Run { session, .. }) = content.run_mut() else { return };
    match msg {
        TimeMsg::Toggle => session.set_playing(!session.playing()),
        TimeMsg::StepEvent => {
            session.set_playing(false);
            session.step_event();
        }
        TimeMsg::StepSecond => {
            session.set_playing(false);
            session.step_second();
        }
        TimeMsg::Speed(speed) => session.set_speed(speed),
        TimeMsg::Faster(by) => {
            let at = nearest(session.speed()) as i32 + by;
            session.set_speed(SPEEDS[at.clamp(0, SPEEDS.len() as i32 - 1) as usize]);
        }
        TimeMsg::Restart => content.restart(),
        TimeMsg::GoTo(share) => {
            session.set_playing(false);
            session.go_to(view::timeline_at(session, share));
        }
        TimeMsg::Jump(seconds) => {
            // Pressed again on the way: further on.
            let from = session.going().map_or(session.now(), |(to, _)| to);
            session.set_playing(false);
            session.go_to(later(from, seconds));
        }
        TimeMsg::ToEnd => {
            session.set_playing(false);
            session.go_to(session.end().max(session.horizon()));
        }
        TimeMsg::Unfork => {
            session.unfork();
        }
    }
}

/// So many seconds later, or earlier where negative; never before time zero.
fn later(now: SimTime, seconds: f64) -> SimTime {
    let by = SimDuration::from_secs(seconds.abs());
    if seconds < 0.0 { SimTime(now.0.saturating_sub(by.0)) } else { now + by }
}
