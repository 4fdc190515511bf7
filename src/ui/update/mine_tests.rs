//! What is done with a person's own systems, without a browser: what is kept, listed, given, and never overwritten.

use super::frame::advance;
use super::*;
use crate::session::Record;
use crate::ui::model::focus;
use crate::ui::model::mine::kept::{self, Kept};
use crate::ui::model::mine::{MOST_KEPT, News};
use crate::ui::msg::mine::MineMsg;
use crate::ui::msg::setting::SettingMsg;
use crate::ui::msg::time::TimeMsg;
use crate::ui::platform::files::{Given, Unreadable};
use crate::ui::platform::vault::Trouble;
use crate::ui::platform::{storage, visit};
use crate::view;

const SCENARIO: &str = include_str!("../../../static/opening/a.json");

fn model(route: Route) -> Model {
    let mut model = Model::new();
    start(&mut model, route);
    model
}

fn mine(model: &mut Model, msg: MineMsg) {
    update(model, Msg::Mine(msg));
}

/// What the browser is asked to keep, by id; it has it from then on.
fn asked(model: &mut Model) -> Vec<(String, String)> {
    let mut asked = Vec::new();
    for effect in std::mem::take(&mut model.effects) {
        if let Effect::Keep { id, text } = effect {
            asked.push((id, text));
        }
    }
    asked
}

fn forgotten(model: &mut Model) -> Vec<String> {
    let all = std::mem::take(&mut model.effects);
    all.into_iter().filter_map(|each| if let Effect::Forget(id) = each { Some(id) } else { None }).collect()
}

fn give(model: &mut Model, name: &str, text: Result<&str, Unreadable>) {
    let text = text.map(str::to_owned);
    mine(model, MineMsg::Given(vec![Given { name: name.to_owned(), text }]));
}

/// So many kept systems, the oldest first, a minute after each other.
fn many(count: usize) -> Vec<String> {
    let kept = |at: usize| Kept {
        id: ["k", &at.to_string()].concat(),
        name: "K".to_owned(),
        at: 60_000.0 * at as f64,
        visit: "v".to_owned(),
        count: 1,
        sandbox: false,
        record: Record::read(SCENARIO).expect("a scenario"),
    };
    (0..count).map(|at| kept(at).print().expect("short")).collect()
}

/// The opening page's run, kept, and standing still.
fn keeping() -> Model {
    let mut model = model(Route::Opening);
    mine(&mut model, MineMsg::Keep);
    if model.content.run().is_some_and(|run| run.session.playing()) {
        update(&mut model, Msg::Time(TimeMsg::Toggle));
    }
    advance(&mut model, 0.0, || true);
    advance(&mut model, 60_000.0, || true);
    model
}

#[test]
fn a_run_is_kept_and_again_a_second_after_something_was_done() {
    let mut model = keeping();
    let Route::Kept(id) = model.route.clone() else { panic!("{:?}", model.route) };
    let first = asked(&mut model);
    assert!(first.iter().all(|(own, _)| *own == id) && !first.is_empty(), "{first:?}");
    let set = SettingMsg::Set("nodes.payment.workers".to_owned(), 3.0.into());
    update(&mut model, Msg::Setting(set));
    advance(&mut model, 60_900.0, || true);
    assert_eq!(asked(&mut model).len(), 0, "not yet");
    advance(&mut model, 61_100.0, || true);
    let next = asked(&mut model);
    let kept = Kept::read(&next[0].1).expect("readable");
    assert_eq!((next.len(), kept.record.log.len()), (1, 1));
    assert!(kept::may_replace(&first[0].1, &next[0].1));
    advance(&mut model, 90_000.0, || true);
    assert_eq!(asked(&mut model).len(), 0, "nothing was done since");
    // Who presses the link to it again goes on with what runs.
    update(&mut model, Msg::Open(Route::Kept(id)));
    assert!(model.content.run().is_some() && asked(&mut model).is_empty());
}

