//! The cheat sheet.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use crate::ui::msg::keys::sheet::{Line, lines};

/// Where the sheet is, and whom it tells.
#[derive(Properties, PartialEq)]
pub struct HelpProps {
    /// Where the page gets hold of the dialog.
    pub dialog: NodeRef,
    /// The dialog was closed.
    pub on_close: Callback<()>,
}

/// A dialog over the page; the page puts it there when it is wanted, and [`show`]s it.
#[component(Help)]
pub fn help(props: &HelpProps) -> Html {
    let line = |Line { id, keys, does }: Line| {
        html! { <><dt data-key={id}><kbd>{keys}</kbd></dt><dd>{does}</dd></> }
    };
    html! {
        <dialog aria-labelledby="cheats" ref={&props.dialog} onclose={props.on_close.reform(|_: Event| ())}>
            // Where reading begins, not at the button below.
            <h2 id="cheats" tabindex="-1" autofocus=true>{text!("keys.title")}</h2>
            <dl>{for lines().map(line)}</dl>
            <button onclick={close}>{text!("page.close")}</button>
        </dialog>
    }
}

/// Closes the dialog that a button is in. Closed first, removed after: only so does the browser give the focus back.
pub fn close(event: MouseEvent) {
    let button = event.target_dyn_into::<Element>();
    let dialog = button.and_then(|button| button.closest("dialog").ok().flatten());
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        dialog.close();
    }
}

/// Opens the dialog, if the page has it and it is not open. The browser keeps the focus inside while it is open,
/// closes it at Escape, and gives the focus back after.
pub fn show(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>().filter(|dialog| !dialog.open()) {
        // Refused only where it is open already.
        let _ = dialog.show_modal();
    }
}
