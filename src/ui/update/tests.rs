//! What messages do to the model; no browser is needed for any of them.

use super::frame::advance;
use super::*;
use crate::base::Json;
use crate::lesson::player::{GuessAction, Player};
use crate::session::{Run, Session, VariantRun};
use crate::ui::model::effect::File;
use crate::ui::model::focus::{self, Focus};
use crate::ui::model::side::Side;
use crate::ui::model::theme::Choice;
use crate::ui::model::word::Word;
use crate::ui::msg::chart::{ChartMsg, Form};
use crate::ui::msg::inspect::{InspectMsg, Step};
use crate::ui::msg::lesson::LessonMsg;
use crate::ui::msg::setting::SettingMsg;
use crate::ui::msg::stage::CameraMsg;
use crate::ui::msg::time::TimeMsg;
use crate::ui::msg::trace::TraceMsg;
use crate::ui::msg::variant::VariantMsg;
use crate::view::inspector::{Subject, subjects};
use crate::view::{self, ChartId, ChartKind, Point, Size};

/// A lesson of two steps over the opening page's scenarios.
const LESSON: &str = concat!(
    r#"{ "schema": 1, "title": "Waiting", "summary": "S",
        "about": { "chapter": 1, "number": 1, "minutes": 5, "level": "beginner" },
        "variants": [ { "label": "Calls", "scenario": "#,
    include_str!("../../../static/opening/a.json"),
    r#" }, { "label": "Queue", "scenario": "#,
    include_str!("../../../static/opening/b.json"),
    r#" } ],
        "faults": [ { "label": "Slow", "fault": { "slow": { "node": "payment", "factor": 10 } } },
                    { "label": "Crash", "fault": { "crash": { "node": "payment" } } } ],
        "steps": [ { "heading": "One", "text": [ "A {request}." ] },
                   { "heading": "Two", "text": [], "figure": { "faults": [1], "look": ["orders"] }, "quiz": [
                     { "question": "Q", "answers": [ { "text": "No", "because": "No." },
                                                     { "text": "Yes", "right": true } ] } ] } ] }"#
);

fn opened(route: Route) -> Model {
    let mut model = Model::new();
    start(&mut model, route);
    model
}

/// The opening page, where nothing moves.
fn still() -> Model {
    let mut model = opened(Route::Opening);
    if session(&model).playing() {
        update(&mut model, Msg::Time(TimeMsg::Toggle));
    }
    model.effects.clear();
    model
}

fn lesson() -> Model {
    let route = Route::Lesson("waiting".to_owned());
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route, Ok(LESSON.to_owned())));
    if let Content::Broken(problems) = &model.content {
        panic!("{problems:?}");
    }
    model
}

fn run(model: &Model) -> &Run {
    model.content.run().expect("it runs")
}

fn player(model: &Model) -> &Player {
    model.content.player().expect("it is a lesson")
}

fn session(model: &Model) -> &Session {
    &run(model).session
}

fn variant(model: &Model, side: Side) -> &VariantRun {
    &session(model).variants()[side.at()]
}

fn value(model: &Model, side: Side, path: &str) -> Option<Json> {
    variant(model, side).scenario().get(path)
}

fn set(model: &mut Model, path: &str, value: f64) {
    update(model, Msg::Setting(SettingMsg::Set(path.to_owned(), Json::Number(value))));
}

fn fetched(model: &Model) -> Vec<&Route> {
    let mut routes = Vec::new();
    for effect in &model.effects {
        if let Effect::Fetch(route) = effect {
            routes.push(route);
        }
    }
    routes
}

const RATE: &str = "nodes.shoppers.arrivals.poisson.rate";
const SIZE: Size = Size { w: 800.0, h: 400.0 };

#[test]
fn the_opening_page_runs_at_once_and_others_are_fetched() {
    let model = opened(Route::Opening);
    assert_eq!((session(&model).variants().len(), fetched(&model).len()), (2, 0));
    let model = opened(Route::Gallery);
    assert!(matches!(model.content, Content::Loading));
    assert_eq!(fetched(&model), [&Route::Gallery]);
    assert!(matches!(opened(Route::Unknown).content, Content::Nowhere));
}

