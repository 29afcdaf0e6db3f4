//! The sizes of the two futures of every case.

use std::fmt::Write;

/// The two sizes of one case, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeRow {
    /// The case.
    pub name: &'static str,
    /// The size of the plain future.
    pub plain: usize,
    /// The size of the lowered future.
    pub lowered: usize,
}

/// The size of what `construct` would return; it is not called.
pub fn size_of_constructed<F>(_construct: impl FnOnce() -> F) -> usize {
    size_of::<F>()
}

/// Joins the lists of the two compilations.
pub fn pair_up(
    plain: Vec<(&'static str, usize)>,
    lowered: Vec<(&'static str, usize)>,
) -> Vec<SizeRow> {
    assert_eq!(
        plain.len(),
        lowered.len(),
        "both compilations list the same cases"
    );
    plain
        .into_iter()
        .zip(lowered)
        .map(|((name, plain), (other_name, lowered))| {
            assert_eq!(
                name, other_name,
                "both compilations list the cases in the same order"
            );
            SizeRow {
                name,
                plain,
                lowered,
            }
        })
        .collect()
}

/// Panics if a lowered future is larger than its plain one, with every such case.
pub fn assert_not_larger(rows: &[SizeRow]) {
    let mut larger = String::new();
    for row in rows.iter().filter(|row| row.lowered > row.plain) {
        let SizeRow {
            name,
            plain,
            lowered,
        } = row;
        let _ = writeln!(
            larger,
            "  {name}: lowered {lowered} bytes, plain {plain} bytes"
        );
    }
    assert!(
        larger.is_empty(),
        "lowered futures larger than plain ones:\n{larger}"
    );
}
