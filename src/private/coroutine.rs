//! Polling and dropping a state machine.

use core::fmt::DebugStruct;
use core::hint::assert_unchecked;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, align_of, forget, size_of, transmute_copy};
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::{Machine, MachinePicture, RawAwaited, RawState, Step};

/// An enum of states with a `#[repr(u8)]`, whose variants begin with the same fields wherever they hold the same
/// variables. By RFC 2195 such a variant is laid out like a `#[repr(C)]` struct that begins with the tag, so a variable
/// has the same place in all of them.
///
/// # Safety
/// `At` must be a `#[repr(u8)]` enum without fields that begins with the same discriminants, of which `PANICKED` must be the last,
/// `slots` must give out the places of the variables in those variants, and `cancel` must drop what the state `at` holds and
/// nothing else.
pub unsafe trait States {
    /// The names of the states.
    type At: Copy + PartialEq;
    /// A pointer to each variable.
    type Slots;
    /// The function's arguments.
    type Arguments;
    /// The state of a machine that has not been polled.
    const START: Self::At;
    /// The state of a machine that has returned.
    const RETURNED: Self::At;
    /// The state of a machine that has panicked.
    const PANICKED: Self::At;
    /// What is known of the machine before it runs: a state for each value of the tag, in order.
    const PICTURE: &'static MachinePicture;

    /// Whether the variables are printed with the state.
    const SHOWS_VARIABLES: bool = false;

    /// Prints the variables of the state `at` that nothing else can be writing to.
    ///
    /// # Safety
    /// `slots` must be those of a machine in that state, which does not run.
    unsafe fn print(_slots: Self::Slots, _at: Self::At, _fields: &mut DebugStruct<'_, '_>) {}

    /// Where the variables are.
    fn slots(states: *mut Self) -> Self::Slots;

    /// Puts the arguments into their places in the initial state.
    ///
    /// # Safety
    /// The slots must be those of a machine that holds nothing.
    unsafe fn start(slots: Self::Slots, arguments: Self::Arguments);

    /// Drops the variables that the state `at` holds.
    ///
    /// # Safety
    /// The machine must be in that state, and nobody may use its variables afterwards.
    unsafe fn cancel(slots: Self::Slots, at: Self::At);
}

/// The place behind `previous` in a `#[repr(C)]` struct whose next field is a `U`.
#[inline]
pub fn after<T, U>(previous: *mut T) -> *mut U {
    let end = previous.cast::<u8>().wrapping_add(size_of::<T>());
    // The struct itself is aligned at least as its fields are, so aligning the address aligns the offset.
    let misaligned = end.addr() & (align_of::<U>() - 1);
    let padding = if misaligned == 0 {
        0
    } else {
        align_of::<U>() - misaligned
    };
    end.wrapping_add(padding).cast()
}

/// Declares that the machine is in state `at` from now on.
///
/// # Safety
/// `states` must point to the machine's enum, with all variables of the state `at` in their places.
#[inline]
pub(super) unsafe fn enter<S: States>(states: *mut S, at: S::At) {
    // SAFETY: both enums are `#[repr(u8)]`, with the tag first.
    unsafe { states.cast::<S::At>().write(at) };
}

/// The state the machine is in.
///
/// # Safety
/// `states` must point to a machine's enum.
#[inline]
pub(super) unsafe fn tag<S: States>(states: *mut S) -> S::At {
    // SAFETY: both enums are `#[repr(u8)]`, with the tag first. The last state of the machine's enum is that it has panicked;
    // the places of the code that come behind it among the names are not told in the tag. The optimiser is told so.
    unsafe {
        let at = states.cast::<S::At>().read();
        assert_unchecked(place(at) <= place(S::PANICKED));
        at
    }
}

/// A state's place among the names.
#[inline]
fn place<At: Copy>(at: At) -> u8 {
    const { assert!(size_of::<At>() == 1) };
    // SAFETY: it is an enum without fields in one byte.
    unsafe { transmute_copy(&at) }
}

