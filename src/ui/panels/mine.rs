//! What every page says of a person's own systems: that a run is kept, what was given and is no system, and what the
//! browser refuses.

use yew::prelude::*;

use crate::ui::model::focus::{KEPT, REFUSED, UNDELETE};
use crate::ui::model::mine::{Mine, News, Refused};
use crate::ui::msg::mine::MineMsg;
use crate::ui::panels::trouble::problems;
use crate::ui::platform::vault::Trouble;

/// A button; `id` is the name by which tests find it.
pub fn button(id: &'static str, label: &'static str, send: &Callback<MineMsg>, msg: MineMsg) -> Html {
    let onclick = send.reform(move |_: MouseEvent| msg.clone());
    html! { <button data-testid={id} {onclick}>{label}</button> }
}

/// Below what a page says of its run: that it is kept, or how to keep it.
pub fn keep(kept: bool, send: &Callback<MineMsg>) -> Html {
    html! {
        <p class="panel keep" id={KEPT} tabindex="-1">
            if kept {
                <span>{text!("mine.is-kept")}</span>
                <a href="#/mine">{text!("page.mine")}</a>
            } else {
                {button("keep", text!("mine.keep"), send, MineMsg::Keep)}
            }
            {button("save-file", text!("mine.save"), send, MineMsg::Save(None))}
        </p>
    }
}

/// Above the page: what is new, and what is wrong.
pub fn notices(mine: &Mine, send: &Callback<MineMsg>) -> Html {
    let refused = !mine.refused.is_empty();
    let said = mine.trouble.is_some() || mine.news.is_some();
    html! {
        <>
            if mine.dragging {
                <div class="drop" data-testid="drop" aria-hidden="true"><p>{text!("mine.drop")}</p></div>
            }
            if refused || said {
                <section
                    class="panel notice over"
                    id={REFUSED}
                    tabindex="-1"
                    aria-label={text!("mine.notices")}
                    data-testid="notices"
                >
                    if let Some(why) = mine.trouble {
                        <p role="alert">{trouble(why)}</p>
                    }
                    if let Some(news) = &mine.news {
                        <p role="status">{tell(news)}</p>
                    }
                    {for mine.refused.iter().map(one)}
                    <p>{button("dismiss", text!("page.close"), send, MineMsg::Dismiss)}</p>
                </section>
            }
            if let Some(deleted) = &mine.deleted {
                <p class="panel toast" data-testid="deleted">
                    <span role="status">{say!("mine.deleted", name = &deleted.kept.name)}</span>
                    <button
                        id={UNDELETE}
                        onclick={send.reform(|_: MouseEvent| MineMsg::Undo)}
                        onfocusin={send.reform(|_: FocusEvent| MineMsg::Hold(true))}
                        onfocusout={send.reform(|_: FocusEvent| MineMsg::Hold(false))}
                    >
                        {text!("mine.undo")}
                    </button>
                </p>
            }
        </>
    }
}

fn one(refused: &Refused) -> Html {
    let heading = match refused.name.as_str() {
        "" => text!("mine.pasted-refused").to_owned(),
        name => say!("mine.file-refused", name = name),
    };
    html! { <><h2>{heading}</h2>{problems(&refused.problems)}</> }
}

fn tell(news: &News) -> &'static str {
    match news {
        News::Absent => text!("mine.absent"),
        News::Copied => text!("mine.copied"),
    }
}

/// Why the browser keeps nothing, and what to do.
fn trouble(why: Trouble) -> &'static str {
    match why {
        Trouble::Refused => text!("mine.trouble.refused"),
        Trouble::Full => text!("mine.trouble.full"),
        Trouble::Blocked => text!("mine.trouble.blocked"),
        Trouble::Newer => text!("mine.trouble.newer"),
        Trouble::TooLong => text!("mine.trouble.too-long"),
        // Answered before: it goes on as a copy.
        Trouble::Taken => text!("mine.copied"),
    }
}