#[test]
fn a_lesson_that_came_runs_and_asks_for_its_words() {
    let model = lesson();
    assert_eq!(player(&model).lesson().title, "Waiting");
    assert_eq!(fetched(&model), [&Route::Lesson("waiting".to_owned()), &Route::Glossary]);
    // The address may name a step.
    let route = Route::Step("waiting".to_owned(), 2);
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route, Ok(LESSON.to_owned())));
    assert_eq!(player(&model).at(), 1);
}

#[test]
fn what_fields_mean_is_fetched_with_the_first_and_asked_for_again_where_it_did_not_come() {
    let mut model = still();
    let first = subjects(variant(&model, Side::A))[0];
    let mut asks = |msg: Msg| {
        update(&mut model, msg);
        std::mem::take(&mut model.effects)
            .iter()
            .filter(|effect| matches!(effect, Effect::FetchDescriptions))
            .count()
    };
    let open = || Msg::Inspect(InspectMsg::Open(Side::A, first));
    assert_eq!([asks(open()), asks(open())], [1, 0]);
    assert_eq!([asks(Msg::Described(Err("gone".to_owned()))), asks(open())], [0, 1]);
    assert_eq!([asks(Msg::Described(Ok("{}".to_owned()))), asks(open())], [0, 0]);
}

#[test]
fn what_did_not_come_or_is_wrong_is_said() {
    let route = Route::Lesson("waiting".to_owned());
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route.clone(), Err("gone".to_owned())));
    assert!(matches!(&model.content, Content::Missing(why) if why == "gone"));
    update(&mut model, Msg::Loaded(route.clone(), Ok("{".to_owned())));
    assert!(matches!(&model.content, Content::Broken(problems) if !problems.is_empty()));
    update(&mut model, Msg::Reload);
    assert!(matches!(model.content, Content::Loading));
    assert_eq!(fetched(&model).last(), Some(&&route));
}

#[test]
fn an_answer_that_nobody_waits_for_changes_nothing() {
    let mut model = opened(Route::Opening);
    update(&mut model, Msg::Loaded(Route::Lesson("waiting".to_owned()), Ok(LESSON.to_owned())));
    assert!(matches!(&model.content, Content::Scenario(open) if open.title == "What waiting does"));
    // But the list of lessons is kept, and shown once it is asked for.
    update(&mut model, Msg::Loaded(Route::Course, Ok("[]".to_owned())));
    assert!(model.content.run().is_some());
    update(&mut model, Msg::Open(Route::Course));
    assert!(matches!(model.content, Content::Course));
}

#[test]
fn progress_is_kept_and_taken_up_again() {
    let mut model = lesson();
    update(&mut model, Msg::Lesson(LessonMsg::Step(1)));
    assert_eq!(model.focus, Some(Focus::Step));
    update(&mut model, Msg::Lesson(LessonMsg::Answer { question: 0, answer: 1 }));
    let given = |model: &Model| player(model).state().answers[0].clone();
    assert!(given(&model).is_some_and(|given| given.answer == 1 && given.right == [false, true]));
    update(&mut model, Msg::Lesson(LessonMsg::Answer { question: 0, answer: 0 }));
    update(&mut model, Msg::Lesson(LessonMsg::Answer { question: 7, answer: 0 }));
    assert!(given(&model).is_some_and(|given| given.answer == 1), "an answer stays");

    let mut model = opened(Route::Opening);
    let begun = model.shelf.bookmarks.first().expect("it was begun");
    assert_eq!((begun.slug.as_str(), begun.at, begun.of, begun.is_done()), ("waiting", 1, 2, true));
    update(&mut model, Msg::Forget);
    assert!(model.shelf.bookmarks.is_empty() && model.shelf.is_forgotten());
    update(&mut model, Msg::Forget);
    assert_eq!(model.shelf.bookmarks.len(), 1, "taken back");
}

