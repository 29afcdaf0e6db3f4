//! Finds a lost update by trying every interleaving of a few tasks.
//!
//! `cargo run --release --example explore [-- shuttle]`
//!
//! With `shuttle`, how many schedules that needs to find the same.
//!
//! Two transfers into one account read its balance, and later write it back. Whether that loses money depends on who runs when,
//! and tests on a real executor see one order out of many. A machine that derives `Clone` can be forked while it is suspended:
//! so the explorer takes each step that can be taken next, in a copy of the whole world, and sees all orders there are. It derives
//! `PartialEq` and `Hash` too, so a world that another order has led to is looked at once.

mod bank;
mod explorer;
mod shuttle;

use bank::World;
use explorer::{Found, explore};

fn main() {
    let worlds = [
        ("transfers", World::of_transfers()),
        ("transfers under locks", World::of_deadlock()),
        (
            "transfers under locks taken in one order",
            World::of_locked_transfers(),
        ),
    ];
    for (name, world) in worlds {
        let found = explore(world);
        println!("{name}: {found}");
        for (what, schedule) in [
            ("the money is wrong", &found.wrong),
            ("nobody can go on", &found.stuck),
        ] {
            if let Some(schedule) = schedule {
                println!("  {what} after this schedule:");
                schedule.iter().for_each(|step| println!("    {step}"));
            }
        }
    }
    if std::env::args().any(|argument| argument == "shuttle") {
        compare();
    }
}

/// The transfers in a circle.
const CIRCLE: &[(usize, usize)] = &[(0, 1), (1, 2), (2, 0)];

/// What `shuttle` needs to find the lost update.
fn compare() {
    // It reports what it finds by panicking, which is not to be printed each time.
    std::panic::set_hook(Box::new(|_| ()));
    let random: Vec<usize> = (0..20)
        .map(|seed| shuttle::at_random(seed, 10_000, CIRCLE))
        .filter(|needed| needed.found)
        .map(|needed| needed.schedules)
        .collect();
    println!(
        "shuttle, at random: found by {} of 20 seeds, after {} to {} schedules",
        random.len(),
        random.iter().min().unwrap_or(&0),
        random.iter().max().unwrap_or(&0)
    );
    let ordered = shuttle::in_order(100_000, CIRCLE);
    println!(
        "shuttle, in order: {} after {} schedules",
        if ordered.found { "found" } else { "not found" },
        ordered.schedules
    );
    let _ = std::panic::take_hook();
}

impl std::fmt::Display for Found {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Found {
            worlds,
            steps,
            ends,
            ..
        } = self;
        write!(
            formatter,
            "{worlds} states, {steps} steps between them, {ends} ways to end"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lost_update_is_found() {
        let found = explore(World::of_transfers());
        let schedule = found.wrong.expect("two transfers lose money");
        // No order in which each transfer runs to its end loses any.
        assert!(
            schedule
                .windows(2)
                .filter(|pair| pair[0].split(':').next() != pair[1].split(':').next())
                .count()
                > 1
        );
    }

    #[test]
    fn the_fixed_transfers_pass() {
        let found = explore(World::of_locked_transfers());
        assert_eq!(found.wrong, None);
        assert!(found.ends >= 1 && found.worlds > 10);
    }

    #[test]
    fn a_deadlock_is_found() {
        let found = explore(World::of_deadlock());
        assert!(found.stuck.is_some());
        assert_eq!(explore(World::of_locked_transfers()).stuck, None);
    }
}
