//! Tasks without `std` and without allocation.
//!
//! `cargo run -p runtime-lite --no-default-features --example no_std`
//!
//! Only `say`, which stands for the device's serial port, and the program's start use the host's `std`.
#![no_std]

extern crate std;

use core::cell::Cell;
use core::pin::pin;
use runtime_lite::{FixedExecutor, ReadyFlags, block_on, join, yield_now};

/// Which tasks are to be polled; an interrupt handler would wake them through this.
static READY: ReadyFlags<2> = ReadyFlags::new();

fn say(text: core::fmt::Arguments<'_>) {
    std::println!("{text}");
}

fn main() {
    let level = Cell::new(0);
    let mut fill = pin!(async {
        for _ in 0..3 {
            level.set(level.get() + 1);
            yield_now().await;
        }
    });
    let mut watch = pin!(async {
        while level.get() < 3 {
            say(format_args!("level {}", level.get()));
            yield_now().await;
        }
    });
    let mut executor = FixedExecutor::new(&READY);
    executor.spawn(fill.as_mut()).expect("there are two places");
    executor
        .spawn(watch.as_mut())
        .expect("there are two places");
    executor.run(core::hint::spin_loop);
    let (two, three) = block_on(async { join!(async { 2 }, async { 3 }) });
    say(format_args!("{}", two + three));
}
