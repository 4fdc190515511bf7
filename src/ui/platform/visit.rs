//! What tells one visit from another: chance and the date.

/// A name that nobody else has: sixteen hexadecimal digits.
pub fn fresh_id() -> String {
    let [high, low] = drawn();
    let digit = |at: u32| {
        let half = if at < 8 { high } else { low };
        char::from_digit((half >> (28 - 4 * (at % 8))) & 15, 16).unwrap_or('0')
    };
    (0..16).map(digit).collect()
}

/// The present date, in milliseconds since 1970.
pub fn now_ms() -> f64 {
    #[cfg(target_arch = "wasm32")]
    return js_sys::Date::now();
    #[cfg(not(target_arch = "wasm32"))]
    1e12
}

/// Chance; where the browser refuses it, the date and what came before it.
#[cfg(target_arch = "wasm32")]
fn drawn() -> [u32; 2] {
    let mut bytes = [0_u8; 8];
    let crypto = crate::ui::platform::browser::window().crypto();
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)).is_err() {
        bytes = (js_sys::Date::now() * js_sys::Math::random()).to_le_bytes();
    }
    let half = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    [half(0), half(4)]
}

#[cfg(not(target_arch = "wasm32"))]
fn drawn() -> [u32; 2] {
    native::DRAWN.set(native::DRAWN.get() + 1);
    [0, native::DRAWN.get()]
}

/// For tests: each has a thread of its own, with one date and numbers in a row.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::cell::Cell;

    thread_local! {
        pub static DRAWN: Cell<u32> = const { Cell::new(0) };
    }
}
