//! The browser application: mounts the app, nothing else.

/// A third of the standard allocator's code, and as fast: what is left over is waited for by nobody. It leaves holes that
/// grow, so the whole program, which runs for hours and keeps checkpoints, has the standard one.
#[cfg(all(target_arch = "wasm32", feature = "lite"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    cascade::ui::start();
}
