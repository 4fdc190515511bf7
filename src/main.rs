//! The browser application: mounts the app, nothing else.

fn main() {
    cascade::ui::report_panics();
    yew::Renderer::<cascade::ui::App>::new().render();
}
