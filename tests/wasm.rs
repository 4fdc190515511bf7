//! The same digests come out of a wasm run as of a native one.
#![cfg(target_arch = "wasm32")]

#[path = "support/digests.rs"]
mod digests;

use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn digests_are_those_of_the_native_run() {
    assert_eq!(digests::compute(), digests::WRITTEN);
}
