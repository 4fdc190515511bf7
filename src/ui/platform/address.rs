//! The page's address, and the place in the page.

use crate::ui::platform::browser::window;
use crate::ui::platform::route::Route;

/// The page of the present address.
pub fn current() -> Route {
    Route::of(&window().location().hash().unwrap_or_default())
}

/// The site's own address: without what leads to one of its pages.
pub fn site() -> String {
    let whole = window().location().href().unwrap_or_default();
    whole.split(['#', '?']).next().unwrap_or_default().to_owned()
}

/// Goes to another page of the site.
pub fn go_to(hash: &str) {
    // An address of this site: nobody refuses it.
    let _ = window().location().set_hash(hash);
}

/// A page begins at its top, however far down the one before was read.
pub fn to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}
