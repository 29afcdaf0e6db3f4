//! The included corpus is compiled with the edition of this crate.

use differential::{Ending, Scenario, run, subject};

#[allow(unused, dropping_copy_types, clippy::all)]
mod plain {
    use differential::passthrough as lower;
    use differential::plain_cases as cases;
    use differential::prelude::*;
    include!("../../corpus/rule05_tail_temporaries.rs");
}

#[test]
fn temporaries_of_the_tail_drop_as_edition_2021_says() {
    let scenario = Scenario {
        ending: Ending::Completed,
        panic_at: None,
    };
    let trace = run(&|| subject(plain::tail_view::construct()), scenario).trace;
    let end = trace
        .iter()
        .position(|event| event == "~peek a")
        .expect("the future drops")
        + 1;
    assert_eq!(
        trace[end..end + 4],
        ["~local", "~view of a", "~a", "output 1"]
    );
}
