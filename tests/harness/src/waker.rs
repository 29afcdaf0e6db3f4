//! A waker that tells which poll handed it out.

use crate::trace;
use std::sync::Arc;
use std::task::{Wake, Waker};

struct Numbered {
    poll: usize,
}

impl Wake for Numbered {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        trace::note(format!("wake of poll {}", self.poll));
    }
}

/// The wakers handed out during one run.
#[derive(Default)]
pub struct Wakers {
    handed_out: Vec<Arc<Numbered>>,
}

impl Wakers {
    /// The waker of the next poll.
    pub fn next(&mut self) -> Waker {
        let numbered = Arc::new(Numbered {
            poll: self.handed_out.len() + 1,
        });
        self.handed_out.push(Arc::clone(&numbered));
        Waker::from(numbered)
    }

    /// The polls whose wakers somebody still holds.
    pub fn held(&self) -> Vec<usize> {
        self.handed_out
            .iter()
            .filter(|numbered| Arc::strong_count(numbered) > 1)
            .map(|numbered| numbered.poll)
            .collect()
    }
}