#[test]
fn who_comes_back_finds_the_same_run_at_the_same_moment() {
    let mut before = keeping();
    update(&mut before, Msg::Setting(SettingMsg::Set("nodes.payment.workers".to_owned(), 3.0.into())));
    update(&mut before, Msg::Time(TimeMsg::StepSecond));
    asked(&mut before);
    mine(&mut before, MineMsg::Leave);
    let Route::Kept(id) = before.route.clone() else { panic!("it is kept") };
    // The database was too slow: it has nothing of it.
    let mut after = model(Route::Kept(id));
    assert!(matches!(after.content, Content::Loading));
    mine(&mut after, MineMsg::Listed(Ok(Vec::new())));
    for at in 0..200 {
        advance(&mut after, 16.0 * f64::from(at), || true);
    }
    let [one, other] = [&before, &after].map(|model| &model.content.run().expect("it runs").session);
    assert_eq!((one.now(), one.log().len()), (other.now(), other.log().len()));
    assert!(one.now().as_secs() >= 1.0);
    assert_eq!(view::digests(one), view::digests(other));
    let kept = asked(&mut after);
    assert_eq!(kept.len(), 1, "and the database hears of it");
    assert_eq!(storage::names("cascade.left.").len(), 1, "until it has it");
    mine(&mut after, MineMsg::Written(kept[0].0.clone(), Ok(())));
    assert_eq!(storage::names("cascade.left."), [""; 0]);
}

#[test]
fn the_last_twenty_are_kept_the_latest_first() {
    let mut model = model(Route::Mine);
    mine(&mut model, MineMsg::Listed(Ok(many(MOST_KEPT + 2))));
    assert_eq!((model.mine.list.len(), &*model.mine.list[0].id), (MOST_KEPT, "k21"));
    assert_eq!(forgotten(&mut model), ["k1", "k0"]);
    give(&mut model, "mine.json", Ok(SCENARIO));
    assert_eq!((model.mine.list.len(), model.mine.list[19].id.as_str()), (MOST_KEPT, "k3"));
    assert_eq!(forgotten(&mut model), ["k2"]);
}

#[test]
fn what_another_tab_has_changed_goes_on_as_a_copy() {
    let mut model = keeping();
    let Route::Kept(id) = model.route.clone() else { panic!("it is kept") };
    asked(&mut model);
    mine(&mut model, MineMsg::Written(id.clone(), Err(Trouble::Taken)));
    let copy = asked(&mut model);
    assert!(copy.len() == 1 && copy[0].0 != id, "{copy:?}");
    assert_eq!(model.route, Route::Kept(copy[0].0.clone()));
    assert_eq!(model.mine.news, Some(News::Copied));
    assert_eq!(Kept::read(&copy[0].1).expect("readable").name, "Copy of What waiting does");
    // From here on that one is kept.
    update(&mut model, Msg::Setting(SettingMsg::Set("nodes.payment.workers".to_owned(), 3.0.into())));
    mine(&mut model, MineMsg::Leave);
    let next = asked(&mut model);
    assert!(next.iter().all(|(own, _)| *own == copy[0].0) && next.len() == 1, "{next:?}");
}

#[test]
fn a_deletion_is_carried_out_when_it_is_too_late_to_undo_it() {
    let mut model = model(Route::Mine);
    advance(&mut model, 0.0, || true);
    mine(&mut model, MineMsg::Listed(Ok(many(3))));
    model.effects.clear();
    mine(&mut model, MineMsg::Delete("k1".to_owned()));
    assert_eq!((model.mine.list.len(), model.focus.take()), (2, Some(focus::Focus::on(focus::UNDELETE))));
    mine(&mut model, MineMsg::Undo);
    assert_eq!(model.mine.list.len(), 3);
    mine(&mut model, MineMsg::Delete("k1".to_owned()));
    mine(&mut model, MineMsg::Hold(true));
    advance(&mut model, 60_000.0, || true);
    assert!(model.mine.deleted.is_some() && forgotten(&mut model).is_empty(), "somebody is at the button");
    mine(&mut model, MineMsg::Hold(false));
    advance(&mut model, 69_000.0, || true);
    assert_eq!(forgotten(&mut model), [""; 0]);
    assert!(advance(&mut model, 70_100.0, || true).written);
    assert_eq!(forgotten(&mut model), ["k1"]);
    // Or when something else is done.
    mine(&mut model, MineMsg::Delete("k2".to_owned()));
    mine(&mut model, MineMsg::Delete("k0".to_owned()));
    assert_eq!(forgotten(&mut model), ["k2"]);
    update(&mut model, Msg::Open(Route::Opening));
    assert_eq!(forgotten(&mut model), ["k0"]);
}

