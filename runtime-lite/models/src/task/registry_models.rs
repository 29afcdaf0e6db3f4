//! The list of live tasks: spawning, ending, listing and closing at the same time.

use super::Runnable;
use super::registry::Registry;
use loom::model::Builder;
use loom::thread;
use std::sync::Arc;

/// Few changes of threads are enough to find mistakes, and keep it short.
fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

#[test]
fn tasks_that_live_are_listed_while_others_come_and_end() {
    check(|| {
        let registry = Arc::new(Registry::new());
        let count = Arc::new(());
        let lives = Runnable::new(1, count.clone());
        let ends = Runnable::new(2, count.clone());
        registry.insert(&lives);
        registry.insert(&ends);
        let ending = thread::spawn({
            let (registry, count) = (registry.clone(), count.clone());
            move || {
                ends.metadata().finish();
                drop(ends);
                registry.insert(&Runnable::new(3, count));
            }
        });
        let listed: Vec<usize> = registry.tasks().into_iter().map(|task| task.id).collect();
        assert!(listed.contains(&1) && listed.len() <= 3, "{listed:?}");
        ending.join().unwrap();
        let mut listed: Vec<usize> = registry.tasks().into_iter().map(|task| task.id).collect();
        listed.sort();
        assert_eq!(listed, [1, 3]);
        drop(lives);
        assert_eq!(registry.close(), 0);
        assert_eq!(
            Arc::strong_count(&count),
            1,
            "a task is left, or was dropped twice"
        );
    });
}

#[test]
fn a_closed_executor_ends_every_task_while_they_end_by_themselves() {
    check(|| {
        let registry = Arc::new(Registry::new());
        let count = Arc::new(());
        let tasks = [1, 2].map(|number| Runnable::new(number, count.clone()));
        tasks.iter().for_each(|task| registry.insert(task));
        let [first, second] = tasks;
        let ending = thread::spawn(move || {
            first.metadata().finish();
            drop(first);
            second.waker().wake();
        });
        let closing = thread::spawn({
            let registry = registry.clone();
            move || registry.close()
        });
        registry.close();
        closing.join().unwrap();
        ending.join().unwrap();
        // Whichever of the two closed last has left nothing.
        assert_eq!(registry.close(), 0);
        assert_eq!(
            Arc::strong_count(&count),
            1,
            "a task is left, or was dropped twice"
        );
    });
}