#[test]
fn time_steps_jumps_and_never_goes_before_its_beginning() {
    let mut model = still();
    let mut pass = |msg| {
        update(&mut model, Msg::Time(msg));
        // What is on its way arrives with the next frames.
        for frame in 1..1000 {
            if session(&model).going().is_none() {
                break;
            }
            advance(&mut model, f64::from(frame) * 16.0, || true);
        }
        (session(&model).now().as_secs(), session(&model).playing())
    };
    assert_eq!(pass(TimeMsg::StepSecond), (1.0, false));
    assert_eq!(pass(TimeMsg::Jump(10.0)), (11.0, false));
    assert_eq!(pass(TimeMsg::Jump(-1.0)), (10.0, false));
    assert_eq!(pass(TimeMsg::Jump(-100.0)), (0.0, false));
    assert_eq!(pass(TimeMsg::ToEnd), (60.0, false), "nothing is planned: a minute");
    assert_eq!(pass(TimeMsg::Toggle), (60.0, true));
    assert!(pass(TimeMsg::StepEvent).0 > 60.0);
    assert_eq!(pass(TimeMsg::Restart), (0.0, false));
}

#[test]
fn speeds_end_at_the_first_and_the_last() {
    let mut model = still();
    let mut speed = |msg| {
        update(&mut model, Msg::Time(msg));
        session(&model).speed()
    };
    assert_eq!(speed(TimeMsg::Speed(1.0)), 1.0);
    assert_eq!(speed(TimeMsg::Faster(1)), 2.0);
    assert_eq!(speed(TimeMsg::Faster(-2)), 0.5);
    assert_eq!(speed(TimeMsg::Faster(100)), 1000.0);
    assert_eq!(speed(TimeMsg::Faster(-100)), 0.01);
}

#[test]
fn settings_concern_the_variant_that_is_chosen_and_can_be_taken_back() {
    let mut model = still();
    let was = value(&model, Side::A, RATE);
    update(&mut model, Msg::Variant(VariantMsg::Target(Some(Side::B))));
    set(&mut model, RATE, 40.0);
    assert_eq!(value(&model, Side::A, RATE), was);
    assert_eq!(value(&model, Side::B, RATE), Some(Json::Number(40.0)));
    let knobs = view::knobs(session(&model), run(&model).target());
    let knob = knobs.into_iter().find(|knob| knob.path == RATE).expect("the knob");
    assert_eq!(knob.at(knob.place), Json::Number(40.0), "the slider shows what it sets");
    update(&mut model, Msg::Setting(SettingMsg::Undo));
    assert_eq!(value(&model, Side::B, RATE), was);
    update(&mut model, Msg::Variant(VariantMsg::Target(None)));
    set(&mut model, RATE, 50.0);
    assert_eq!(Side::BOTH.map(|side| value(&model, side, RATE)), [(); 2].map(|()| Some(Json::Number(50.0))));
}

#[test]
fn a_refused_setting_is_told_until_another_is_made() {
    let mut model = still();
    set(&mut model, RATE, -1.0);
    assert!(
        run(&model)
            .refused
            .as_ref()
            .is_some_and(|refused| refused.path == RATE && !refused.problems.is_empty())
    );
    set(&mut model, RATE, 20.0);
    assert_eq!(run(&model).refused, None);
}

#[test]
fn a_seed_begins_again_and_nonsense_does_not() {
    let mut model = still();
    update(&mut model, Msg::Time(TimeMsg::StepSecond));
    update(&mut model, Msg::Setting(SettingMsg::Seed("seven".to_owned())));
    assert!(run(&model).refused.is_some());
    assert_eq!(session(&model).now().as_secs(), 1.0);
    update(&mut model, Msg::Setting(SettingMsg::Seed(" 42 ".to_owned())));
    assert_eq!((view::seed(session(&model)), session(&model).now().as_secs()), (42, 0.0));
    model.effects.clear();
    update(&mut model, Msg::Setting(SettingMsg::NewSeed));
    assert!(model.effects.iter().any(|effect| matches!(effect, Effect::DrawSeed)));
}

#[test]
fn digits_press_the_buttons_that_are_shown() {
    let mut model = lesson();
    let active = |model: &Model| {
        let faults = run(model).faults.iter();
        faults.map(|button| run(model).is_active(&button.faults)).collect::<Vec<_>>()
    };
    update(&mut model, Msg::Setting(SettingMsg::FaultKey(1)));
    assert_eq!(active(&model), [true, false]);
    update(&mut model, Msg::Setting(SettingMsg::FaultKey(1)));
    update(&mut model, Msg::Lesson(LessonMsg::Step(1)));
    // This step shows the second alone.
    for number in [0, 2, 9, 1] {
        update(&mut model, Msg::Setting(SettingMsg::FaultKey(number)));
    }
    assert_eq!(active(&model), [false, true]);
}

