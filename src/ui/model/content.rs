//! What the page shows.

use crate::base::Diagnostic;
use crate::lesson::player::Player;
use crate::lesson::{Lesson, ScenarioPage, Span};
use crate::link::{self, Link, Unreadable};
use crate::session::{Record, Run};
use crate::ui::model::sandbox::Sandbox;
use crate::view;

/// What the page shows.
pub enum Content {
    /// A lesson is on its way.
    Loading,
    /// It did not come, for this reason.
    Missing(String),
    /// It is wrong.
    Broken(Vec<Diagnostic>),
    /// A link that cannot be read.
    Unreadable(Box<Unreadable>),
    /// The address leads nowhere.
    Nowhere,
    /// A text of this site, as HTML: rendered when the site was built.
    Text(String),
    /// What a teacher wants to know about a lesson.
    Teacher(Box<Lesson>),
    /// All lessons.
    Course,
    /// All their words.
    Glossary,
    /// The ready scenarios, and what is sought among them.
    Gallery(String),
    /// The reader's own systems.
    Mine,
    /// A scenario runs, or two beside each other.
    Scenario(Box<OpenScenario>),
    /// A lesson runs.
    Lesson(Box<Player>),
    /// A system of one's own runs, and is edited.
    Sandbox(Box<Sandbox>),
}

/// A scenario that runs, with what the page says of it.
pub struct OpenScenario {
    /// The title.
    pub title: String,
    /// What there is to see.
    pub summary: Vec<Span>,
    /// What runs.
    pub run: Run,
}

impl Content {
    /// What a page on scenarios that was read becomes.
    pub fn scenario(read: Result<ScenarioPage, Vec<Diagnostic>>) -> Content {
        let open = |ScenarioPage { title, summary, variants, faults }| {
            Ok(OpenScenario { title, summary, run: Run::new(variants, faults)? })
        };
        match read.and_then(open) {
            Ok(open) => Content::Scenario(Box::new(open)),
            Err(problems) => Content::Broken(problems),
        }
    }

    /// What a run that was recorded becomes, under this title.
    pub fn record(title: &str, record: Record) -> Content {
        Content::recorded(record, |page| page.title = title.to_owned())
    }

    /// What a link becomes.
    pub fn link(address: &str) -> Content {
        match link::read(address) {
            Ok(Link { title, buttons, record }) => Content::recorded(record, |page| {
                if !title.is_empty() {
                    page.title = title;
                }
                if !buttons.is_empty() {
                    page.faults = buttons;
                }
            }),
            Err(wrong) => Content::Unreadable(Box::new(wrong)),
        }
    }

    /// What a run that was recorded becomes, on the page of its scenarios with these changes.
    fn recorded(record: Record, change: impl FnOnce(&mut ScenarioPage)) -> Content {
        let scenarios = record.variants.iter().map(|variant| variant.scenario.clone()).collect();
        let open = |mut page: ScenarioPage| {
            change(&mut page);
            let run = Run::open(record, page.faults)?;
            Ok(OpenScenario { title: page.title, summary: page.summary, run })
        };
        match view::scenario_page(scenarios).and_then(open) {
            Ok(open) => Content::Scenario(Box::new(open)),
            Err(problems) => Content::Broken(problems),
        }
    }

    /// What a run that was recorded becomes where it can be edited, kept under this id.
    pub fn edited(id: &str, record: Record) -> Content {
        match Sandbox::open(record) {
            Ok(own) => Content::Sandbox(Box::new(Sandbox { id: Some(id.to_owned()), ..own })),
            Err(problems) => Content::Broken(problems),
        }
    }

    /// What runs, as it is kept, saved and sent: its title and its record.
    pub fn recording(&self) -> Option<(String, Record)> {
        match self {
            Content::Scenario(open) => Some((open.title.clone(), open.run.session.record())),
            Content::Lesson(player) => Some((player.lesson().title.clone(), player.run.session.record())),
            Content::Sandbox(own) => Some((own.title(), own.record())),
            _ => None,
        }
    }

    /// Gives what runs another title, where it is a scenario.
    pub fn call(&mut self, title: &str) {
        if let Content::Scenario(open) = self {
            open.title = title.to_owned();
        }
    }

    /// What a lesson that was read becomes.
    pub fn lesson(read: Result<Lesson, Vec<Diagnostic>>) -> Content {
        match read.and_then(Player::new) {
            Ok(player) => Content::Lesson(Box::new(player)),
            Err(problems) => Content::Broken(problems),
        }
    }

    /// What runs.
    pub fn run(&self) -> Option<&Run> {
        match self {
            Content::Scenario(open) => Some(&open.run),
            Content::Lesson(player) => Some(&player.run),
            Content::Sandbox(own) => Some(&own.run),
            _ => None,
        }
    }

    /// What runs, to be steered.
    pub fn run_mut(&mut self) -> Option<&mut Run> {
        match self {
            Content::Scenario(open) => Some(&mut open.run),
            Content::Lesson(player) => Some(&mut player.run),
            Content::Sandbox(own) => Some(&mut own.run),
            _ => None,
        }
    }

    /// The lesson that runs.
    pub fn player(&self) -> Option<&Player> {
        match self {
            Content::Lesson(player) => Some(player),
            _ => None,
        }
    }

    /// The lesson that runs, to be gone through.
    pub fn player_mut(&mut self) -> Option<&mut Player> {
        match self {
            Content::Lesson(player) => Some(player),
            _ => None,
        }
    }

    /// The system of one's own.
    pub fn sandbox(&self) -> Option<&Sandbox> {
        match self {
            Content::Sandbox(own) => Some(own),
            _ => None,
        }
    }

    /// The system of one's own, to be edited.
    pub fn sandbox_mut(&mut self) -> Option<&mut Sandbox> {
        match self {
            Content::Sandbox(own) => Some(own),
            _ => None,
        }
    }

    /// Back to time zero with the settings of now; a lesson breaks again what its step breaks.
    pub fn restart(&mut self) {
        match self {
            Content::Scenario(open) => open.run.restart(),
            Content::Lesson(player) => player.restart(),
            Content::Sandbox(own) => own.run.restart(),
            _ => {}
        }
    }

    /// `wall_s` seconds have passed since the last frame: see [`Session::frame`](crate::session::Session::frame).
    pub fn frame(&mut self, wall_s: f64, within_budget: impl FnMut() -> bool) {
        match self {
            Content::Scenario(open) => open.run.session.frame(wall_s, within_budget),
            Content::Lesson(player) => player.frame(wall_s, within_budget),
            Content::Sandbox(own) => own.run.session.frame(wall_s, within_budget),
            _ => {}
        }
    }
}
