//! The cheat sheet.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::msg::Msg;
use super::words;

/// A dialog over the page; the page puts it there when it is wanted, and [`show`]s it.
pub fn help(dialog: &NodeRef, send: &Callback<Msg>) -> Html {
    let row = |(keys, does): &(&'static str, &'static str)| {
        html! { <><dt><kbd>{ *keys }</kbd></dt><dd>{ *does }</dd></> }
    };
    html! {
        <dialog ref={dialog} aria-labelledby="cheats" onclose={send.reform(|_| Msg::Help(false))}>
            <h2 id="cheats">{ words::CHEAT_SHEET }</h2>
            <dl>{ for words::CHEATS.iter().map(row) }</dl>
            <button onclick={send.reform(|_| Msg::Help(false))}>{ words::CLOSE }</button>
        </dialog>
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