#[test]
fn the_stage_that_a_step_speaks_of_is_in_front() {
    // The second step speaks of a queue, which B alone has; the first of nothing.
    let mut model = lesson();
    let mut front = |step| {
        update(&mut model, Msg::Lesson(LessonMsg::Step(step)));
        model.stages.front
    };
    assert_eq!([front(1), front(0)], [Side::B, Side::A]);
    let route = Route::Step("waiting".to_owned(), 2);
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route, Ok(LESSON.to_owned())));
    assert_eq!(model.stages.front, Side::B);
}

#[test]
fn each_step_has_its_address_and_the_browser_goes_back_to_it() {
    let mut model = lesson();
    let open = |model: &mut Model, step| {
        update(model, Msg::Open(Route::Step("waiting".to_owned(), step)));
        player(model).at()
    };
    model.effects.clear();
    update(&mut model, Msg::Lesson(LessonMsg::Step(1)));
    assert!(
        model.effects.iter().any(|effect| matches!(effect, Effect::GoTo(to) if to == "#/lesson/waiting/2"))
    );
    update(&mut model, Msg::Lesson(LessonMsg::Answer { question: 0, answer: 0 }));
    update(&mut model, Msg::Time(TimeMsg::StepSecond));
    let now = session(&model).now();
    // The browser tells that the address has changed: the step is open already.
    assert_eq!((open(&mut model, 2), session(&model).now()), (1, now));
    // Back to the first step, whose address may name no step, and forward again: the answer is there.
    update(&mut model, Msg::Open(Route::Lesson("waiting".to_owned())));
    assert_eq!((player(&model).at(), model.focus.clone()), (0, Some(Focus::Step)));
    assert_eq!(open(&mut model, 2), 1);
    assert!(player(&model).state().answers[0].is_some());
    assert!(
        !model.effects.iter().any(|effect| matches!(effect, Effect::Fetch(Route::Step(..)))),
        "it is there"
    );
    // A reload: the same step, the answer kept.
    let route = Route::Step("waiting".to_owned(), 2);
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route, Ok(LESSON.to_owned())));
    assert_eq!(player(&model).at(), 1);
    assert_eq!(player(&model).state().answers[0].as_ref().map(|answered| answered.answer), Some(0));
    update(&mut model, Msg::Lesson(LessonMsg::Again(0)));
    assert_eq!(player(&model).state().answers[0], None);
    // Another lesson is another page.
    update(&mut model, Msg::Open(Route::Step("elsewhere".to_owned(), 1)));
    assert!(matches!(model.content, Content::Loading));
}

