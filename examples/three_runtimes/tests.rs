//! Each runtime does the whole job.

use crate::job::Report;
use crate::{TASKS, WAYS};

#[test]
fn every_runtime_does_the_whole_job() {
    let expected = Report {
        tasks: TASKS,
        echoed: TASKS * 100 * "hello from 0000".len(),
        read: TASKS,
        timeouts: TASKS,
    };
    for (name, run) in WAYS {
        assert_eq!(run().unwrap(), expected, "on {name}");
    }
}
