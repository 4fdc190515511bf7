//! The browser application: mounts the app, nothing else.

fn main() {
    yew::Renderer::<App>::new().render();
}

#[yew::component]
fn App() -> yew::Html {
    yew::html! { <main><h1>{ "Cascade" }</h1></main> }
}
