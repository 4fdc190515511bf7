//! The application: it owns the run and the canvases, and answers every message.

use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::browser::{self, Listener, window};
use super::charts::Charts;
use super::controls::show_refusal;
use super::course::{Shelf, course};
use super::crash::{Keeper, ended};
use super::dom::{El, el};
use super::fetch;
use super::figure::{controls, figure};
use super::frame::{FrameLoop, Meter};
use super::gallery::gallery;
use super::header::{header, show_here};
use super::help::{help, show};
use super::inspector::{self, Inspector};
use super::lesson;
use super::msg::Msg;
use super::pictures::Pictures;
use super::progress::Open;
use super::route::Route;
use super::run::Run;
use super::surface::SizeWatch;
use super::terms::{Word, glossary};
use super::theme::{Choice, DARK};
use super::traces::Traces;
use super::transport::{Shown, transport};
use super::trouble;
use crate::base::Diagnostic;
use crate::lesson::{Gallery, Glossary, Lesson};
use crate::scenario::Scenario;
use crate::view::{self, Theme};

/// The opening page's files: part of the program, so that its first message moves without another request.
const OPENING: &str = include_str!("../../static/opening/opening.json");
const OPENING_FILES: [(&str, &str); 2] = [
    ("a.json", include_str!("../../static/opening/a.json")),
    ("b.json", include_str!("../../static/opening/b.json")),
];

/// The whole page.
pub struct App {
    pub(super) send: Callback<Msg>,
    pub(super) route: Route,
    pub(super) content: Content,
    /// The ready scenarios, once they have come.
    pub(super) gallery: Option<Gallery>,
    /// The course, and how far the reader has come in it.
    pub(super) shelf: Shelf,
    /// The same in the lesson that is open.
    pub(super) open: Option<Open>,
    /// The words of all lessons, once they have come.
    pub(super) glossary: Option<Glossary>,
    /// The one that somebody is at.
    pub(super) word: Option<Word>,
    pub(super) theme: Choice,
    /// The colours that it means now.
    pub(super) colours: Theme,
    pub(super) help: bool,
    pub(super) charts: Charts,
    dialog: NodeRef,
    pub(super) frames: FrameLoop,
    /// The work of the last frames, and the simulation's part of it.
    pub(super) meter: Meter,
    pub(super) slices: Meter,
    pub(super) pictures: Pictures,
    pub(super) clock: Clock,
    pub(super) traces: Traces,
    pub(super) inspector: Inspector,
    /// The page whose link the header shows.
    linked: Option<Route>,
    /// A refused setting is told, and was brought into sight.
    told: bool,
    sizes: Option<SizeWatch>,
    _listeners: Vec<Listener>,
    _telling: Interval,
}

/// What the page shows.
pub enum Content {
    /// A lesson is on its way.
    Loading,
    /// It did not come, for this reason.
    Missing(String),
    /// It is wrong.
    Broken(Vec<Diagnostic>),
    /// The address leads nowhere.
    Nowhere,
    /// A text of this site, as HTML: rendered when the site was built.
    Text(String),
    /// All lessons.
    Course,
    /// All their words.
    Glossary,
    /// The ready scenarios, and what is sought among them.
    Gallery(String),
    /// It runs.
    Running(Box<Run>),
}

/// When what was done last, in the display's milliseconds.
pub struct Clock {
    /// The last frame.
    pub frame: Option<f64>,
    /// The numbers were brought up to date.
    pub numbers: f64,
    /// A message has been seen under way.
    pub moved: bool,
    /// Keeps the run for a report.
    pub keeper: Keeper,
    /// Words for those who do not see the stage.
    pub words: Vec<Vec<String>>,
    /// What has changed since they were told last, in words.
    pub news: Vec<Vec<String>>,
    /// What they have been told.
    pub told: Vec<Vec<view::Fact>>,
}

/// How often those who do not see the stage are told what has changed, in milliseconds: politely.
const TELL_MS: u32 = 2000;

fn on_tick(send: &Callback<Msg>) -> impl FnMut() + 'static {
    let send = send.clone();
    move || {
        if !ended() {
            send.emit(Msg::Tell);
        }
    }
}

