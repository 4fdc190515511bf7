//! The application: it owns the model and the canvases, and glues them to the browser.

mod effects;
mod event;
mod gifts;
mod listeners;
mod paint;
mod publish;
pub mod start;

use std::rc::Rc;

use web_sys::KeyboardEvent;
use yew::prelude::*;

use event::Event;
use listeners::Listeners;
use paint::Painting;

use crate::ui::canvas::canvases::Canvases;
use crate::ui::canvas::frame::FrameLoop;
use crate::ui::model::Model;
use crate::ui::msg::mine::MineMsg;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::msg::send::SendMsg;
use crate::ui::msg::{Msg, keys};
use crate::ui::pages::callbacks::Callbacks;
use crate::ui::pages::page::page;
use crate::ui::pages::title::title;
use crate::ui::panels::controls::show_refusal;
use crate::ui::panels::course;
use crate::ui::panels::header::{Header, show_here};
use crate::ui::panels::help::{Help, show};
use crate::ui::panels::send::Send;
use crate::ui::platform::browser::{now_ms, window};
use crate::ui::platform::end::ended;
use crate::ui::platform::keyboard::{Press, focused};
use crate::ui::platform::route::Route;
use crate::ui::platform::{address, crash, scheme};
use crate::ui::update::frame::{advance, lay_out, looks_for_course};
use crate::ui::update::{start, update};

/// Simulation takes at most this much of a frame, in milliseconds; drawing needs the rest.
const BUDGET_MS: f64 = 6.0;

/// The whole page.
pub struct App {
    model: Model,
    canvases: Canvases,
    painting: Painting,
    frames: FrameLoop,
    callbacks: Callbacks,
    /// The cheat sheet.
    dialog: NodeRef,
    /// The dialog that sends what runs.
    sending: NodeRef,
    /// The page whose link the header shows.
    linked: Option<Route>,
    /// What the browser calls the page.
    title: String,
    /// A refused setting is told, and was brought into sight.
    told: bool,
    _listeners: Listeners,
}

impl Component for App {
    type Message = Event;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> App {
        let link = ctx.link().clone();
        // A program that is at its end answers nothing.
        let events = Callback::from(move |event: Event| {
            if !ended() {
                link.send_message(event);
            }
        });
        let frame = events.clone();
        let resized = events.clone();
        let mut app = App {
            model: Model::new(),
            canvases: Canvases::new(move || resized.emit(Event::Resized)),
            painting: Painting::default(),
            frames: FrameLoop::new(window(), move |at| frame.emit(Event::Frame(at))),
            callbacks: Callbacks::new(events.reform(Event::Page)),
            dialog: NodeRef::default(),
            sending: NodeRef::default(),
            linked: None,
            title: String::new(),
            told: false,
            _listeners: Listeners::new(&events),
        };
        scheme::show(app.model.theme.name());
        update(&mut app.model, listeners::system());
        start(&mut app.model, address::current());
        app.settle();
        app.frames.ask();
        app
    }

    fn update(&mut self, _: &Context<Self>, event: Event) -> bool {
        let written = match event {
            Event::Frame(at) => self.frame(at),
            Event::Resized => self.measure(),
            Event::Key(event) => match self.wanted(&event) {
                Some(msg) => update(&mut self.model, msg),
                None => return false,
            },
            Event::Page(msg) => update(&mut self.model, msg),
        };
        self.settle();
        written
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let send = &self.callbacks.send;
        let on_send = send.reform(|site| Msg::Send(SendMsg::Open(site)));
        html! {
            <div>
                <Header
                    route={self.model.route.clone()}
                    theme={self.model.theme}
                    on_send={self.model.content.run().map(|_| on_send)}
                    on_theme={send.reform(|()| Msg::NextTheme)}
                />
                {page(&self.model, &self.canvases, &self.callbacks)}
                if self.model.help {
                    <Help dialog={&self.dialog} on_close={send.reform(|()| Msg::Help(false))} />
                }
                if let Some(sending) = &self.model.sending {
                    <Send
                        dialog={&self.sending}
                        sending={Rc::clone(sending)}
                        on_send={send.reform(Msg::Send)}
                        on_save={send.reform(|()| Msg::Mine(MineMsg::Save(None)))}
                    />
                }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.canvases.attach();
        self.measure();
        if self.linked.as_ref() != Some(&self.model.route) {
            self.linked = Some(self.model.route.clone());
            show_here();
        }
        show_title(&mut self.title, &self.model);
        show(&self.dialog);
        show(&self.sending);
        show_refusal(&mut self.told, self.model.content.run().is_some_and(|run| run.refused.is_some()));
        if let Some(focus) = self.model.focus.take() {
            effects::give_focus(&focus, &self.canvases);
        }
    }
}

/// Tells the browser what the page is called, where that has changed.
fn show_title(told: &mut String, model: &Model) {
    let title = title(model);
    if *told != title {
        if let Some(document) = window().document() {
            document.set_title(&title);
        }
        *told = title;
    }
}

impl App {
    /// Does what the model asks of the browser, and keeps the run for a report.
    fn settle(&mut self) {
        if let Some(run) = self.model.content.run() {
            let session = &run.session;
            self.model.clock.keeper.look(session.log().len(), now_ms, || crash::keep(session));
        }
        for effect in std::mem::take(&mut self.model.effects) {
            effects::perform(&self.model, effect, &self.callbacks.send);
        }
    }

    /// What a key asks for that nothing on the page has answered; none where it is the browser's.
    fn wanted(&self, event: &KeyboardEvent) -> Option<Msg> {
        let press = Press::of(event);
        if self.model.word.is_some()
            && let Some(msg) = keys::word(&press)
        {
            return Some(msg);
        }
        if let Some(own) = self.model.content.sandbox()
            && let Some(msg) = keys::sandbox(&press, focused(event)).filter(|_| !event.default_prevented())
            // Where nothing is chosen, the browser copies what is marked.
            && (!own.chosen.is_empty() || !matches!(msg, SandboxMsg::Copy | SandboxMsg::Cut))
        {
            event.prevent_default();
            return Some(Msg::Sandbox(msg));
        }
        let msg = keys::page(&press, focused(event)).filter(|_| !event.default_prevented())?;
        event.prevent_default();
        Some(msg)
    }

    /// Reads the sizes of the canvases; true if the page has to be written anew.
    fn measure(&mut self) -> bool {
        let (sizes, cleared) = self.canvases.measure();
        update(&mut self.model, Msg::Measured(Box::new(sizes), cleared))
    }

    /// One frame: simulate, paint, and now and then bring the numbers up to date; true if the page has to be written anew.
    fn frame(&mut self, at: f64) -> bool {
        let begun = now_ms();
        let done = advance(&mut self.model, at, || now_ms() - begun < BUDGET_MS);
        if done.passed {
            self.model.clock.slices.add(now_ms() - begun);
        }
        if self.model.content.run().is_some() {
            self.paint();
            if looks_for_course(&mut self.model, at) && course::is_near() {
                update(&mut self.model, Msg::CourseIsNear);
            }
            self.model.clock.work.add(now_ms() - begun);
        }
        self.frames.ask();
        done.written
    }

    /// Paints what has changed.
    fn paint(&mut self) {
        if self.painting.prepare(self.model.colours(), &mut self.canvases) {
            self.measure();
            self.model.stale.pictures = true;
        }
        lay_out(&mut self.model);
        let stale = std::mem::take(&mut self.model.stale);
        self.painting.paint(&self.model, stale, &mut self.canvases);
    }
}
