//! When a promise of the program is broken: a report in words, with the run to copy, and a fresh start.
//!
//! A panic ends in a trap: there is no unwinding. The report comes from the panic hook, or, where the program traps
//! without one, from the browser's error event. What the program owns may be half changed by then: nothing of it is
//! touched any more, and a fresh start is a reload of the page, whose files the browser has.

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use crate::session::Session;
use crate::ui::platform::browser::{Listener, window};
use crate::ui::platform::end::end;

/// The window's property with the run that goes on, for the report.
const LAST: &str = "cascadeLast";

/// Keeps what the run began as and what was done to it.
pub fn keep(session: &Session) {
    // A window takes any property.
    let _ = Reflect::set(&window(), &LAST.into(), &session.record().to_json().to_string().into());
}

/// From now on a broken promise of the program is reported in the page, and not in the console alone.
pub fn report_panics() {
    yew::set_custom_panic_hook(Box::new(|info| report(&info.to_string())));
    let trapped = Listener::new(&window(), "error", |event| {
        let part = |name: &str| Reflect::get(&event, &name.into()).ok();
        // An image that does not load, or a canvas that was resized while it was measured, is no end of the program,
        // and comes without an error of its own.
        let trapped = part("error").is_some_and(|error| !error.is_null() && !error.is_undefined());
        if let Some(message) = part("message").and_then(|text| text.as_string()).filter(|_| trapped) {
            report(&message);
        }
    });
    // For as long as the page lives.
    std::mem::forget(trapped);
}

/// Says once, in the page, that the program has stopped.
fn report(what: &str) {
    // Here nothing can be reported any more: what the browser refuses is left out.
    if end() {
        let _ = show(what);
    }
}

/// The report's text: what happened, at which simulated second, and the run to repeat it.
fn text_of(what: &str, at: &str, run: &str) -> String {
    say!("crash.report", what = what, seconds = at, run = run)
}

/// Plain elements: the components may be what is broken.
fn show(what: &str) -> Option<()> {
    let document = window().document()?;
    let make = |tag: &str, text: &str| {
        let element = document.create_element(tag).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    };
    let report = make("section", "")?;
    report.set_class_name("panel notice stopped");
    report.set_attribute("role", "alert").ok()?;
    let at =
        document.document_element().and_then(|root| root.get_attribute("data-sim-time")).unwrap_or_default();
    let run = Reflect::get(&window(), &LAST.into()).ok().and_then(|run| run.as_string()).unwrap_or_default();
    let text: HtmlTextAreaElement = make("textarea", "")?.dyn_into().ok()?;
    text.set_value(&text_of(what, &at, &run));
    for (name, value) in [("readonly", ""), ("rows", "8"), ("aria-label", text!("crash.stopped-help"))] {
        text.set_attribute(name, value).ok()?;
    }
    let row = make("p", "")?;
    let copied = text.clone();
    let copy = button(&make("button", text!("crash.copy"))?, move || {
        copied.select();
        // Without the leave to write there, the text is selected and the keyboard copies it.
        let _ = window().navigator().clipboard().write_text(&copied.value());
    })?;
    let again = button(&make("button", text!("crash.start-again"))?, || {
        // A page may always load itself.
        let _ = window().location().reload();
    })?;
    for button in [&again, &copy] {
        row.append_child(button).ok()?;
    }
    for part in [&make("h2", text!("crash.stopped"))?, &make("p", text!("crash.stopped-help"))?, &text, &row]
    {
        report.append_child(part).ok()?;
    }
    document.body()?.append_child(&report).ok()?;
    again.focus().ok()
}

/// A button of the report, which lives as long as the page.
fn button(element: &Element, pressed: impl FnMut() + 'static) -> Option<HtmlElement> {
    let pressed = Closure::<dyn FnMut()>::new(pressed);
    element.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref()).ok()?;
    pressed.forget();
    element.clone().dyn_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_what_when_and_in_which_run() {
        let text = text_of("broken on purpose", "12.500", r#"{"variants":[]}"#);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines, ["broken on purpose", "Simulated seconds: 12.500", r#"Run: {"variants":[]}"#]);
    }
}