impl Default for Clock {
    fn default() -> Clock {
        // Everything is due at once.
        let never = f64::NEG_INFINITY;
        Clock {
            frame: None,
            numbers: never,
            moved: false,
            keeper: Keeper::default(),
            words: Vec::new(),
            news: Vec::new(),
            told: Vec::new(),
        }
    }
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> App {
        let send = ctx.link().callback(|msg| msg);
        let theme = Choice::remembered();
        theme.apply();
        let frames = FrameLoop::new(window(), on(&send, Msg::Frame));
        let resized = send.clone();
        let mut app = App {
            route: Route::current(),
            content: Content::Loading,
            gallery: None,
            shelf: Shelf::default(),
            open: None,
            glossary: None,
            word: None,
            theme,
            colours: theme.theme(),
            help: false,
            charts: Charts::remembered(),
            dialog: NodeRef::default(),
            frames,
            meter: Meter::new(),
            slices: Meter::new(),
            pictures: Pictures::new(),
            clock: Clock::default(),
            traces: Traces::default(),
            inspector: Inspector::default(),
            linked: None,
            told: false,
            sizes: SizeWatch::new(move || resized.emit(Msg::Resized)),
            _listeners: listeners(&send),
            _telling: Interval::new(TELL_MS, on_tick(&send)),
            send,
        };
        app.open();
        app.frames.ask();
        app
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        self.handle(msg)
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let content = match &self.content {
            Content::Missing(why) => trouble::missing(why, &self.send),
            Content::Broken(problems) => trouble::broken(problems),
            Content::Nowhere => trouble::nowhere(),
            Content::Text(html) => {
                let text = Html::from_html_unchecked(html.clone().into());
                el("article", &[("class", "panel prose"), ("id", "figure"), ("tabindex", "-1")]).html(text)
            }
            Content::Course => course(&self.shelf, true, &self.send),
            Content::Glossary => match &self.glossary {
                Some(all) => glossary(all),
                None => trouble::loading(),
            },
            Content::Gallery(sought) => match &self.gallery {
                Some(all) => gallery(all, sought, &self.send),
                None => trouble::loading(),
            },
            Content::Running(run) => {
                let halted = run.session.halted().map(trouble::halted);
                let chosen = self.inspector.selected.as_ref();
                let panel = chosen.and_then(|chosen| inspector::panel(run, chosen, &self.send));
                let controls = panel.is_none().then(|| controls(self, run));
                el("div", &[("class", "side")])
                    .maybe(halted)
                    .maybe(panel)
                    .add(lesson::text(self, run))
                    .maybe(controls)
            }
            Content::Loading => trouble::loading(),
        };
        let main = el("main", &[("class", "page")]).put("data-page", self.kind()).add(content);
        let main = match &self.content {
            Content::Running(run) => {
                let below = (self.route == Route::Opening).then(|| course(&self.shelf, false, &self.send));
                main.add(figure(self, run)).maybe(below)
            }
            _ => main,
        };
        let bar = match &self.content {
            Content::Running(run) => Some(self.transport(run)),
            _ => None,
        };
        el("div", &[])
            .add(header(&self.route, self.theme, &self.send))
            .add(main)
            .maybe(bar)
            .maybe(self.help.then(|| help(&self.dialog, &self.send)))
            .done()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(sizes) = &self.sizes {
            self.pictures.attach(sizes.observer());
        }
        if self.linked.as_ref() != Some(&self.route) {
            self.linked = Some(self.route.clone());
            show_here();
        }
        self.charts.show(&self.pictures);
        show(&self.dialog);
        let refused = matches!(&self.content, Content::Running(run) if run.refused.is_some());
        show_refusal(&mut self.told, refused);
        self.give_focus();
    }
}

