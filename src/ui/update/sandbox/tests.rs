//! What is done with a system of one's own, as messages; no browser is needed for any of it.

use crate::base::Json;
use crate::editor::{Alignment, Edit};
use crate::ui::canvas::sizes::Sizes;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::gesture::Gesture;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::model::side::Side;
use crate::ui::msg::Msg;
use crate::ui::msg::inspect::InspectMsg;
use crate::ui::msg::sandbox::{LinkMsg, PaletteMsg, PointerMsg, SandboxMsg};
use crate::ui::msg::setting::SettingMsg;
use crate::ui::msg::time::TimeMsg;
use crate::ui::msg::variant::VariantMsg;
use crate::ui::platform::route::Route;
use crate::ui::update::frame::{advance, lay_out};
use crate::ui::update::{start, update};
use crate::view::{Point, Size};

/// The sandbox as it opens, where nothing moves, on a stage of 800 × 400.
fn opened() -> Model {
    let mut model = Model::new();
    start(&mut model, Route::Sandbox);
    update(&mut model, Msg::Time(TimeMsg::Toggle));
    let size = Some(Size { w: 800.0, h: 400.0 });
    let sizes = Sizes { stages: [size, size], larger: 1.0, ..Sizes::default() };
    update(&mut model, Msg::Measured(Box::new(sizes), true));
    lay_out(&mut model);
    model
}

fn own(model: &Model) -> &Sandbox {
    model.content.sandbox().expect("the sandbox")
}

fn act(model: &mut Model, msg: SandboxMsg) -> bool {
    let written = update(model, Msg::Sandbox(msg));
    model.stale.pictures = true;
    lay_out(model);
    written
}

fn add(model: &mut Model, preset: &'static str) -> String {
    act(model, SandboxMsg::Palette(PaletteMsg::Add(preset)));
    own(model).only().expect("what was added is chosen").to_owned()
}

fn join(model: &mut Model, from: &str, to: &str) {
    act(model, SandboxMsg::Link(LinkMsg::Join(from.to_owned(), to.to_owned())));
    assert!(own(model).refused.is_empty(), "{from} → {to}: {:?}", own(model).refused);
}

/// Ids of what runs.
fn running(model: &Model) -> Vec<String> {
    let plan = own(model).plan(Side::A).expect("a plan");
    plan.living_nodes().map(|(_, node)| node.id.clone()).collect()
}

fn text(model: &Model) -> String {
    own(model).editor().text().to_owned()
}

#[test]
fn it_opens_with_a_small_system_that_runs_and_fetches_the_templates() {
    let model = opened();
    assert_eq!(running(&model), ["users", "shop", "database"]);
    let mut model = Model::new();
    start(&mut model, Route::Sandbox);
    assert!(model.content.run().is_some_and(|run| run.session.playing()));
    advance(&mut model, 0.0, || false);
    advance(&mut model, 50.0, || false);
    assert!(model.content.run().is_some_and(|run| run.session.now().as_secs() > 0.0));
}

#[test]
fn a_gateway_three_services_a_topic_and_a_database_are_built_and_run() {
    let mut model = opened();
    act(&mut model, SandboxMsg::ChooseAll(true));
    act(&mut model, SandboxMsg::Delete);
    let users = add(&mut model, "client");
    let gateway = add(&mut model, "gateway");
    join(&mut model, &users, &gateway);
    let services = ["a", "b", "c"].map(|_| add(&mut model, "service"));
    for service in &services {
        join(&mut model, &gateway, service);
    }
    let (log, database) = (add(&mut model, "log"), add(&mut model, "store"));
    join(&mut model, &services[0], &log);
    join(&mut model, &log, &services[2]);
    join(&mut model, &services[1], &database);
    assert_eq!(running(&model).len(), 7);
    assert!(own(&model).plan(Side::A).is_some_and(|plan| plan.links.len() >= 12));
    update(&mut model, Msg::Time(TimeMsg::StepSecond));
    let variant = &own(&model).run.session.variants()[0];
    assert!(variant.telemetry().statistics().ledger(variant.snapshot().in_flight()).balances());
}

