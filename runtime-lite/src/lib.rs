//! A tiny executor.
