//! A person's own systems as cards: open them, name them, copy them, delete them, save them, and open files.

use yew::prelude::*;

use crate::scenario::Scenario;
use crate::ui::model::focus::{FIGURE, NAME, kept, rename};
use crate::ui::model::mine::kept::Kept;
use crate::ui::model::mine::words::ago;
use crate::ui::model::mine::{MOST_KEPT, Mine};
use crate::ui::msg::mine::MineMsg;
use crate::ui::panels::mine::button;
use crate::view::miniature_svg;

/// Systems of more nodes have no picture: to lay one out takes too long for a card.
const MOST_NODES: usize = 200;

/// The page.
pub fn mine(mine: &Mine, send: &Callback<MineMsg>) -> Html {
    let last = mine.list.first();
    html! {
        <section
            class="gallery"
            id={FIGURE}
            tabindex="-1"
            aria-labelledby="mine"
            aria-busy={(!mine.known).to_string()}
        >
            <h1 id="mine">{text!("page.mine")}</h1>
            <p>{say!("mine.about", count = MOST_KEPT)}</p>
            <p class="acts">
                {button("open-file", text!("mine.open-file"), send, MineMsg::Choose)}
                <span class="hint">{text!("mine.open-help")}</span>
            </p>
            if let Some(last) = last {
                <p class="again">
                    <a data-testid="go-on" href={last.address()}>
                        <b>{text!("mine.go-on")}</b>{" "}
                        <span>{&last.name}</span>
                        <small>{ago(mine.now, last.at)}</small>
                    </a>
                </p>
            } else if mine.known {
                <p data-testid="none">
                    {text!("mine.none")}{" "}<a href="#/gallery">{text!("mine.to-gallery")}</a>
                </p>
            }
            if mine.unread > 0 {
                <p role="status">{say!("mine.unread", count = mine.unread)}</p>
            }
            <ul class="cards" aria-label={text!("page.mine")}>
                {for mine.list.iter().map(|kept| card(mine, kept, send))}
            </ul>
        </section>
    }
}

fn card(mine: &Mine, own: &Kept, send: &Callback<MineMsg>) -> Html {
    let id = &own.id;
    let act = |label: &'static str, test: &'static str, msg: MineMsg| {
        let onclick = send.reform(move |_: MouseEvent| msg.clone());
        html! {
            <button data-testid={test} aria-describedby={kept(id)} {onclick}>{label}</button>
        }
    };
    let name = |id: &String| MineMsg::Renaming(Some(id.clone()));
    let scenario = own.record.latest(0);
    html! {
        <li class="card own" key={id.clone()} data-testid="kept">
            if let Some(scenario) = scenario {
                <Picture {scenario} />
            }
            if mine.renamed.as_ref() == Some(id) {
                <Naming id={id.clone()} name={own.name.clone()} send={send.clone()} />
            } else {
                <h2><a id={kept(id)} href={own.address()}>{&own.name}</a></h2>
            }
            <p>{ago(mine.now, own.at)}</p>
            <div class="acts">
                <button
                    id={rename(id)}
                    data-testid="rename"
                    aria-describedby={kept(id)}
                    onclick={send.reform({ let msg = name(id); move |_: MouseEvent| msg.clone() })}
                >
                    {text!("mine.rename")}
                </button>
                {act(text!("mine.duplicate"), "duplicate", MineMsg::Duplicate(id.clone()))}
                {act(text!("mine.save"), "save", MineMsg::Save(Some(id.clone())))}
                {act(text!("mine.delete"), "delete", MineMsg::Delete(id.clone()))}
            </div>
        </li>
    }
}

/// What a picture shows.
#[derive(Properties, PartialEq)]
struct PictureProps {
    /// The system.
    scenario: Scenario,
}

/// A system's picture; drawn again only where the system is another one.
#[component]
fn Picture(props: &PictureProps) -> Html {
    let plan = props.scenario.plan().ok().filter(|plan| plan.nodes.len() <= MOST_NODES);
    // Nothing in it comes from outside: numbers, and names of colours.
    let picture = plan.map(|plan| Html::from_html_unchecked(miniature_svg(&props.scenario, &plan).into()));
    picture.unwrap_or_else(|| html! { <div class="picture" /> })
}

/// What the field for a name gets.
#[derive(Properties, PartialEq)]
struct NamingProps {
    /// Of which system.
    id: String,
    /// The name that it has.
    name: AttrValue,
    /// Whom it tells.
    send: Callback<MineMsg>,
}

/// A field for another name.
#[component]
fn Naming(props: &NamingProps) -> Html {
    let NamingProps { id, name, send } = props;
    let field = use_node_ref();
    let onsubmit = {
        let (id, field, send) = (id.clone(), field.clone(), send.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(field) = field.cast::<web_sys::HtmlInputElement>() {
                send.emit(MineMsg::Rename(id.clone(), field.value()));
            }
        }
    };
    html! {
        <form class="naming" {onsubmit}>
            <input
                id={NAME}
                ref={field}
                type="text"
                maxlength="80"
                autocomplete="off"
                aria-label={text!("mine.name")}
                value={name}
            />
            <button>{text!("mine.rename")}</button>
            <button type="button" onclick={send.reform(|_: MouseEvent| MineMsg::Renaming(None))}>
                {text!("mine.cancel")}
            </button>
        </form>
    }
}
