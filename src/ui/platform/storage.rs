//! What the browser keeps from one visit to the next; without a browser, what a thread keeps.

/// A value remembered from an earlier visit; none where storage is refused or empty.
pub fn remembered(key: &str) -> Option<String> {
    kept::get(key)
}

/// Remembers a value, where storage allows it.
pub fn remember(key: &str, value: &str) {
    kept::set(key, value);
}

/// Forgets what was remembered.
pub fn forget(key: &str) {
    kept::remove(key);
}

#[cfg(target_arch = "wasm32")]
mod kept {
    use crate::ui::platform::browser::window;

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok()?
    }

    pub fn get(key: &str) -> Option<String> {
        storage()?.get_item(key).ok()?
    }

    pub fn set(key: &str, value: &str) {
        if let Some(storage) = storage() {
            // Full or refused storage only means that the choice is asked for again.
            let _ = storage.set_item(key, value);
        }
    }

    pub fn remove(key: &str) {
        if let Some(storage) = storage() {
            // Refused storage holds nothing.
            let _ = storage.remove_item(key);
        }
    }
}

/// For tests: each has a thread of its own.
#[cfg(not(target_arch = "wasm32"))]
mod kept {
    use std::cell::RefCell;
    use std::collections::BTreeMap;

    thread_local! {
        static KEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
    }

    pub fn get(key: &str) -> Option<String> {
        KEPT.with_borrow(|kept| kept.get(key).cloned())
    }

    pub fn set(key: &str, value: &str) {
        KEPT.with_borrow_mut(|kept| kept.insert(key.to_owned(), value.to_owned()));
    }

    pub fn remove(key: &str) {
        KEPT.with_borrow_mut(|kept| kept.remove(key));
    }
}