#[test]
fn every_kind_of_edit_is_undone_and_done_again() {
    let mut model = opened();
    let mut texts = vec![text(&model)];
    let path = "nodes.shop.operations.default";
    let step = |text: &str| Json::parse(text).expect("a step");
    let at = |at: usize| [path, "[", &at.to_string(), "]"].concat();
    let both = || vec!["users".to_owned(), "shop".to_owned()];
    let named = |id: &str, more: bool| SandboxMsg::Choose(id.to_owned(), more);
    let edits = [
        SandboxMsg::Palette(PaletteMsg::Add("queue")),
        SandboxMsg::Palette(PaletteMsg::Drop("log", Side::A, Point { x: 100.0, y: 300.0 })),
        SandboxMsg::Edit(Edit::AddNext { from: "shop".to_owned(), next: "service".to_owned() }),
        SandboxMsg::Link(LinkMsg::Join("shop".to_owned(), "queue".to_owned())),
        SandboxMsg::Edit(Edit::Disconnect { from: "shop".to_owned(), to: "queue".to_owned() }),
        SandboxMsg::Edit(Edit::Rename { node: "shop".to_owned(), to: "store_front".to_owned() }),
        SandboxMsg::Edit(Edit::Rename { node: "store_front".to_owned(), to: "shop".to_owned() }),
        SandboxMsg::Edit(Edit::Relabel { node: "shop".to_owned(), label: "The shop".to_owned() }),
        SandboxMsg::Edit(Edit::AddStep { at: at(0), step: step(r#"{"sleep": "5ms"}"#) }),
        SandboxMsg::Edit(Edit::MoveStep { from: at(0), to: at(2) }),
        SandboxMsg::Edit(Edit::RemoveStep { at: at(0) }),
        SandboxMsg::Edit(Edit::Wrap { at: at(0), count: 1, into: crate::editor::Wrapping::Choose }),
        SandboxMsg::Edit(Edit::Unwrap { at: at(0) }),
        SandboxMsg::Edit(Edit::Set { path: "nodes.shop.workers".to_owned(), value: 3.0.into() }),
        SandboxMsg::Edit(Edit::AddOperation { service: "shop".to_owned(), name: "refund".to_owned() }),
        SandboxMsg::Edit(Edit::RenameOperation {
            service: "shop".to_owned(),
            from: "refund".to_owned(),
            to: "give_back".to_owned(),
        }),
        SandboxMsg::Edit(Edit::RemoveOperation { service: "shop".to_owned(), name: "give_back".to_owned() }),
        SandboxMsg::Edit(Edit::Together(vec![Edit::Move { nodes: both(), by: [7.0, 9.0] }])),
        SandboxMsg::Tidy,
        SandboxMsg::Text(text(&model).replace("My system", "Another")),
    ];
    for edit in edits {
        let what = format!("{edit:?}");
        act(&mut model, edit);
        assert!(own(&model).refused.is_empty(), "{what}: {:?}", own(&model).refused);
        assert_ne!(texts.last(), Some(&text(&model)), "{what} changes something");
        texts.push(text(&model));
    }
    // Of several nodes: aligned, moved by keys, deleted.
    act(&mut model, named("users", false));
    act(&mut model, named("shop", true));
    for edit in [SandboxMsg::Align(Alignment::Top), SandboxMsg::Nudge(0.0, 20.0), SandboxMsg::Delete] {
        act(&mut model, edit);
        texts.push(text(&model));
    }
    for before in texts.iter().rev().skip(1) {
        act(&mut model, SandboxMsg::Undo);
        assert_eq!(text(&model), *before);
    }
    assert!(!own(&model).editor().can_undo(), "selecting is no step");
    for after in &texts[1..] {
        act(&mut model, SandboxMsg::Redo);
        assert_eq!(text(&model), *after);
    }
    assert!(!running(&model).contains(&"shop".to_owned()), "what runs went along");
}

#[test]
fn a_wrong_text_leaves_what_runs_and_a_right_one_takes_effect() {
    let mut model = opened();
    let right = text(&model);
    act(&mut model, SandboxMsg::Text(right.replace("\"shop\": {", "\"shop\": [")));
    assert!(!own(&model).editor().wrong().is_empty());
    assert_eq!(running(&model), ["users", "shop", "database"]);
    act(&mut model, SandboxMsg::Text(right.replace("database", "ledger")));
    assert!(own(&model).editor().wrong().is_empty());
    assert_eq!(running(&model), ["users", "shop", "ledger"]);
}

#[test]
fn settings_are_edits_and_go_on_in_the_running_system() {
    let mut model = opened();
    update(&mut model, Msg::Time(TimeMsg::StepSecond));
    let now = own(&model).run.session.now();
    let path = "nodes.shop.workers";
    let set = |value: f64| Msg::Setting(SettingMsg::Set(path.to_owned(), value.into()));
    update(&mut model, set(3.0));
    update(&mut model, set(4.0));
    let value = |model: &Model| own(model).run.session.variants()[0].scenario().get(path);
    assert_eq!((value(&model), own(&model).run.session.now()), (Some(4.0.into()), now));
    assert!(text(&model).contains("\"workers\": 4"));
    // A burst of one slider is one step.
    update(&mut model, Msg::Setting(SettingMsg::Undo));
    assert_eq!(value(&model), Some(8.0.into()));
    update(&mut model, set(-1.0));
    let run = model.content.run().expect("a run");
    assert_eq!(run.refused.as_ref().map(|refused| refused.path.as_str()), Some(path));
}

#[test]
fn a_card_is_dragged_without_writing_the_page_and_stays_where_it_was_put() {
    let mut model = opened();
    let plan_at = |model: &Model, id: &str| {
        let node = own(model).plan(Side::A).and_then(|plan| plan.node(id)).expect("a node");
        model.stages.fitted(Side::A).expect("a layout").node(node).whole.center()
    };
    let from = plan_at(&model, "shop");
    let press = PointerMsg::Press { side: Side::A, id: 1, at: from, touch: false, more: false };
    act(&mut model, SandboxMsg::Pointer(press));
    assert_eq!(own(&model).only(), Some("shop"));
    let to = Point { x: from.x - 30.0, y: from.y + 60.0 };
    assert!(!act(&mut model, SandboxMsg::Pointer(PointerMsg::Drag(1, to))), "only the canvas shows it");
    assert_eq!(plan_at(&model, "shop"), to);
    assert!(act(&mut model, SandboxMsg::Pointer(PointerMsg::Lift(1))));
    let there = plan_at(&model, "shop");
    assert!((there.x - to.x).abs() < 1.0 && (there.y - to.y).abs() < 1.0, "{there:?} {to:?}");
    act(&mut model, SandboxMsg::Undo);
    assert!(!text(&model).contains("positions"), "one drop, one step");
    // A second finger leaves nothing behind.
    let from = plan_at(&model, "shop");
    for id in [1, 2] {
        let press = PointerMsg::Press { side: Side::A, id, at: from, touch: true, more: false };
        act(&mut model, SandboxMsg::Pointer(press));
    }
    assert_eq!(own(&model).gesture, Gesture::None);
}

#[test]
fn links_by_keys_choose_a_target_and_escape_leaves_nothing() {
    let mut model = opened();
    add(&mut model, "queue");
    let before = text(&model);
    act(&mut model, SandboxMsg::Choose("shop".to_owned(), false));
    act(&mut model, SandboxMsg::Link(LinkMsg::Start(None)));
    act(&mut model, SandboxMsg::Escape);
    assert_eq!((text(&model), &own(&model).aim), (before, &None));
    act(&mut model, SandboxMsg::Link(LinkMsg::Start(None)));
    let targets = own(&model).aim.clone().expect("a link on its way").targets;
    let wanted = targets.iter().position(|id| id == "queue").expect("a target");
    for _ in 0..wanted {
        act(&mut model, SandboxMsg::Link(LinkMsg::Aim(1)));
    }
    act(&mut model, SandboxMsg::Link(LinkMsg::End));
    assert!(text(&model).contains(r#""publish""#));
}

#[test]
fn what_one_builds_is_there_again_after_another_page_and_a_template_can_be_undone() {
    let mut model = opened();
    add(&mut model, "queue");
    let built = text(&model);
    update(&mut model, Msg::Open(Route::Opening));
    update(&mut model, Msg::Sandbox(SandboxMsg::Bring));
    update(&mut model, Msg::Open(Route::Sandbox));
    assert!(running(&model).contains(&"payment".to_owned()), "what ran there came along");
    act(&mut model, SandboxMsg::Undo);
    assert_eq!(text(&model), built);
}

#[test]
fn a_second_variant_is_edited_by_itself() {
    let mut model = opened();
    update(&mut model, Msg::Variant(VariantMsg::Split));
    assert_eq!(own(&model).side, Side::B);
    add(&mut model, "queue");
    assert_eq!(running(&model), ["users", "shop", "database"]);
    let b = own(&model).plan(Side::B).expect("a plan");
    assert_eq!(b.living_nodes().count(), 4);
    update(&mut model, Msg::Variant(VariantMsg::Drop(Side::A)));
    assert_eq!(running(&model).len(), 4);
    assert_eq!(own(&model).editors.len(), 1);
}

#[test]
fn a_field_of_the_inspector_edits_and_refuses_in_place() {
    let mut model = opened();
    act(&mut model, SandboxMsg::Choose("shop".to_owned(), false));
    let commit =
        |value: &str| Msg::Inspect(InspectMsg::Commit("nodes.shop.workers".to_owned(), value.to_owned()));
    update(&mut model, commit("5"));
    assert!(text(&model).contains("\"workers\": 5"));
    update(&mut model, commit("-5"));
    let selected = model.inspector.selected.as_ref().expect("a panel");
    assert_eq!(selected.refused.as_ref().map(|(id, _)| id.as_str()), Some("nodes.shop.workers"));
    assert!(matches!(model.content, Content::Sandbox(_)));
}

#[test]
fn a_slider_fills_no_log_with_systems_and_what_changes_the_system_takes_effect_at_once() {
    let mut model = opened();
    let set = |model: &mut Model, path: &str, value: Json| {
        update(model, Msg::Setting(SettingMsg::Set(path.to_owned(), value)));
        let session = &mut model.content.run_mut().expect("it runs").session;
        session.run_until(session.now() + crate::base::SimDuration::from_secs(0.01));
    };
    let edits = |model: &Model| {
        let log = own(model).run.session.log().iter();
        log.filter(|done| matches!(done.action, crate::session::Action::Edit { .. })).count()
    };
    for workers in 2..40 {
        set(&mut model, "nodes.shop.workers", Json::Number(f64::from(workers)));
    }
    assert_eq!((edits(&model), own(&model).run.session.log().len()), (0, 38));
    let plan = |model: &Model| own(model).plan(Side::A).expect("a plan").services[0].clone();
    assert_eq!(plan(&model).workers, 39);
    set(&mut model, "nodes.shop.discipline", "lifo".into());
    assert_eq!(edits(&model), 1, "another order in the waiting room is another system");
    assert!(!own(&model).run.session.variants()[0].is_waiting());
}
