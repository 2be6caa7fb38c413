//! Dumb parts: they take labels, signals and callbacks, and know nothing of sales.
