//! How good forecasts were.
