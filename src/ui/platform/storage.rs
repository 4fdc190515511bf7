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

/// The names of all that is remembered under names that begin so.
pub fn names(beginning: &str) -> Vec<String> {
    let mut names = kept::names();
    names.retain(|name| name.starts_with(beginning));
    names
}

#[cfg(target_arch = "wasm32")]
mod kept {
    use crate::ui::platform::browser::window;

    fn storage() -> Option<web_sys::Storage> {
        window().local_storage().ok()?
    }

    pub fn names() -> Vec<String> {
        let Some(storage) = storage() else { return Vec::new() };
        let count = storage.length().unwrap_or(0);
        (0..count).filter_map(|at| storage.key(at).ok()?).collect()
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

    pub fn names() -> Vec<String> {
        KEPT.with_borrow(|kept| kept.keys().cloned().collect())
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
