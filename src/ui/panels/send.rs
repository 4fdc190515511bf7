//! The dialog that sends what runs: its link, and the link as a QR code.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::link::EASY_LENGTH;
use crate::ui::model::focus::LINK;
use crate::ui::model::sending::Sending;
use crate::ui::msg::send::SendMsg;
use crate::ui::panels::help::close;
use crate::view::QrCode;

/// What the dialog shows, and whom it tells.
#[derive(Properties, PartialEq)]
pub struct SendProps {
    /// Where the page gets hold of the dialog.
    pub dialog: NodeRef,
    /// What it shows.
    pub sending: Rc<Sending>,
    /// Hears of it.
    pub on_send: Callback<SendMsg>,
    /// The run is to be saved as a file.
    pub on_save: Callback<()>,
}

/// A dialog over the page; the page puts it there when it is wanted, and shows it.
#[component(Send)]
pub fn send(props: &SendProps) -> Html {
    let SendProps { dialog, sending, on_send, on_save } = props;
    let easy = sending.address.as_ref().is_some_and(|address| address.len() <= EASY_LENGTH);
    html! {
        <dialog
            class="send"
            aria-labelledby="sending"
            ref={dialog}
            onclose={on_send.reform(|_: Event| SendMsg::Close)}
        >
            // Where reading begins, not at the button below.
            <h2 id="sending" tabindex="-1" autofocus=true>{text!("send.title")}</h2>
            <p>{text!("send.about")}</p>
            if let Some(address) = &sending.address {
                {link(address, sending.copied, on_send)}
            } else {
                <p role="status">{text!("send.too-large")}</p>
            }
            if !easy {
                if sending.address.is_some() {
                    <p data-testid="long">{text!("send.long")}</p>
                }
                <p>
                    <button data-testid="send-file" onclick={on_save.reform(|_: MouseEvent| ())}>
                        {text!("send.save")}
                    </button>
                </p>
            }
            if let Some(code) = &sending.code {
                {picture(code)}
            } else if sending.address.is_some() {
                <p>{text!("send.no-code")}</p>
            }
            <p><button onclick={close}>{text!("page.close")}</button></p>
        </dialog>
    }
}

/// The link in its field, how long it is, and the button that copies it.
fn link(address: &str, copied: Option<bool>, on_send: &Callback<SendMsg>) -> Html {
    let select = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlTextAreaElement>() {
            field.select();
        }
    };
    let told = match copied {
        None => "",
        Some(true) => text!("send.copied"),
        Some(false) => text!("send.refused"),
    };
    html! {
        <>
            <label for={LINK}>{text!("send.link")}</label>
            <textarea
                id={LINK}
                data-testid="link"
                readonly=true
                rows="3"
                dir="ltr"
                spellcheck="false"
                value={address.to_owned()}
                onfocus={select}
            />
            <p class="copy">
                <button data-testid="copy link" onclick={on_send.reform(|_: MouseEvent| SendMsg::Copy)}>
                    {text!("send.copy")}
                </button>
                <span data-testid="length">{say!("send.length", count = address.chars().count())}</span>
                <span role="status">{told}</span>
            </p>
        </>
    }
}

/// The code, dark on light in every theme: cameras read it so.
fn picture(code: &QrCode) -> Html {
    let size = code.size.to_string();
    html! {
        <svg
            class="code"
            data-testid="code"
            role="img"
            aria-label={text!("send.code")}
            viewBox={["0 0 ", &size, " ", &size].concat()}
            shape-rendering="crispEdges"
        >
            <path d={code.path.clone()} />
        </svg>
    }
}
