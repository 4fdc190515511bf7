//! What each message does to the application.

use super::app::{App, Clock, Content, content, exhibits};
use super::browser::{fresh_seed, window};
use super::controls::SEED_PATH;
use super::fetch;
use super::keys;
use super::lanes::LaneMsg;
use super::lesson::HEADING;
use super::msg::Msg;
use super::progress::Open;
use super::route::Route;
use super::terms::{Word, meant};
use super::transport::{SPEEDS, TIMELINE_PLACES, nearest};
use super::words;
use crate::base::{Json, SimDuration, SimTime};
use crate::lesson::{Course, Gallery, Glossary, Lesson};
use crate::session::{Lane, Session};
use crate::view;

/// Simulation takes at most this much of a frame, in milliseconds; drawing needs the rest.
const BUDGET_MS: f64 = 6.0;
/// Numbers are brought up to date this often, in milliseconds.
const NUMBERS_MS: f64 = 150.0;
/// The mark in the browser's performance timeline that says when the first message was seen under way.
const FIRST_MESSAGE: &str = "first message";

/// So many seconds later, or earlier where negative; never before time zero.
fn later(now: SimTime, seconds: f64) -> SimTime {
    let by = SimDuration::from_secs(seconds.abs());
    if seconds < 0.0 { SimTime(now.0.saturating_sub(by.0)) } else { now + by }
}

impl Clock {
    /// Puts into words how things stand, and what has changed since that was last told.
    fn say(&mut self, session: &Session) {
        let lanes = session.lanes();
        self.words = lanes.iter().map(view::summary).collect();
        self.told.resize_with(lanes.len(), Vec::new);
        let news =
            lanes.iter().zip(&mut self.told).map(|(lane, told)| view::changes(told, view::facts(lane)));
        self.news = news.collect();
    }
}

