//! Two traces printed next to each other.

use std::fmt;

/// Writes both lists in two columns and marks the lines that differ.
pub fn side_by_side(
    formatter: &mut fmt::Formatter<'_>,
    (left_title, left): (&str, &[String]),
    (right_title, right): (&str, &[String]),
) -> fmt::Result {
    let width = left
        .iter()
        .map(String::as_str)
        .chain([left_title])
        .map(|line| line.chars().count())
        .max()
        .unwrap_or_default();
    writeln!(formatter, "     {left_title:width$} | {right_title}")?;
    let first_difference = left
        .iter()
        .zip(right)
        .position(|(left, right)| left != right)
        .unwrap_or(left.len().min(right.len()));
    for index in 0..left.len().max(right.len()) {
        let left = left.get(index).map_or("", String::as_str);
        let right = right.get(index).map_or("", String::as_str);
        let sign = match left == right {
            true => "  ",
            false if index == first_difference => "=>",
            false => "!=",
        };
        writeln!(formatter, "  {sign} {left:width$} | {right}")?;
    }
    Ok(())
}
