//! The page that is open, below the header.

use yew::prelude::*;

use crate::session::Run;
use crate::ui::canvas::canvases::Canvases;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::model::focus::FIGURE;
use crate::ui::msg::Msg;
use crate::ui::pages::callbacks::Callbacks;
use crate::ui::pages::figure::figure;
use crate::ui::pages::gallery::gallery;
use crate::ui::pages::glossary::glossary;
use crate::ui::pages::mine::mine;
use crate::ui::pages::sandbox::sandbox;
use crate::ui::pages::teacher::teacher;
use crate::ui::panels::controls::{self, Controls};
use crate::ui::panels::course::course;
use crate::ui::panels::inspector::inspector;
use crate::ui::panels::lesson::{Shown, introduction, step};
use crate::ui::panels::mine::{keep, notices};
use crate::ui::panels::{transport, trouble};
use crate::ui::platform::route::Route;

/// The page, and the bar of time where something runs.
pub fn page(model: &Model, canvases: &Canvases, callbacks: &Callbacks) -> Html {
    let send = &callbacks.send;
    let running = model.content.run();
    html! {
        <>
            <main class="page" data-page={kind(model)}>
                {notices(&model.mine, &send.reform(Msg::Mine))}
                {beside(model, canvases, callbacks)}
                if let Some(run) = running {
                    {figure(model, run, canvases, callbacks)}
                    if model.route == Route::Opening {
                        {lessons(model, false, send)}
                    }
                }
            </main>
            if let Some(run) = running {
                {transport::transport(
                    transport::Shown::of(&run.session, &canvases.timeline.node),
                    &send.reform(Msg::Time),
                    &send.reform(|()| Msg::Help(true)),
                )}
            }
        </>
    }
}

/// What kind of page it is, for the style sheet.
fn kind(model: &Model) -> &'static str {
    match (&model.content, &model.route) {
        (Content::Scenario(_), Route::Opening) => "opening",
        (Content::Scenario(_), _) => "exhibit",
        (Content::Lesson(_), _) => "lesson",
        (Content::Sandbox(_), _) => "sandbox",
        (Content::Gallery(_) | Content::Course | Content::Mine, _) => "gallery",
        _ => "empty",
    }
}

/// What stands beside the figure, or in its place.
fn beside(model: &Model, canvases: &Canvases, callbacks: &Callbacks) -> Html {
    let send = &callbacks.send;
    match &model.content {
        Content::Loading => trouble::loading(),
        Content::Missing(why) => trouble::missing(why, &send.reform(|()| Msg::Reload)),
        Content::Broken(problems) => trouble::broken(problems),
        Content::Unreadable(wrong) => trouble::unreadable(wrong),
        Content::Nowhere => trouble::nowhere(),
        Content::Text(text) => html! {
            <article class="panel prose" id={FIGURE} tabindex="-1">
                {Html::from_html_unchecked(text.clone().into())}
            </article>
        },
        Content::Teacher(lesson) => {
            let slug = model.route.taught().unwrap_or_default();
            lesson.teacher.as_ref().map_or_else(trouble::nowhere, |own| teacher(slug, lesson, own))
        }
        Content::Course => lessons(model, true, send),
        Content::Mine => mine(&model.mine, &send.reform(Msg::Mine)),
        Content::Glossary => model.glossary.as_ref().map_or_else(trouble::loading, glossary),
        Content::Gallery(sought) => {
            let find = send.reform(Msg::Find);
            let own = send.reform(Msg::Sandbox);
            model.gallery.as_ref().map_or_else(trouble::loading, |all| gallery(all, sought, &find, &own))
        }
        Content::Sandbox(own) => sandbox(model, own, callbacks),
        Content::Scenario(open) => {
            let begun = model.shelf.last().filter(|_| model.route == Route::Opening);
            let on_set = send.reform(Msg::Setting);
            let knobs = controls::knobs(&open.run);
            let controls = Controls { run: &open.run, knobs: &knobs, locked: false, on_set: &on_set };
            let text = html! {
                <>
                    {introduction(open, begun)}
                    {keep(model.mine.current.is_some(), &send.reform(Msg::Mine))}
                </>
            };
            side(model, &open.run, text, Some(&controls), callbacks)
        }
        Content::Lesson(player) => {
            let on_set = send.reform(Msg::Setting);
            let (run, locked) = (&player.run, player.awaits_guess());
            let knobs = controls::knobs(run);
            let controls = Controls { run, knobs: &knobs, locked, on_set: &on_set };
            // A step that names what it needs has it beside its task; one that shows everything has it below its text.
            let inside = player.step().figure.knobs.is_some();
            let shown = Shown {
                player,
                slug: model.route.lesson(),
                course: model.shelf.course.as_ref(),
                word: model.word.as_ref(),
                glossary: model.glossary.as_ref(),
                curve: &canvases.curve.node,
                controls,
                inside,
            };
            let text = step(&shown, &send.reform(Msg::Lesson), &send.reform(Msg::Word));
            side(model, &player.run, text, (!inside).then_some(&controls), callbacks)
        }
    }
}

/// The list of lessons; `alone` where it is a page of its own.
fn lessons(model: &Model, alone: bool, send: &Callback<Msg>) -> Html {
    course(&model.shelf, alone, &send.reform(Msg::Find), &send.reform(|()| Msg::Forget))
}

/// The text, and the inspector or the controls, where there are any beside it.
fn side(model: &Model, run: &Run, text: Html, controls: Option<&Controls>, callbacks: &Callbacks) -> Html {
    let Callbacks { send, inspect } = callbacks;
    let selected = model.inspector.selected.as_ref();
    let panel = selected.and_then(|each| inspector(run, each, model.word.as_ref(), None, send, inspect));
    let controls = controls.filter(|_| panel.is_none());
    html! {
        <div class="side">
            {trouble::of_run(&run.session)}
            {panel.unwrap_or_default()}
            {text}
            if let Some(controls) = controls {
                {controls::panel(controls)}
            }
        </div>
    }
}
