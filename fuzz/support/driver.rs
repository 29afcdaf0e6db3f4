// Runs the cases of a shard and prints what comes out, so that the fuzzer knows which case it was if the process dies.

use differential::{Mismatch, Summary};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A case: its number and the comparison of its twins.
pub type Case = (usize, fn() -> Result<Summary, Box<Mismatch>>);

/// Address space only; memory is taken as it is used.
const STACK_SIZE: usize = 256 << 20;

/// Compares the cases from the one whose position the first argument says.
pub fn run(cases: &'static [Case]) {
    let first: usize = std::env::args()
        .nth(1)
        .map_or(0, |first| first.parse().expect("a position"));
    let thread = std::thread::Builder::new()
        .stack_size(STACK_SIZE)
        .spawn(move || cases[first..].iter().for_each(run_case))
        .expect("a thread starts");
    thread.join().expect("a comparison's panic is caught");
}

fn run_case((number, compare): &Case) {
    println!("begin {number}");
    let report = match catch_unwind(AssertUnwindSafe(compare)) {
        Ok(Ok(_)) if leaks() => {
            println!("differs {number} 1");
            println!("the lowered future leaks memory that rustc's does not");
            // The detector would report it again after every case.
            std::process::exit(1);
        }
        Ok(Ok(summary)) => {
            let Summary { scenarios, leaks_avoided, .. } = summary;
            return println!("same {number} {scenarios} {leaks_avoided}");
        }
        Ok(Err(mismatch)) => mismatch.to_string(),
        Err(panic) => match panic.downcast_ref::<String>() {
            Some(text) => format!("the comparison panicked: {text}"),
            None => "the comparison panicked".to_owned(),
        },
    };
    println!("differs {number} {}", report.lines().count());
    println!("{}", report.trim_end_matches('\n'));
}

/// Whether AddressSanitizer, if this is built with it, has found memory that nothing refers to.
fn leaks() -> bool {
    #[cfg(leak_sanitizer)]
    {
        unsafe extern "C" {
            safe fn __lsan_do_recoverable_leak_check() -> std::ffi::c_int;
        }
        return __lsan_do_recoverable_leak_check() != 0;
    }
    #[cfg(not(leak_sanitizer))]
    false
}
