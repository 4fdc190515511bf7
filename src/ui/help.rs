//! The cheat sheet.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::msg::Msg;
use super::words;

#[derive(Properties, PartialEq)]
pub struct Props {
    pub send: Callback<Msg>,
}

/// A dialog over the page; the page puts it there when it is wanted.
#[component]
pub fn Help(props: &Props) -> Html {
    let dialog = use_node_ref();
    // The browser keeps the focus inside while it is open, closes it at Escape, and gives the focus back after.
    use_effect_with(dialog.clone(), |dialog| {
        if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        }
    });
    let row = |(keys, does): &(&'static str, &'static str)| {
        html! { <><dt><kbd>{ *keys }</kbd></dt><dd>{ *does }</dd></> }
    };
    html! {
        <dialog ref={dialog} aria-labelledby="cheats" onclose={props.send.reform(|_| Msg::Help(false))}>
            <h2 id="cheats">{ words::CHEAT_SHEET }</h2>
            <dl>{ for words::CHEATS.iter().map(row) }</dl>
            <button onclick={props.send.reform(|_| Msg::Help(false))}>{ words::CLOSE }</button>
        </dialog>
    }
}