impl App {
    /// Opens what the address asks for.
    pub(super) fn open(&mut self) {
        self.route = Route::current();
        self.shelf.look();
        self.open = None;
        self.at_word(None);
        self.content = match &self.route {
            Route::Opening => content(Lesson::read(OPENING, &OPENING_FILES)),
            Route::Unknown => Content::Nowhere,
            Route::Course if self.shelf.course.is_some() => Content::Course,
            Route::Glossary if self.glossary.is_some() => Content::Glossary,
            Route::Gallery | Route::Exhibit(..) if self.gallery.is_some() => {
                self.gallery.as_ref().map_or(Content::Loading, |gallery| exhibits(gallery, &self.route))
            }
            _ => {
                fetch::page(self.route.clone(), &self.send);
                Content::Loading
            }
        };
        self.clock = Clock { frame: self.clock.frame, ..Clock::default() };
        if let Content::Running(run) = &self.content {
            self.clock.keeper.look(&run.session);
        }
        (self.meter, self.slices) = (Meter::new(), Meter::new());
        self.charts.forget();
        self.forget_lanes();
    }

    /// Other lanes are there: what was selected, seen or chosen in the ones before goes.
    pub(super) fn forget_lanes(&mut self) {
        self.pictures.forget();
        self.traces.forget();
        self.inspector = Inspector::default();
        self.mark();
    }

    /// The run, if one is going on.
    pub(super) fn run(&mut self) -> Option<&mut Run> {
        match &mut self.content {
            Content::Running(run) => Some(run),
            _ => None,
        }
    }

    /// What kind of page it is, for the style sheet.
    fn kind(&self) -> &'static str {
        match (&self.content, &self.route) {
            (Content::Running(_), Route::Opening) => "opening",
            (Content::Running(_), Route::Exhibit(..)) => "exhibit",
            (Content::Running(_), _) => "lesson",
            (Content::Gallery(_) | Content::Course, _) => "gallery",
            _ => "empty",
        }
    }

    fn transport(&self, run: &Run) -> El {
        let session = &run.session;
        let shown = Shown {
            playing: session.playing(),
            speed: session.speed(),
            clock: view::clock(session.now()),
            digests: view::digests(session),
            behind: session.behind().map(view::times),
            going: session.going().map(|(_, share)| share),
            place: view::timeline_share(session),
            forked: session.ghost().is_some(),
            timeline: &self.pictures.timeline.node,
            marks: view::marks(session),
        };
        transport(shown, &self.send)
    }
}

/// What the gallery's file becomes: its page, or one of its scenarios, or two to be compared.
pub(super) fn exhibits(gallery: &Gallery, route: &Route) -> Content {
    let Route::Exhibit(first, second) = route else { return Content::Gallery(String::new()) };
    let mut scenarios = Vec::new();
    for slug in [Some(first), second.as_ref()].into_iter().flatten() {
        let Some(entry) = gallery.entry(slug) else { return Content::Nowhere };
        scenarios.push(Scenario::from_json(entry.scenario.clone()));
    }
    let scenarios: Result<Vec<_>, _> = scenarios.into_iter().collect();
    content(scenarios.and_then(view::exhibit))
}

/// What a lesson that was read becomes.
pub(super) fn content(read: Result<Lesson, Vec<Diagnostic>>) -> Content {
    match read.and_then(Run::new) {
        Ok(run) => Content::Running(Box::new(run)),
        Err(problems) => Content::Broken(problems),
    }
}

/// A function that sends what it gets.
fn on<T: 'static>(send: &Callback<Msg>, message: fn(T) -> Msg) -> impl FnMut(T) + 'static {
    let send = send.clone();
    move |value| send.emit(message(value))
}

/// Keys, addresses, colours.
fn listeners(send: &Callback<Msg>) -> Vec<Listener> {
    use wasm_bindgen::JsCast;
    let window = window();
    let mut listeners = Vec::new();
    let key = send.clone();
    listeners
        .push(Listener::new(&window, "keydown", move |event| key.emit(Msg::Key(event.unchecked_into()))));
    let navigated = send.clone();
    listeners.push(Listener::new(&window, "hashchange", move |_| navigated.emit(Msg::Navigated)));
    let broken = send.clone();
    listeners.push(Listener::new(&window, "cascade-break", move |_| broken.emit(Msg::Break)));
    for query in [DARK, browser::REDUCED_MOTION] {
        if let Some(list) = window.match_media(query).ok().flatten() {
            let scheme = send.clone();
            listeners.push(Listener::new(&list, "change", move |_| scheme.emit(Msg::Scheme)));
        }
    }
    listeners
}