/// Prints the variables of a machine that does not run.
///
/// # Safety
/// `states` must point to its enum.
unsafe fn print<S: States>(states: *const (), fields: &mut DebugStruct<'_, '_>) {
    let states = states.cast::<S>().cast_mut();
    // SAFETY: the caller's promise.
    unsafe { S::print(S::slots(states), tag(states), fields) };
}

/// Drops what the machine holds.
///
/// # Safety
/// `states` must point to a machine's enum, with all variables of its state in their places, and nobody may use these
/// afterwards.
#[inline]
unsafe fn cancel<S: States>(states: *mut S) {
    // SAFETY: the caller's promise.
    unsafe { cancel_at(states, tag(states)) };
}

/// Drops what the machine holds in the state `at`.
///
/// # Safety
/// As for [`cancel`], if `at` is the machine's state.
#[inline]
unsafe fn cancel_at<S: States>(states: *mut S, at: S::At) {
    // SAFETY: the caller's promise. The tag says that nothing is left from here on, so nothing is dropped twice should
    // dropping a variable panic.
    unsafe {
        enter(states, S::PANICKED);
        S::cancel(S::slots(states), at);
    }
}

/// A machine that is being polled. It knows in which state the poll leaves the machine: that becomes the tag when the poll ends,
/// and tells who holds the variables, should it unwind.
pub struct Running<S: States> {
    states: *mut S,
    /// Where the machine waits and holds the variables. That it has returned, while code runs and holds them. That it has panicked
    /// if nobody does.
    at: S::At,
}

impl<S: States> Running<S> {
    /// The awaited future is ready: the code goes on and holds the variables. If it does not come to wait again, it returns.
    #[inline]
    pub fn resume(&mut self) {
        self.at = S::RETURNED;
    }

    /// The machine waits in the state `at`.
    ///
    /// # Safety
    /// All variables of that state must be in their places, and held by nobody else.
    #[inline]
    pub unsafe fn suspend(&mut self, at: S::At) {
        self.at = at;
    }
}

/// The poll unwinds. It leaves the machine panicked, with nothing to drop, unless it had ended before.
impl<S: States> Drop for Running<S> {
    // Inlined, and given away by value, so that the guard needs no memory and the address of the machine stays its own: then an
    // optimiser may keep the state in registers.
    #[inline(always)]
    fn drop(&mut self) {
        if self.at == S::RETURNED {
            // SAFETY: the code that ran has dropped the variables.
            unsafe { enter(self.states, S::PANICKED) };
        } else if self.at != S::PANICKED {
            // SAFETY: the awaited future has panicked, and the machine holds the variables of that state.
            unsafe { cancel_at(self.states, self.at) };
        }
    }
}

/// A closure that runs the machine from one suspension to the next, and one that finds what it awaits. They capture nothing,
/// and so there is no need to keep them.
pub struct Run<S, F, A, Output>(PhantomData<fn(S, F, A) -> Output>);

