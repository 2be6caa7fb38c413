//! Effects: everything that touches the browser but not the page. The only layer that
//! knows IndexedDB, OPFS, localStorage, other tabs, files, the clock and randomness.
