//! The page's entry point. Natively this is an empty program: everything testable
//! lives in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    fairlead::ui::start();
}
