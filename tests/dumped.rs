//! A program that says where each of its tasks is stuck: machines on the small executor.

use state_future::runtime::time::sleep;
use state_future::runtime::{Activity, Executor, LocalExecutor, block_on, yield_now};
use state_future::state_future;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

const LONG: Duration = Duration::from_secs(1000);

#[state_future]
async fn fetch(path: String) -> usize {
    connect(path.len()).await
}

#[state_future]
#[derive(Debug)]
async fn connect(attempts: usize) -> usize {
    let pause = LONG * attempts as u32;
    sleep(pause).await;
    attempts
}

#[state_future]
async fn on_one_thread(count: Rc<usize>) {
    yield_now().await;
    connect(*count).await;
}

/// The file, line and column of the text before `source` in one of this file's lines.
fn place(source: &str) -> String {
    let (index, line) = include_str!("dumped.rs")
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains(source))
        .unwrap();
    let column = line.find("await").unwrap() + 1;
    format!("{}:{}:{column} ", file!(), index + 1)
}

/// What is printed of a future that waits within `connect(..)`.
fn connecting(attempts: usize) -> String {
    let place = place("sleep(pause).await");
    format!("connect at {place}sleep(pause) {{ attempts: {attempts} }}")
}

#[test]
fn every_function_is_told_with_its_place_and_the_variables_of_those_that_print_them() {
    let executor = Executor::builder().threads(2).build().unwrap();
    let start = Instant::now();
    for path in ["a", "bcd"] {
        executor.spawn_debug(path, fetch(path.into())).detach();
    }
    loop {
        let mut tasks = executor.dump();
        tasks.sort_by_key(|task| task.id);
        let mut found = 0;
        for (task, path) in tasks.iter().zip(["a", "bcd"]) {
            let Activity::WaitsIn { future, since } = &task.activity else {
                continue;
            };
            assert_eq!(task.name.as_deref(), Some(path));
            let fetching = format!(
                "fetch at {}connect(path.len()) > ",
                place("path.len()).await")
            );
            let expected = fetching + &connecting(path.len());
            assert_eq!(*future, expected);
            assert!(*since >= start);
            found += 1;
        }
        if found == 2 {
            return;
        }
        assert!(start.elapsed() < Duration::from_secs(10));
        thread::yield_now();
    }
}

#[test]
fn machines_that_stay_on_one_thread_tell_too() {
    let executor = LocalExecutor::new();
    executor
        .spawn_debug("local", on_one_thread(Rc::new(7)))
        .detach();
    block_on(executor.run(async {
        for _ in 0..5 {
            yield_now().await;
        }
    }));
    let line = executor.dump()[0].to_string();
    assert!(line.contains("\"local\" waits for 0."), "{line}");
    let expected = format!(
        "on_one_thread at {}connect(*count) > {}",
        place("connect(*count).await"),
        connecting(7)
    );
    assert!(line.ends_with(&expected), "{line}\n{expected}");
}
