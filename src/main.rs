//! The browser application: mounts the app, nothing else.

fn main() {
    cascade::ui::start();
}