impl App {
    /// Answers a message; true if the page has to be written anew.
    pub(super) fn handle(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::Frame(at) => return self.frame(at),
            Msg::Tell => return self.tell(),
            Msg::Resized => self.pictures.measure(),
            Msg::Navigated | Msg::Reload => {
                // A page begins at its top, however far down the one before was read.
                window().scroll_to_with_x_and_y(0.0, 0.0);
                self.open();
            }
            Msg::Loaded(route, text) => self.loaded(&route, text),
            Msg::Break => panic!("broken on purpose"),
            Msg::Scheme => self.recolour(),
            Msg::NextTheme => {
                self.theme = self.theme.next();
                self.theme.apply();
                self.recolour();
            }
            Msg::Help(open) => self.help = open,
            Msg::Find(words) => match &mut self.content {
                Content::Gallery(sought) => *sought = words,
                _ => self.shelf.sought = words,
            },
            Msg::Forget => self.shelf.forget(),
            Msg::Word(word) => {
                // From one part of a word to another.
                if word.as_ref().map(|word| &word.key) == self.word.as_ref().map(|word| &word.key) {
                    return false;
                }
                self.at_word(word);
            }
            Msg::Step(_) => {
                self.at_word(None);
                self.steer(msg);
            }
            // Before it closes anything else.
            Msg::Key(event) if self.word.is_some() && event.key() == "Escape" => self.at_word(None),
            Msg::Key(event) => {
                let Some(asked) = keys::message(&event) else { return false };
                event.prevent_default();
                return self.handle(asked);
            }
            Msg::Trace(msg) => return self.trace(msg),
            Msg::Chart(msg) => return self.chart(msg),
            // Buttons change only where a bound is reached.
            Msg::Camera(lane, msg) => return self.pictures.steer(lane, msg),
            Msg::Against(slug) => {
                if let Route::Exhibit(first, _) = &self.route {
                    // An address of this page: nobody refuses it.
                    let _ = window().location().set_hash(&["#/gallery/", first, "/", &slug].concat());
                }
            }
            Msg::Guess(msg) => self.guess(msg),
            Msg::Inspect(msg) => {
                if !self.inspect(msg) {
                    return false;
                }
            }
            msg => self.steer(msg),
        }
        self.stand();
        (self.pictures.stale, self.pictures.guessed) = (true, true);
        true
    }

    /// While time stands still no frame brings words and tasks up to date: what a person does has to.
    pub(super) fn stand(&mut self) {
        let Content::Running(run) = &mut self.content else { return };
        self.clock.keeper.look(&run.session);
        if !run.session.playing() {
            run.look();
            self.clock.say(&run.session);
            self.traces.look(run, None);
            self.publish(true);
        }
        self.mark_progress();
    }

    /// Somebody is at this word of the text, or at none.
    pub(super) fn at_word(&mut self, word: Option<Word>) {
        self.word = word;
        self.pictures.meant = meant(self.word.as_ref(), self.glossary.as_ref());
    }

    /// Keeps how far the reader has come in the lesson that is open; true if that is news.
    fn mark_progress(&mut self) -> bool {
        match (&mut self.open, &self.content) {
            (Some(open), Content::Running(run)) => open.look(run),
            _ => false,
        }
    }

    /// Colours or the wish for rest have changed.
    fn recolour(&mut self) {
        self.colours = self.theme.theme();
        self.pictures.refresh();
    }

    /// What is done to the run.
    fn steer(&mut self, msg: Msg) {
        let Some(run) = self.run() else { return };
        let session = &mut run.session;
        match msg {
            Msg::Toggle => session.set_playing(!session.playing()),
            Msg::StepEvent => {
                session.set_playing(false);
                session.step_event();
            }
            Msg::StepSecond => {
                session.set_playing(false);
                session.step_second();
            }
            Msg::Speed(speed) => session.set_speed(speed),
            Msg::Faster(by) => {
                let at = nearest(session.speed()) as i32 + by;
                session.set_speed(SPEEDS[at.clamp(0, SPEEDS.len() as i32 - 1) as usize].0);
            }
            Msg::Restart => run.restart(),
            Msg::GoTo(place) => {
                session.set_playing(false);
                session.go_to(view::timeline_at(session, place / TIMELINE_PLACES));
            }
            Msg::Jump(seconds) => {
                // Pressed again on the way: further on.
                let from = session.going().map_or(session.now(), |(to, _)| to);
                session.set_playing(false);
                session.go_to(later(from, seconds));
            }
            Msg::ToEnd => {
                session.set_playing(false);
                session.go_to(session.end().max(session.horizon()));
            }
            Msg::Unfork => {
                session.unfork();
            }
            Msg::Lane(deed) => self.arrange(deed),
            Msg::Seed(typed) => {
                let seed =
                    typed.trim().parse::<u64>().map_or(Json::String(typed), |seed| Json::Number(seed as f64));
                run.set(SEED_PATH.to_owned(), seed);
                if run.refused.is_none() {
                    run.restart();
                }
            }
            Msg::NewSeed => {
                if let Some(seed) = fresh_seed() {
                    self.steer(Msg::Seed(seed.to_string()));
                }
            }
            Msg::Turn(at, place) => {
                if let Some(knob) = run.knobs().into_iter().nth(at) {
                    let value = knob.at(place);
                    run.set(knob.path, value);
                }
            }
            Msg::Fault(at) => run.toggle(at),
            Msg::FaultKey(place) => {
                let found = run.buttons().nth(place).map(|(at, _)| at);
                if let Some(at) = found {
                    run.toggle(at);
                }
            }
            Msg::Step(step) => {
                run.open(step);
                self.inspector.wants_focus = Some(HEADING.to_owned());
            }
            Msg::Answer(place) => run.answer(place),
            _ => {}
        }
    }

    /// What is done with the lanes.
    fn arrange(&mut self, deed: LaneMsg) {
        let Some(run) = self.run() else { return };
        let session = &mut run.session;
        match deed {
            LaneMsg::Target(target) => {
                run.target = target;
                return;
            }
            LaneMsg::Split => {
                session.split(0, words::VARIANT);
                run.target = Some(1);
            }
            LaneMsg::Swap => {
                session.swap();
            }
            LaneMsg::Copy => {
                let label = session.lanes().first().map_or(String::new(), |lane| lane.label().to_owned());
                session.copy(0, 1, &label);
            }
            LaneMsg::Drop(lane) => {
                session.drop_lane(lane);
                run.target = None;
            }
        }
        run.forget();
        self.forget_lanes();
    }

    fn loaded(&mut self, route: &Route, text: Result<String, String>) {
        if *route == Route::Course {
            let read = text.and_then(|text| Course::read(&text).map_err(|_| words::LOAD_REFUSED.to_owned()));
            self.shelf.trouble = read.as_ref().err().cloned();
            self.shelf.course = read.ok();
            // The start page has it below its figure.
            if self.route == Route::Course {
                self.content = match &self.shelf.trouble {
                    None => Content::Course,
                    Some(why) => Content::Missing(why.clone()),
                };
            }
            return;
        }
        if *route == Route::Glossary {
            let content = match text.map(|text| Glossary::read(&text)) {
                Ok(Ok(glossary)) => {
                    self.glossary = Some(glossary);
                    Content::Glossary
                }
                Ok(Err(problems)) => Content::Broken(problems),
                Err(why) => Content::Missing(why),
            };
            // Lessons have it beside their text.
            if self.route == Route::Glossary {
                self.content = content;
            }
            return;
        }
        // An answer to a question that nobody asks any more.
        if self.route != *route {
            return;
        }
        self.content = match text {
            Ok(text) if matches!(route, Route::Model | Route::Reference | Route::Teacher(_)) => {
                Content::Text(text)
            }
            Ok(text) if matches!(route, Route::Gallery | Route::Exhibit(..)) => match Gallery::read(&text) {
                Ok(gallery) => exhibits(self.gallery.insert(gallery), route),
                Err(problems) => Content::Broken(problems),
            },
            Ok(text) => content(Lesson::read(&text, &[])),
            Err(why) => Content::Missing(why),
        };
        if let (Content::Running(run), Some(slug)) = (&mut self.content, route.lesson()) {
            if let Route::Step(_, step) = route {
                run.open(step - 1);
            }
            self.open = Some(Open::new(slug, run));
            if self.glossary.is_none() {
                fetch::page(Route::Glossary, &self.send);
            }
        }
    }

    /// Says what has changed, while time passes and somebody is there; true if the page has to be written anew.
    fn tell(&mut self) -> bool {
        let hidden = window().document().is_some_and(|document| document.hidden());
        let Content::Running(run) = &mut self.content else { return false };
        if hidden || !run.session.playing() {
            return false;
        }
        self.clock.say(&run.session);
        self.publish(true);
        true
    }

    /// One frame: simulate, paint, and now and then bring the numbers up to date.
    fn frame(&mut self, at: f64) -> bool {
        let performance = window().performance();
        let now = || performance.as_ref().map_or(at, |performance| performance.now());
        let begun = now();
        let passed = self.clock.frame.replace(at).map_or(0.0, |before| at - before);
        let Content::Running(run) = &mut self.content else {
            self.frames.ask();
            return false;
        };
        let going = run.session.going().is_some();
        if run.session.playing() || going {
            run.session.frame(passed / 1000.0, || now() - begun < BUDGET_MS);
            self.slices.add(now() - begun);
            self.pictures.stale = true;
        }
        let arrived = going && run.session.going().is_none();
        let moves = run.session.playing() || going;
        let numbers = arrived || moves && at - self.clock.numbers >= NUMBERS_MS;
        if numbers {
            self.clock.numbers = at;
            run.look();
            self.pictures.guessed = true;
            self.traces.look(run, Some(at));
        }
        self.clock.keeper.look(&run.session);
        self.pictures.paint(run, &self.charts, &self.traces, self.colours);
        let under_way = |lane: &Lane| lane.snapshot().flights().next().is_some();
        if !self.clock.moved && run.session.lanes().iter().any(under_way) {
            self.clock.moved = true;
            if let Some(performance) = &performance {
                // A mark of a free name cannot be refused.
                let _ = performance.mark(FIRST_MESSAGE);
            }
        }
        if self.clock.moved && self.route == Route::Opening && self.shelf.is_wanted(at) {
            self.shelf.asked = true;
            fetch::page(Route::Course, &self.send);
        }
        let numbers = self.mark_progress() || numbers;
        self.frames.ask();
        self.meter.add(now() - begun);
        if arrived {
            self.stand();
        } else if numbers {
            self.publish(false);
        }
        numbers
    }
}
