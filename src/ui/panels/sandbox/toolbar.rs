//! The history of the editor, and what can be done with several nodes.

use yew::prelude::*;

use crate::editor::Alignment;
use crate::ui::model::sandbox::Sandbox;
use crate::ui::msg::sandbox::SandboxMsg;
use crate::ui::panels::dom::icon;
use crate::ui::panels::trouble;
use crate::view::inspector::refusal;

/// The buttons, and why the last edit was refused.
pub fn toolbar(own: &Sandbox, send: &Callback<SandboxMsg>) -> Html {
    let editor = own.editor();
    let [undo, redo] = [editor.undo_words(), editor.redo_words()];
    let undo_says =
        undo.map_or(text!("sandbox.undo").to_owned(), |what| say!("sandbox.undo-what", what = what));
    let redo_says =
        redo.map_or(text!("sandbox.redo").to_owned(), |what| say!("sandbox.redo-what", what = what));
    let some = !own.chosen.is_empty();
    let several = own.chosen.len() > 1;
    let button = |id: &'static str, label: String, path: &'static str, off: bool, wanted: SandboxMsg| {
        let inside =
            ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.6\"/>"].concat();
        html! {
            <button
                class="icon"
                data-testid={id}
                title={label.clone()}
                aria-label={label}
                disabled={off}
                onclick={send.reform(move |_: MouseEvent| wanted.clone())}
            >
                {icon(&inside)}
            </button>
        }
    };
    let plain = |text: &str| text.to_owned();
    let aligned = [
        ("align left", text!("sandbox.align-left"), "M2 1v14M5 4h9M5 10h5", Alignment::Left),
        ("align top", text!("sandbox.align-top"), "M1 2h14M4 5v9M10 5v5", Alignment::Top),
        ("spread across", text!("sandbox.spread-across"), "M1 2v12M15 2v12M6 5h4v6H6z", Alignment::Across),
        ("spread down", text!("sandbox.spread-down"), "M2 1h12M2 15h12M5 6v4h6V6z", Alignment::Down),
    ];
    html! {
        <div class="panel toolbar">
            <div class="row" role="toolbar" aria-label={text!("sandbox.toolbar")}>
                {button("undo", undo_says, "M6 3 2.500 6.500 6 10M3 6.500h6a4 4 0 0 1 0 8H6", undo.is_none(), SandboxMsg::Undo)}
                {button("redo", redo_says, "m10 3 3.500 3.500L10 10M13 6.500H7a4 4 0 0 0 0 8h3", redo.is_none(), SandboxMsg::Redo)}
                {button("delete", plain(text!("sandbox.delete")), "M2 4h12M6 4V2h4v2M4 4l1 10h6l1-10", !some, SandboxMsg::Delete)}
                {button("duplicate", plain(text!("sandbox.duplicate")), "M5 5V2h9v9h-3M2 5h9v9H2z", !some, SandboxMsg::Duplicate)}
                {button("copy", plain(text!("sandbox.copy")), "M5 2h6v3H5zM5 3H3v11h10V3h-2", !some, SandboxMsg::Copy)}
                {button("paste", plain(text!("sandbox.paste")), "M5 2h6v3H5zM5 3H3v11h10V3h-2M8 7v5M6 10l2 2 2-2", own.kept.is_empty(), SandboxMsg::Paste(None))}
                {button("tidy", plain(text!("sandbox.tidy")), "M1 5h4v6H1zM11 1h4v5h-4zM11 10h4v5h-4zM5 8h3V3h3M8 8v4h3", false, SandboxMsg::Tidy)}
                for (id, label, path, how) in aligned {
                    {button(id, plain(label), path, !several, SandboxMsg::Align(how))}
                }
            </div>
            if !own.refused.is_empty() {
                <div data-testid="refused">{trouble::refused(refusal(&own.refused))}</div>
            }
        </div>
    }
}