/// Tells the types of a machine by its initial state, the closure that runs it, and the one that finds what it awaits.
#[inline]
pub fn coroutine<S, F, A, Output>(
    _states: S,
    _run: F,
    _awaited: A,
) -> Machine<S, Run<S, F, A, Output>>
where
    S: States,
    F: FnMut(&mut Running<S>, S::Slots, S::At, &mut Context<'_>) -> Poll<Output>,
    A: Fn(S::Slots, S::At) -> Option<RawAwaited>,
{
    Machine::new()
}

/// A closure that captures nothing, where there is none.
///
/// # Safety
/// Some code must make such a closure.
#[inline]
unsafe fn closure<F>() -> F {
    const { assert!(size_of::<F>() == 0) };
    // SAFETY: it has no bytes, and the caller says that there are values of the type.
    unsafe { NonNull::<F>::dangling().read() }
}

// SAFETY: all read `state` as an `S`. A panicked machine holds nothing: its enum has nothing to drop.
unsafe impl<S, F, A, Output> Step for Run<S, F, A, Output>
where
    S: States,
    F: FnMut(&mut Running<S>, S::Slots, S::At, &mut Context<'_>) -> Poll<Output>,
    A: Fn(S::Slots, S::At) -> Option<RawAwaited>,
{
    type Output = Output;
    const PICTURE: &'static MachinePicture = S::PICTURE;

    unsafe fn state(state: *const ()) -> RawState {
        // SAFETY: the function that tells the machine's types makes one.
        let awaited = unsafe { closure::<A>() };
        let states = state.cast::<S>().cast_mut();
        // SAFETY: the caller gives the state, which begins with its tag.
        let (at, index) = unsafe { (tag(states), states.cast::<u8>().read()) };
        RawState {
            machine: S::PICTURE,
            index,
            awaited: awaited(S::slots(states), at),
            variables: S::SHOWS_VARIABLES.then_some((state, print::<S>)),
        }
    }

    #[inline]
    unsafe fn start(state: *mut (), arguments: *mut ()) {
        let states = state.cast::<S>();
        // SAFETY: the caller gives room for an `S` and the arguments, which are read once.
        unsafe {
            enter(states, S::START);
            S::start(S::slots(states), arguments.cast::<S::Arguments>().read());
        }
    }

    #[inline]
    unsafe fn step(state: *mut (), context: &mut Context<'_>) -> Poll<Output> {
        // SAFETY: the function that tells the machine's types makes one.
        let mut run = unsafe { closure::<F>() };
        let states = state.cast::<S>();
        // SAFETY: the caller gives the pinned state.
        let at = unsafe { tag(states) };
        let mut running = Running { states, at };
        let progress = run(&mut running, S::slots(states), at, context);
        // SAFETY: the variables of that state are in their places, and a machine that has returned holds nothing.
        unsafe { enter(states, running.at) };
        forget(running);
        progress
    }

    #[inline]
    unsafe fn cancel(state: *mut ()) {
        let states = state.cast::<S>();
        // SAFETY: the caller gives the pinned state and does not use it again. Said once more, that nothing is left spares
        // the compiler to look.
        unsafe {
            cancel(states);
            enter(states, S::PANICKED);
        }
    }
}

/// Polls the awaited future where it lies.
///
/// # Safety
/// `future` must be the place of a future in the state that the machine is in. It never moves: its place is the same as long
/// as it exists, and the machine is pinned.
#[inline]
pub unsafe fn poll<F: Future>(
    future: *mut F,
    context: &mut Context<'_>,
) -> Poll<ManuallyDrop<F::Output>> {
    // SAFETY: the caller's promise.
    unsafe { Pin::new_unchecked(&mut *future) }
        .poll(context)
        .map(ManuallyDrop::new)
}

/// Drops the awaited future, whose output this is. Should that panic, the output is never dropped: rustc has it so.
///
/// # Safety
/// `future` must be the place of a future that nobody uses or drops afterwards.
#[inline]
pub unsafe fn finish<F, T>(future: *mut F, output: ManuallyDrop<T>) -> T {
    // SAFETY: the caller's promise.
    unsafe { future.drop_in_place() };
    ManuallyDrop::into_inner(output)
}

/// Refuses to poll a machine that has returned or panicked: there is no code for the state `at`.
#[inline]
pub fn refuse<S: States>(running: &mut Running<S>, at: S::At) -> ! {
    running.at = S::PANICKED;
    resumed_after_the_end(at == S::RETURNED)
}

#[cold]
#[inline(never)]
fn resumed_after_the_end(has_returned: bool) -> ! {
    match has_returned {
        true => panic!("`async fn` resumed after completion"),
        false => panic!("`async fn` resumed after panicking"),
    }
}
