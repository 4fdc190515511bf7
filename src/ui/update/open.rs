//! Opening a page: what the address asks for, and the file that comes for it.

use crate::base::Diagnostic;
use crate::lesson::{Course, Gallery, Glossary, Lesson, ScenarioPage};
use crate::scenario::Scenario;
use crate::ui::model::Model;
use crate::ui::model::clock::{Clock, Told};
use crate::ui::model::content::Content;
use crate::ui::model::effect::Effect;
use crate::ui::model::kept;
use crate::ui::platform::route::Route;
use crate::ui::update::lesson::bring_to_front;
use crate::ui::update::{mine, sandbox, variants};
use crate::view;

/// The opening page's files: part of the program, so that its first message moves without another request.
const OPENING: &str = include_str!("../../../static/opening/opening.json");
const OPENING_FILES: [(&str, &str); 2] = [
    ("a.json", include_str!("../../../static/opening/a.json")),
    ("b.json", include_str!("../../../static/opening/b.json")),
];

/// Opens a page.
pub fn open(model: &mut Model, route: Route) {
    mine::close(model);
    // What one builds is not lost by looking at another page.
    if let Content::Sandbox(own) = std::mem::replace(&mut model.content, Content::Loading) {
        model.draft = Some(own);
    }
    model.route = route;
    model.shelf.look();
    model.kept = None;
    model.word = None;
    model.sending = None;
    if model.route.is_sandbox() {
        model.content = sandbox::begin::open(model);
        return begun(model);
    }
    model.content = match (&model.route, &model.gallery) {
        (Route::Opening, _) => Content::scenario(ScenarioPage::read(OPENING, &OPENING_FILES)),
        (Route::Unknown, _) => Content::Nowhere,
        (Route::Sent(address), _) => Content::link(address),
        (Route::Mine | Route::Kept(_), _) => mine::open(model),
        (Route::Course, _) if model.shelf.course.is_some() => Content::Course,
        (Route::Glossary, _) if model.glossary.is_some() => Content::Glossary,
        (Route::Gallery | Route::Scenario(..), Some(gallery)) => of_gallery(gallery, &model.route),
        (route, _) => {
            model.effects.push(Effect::Fetch(route.clone()));
            Content::Loading
        }
    };
    begun(model);
}

/// Another page is open: what was known of the one before is forgotten.
fn begun(model: &mut Model) {
    model.clock = Clock::new(model.clock.frame);
    model.told = Told::default();
    model.charts.forget();
    variants::forget(model);
}

/// The file of a page has come, or has not.
pub fn loaded(model: &mut Model, route: &Route, text: Result<String, String>) {
    match route {
        Route::Course => return course(model, text),
        Route::Glossary => return glossary(model, text),
        Route::Gallery if model.route.is_sandbox() => {
            // Its row of templates stays away where they did not come.
            model.gallery = text.ok().and_then(|text| Gallery::read(&text).ok());
            return;
        }
        // An answer to a question that nobody asks any more.
        _ if model.route != *route => return,
        _ => {}
    }
    model.content = match (text, route) {
        (Err(why), _) => Content::Missing(why),
        (Ok(text), Route::Model | Route::Reference) => Content::Text(text),
        (Ok(text), Route::Teacher(_)) => match Lesson::read(&text, &[]) {
            Ok(lesson) => Content::Teacher(Box::new(lesson)),
            Err(problems) => Content::Broken(problems),
        },
        (Ok(text), Route::Gallery | Route::Scenario(..)) => match Gallery::read(&text) {
            Ok(gallery) => of_gallery(model.gallery.insert(gallery), route),
            Err(problems) => Content::Broken(problems),
        },
        (Ok(text), _) => Content::lesson(Lesson::read(&text, &[])),
    };
    if let (Content::Lesson(player), Some(slug)) = (&mut model.content, route.lesson()) {
        kept::resume(slug, player);
        // Opened anew even if it is the first: a guess that was kept is decided once more.
        player.open(route.step().unwrap_or_default());
        bring_to_front(model);
        if model.glossary.is_none() {
            model.effects.push(Effect::Fetch(Route::Glossary));
        }
    }
}

/// Asks for the list of lessons, unless it is there or was asked for.
pub fn ask_for_course(model: &mut Model) {
    if !model.shelf.asked && model.shelf.course.is_none() {
        model.shelf.asked = true;
        model.effects.push(Effect::Fetch(Route::Course));
    }
}

/// The list of lessons. The start page has it below its figure.
fn course(model: &mut Model, text: Result<String, String>) {
    let read = text.and_then(|text| Course::read(&text).map_err(|_| text!("load.refused").to_owned()));
    model.shelf.trouble = read.as_ref().err().cloned();
    model.shelf.course = read.ok();
    if model.route == Route::Course {
        model.content = match &model.shelf.trouble {
            None => Content::Course,
            Some(why) => Content::Missing(why.clone()),
        };
    }
}

/// The words of all lessons. Lessons have them beside their text.
fn glossary(model: &mut Model, text: Result<String, String>) {
    let content = match text.map(|text| Glossary::read(&text)) {
        Ok(Ok(glossary)) => {
            model.glossary = Some(glossary);
            Content::Glossary
        }
        Ok(Err(problems)) => Content::Broken(problems),
        Err(why) => Content::Missing(why),
    };
    if model.route == Route::Glossary {
        model.content = content;
    }
}

/// What the gallery's file becomes: its page, or one of its scenarios, or two to be compared.
fn of_gallery(gallery: &Gallery, route: &Route) -> Content {
    let Route::Scenario(first, second) = route else { return Content::Gallery(String::new()) };
    let mut scenarios = Vec::new();
    for slug in [Some(first), second.as_ref()].into_iter().flatten() {
        let Some(entry) = gallery.entry(slug) else { return Content::Nowhere };
        scenarios.push(Scenario::from_json(entry.scenario.clone()));
    }
    let scenarios: Result<Vec<_>, Vec<Diagnostic>> = scenarios.into_iter().collect();
    Content::scenario(scenarios.and_then(view::scenario_page))
}
