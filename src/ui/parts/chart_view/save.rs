//! A drawn chart as a file.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array, encode_uri_component};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement, HtmlImageElement};

use crate::shell::file::Download;

/// A PNG has this many pixels for each CSS pixel, so that it is sharp in print.
const SCALE: f64 = 2.0;

/// Offers an SVG file for saving.
///
/// # Errors
/// A sentence when the browser could not make the file.
pub(super) fn as_svg(svg: &str, name: &str) -> Result<(), String> {
    let mut file = Download::new("image/svg+xml");
    file.text(svg)
        .and_then(|()| file.save(&format!("{name}.svg")))
        .map_err(|error| error.to_string())
}

/// Offers a PNG picture of an SVG file for saving.
///
/// # Errors
/// A sentence when the browser could not make the picture.
pub(super) async fn as_png(svg: &str, name: &str) -> Result<(), String> {
    let bytes = painted(svg).await.map_err(|_| {
        String::from("This browser could not make the picture. Save the chart as SVG instead.")
    })?;
    let mut file = Download::new("image/png");
    file.bytes(&bytes)
        .and_then(|()| file.save(&format!("{name}.png")))
        .map_err(|error| error.to_string())
}

/// Paints an SVG file on a canvas and reads it back as PNG.
async fn painted(svg: &str) -> Result<Vec<u8>, JsValue> {
    // A data address, not a blob: some browsers let no canvas be read that shows a blob's SVG.
    let image = HtmlImageElement::new()?;
    let text = String::from(encode_uri_component(svg));
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{text}"));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (f64::from(image.width()), f64::from(image.height()));
    let canvas: HtmlCanvasElement = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?
        .create_element("canvas")?
        .unchecked_into();
    // Charts are at most some thousand pixels large, far below 32 bits.
    canvas.set_width((width * SCALE) as u32);
    canvas.set_height((height * SCALE) as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let draw: Function = Reflect::get(&context, &"drawImage".into())?.dyn_into()?;
    let corner = JsValue::from_f64(0.0);
    let size = [width, height].map(|side| JsValue::from_f64(side * SCALE));
    let [across, down] = &size;
    draw.apply(
        &context,
        &Array::of5(&image, &corner, &corner, across, down),
    )?;
    let blob = encoded(&canvas).await?;
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The canvas as a PNG file.
async fn encoded(canvas: &HtmlCanvasElement) -> Result<Blob, JsValue> {
    let ready = Promise::new(&mut |resolve, reject| {
        let take = Closure::once_into_js(move |blob: JsValue| {
            // The promise's own functions take anything and throw nothing.
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        if let Err(error) = canvas.to_blob(take.unchecked_ref()) {
            let _ = reject.call1(&JsValue::NULL, &error);
        }
    });
    // Null when the canvas could not be encoded.
    JsFuture::from(ready).await?.dyn_into()
}
