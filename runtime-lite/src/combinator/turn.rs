//! Who is polled first.

/// A number that differs from call to call, to choose the future that is polled first.
///
/// Consecutive numbers differ by one, so that of futures which are always ready each gets its turn.
#[cfg(feature = "std")]
pub(super) fn next() -> usize {
    use std::cell::Cell;
    std::thread_local! {
        static TURN: Cell<usize> = const { Cell::new(0) };
    }
    let turn = TURN.get();
    TURN.set(turn.wrapping_add(1));
    turn
}

/// A number that differs from call to call, to choose the future that is polled first.
///
/// Two threads that ask at the same time may get the same number, which does no harm.
#[cfg(not(feature = "std"))]
pub(super) fn next() -> usize {
    use core::sync::atomic::{AtomicUsize, Ordering};
    static TURN: AtomicUsize = AtomicUsize::new(0);
    let turn = TURN.load(Ordering::Relaxed);
    TURN.store(turn.wrapping_add(1), Ordering::Relaxed);
    turn
}
