//! The browser application: mounts the app, nothing else.

/// A third of the standard allocator's code, and as fast: what is left over is waited for by nobody.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    cascade::ui::start();
}
