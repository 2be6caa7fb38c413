//! Charts: whatever the numbers and names, at any width, nothing overlaps, is cut or lies.
//!
//! The pictures under `fixtures/charts` are what some charts should look like. After a change
//! that is meant, `FAIRLEAD_BLESS=1 cargo test --test charts` writes them anew: look at each.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

mod bars;
mod check;
mod given;
mod kinds;
mod laws;
mod pictures;
mod sweeps;

use fairlead::chart::scene::Scene;
use fairlead::chart::svg::svg;
use std::path::Path;

/// Compares drawings with the pictures of their names.
fn pictured(pictures: &[(String, Scene)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/charts");
    let bless = std::env::var_os("FAIRLEAD_BLESS").is_some();
    for (name, scene) in pictures {
        let (path, drawn) = (folder.join(format!("{name}.svg")), svg(scene));
        if bless {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &drawn).unwrap();
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            drawn == expected,
            "{name}.svg is drawn differently:\n{drawn}"
        );
    }
}
