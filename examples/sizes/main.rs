//! The size of every future of two files of the corpus: as rustc makes it, lowered, and written by hand.
//!
//! `cargo run --release --example sizes`

mod by_hand;

/// Arguments that are forwarded, moved and wrapped.
mod forwarding {
    differential::twins!("../../tests/corpus/sizes_forwarding.rs");
}

/// Locals, branches, loops, temporaries and ordinary code.
mod shapes {
    differential::twins!("../../tests/corpus/sizes_shapes.rs");
}

use differential::SizeRow;
use std::process::ExitCode;

/// Prints one file's table.
fn print(title: &str, rows: &[SizeRow]) {
    println!(
        "{title:<37} {:>9} {:>9} {:>9} {:>7}",
        "rustc", "lowered", "by hand", "ratio"
    );
    for row in rows {
        let by_hand = by_hand::size(row.name).map_or(String::new(), |size| size.to_string());
        println!(
            "  {:<35} {:>9} {:>9} {by_hand:>9} {:>7.3}",
            row.name,
            row.plain,
            row.lowered,
            row.lowered as f64 / row.plain as f64,
        );
    }
    println!();
}

fn main() -> ExitCode {
    let forwarding = forwarding::lowered::sizes();
    let shapes = shapes::lowered::sizes();
    print("forwarded, moved, wrapped", &forwarding);
    print("locals, branches, loops", &shapes);
    let rows = || forwarding.iter().chain(&shapes);
    let larger = rows().filter(|row| row.lowered > row.plain).count();
    let smaller = rows().filter(|row| row.lowered < row.plain).count();
    println!(
        "{} futures: {smaller} smaller than rustc's, {larger} larger",
        rows().count()
    );
    match larger {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
