//! Randomness as data, for those layers that have none.

use super::error::StoreError;

/// 64 random bits from the browser's cryptographic generator.
///
/// # Errors
/// `Unavailable` where there is none; ids must then not be made at all.
pub fn random_u64() -> Result<u64, StoreError> {
    let missing = || {
        StoreError::Unavailable(
            "This browser gives the page no random numbers, which new entries need.".to_owned(),
        )
    };
    let crypto = web_sys::window()
        .ok_or_else(missing)?
        .crypto()
        .map_err(|_| missing())?;
    let mut bytes = [0; 8];
    crypto
        .get_random_values_with_u8_array(&mut bytes)
        .map_err(|_| missing())?;
    Ok(u64::from_le_bytes(bytes))
}
