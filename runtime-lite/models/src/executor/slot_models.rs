//! The slot of the task that is next: each task comes out once.

use super::slot::NextSlot;
use crate::task::Runnable;
use loom::thread;
use std::sync::Arc;

#[test]
fn a_thief_and_the_worker_never_get_the_same_task() {
    loom::model(|| {
        let slot = Arc::new(NextSlot::new());
        let thief = thread::spawn({
            let slot = slot.clone();
            move || slot.take().map(Runnable::number)
        });
        let mut found: Vec<usize> = [1, 2]
            .into_iter()
            .filter_map(|number| {
                slot.replace(Runnable::numbered(number))
                    .map(Runnable::number)
            })
            .collect();
        found.extend(slot.take().map(Runnable::number));
        found.extend(thief.join().unwrap());
        found.sort();
        assert_eq!(found, [1, 2]);
    });
}

#[test]
fn what_is_left_is_dropped_once() {
    loom::model(|| {
        let slot = Arc::new(NextSlot::new());
        let (task, count) = Runnable::counted();
        slot.replace(task);
        let other = thread::spawn({
            let slot = slot.clone();
            move || drop(slot.take())
        });
        drop(slot);
        other.join().unwrap();
        assert_eq!(Arc::strong_count(&count), 1);
    });
}
