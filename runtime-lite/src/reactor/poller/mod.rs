//! The operating system's means to wait for sockets.
//!
//! On Linux this is epoll itself. The `polling` crate, which serves the other systems, makes eight system calls more for
//! each round trip of an echo between two tasks of one thread: it sets its timer and arms its
//! timer and its notifier anew for each wait.

#[cfg(all(target_os = "linux", not(runtime_lite_polling)))]
mod epoll;
#[cfg(all(target_os = "linux", not(runtime_lite_polling)))]
pub(super) use epoll::{Events, Poller};

#[cfg(not(all(target_os = "linux", not(runtime_lite_polling))))]
mod portable;
#[cfg(not(all(target_os = "linux", not(runtime_lite_polling))))]
pub(super) use portable::{Events, Poller};

/// What a socket has become.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ready {
    /// The number that the socket was added with.
    pub(super) key: usize,
    pub(super) readable: bool,
    pub(super) writable: bool,
    /// There will be nothing to read after what is there. If the system cannot tell, this is always so.
    pub(super) ended: bool,
}
