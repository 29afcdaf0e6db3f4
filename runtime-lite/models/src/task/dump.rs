//! Telling what tasks are at: here, that they are.

use super::TaskInfo;

pub(crate) type TaskDump = TaskInfo;

pub(super) fn describe(wake: impl FnOnce() -> Vec<TaskInfo>) -> Vec<TaskDump> {
    wake()
}
