//! Why a task gave no output.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Debug, Display, Formatter};
use std::sync::{Mutex, PoisonError};

/// Why a task gave no output: it panicked, or it was aborted.
///
/// A task is aborted by [`JoinHandle::abort`](crate::JoinHandle::abort) and when its executor is dropped.
pub struct JoinError {
    /// What the task panicked with; the lock is what makes the error `Sync`.
    panic: Option<Mutex<Box<dyn Any + Send>>>,
}

impl JoinError {
    pub(crate) fn aborted() -> Self {
        Self { panic: None }
    }

    pub(crate) fn panicked(payload: Box<dyn Any + Send>) -> Self {
        Self {
            panic: Some(Mutex::new(payload)),
        }
    }

    /// Whether the task was aborted.
    pub fn is_aborted(&self) -> bool {
        self.panic.is_none()
    }

    /// Whether the task panicked.
    pub fn is_panic(&self) -> bool {
        self.panic.is_some()
    }

    /// What the task panicked with, to hand to [`std::panic::resume_unwind`]; the error itself if it did not panic.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.panic {
            Some(payload) => Ok(payload.into_inner().unwrap_or_else(PoisonError::into_inner)),
            None => Err(self),
        }
    }

    /// The panic's message, where there is one.
    fn message(&self) -> Option<String> {
        let payload = self
            .panic
            .as_ref()?
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| String::from(*text));
        text.or_else(|| payload.downcast_ref::<String>().cloned())
    }
}

impl Display for JoinError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match (&self.panic, self.message()) {
            (None, _) => formatter.write_str("the task was aborted"),
            (Some(_), None) => formatter.write_str("the task panicked"),
            (Some(_), Some(message)) => write!(formatter, "the task panicked: {message}"),
        }
    }
}

impl Debug for JoinError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match (&self.panic, self.message()) {
            (None, _) => formatter.write_str("JoinError::Aborted"),
            (Some(_), message) => write!(formatter, "JoinError::Panicked({message:?})"),
        }
    }
}

impl Error for JoinError {}