#[test]
fn nothing_is_broken_or_set_before_the_guess() {
    let guess = r#""heading": "One", "predict": { "question": "Q", "reveal": "R", "run": { "at": "5s" },
        "choices": [ { "text": "Y", "right": true }, { "text": "N" } ] },"#;
    let route = Route::Lesson("waiting".to_owned());
    let mut model = opened(route.clone());
    update(&mut model, Msg::Loaded(route, Ok(LESSON.replace(r#""heading": "One","#, guess))));
    let workers = |model: &Model| session(model).variants()[0].scenario().get("nodes.payment.workers");
    let (before, fault) = (workers(&model), SettingMsg::Fault(0));
    for msg in [
        fault.clone(),
        SettingMsg::FaultKey(1),
        SettingMsg::Set("nodes.payment.workers".to_owned(), 3.0.into()),
    ] {
        update(&mut model, Msg::Setting(msg));
    }
    let is_slow = |model: &Model| run(model).is_active(&run(model).faults[0].faults);
    assert!(!is_slow(&model));
    assert_eq!(workers(&model), before);
    update(&mut model, Msg::Lesson(LessonMsg::Guess(GuessAction::Choose(1))));
    update(&mut model, Msg::Setting(fault));
    assert!(is_slow(&model));
}

#[test]
fn other_variants_forget_what_was_selected() {
    let mut model = still();
    let part = subjects(variant(&model, Side::B))[0];
    update(&mut model, Msg::Inspect(InspectMsg::Open(Side::B, part)));
    assert!(model.inspector.selected.is_some());
    update(&mut model, Msg::Variant(VariantMsg::Drop(Side::A)));
    assert_eq!(session(&model).variants().len(), 1);
    assert!(model.inspector.selected.is_none());
    update(&mut model, Msg::Variant(VariantMsg::Split));
    assert_eq!((session(&model).variants().len(), run(&model).target), (2, Some(Side::B.at())));
}

#[test]
fn comparing_with_another_scenario_is_an_address() {
    let mut model = opened(Route::Scenario("retries".to_owned(), None));
    update(&mut model, Msg::Variant(VariantMsg::Against("queues".to_owned())));
    assert!(!model.effects.iter().any(|effect| matches!(effect, Effect::GoTo(_))), "nothing runs yet");
    model.content = opened(Route::Opening).content;
    update(&mut model, Msg::Variant(VariantMsg::Against("queues".to_owned())));
    assert!(
        model
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::GoTo(to) if to == "#/gallery/retries/queues"))
    );
}

#[test]
fn the_inspector_opens_closes_and_gives_the_focus_back() {
    let mut model = still();
    let parts = subjects(variant(&model, Side::A));
    update(&mut model, Msg::Inspect(InspectMsg::Focus(Side::A, Some(parts[1]))));
    assert_eq!((model.inspector.marked(), model.inspector.reach), (Some((Side::A, parts[1])), [1, 0]));
    update(&mut model, Msg::Inspect(InspectMsg::Move(Side::A, Step::Last)));
    assert_eq!(model.focus, Some(Focus::Element(focus::part(Side::A, parts.len() - 1))));
    update(&mut model, Msg::Inspect(InspectMsg::Focus(Side::A, None)));
    update(&mut model, Msg::Inspect(InspectMsg::Open(Side::A, parts[2])));
    assert_eq!(
        (model.inspector.marked(), &model.focus),
        (Some((Side::A, parts[2])), &Some(Focus::on(focus::INSPECTOR)))
    );
    update(&mut model, Msg::Inspect(InspectMsg::Close));
    assert_eq!(
        (model.inspector.marked(), &model.focus),
        (None, &Some(Focus::Element(focus::part(Side::A, 2))))
    );
    assert!(
        !update(&mut model, Msg::Inspect(InspectMsg::Draft("x".to_owned(), String::new()))),
        "nothing is selected"
    );
}

#[test]
fn arrows_on_a_stage_go_from_node_to_node_and_stop_at_the_ends() {
    let mut model = still();
    let parts = subjects(variant(&model, Side::B));
    let mut reach = |step| {
        update(&mut model, Msg::Inspect(InspectMsg::Move(Side::B, step)));
        model.inspector.reach[1]
    };
    assert_eq!(reach(Step::By(-1)), 0);
    let next = (1..parts.len()).find(|at| matches!(parts[*at], Subject::Node(_))).expect("a second node");
    assert_eq!(reach(Step::Node(1)), next);
    assert_eq!(reach(Step::Node(-1)), 0);
    assert_eq!(reach(Step::Last), parts.len() - 1);
    assert_eq!(reach(Step::By(1)), parts.len() - 1);
    assert_eq!(reach(Step::First), 0);
}

#[test]
fn a_field_of_the_inspector_is_set_refused_and_put_back() {
    let mut model = still();
    let path = "nodes.shop.workers";
    let shop = subjects(variant(&model, Side::A)).into_iter().find(|part| match part {
        Subject::Node(node) => variant(&model, Side::A).plan().id(*node) == "shop",
        _ => false,
    });
    update(&mut model, Msg::Inspect(InspectMsg::Open(Side::A, shop.expect("the shop"))));
    let write = |model: &mut Model, text: &str| {
        update(model, Msg::Inspect(InspectMsg::Draft(path.to_owned(), text.to_owned())));
        update(model, Msg::Inspect(InspectMsg::Commit(path.to_owned(), text.to_owned())));
        model
            .inspector
            .selected
            .as_ref()
            .and_then(|selected| selected.refused.clone())
            .map(|(field, _)| field)
    };
    assert_eq!(write(&mut model, "many"), Some(path.to_owned()));
    assert_eq!(value(&model, Side::A, path), Some(Json::Number(20.0)));
    assert_eq!(write(&mut model, "7"), None);
    assert_eq!(value(&model, Side::A, path), Some(Json::Number(7.0)));
    update(&mut model, Msg::Setting(SettingMsg::Undo));
    assert_eq!(value(&model, Side::A, path), Some(Json::Number(20.0)));
}

#[test]
fn what_moves_a_picture_opens_nothing() {
    let mut model = still();
    model.sizes.stages = [Some(SIZE); 2];
    frame::lay_out(&mut model);
    let layout = model.stages.seen(Side::A).expect("a layout");
    let Subject::Node(node) = subjects(variant(&model, Side::A))[0] else { panic!("a node comes first") };
    let at = layout.node(node).whole.center();
    let click = InspectMsg::Click { side: Side::A, at, touch: false };
    update(&mut model, Msg::Camera(Side::A, CameraMsg::Down(1, Point { x: 0.0, y: 0.0 })));
    update(&mut model, Msg::Camera(Side::A, CameraMsg::Drag(1, at)));
    assert!(!update(&mut model, Msg::Inspect(InspectMsg::Click { side: Side::A, at, touch: false })));
    assert!(model.inspector.selected.is_none());
    update(&mut model, Msg::Camera(Side::A, CameraMsg::Up(1)));
    update(&mut model, Msg::Camera(Side::A, CameraMsg::Down(1, at)));
    assert!(update(&mut model, Msg::Inspect(click)));
    assert_eq!(model.inspector.marked(), Some((Side::A, Subject::Node(node))));
}

#[test]
fn a_camera_writes_the_page_only_at_its_bounds() {
    let mut model = still();
    assert!(!update(&mut model, Msg::Cameras(CameraMsg::Zoom(2.0, None))), "nothing is drawn yet");
    model.sizes.stages = [Some(SIZE); 2];
    assert!(update(&mut model, Msg::Cameras(CameraMsg::Zoom(2.0, None))), "it leaves the whole");
    assert!(!update(&mut model, Msg::Camera(Side::A, CameraMsg::Zoom(2.0, None))));
    assert!(update(&mut model, Msg::Camera(Side::A, CameraMsg::Zoom(1e9, None))), "as near as it goes");
    let zooms = Side::BOTH.map(|side| model.stages.camera(side).zoom());
    assert_eq!(zooms, [view::Camera::MOST, 2.0]);
    assert!(update(&mut model, Msg::Cameras(CameraMsg::Fit)));
    assert!(Side::BOTH.iter().all(|side| model.stages.camera(*side).is_fit()));
}

#[test]
fn a_chart_that_is_opened_is_large_has_the_focus_and_stays_chosen() {
    let mut model = still();
    let id = ChartId::from(ChartKind::Latency);
    update(&mut model, Msg::Chart(ChartMsg::Open(id.clone())));
    let slot = model.charts.large.expect("it is large");
    assert_eq!((model.charts.id(slot), &model.focus), (Some(id), &Some(Focus::Chart(slot))));
    update(&mut model, Msg::Chart(ChartMsg::Choose(slot, false)));
    assert_eq!(model.charts.large, None);
    assert!(!model.charts.shown(session(&model)).contains(&slot));
    // On the next visit as well.
    let next = opened(Route::Opening);
    assert!(!next.charts.shown(session(&next)).contains(&slot));
}

#[test]
fn a_chart_is_saved_in_each_form_as_soon_as_it_is_drawn() {
    let mut model = still();
    update(&mut model, Msg::Time(TimeMsg::StepSecond));
    let slot = model.charts.shown(session(&model))[0];
    let saved = |model: &mut Model, form| {
        model.effects.clear();
        assert!(!update(model, Msg::Chart(ChartMsg::Save(slot, form))));
        match model.effects.pop() {
            Some(Effect::Save(File::Text { name, kind, text })) => Some((name, kind, text.len() > 20)),
            Some(Effect::Save(File::Picture { name, size, .. })) => Some((name, "png", size == SIZE)),
            _ => None,
        }
    };
    assert_eq!(saved(&mut model, Form::Png), None, "it has no picture yet");
    model.sizes.charts[slot.at()] = Some(SIZE);
    for (form, ending, kind) in [
        (Form::Csv, ".csv", "text/csv;charset=utf-8"),
        (Form::Svg, ".svg", "image/svg+xml"),
        (Form::Png, ".png", "png"),
    ] {
        let (name, said, whole) = saved(&mut model, form).expect("a file");
        assert!(name.starts_with("cascade-") && name.ends_with(ending), "{name}");
        assert_eq!((said, whole), (kind, true));
    }
}

#[test]
fn colours_come_in_turn_and_are_shown() {
    let mut model = still();
    update(&mut model, Msg::System { dark: true, reduced_motion: true });
    assert_eq!((model.colours(), model.stages.reduced_motion), (view::Theme::Dark, true));
    update(&mut model, Msg::NextTheme);
    assert_eq!((model.theme, model.colours()), (Choice::Light, view::Theme::Light));
    assert!(model.effects.iter().any(|effect| matches!(effect, Effect::ShowColours)));
    assert_eq!(Model::new().theme, Choice::Light, "remembered");
}

#[test]
fn a_word_is_written_once_and_goes_with_its_step() {
    let mut model = lesson();
    let word = |key: &str, place: &str| Some(Word { key: key.to_owned(), place: place.to_owned() });
    assert!(update(&mut model, Msg::Word(word("request", "top:1px"))));
    assert!(!update(&mut model, Msg::Word(word("request", "top:2px"))), "another part of it");
    assert!(update(&mut model, Msg::Word(word("retry", "top:1px"))));
    update(&mut model, Msg::Lesson(LessonMsg::Step(1)));
    assert_eq!(model.word, None);
}

#[test]
fn frames_let_time_pass_and_bring_numbers_up_to_date_now_and_then() {
    let mut model = still();
    assert_eq!(advance(&mut model, 0.0, || true), frame::Done::default(), "nothing moves");
    update(&mut model, Msg::Time(TimeMsg::Toggle));
    model.effects.clear();
    let mut written = 0;
    for frame in 1..=60 {
        let done = advance(&mut model, f64::from(frame) * 1000.0 / 60.0, || true);
        assert!(done.passed);
        written += u32::from(done.written);
    }
    assert!((0.9..=1.1).contains(&session(&model).now().as_secs()), "{:?}", session(&model).now());
    assert!((5..=8).contains(&written), "{written} times a second");
    let marks = model.effects.iter().filter(|effect| matches!(effect, Effect::MarkFirstMessage));
    assert_eq!(marks.count(), 1, "the first message is told once");
}

#[test]
fn those_who_do_not_see_the_stages_are_told_while_time_passes() {
    let mut model = still();
    assert!(!update(&mut model, Msg::Tell), "what stands still has been told");
    update(&mut model, Msg::Time(TimeMsg::Toggle));
    assert!(update(&mut model, Msg::Tell));
    assert_eq!(model.told.words.len(), 2);
    assert!(model.told.words.iter().all(|words| !words.is_empty()));
}

#[test]
fn a_trace_is_chosen_shown_and_saved() {
    let mut model = still();
    for _ in 0..8 {
        update(&mut model, Msg::Time(TimeMsg::StepSecond));
    }
    update(&mut model, Msg::Trace(TraceMsg::Open(true)));
    let request = model.traces.list.first().expect("a trace is listed").request;
    assert!(update(&mut model, Msg::Trace(TraceMsg::Choose(request))));
    let (side, trace) = model.traces.chosen.as_ref().expect("chosen");
    assert_eq!((*side, trace.request()), (Side::A, request));
    // When it began nothing of it had happened yet; what came of it is known all the same.
    let ended = trace.ended();
    assert!(ended.is_some());
    use crate::ui::model::traces::{Form, Moment, Saved};
    update(&mut model, Msg::Trace(TraceMsg::GoTo(Moment::Began)));
    while session(&model).going().is_some() {
        advance(&mut model, 0.0, || true);
    }
    let (_, trace) = model.traces.chosen.as_ref().expect("still chosen");
    assert_eq!((trace.ended(), trace.offered()), (ended, run(&model).session.now()));
    model.effects.clear();
    update(&mut model, Msg::Trace(TraceMsg::Save(Saved::Chosen, Form::Otlp)));
    let name = ["trace-", &request.to_string(), ".otlp.json"].concat();
    assert!(matches!(&model.effects[..], [Effect::Save(File::Text { name: own, .. })] if *own == name));
    // Back before it began there is no such trace.
    update(&mut model, Msg::Time(TimeMsg::Restart));
    assert!(model.traces.chosen.is_none());
}