#[test]
fn names_are_changed_and_copies_are_made() {
    let mut model = model(Route::Mine);
    mine(&mut model, MineMsg::Listed(Ok(many(2))));
    model.effects.clear();
    mine(&mut model, MineMsg::Rename("k0".to_owned(), " Shop\n".to_owned()));
    assert_eq!((asked(&mut model).len(), &*model.mine.list[1].name), (1, "Shop"), "its place stays");
    mine(&mut model, MineMsg::Rename("k0".to_owned(), " ".to_owned()));
    assert_eq!((asked(&mut model).len(), &*model.mine.list[1].name), (0, "Shop"));
    mine(&mut model, MineMsg::Duplicate("k0".to_owned()));
    assert_eq!(model.mine.list.len(), 3);
    let Some((_, text)) = asked(&mut model).pop() else { panic!("it is kept") };
    let copy = Kept::read(&text).expect("readable");
    assert_eq!((&*copy.name, copy.at), ("Copy of Shop", visit::now_ms()));
}

#[test]
fn what_is_given_opens_or_says_what_is_wrong_and_the_page_goes_on() {
    let mut model = model(Route::Opening);
    let wrong = SCENARIO.replace("\"workers\"", "\"wrokers\"");
    give(&mut model, "a.json", Ok(&wrong));
    give(&mut model, "a.json", Ok("{"));
    give(&mut model, "a.json", Err(Unreadable::TooLong));
    assert!(model.content.run().is_some() && asked(&mut model).is_empty());
    give(&mut model, "a.json", Ok(&wrong));
    let [refused] = model.mine.refused.as_slice() else { panic!("one") };
    assert!(
        refused.problems.iter().any(|problem| problem.path.contains("wrokers")),
        "{:?}",
        refused.problems
    );
    mine(&mut model, MineMsg::Dismiss);
    assert!(model.mine.refused.is_empty());
    // A scenario, and a record of one.
    let record = Record::read(SCENARIO).expect("a scenario").to_json().to_string();
    for text in [SCENARIO, &record] {
        give(&mut model, "a.json", Ok(text));
        let goes = model
            .effects
            .iter()
            .find_map(|effect| if let Effect::GoTo(to) = effect { Some(to) } else { None });
        let route = Route::of(goes.expect("it goes there"));
        update(&mut model, Msg::Open(route));
        assert!(model.content.run().is_some(), "at once");
        model.effects.clear();
    }
}

#[test]
fn where_the_browser_refuses_all_goes_on_for_the_visit_and_it_is_said_once() {
    let mut model = model(Route::Mine);
    mine(&mut model, MineMsg::Listed(Err(Trouble::Refused)));
    assert_eq!(model.mine.trouble, Some(Trouble::Refused));
    mine(&mut model, MineMsg::Dismiss);
    give(&mut model, "a.json", Ok(SCENARIO));
    let id = asked(&mut model)[0].0.clone();
    mine(&mut model, MineMsg::Written(id.clone(), Err(Trouble::Refused)));
    assert_eq!(model.mine.trouble, None, "it was said");
    update(&mut model, Msg::Open(Route::Kept(id.clone())));
    assert!(model.content.run().is_some());
    update(&mut model, Msg::Open(Route::Mine));
    mine(&mut model, MineMsg::Listed(Ok(Vec::new())));
    assert_eq!(model.mine.list.iter().map(|kept| &kept.id).collect::<Vec<_>>(), [&id]);
    mine(&mut model, MineMsg::Written(id, Ok(())));
    mine(&mut model, MineMsg::Trouble(Trouble::Full));
    assert_eq!(model.mine.trouble, Some(Trouble::Full), "another one is said");
}

#[test]
fn an_address_of_what_is_not_here_says_so() {
    let mut model = model(Route::Kept("gone".to_owned()));
    mine(&mut model, MineMsg::Listed(Ok(many(1))));
    assert!(matches!(model.content, Content::Mine));
    assert_eq!(model.mine.news, Some(News::Absent));
}

#[test]
fn what_is_stored_but_no_system_is_counted_and_left_alone() {
    let mut model = model(Route::Mine);
    let newer = many(1)[0].replace("\"kept\": 1", "\"kept\": 2");
    mine(&mut model, MineMsg::Listed(Ok(vec!["<b>".to_owned(), newer])));
    assert_eq!((model.mine.unread, model.mine.list.len()), (2, 0));
    assert_eq!(forgotten(&mut model), [""; 0]);
}
