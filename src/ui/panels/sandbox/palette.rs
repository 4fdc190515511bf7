//! The palette: what can be added, as buttons that are pressed or dragged onto the stage.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::editor::{Preset, palette as presets};
use crate::ui::model::side::Side;
use crate::ui::msg::keys;
use crate::ui::msg::sandbox::{PaletteMsg, SandboxMsg};
use crate::ui::panels::dom::{answering, icon};
use crate::ui::platform::browser::window;
use crate::view::Point;

/// The buttons. A press adds a node where there is room; a drag puts it where it is let go.
pub fn palette(send: &Callback<SandboxMsg>) -> Html {
    let send = send.reform(SandboxMsg::Palette);
    html! {
        <div class="palette" role="group" aria-label={text!("sandbox.palette")}>
            for each in presets() {
                {entry(each, &send)}
            }
        </div>
    }
}

fn entry(preset: &'static Preset, send: &Callback<PaletteMsg>) -> Html {
    let key = preset.key;
    let onpointerdown = |event: PointerEvent| {
        if let Some(button) = event.target_dyn_into::<Element>().filter(|_| event.pointer_type() != "touch") {
            // Fails only for a pointer that is gone already.
            let _ = button.set_pointer_capture(event.pointer_id());
        }
    };
    let onpointermove = answering(send, |event: PointerEvent| {
        (event.buttons() == 1 && event.pointer_type() != "touch").then(|| PaletteMsg::Carry(under(&event)))
    });
    let onpointerup = answering(send, move |event: PointerEvent| {
        Some(match under(&event) {
            Some((side, at)) => PaletteMsg::Drop(key, side, at),
            None => PaletteMsg::Leave,
        })
    });
    html! {
        <button
            class="preset"
            data-testid={["add ", key].concat()}
            data-kind-of={preset.kind}
            title={preset.about.plain()}
            aria-keyshortcuts={keys::letter(key)}
            {onpointerdown}
            {onpointermove}
            {onpointerup}
            onpointercancel={send.reform(|_: PointerEvent| PaletteMsg::Leave)}
            onclick={answering(send, move |event: MouseEvent| inside(&event).then_some(PaletteMsg::Add(key)))}
        >
            {icon(sign(preset.kind))}
            <span>{preset.name.plain()}</span>
            if let Some(letter) = keys::letter(key) {
                <kbd aria-hidden="true">{letter}</kbd>
            }
        </button>
    }
}

/// The stage under a pointer, and where on its canvas that is.
fn under(event: &PointerEvent) -> Option<(Side, Point)> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let element = window().document()?.element_from_point(x, y)?;
    let canvas = element.dyn_into::<HtmlElement>().ok().filter(|element| element.tag_name() == "CANVAS")?;
    let pane = canvas.closest("[data-edited]").ok()??;
    let side = if pane.get_attribute("data-side")? == "B" { Side::B } else { Side::A };
    let corner = canvas.get_bounding_client_rect();
    Some((side, Point { x: x - corner.x() as f32, y: y - corner.y() as f32 }))
}

/// A press of a key, or a click that ends on the button: what was dragged from it is put down elsewhere.
fn inside(event: &MouseEvent) -> bool {
    let Some(button) = event.target_dyn_into::<Element>() else { return false };
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let area = button.get_bounding_client_rect();
    event.detail() == 0
        || (area.left()..=area.right()).contains(&x) && (area.top()..=area.bottom()).contains(&y)
}

/// A small picture of a kind of node.
fn sign(kind: &str) -> &'static str {
    match kind {
        "client" => {
            r#"<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="8" cy="5" r="2.700"/><path d="M2.500 14a5.500 5 0 0 1 11 0"/></g>"#
        }
        "queue" => {
            r#"<g fill="none" stroke="currentColor" stroke-width="1.5"><path d="M1 4h14M1 12h14"/><path d="m4 6 2 2-2 2-2-2zM9 6l2 2-2 2-2-2z" fill="currentColor" stroke="none"/></g>"#
        }
        "exchange" => {
            r#"<g fill="none" stroke="currentColor" stroke-width="1.5"><circle cx="5" cy="8" r="3"/><path d="M8 8h7M7 6l6-4M7 10l6 4"/></g>"#
        }
        "log" => {
            r#"<path d="M1 4h14M1 8h14M1 12h14M5 2.500v3M9 6.500v3M12 10.500v3" fill="none" stroke="currentColor" stroke-width="1.5"/>"#
        }
        "store" => {
            r#"<g fill="none" stroke="currentColor" stroke-width="1.5"><ellipse cx="8" cy="4" rx="5.500" ry="2.200"/><path d="M2.500 4v8c0 1.200 2.500 2.200 5.500 2.200s5.500-1 5.500-2.200V4"/></g>"#
        }
        _ => {
            r#"<g fill="none" stroke="currentColor" stroke-width="1.5"><rect x="1.500" y="2.500" width="13" height="11" rx="2"/><path d="M4 6h2M7 6h2M10 6h2M4 10h2"/></g>"#
        }
    }
}
