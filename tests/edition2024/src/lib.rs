//! Holds the corpus under edition 2024: every file of `tests/` compiles one file of `../corpus` twice, as plain
//! async functions and lowered, and compares the two.
