//! Counts the instructions of each body, plain and lowered. `benches/instructions.sh` runs this and prints the table.

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use instructions::{lowered, plain};

/// How many turns the loop of a body takes, and how deep the recursive one goes.
const TURNS: u64 = 1000;

/// How many times a body without a loop is called.
const CALLS: u64 = 1000;

/// One benchmark a body; `$times` futures of it are made and run to their end.
macro_rules! group {
    ($group:ident: $($body:ident($argument:expr) $times:expr;)*) => {
        $(
            #[library_benchmark]
            #[bench::plain(|| for _ in 0..$times { _ = black_box(plain::run(plain::$body(black_box($argument)))); })]
            #[bench::lowered(|| for _ in 0..$times { _ = black_box(lowered::run(lowered::$body(black_box($argument)))); })]
            fn $body(run: fn()) {
                run();
            }
        )*
        library_benchmark_group!(name = $group; benchmarks = $($body),*);
    };
}

group! { polls:
    ready_at_once(1) CALLS;
    ready_chain(1) CALLS;
    pauses_in_a_loop(TURNS) 1;
    resumed_six_deep(TURNS) 1;
    borrowed_vector(TURNS) 1;
    borrowed_buffer(TURNS) 1;
    big_state(TURNS) 1;
    forwards_an_argument(TURNS) 1;
    branches(TURNS) 1;
    nested_loops(TURNS) 1;
    conditional_move(TURNS) 1;
    question_marks(TURNS) 1;
    operands(TURNS) 1;
    recursion(TURNS) 1;
    strings(TURNS) 1;
}

main!(library_benchmark_groups = polls);
