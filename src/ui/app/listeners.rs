//! What the application hears of the browser beside what is done on the page: keys, addresses, the system's wishes, time.

use gloo_timers::callback::Interval;
use wasm_bindgen::JsCast;
use yew::Callback;

use crate::ui::app::event::Event;
use crate::ui::app::gifts::gifts;
use crate::ui::msg::Msg;
use crate::ui::msg::mine::MineMsg;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::platform::browser::{Listener, REDUCED_MOTION, matches, window};
use crate::ui::platform::end::ended;
use crate::ui::platform::{address, paste, scheme};

/// How often those who do not see the stage are told what has changed, in milliseconds: politely.
const TELL_MS: u32 = 2000;

/// Hears for as long as it lives.
pub struct Listeners {
    _listeners: Vec<Listener>,
    _telling: Interval,
}

impl Listeners {
    /// Hands on what is heard.
    pub fn new(events: &Callback<Event>) -> Listeners {
        let window = window();
        let page = events.reform(Event::Page);
        let mut listeners = Vec::new();
        let mut hear = |kind: &'static str, event: fn() -> Msg| {
            let page = page.clone();
            listeners.push(Listener::new(&window, kind, move |_| page.emit(event())));
        };
        hear("hashchange", || Msg::Open(address::current()));
        hear("cascade-break", || Msg::Break);
        hear("pagehide", || Msg::Mine(MineMsg::Leave));
        // It bubbles up from the document.
        hear("visibilitychange", || Msg::Mine(if is_hidden() { MineMsg::Leave } else { MineMsg::Back }));
        if let Some(document) = window.document() {
            // Nodes that were copied, here or in another tab.
            let page = page.clone();
            listeners.push(Listener::new(&document, "paste", move |event| {
                if address::current().is_sandbox()
                    && let Some(text) = paste::pasted(&event)
                {
                    event.prevent_default();
                    page.emit(Msg::Sandbox(SandboxMsg::Paste(Some(text))));
                }
            }));
        }
        listeners.extend(gifts(&window, &page.reform(Msg::Mine)));
        let key = events.clone();
        listeners.push(Listener::new(&window, "keydown", move |event| {
            key.emit(Event::Key(event.unchecked_into()));
        }));
        for query in [scheme::DARK, REDUCED_MOTION] {
            if let Some(list) = window.match_media(query).ok().flatten() {
                let page = page.clone();
                listeners.push(Listener::new(&list, "change", move |_| page.emit(system())));
            }
        }
        let tell = move || {
            if !ended() && !is_hidden() {
                page.emit(Msg::Tell);
            }
        };
        Listeners { _listeners: listeners, _telling: Interval::new(TELL_MS, tell) }
    }
}

/// What the system wants now.
pub fn system() -> Msg {
    Msg::System { dark: scheme::is_dark(), reduced_motion: matches(REDUCED_MOTION) }
}

/// Nobody is there.
fn is_hidden() -> bool {
    window().document().is_some_and(|document| document.hidden())
}
