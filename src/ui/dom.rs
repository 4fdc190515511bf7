//! Elements of the page, built by calls: the same virtual DOM as `html!` makes, in a third of the code, for every
//! kilobyte of the page is weighed.
//!
//! ```text
//! el("button", &[("class", "icon")]).put("title", title).on(ListenerKind::onclick, send, 0, answer).text("?")
//! ```

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Event;
use yew::virtual_dom::{AttrValue, Listener, ListenerKind, VNode, VTag, VText};
use yew::{Callback, Html, NodeRef};

use super::crash::ended;
use super::msg::Msg;

/// An element under construction.
pub struct El(Box<VTag>);

/// What an event asks for; the number is the one given to [`El::on`].
pub type Answer = fn(&Event, usize) -> Option<Msg>;

/// An element with attributes that are always the same.
pub fn el(tag: &'static str, attributes: &[(&'static str, &'static str)]) -> El {
    let mut element = VTag::new(tag);
    for (name, value) in attributes {
        element.add_attribute(name, AttrValue::Static(value));
    }
    El(Box::new(element))
}

impl El {
    /// An attribute.
    pub fn put(mut self, name: &'static str, value: impl Into<AttrValue>) -> El {
        self.set(name, value.into());
        self
    }

    /// An attribute that is there or not: empty if it is.
    pub fn flag(mut self, name: &'static str, on: bool) -> El {
        if on {
            self.set(name, AttrValue::Static(""));
        }
        self
    }

    /// A state for those who do not see it: true or false.
    pub fn state(mut self, name: &'static str, on: bool) -> El {
        self.set(name, AttrValue::Static(if on { "true" } else { "false" }));
        self
    }

    /// A name by which tests find it, and its number.
    pub fn test(self, name: &str, number: usize) -> El {
        self.put("data-testid", [name, " ", &number.to_string()].concat())
    }

    /// What a field holds.
    pub fn value(mut self, value: String) -> El {
        self.0.set_value(Some(AttrValue::from(value)));
        self
    }

    /// A property of the element itself, beyond its attributes.
    pub fn property(mut self, name: &'static str, on: bool) -> El {
        self.0.add_property(name, on);
        self
    }

    /// Where the page gets hold of it.
    pub fn node(mut self, node: &NodeRef) -> El {
        self.0.node_ref = node.clone();
        self
    }

    /// Which of its siblings it stays when others come or go.
    pub fn key(mut self, key: usize) -> El {
        self.0.key = Some(key.into());
        self
    }

    /// Sends what `answer` makes of an event of this kind, and of the number `at`.
    pub fn on(mut self, kind: ListenerKind, send: &Callback<Msg>, at: usize, answer: Answer) -> El {
        self.0.add_listener(Rc::new(On { kind, send: send.clone(), at, answer }));
        self
    }

    /// Text that is always the same.
    pub fn text(mut self, text: &'static str) -> El {
        self.0.add_child(VText::new(AttrValue::Static(text)).into());
        self
    }

    /// Text.
    pub fn say(mut self, text: impl Into<AttrValue>) -> El {
        self.0.add_child(VText::new(text.into()).into());
        self
    }

    /// A child.
    pub fn add(self, child: El) -> El {
        self.html(child.done())
    }

    /// A child, if there is one. Its place is kept where there is none: were the others to move up, they would be
    /// made anew, and whatever has the focus would lose it.
    pub fn maybe(self, child: Option<El>) -> El {
        self.html(child.map_or_else(Html::default, El::done))
    }

    /// Many children.
    pub fn all(mut self, children: impl Iterator<Item = El>) -> El {
        for child in children {
            self.0.add_child(child.done());
        }
        self
    }

    /// A child that is ready.
    pub fn html(mut self, child: Html) -> El {
        self.0.add_child(child);
        self
    }

    /// The finished element.
    pub fn done(self) -> Html {
        VNode::from(*self.0)
    }

    #[inline(never)]
    fn set(&mut self, name: &'static str, value: AttrValue) {
        self.0.add_attribute(name, value);
    }
}

/// A small picture: the inside of an SVG of 16 × 16. Only fixed texts of the program may come here.
pub fn icon(inside: &str) -> Html {
    let svg = ["<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\">", inside, "</svg>"].concat();
    Html::from_html_unchecked(svg.into())
}

/// The element that an event happened to, if it is one of these.
pub fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// One listener for all kinds of events.
struct On {
    kind: ListenerKind,
    send: Callback<Msg>,
    at: usize,
    answer: Answer,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        self.kind.clone()
    }

    fn handle(&self, event: Event) {
        // A program that is at its end answers nothing.
        if ended() {
            return;
        }
        if let Some(msg) = (self.answer)(&event, self.at) {
            self.send.emit(msg);
        }
    }

    fn passive(&self) -> bool {
        false
    }
}
