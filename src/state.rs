//! Where a future stands, told from outside.

use core::fmt::{self, Debug, DebugStruct, Display, Formatter};
use core::future::Future;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::panic::Location;
use core::pin::Pin;

use crate::picture::{MachinePicture, StatePicture};

/// A future that tells in which state it is: every machine that `#[state_future]` makes is one.
///
/// It costs the future nothing: no byte, and no instruction when it is polled. The state is read from where the machine
/// keeps it anyway.
///
/// # Examples
///
/// ```
/// use state_future::{StateFuture, state_future};
///
/// #[state_future]
/// async fn wait(seconds: u32) -> u32 {
///     std::future::pending::<()>().await;
///     seconds
/// }
///
/// let mut future = std::pin::pin!(wait(3));
/// assert!(future.state().is_initial());
/// let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// assert!(future.as_mut().poll(&mut context).is_pending());
/// assert_eq!(future.state().function(), "wait");
/// assert_eq!(future.state().name(), "Pending");
/// assert_eq!(future.state().awaits(), Some("std::future::pending::<()>()"));
/// ```
pub trait StateFuture: Future + Debug {
    /// The state in which the future is.
    fn state(&self) -> State<'_>;

    /// The machine's states and how one follows the other, if they are known of the type.
    fn picture() -> Option<&'static MachinePicture>
    where
        Self: Sized,
    {
        None
    }
}

impl<F: StateFuture + Unpin + ?Sized> StateFuture for &mut F {
    fn state(&self) -> State<'_> {
        (**self).state()
    }
}

impl<P> StateFuture for Pin<P>
where
    P: DerefMut<Target: StateFuture> + Debug,
{
    fn state(&self) -> State<'_> {
        self.deref().state()
    }
}

/// What part of its life a future is in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Not polled yet.
    Initial,
    /// Waiting for another future.
    Suspended,
    /// Has returned.
    Returned,
    /// Has panicked.
    Panicked,
}

/// The state of a future, for as long as the future is not touched.
///
/// `{}` prints it and, behind ` > `, the states of the machines it awaits:
/// `fetch at src/net.rs:12:35 connect(addr) > connect at src/net.rs:40:17 sleep(pause)`.
#[derive(Clone, Copy)]
pub struct State<'a> {
    pub(crate) raw: RawState,
    pub(crate) future: PhantomData<&'a ()>,
}

impl<'a> State<'a> {
    /// The function whose machine it is.
    pub fn function(&self) -> &'static str {
        self.raw.machine.function
    }

    /// The state's name, as in the enum: `Start`, `ReadExact2`, `Returned`, `Panicked`.
    pub fn name(&self) -> &'static str {
        self.info().name
    }

    /// What part of its life the future is in.
    pub fn phase(&self) -> Phase {
        self.info().phase
    }

    /// Whether the future has not been polled yet.
    pub fn is_initial(&self) -> bool {
        self.phase() == Phase::Initial
    }

    /// Whether the future waits for another one.
    pub fn is_suspended(&self) -> bool {
        self.phase() == Phase::Suspended
    }

    /// Whether the future has returned or panicked.
    pub fn is_ended(&self) -> bool {
        matches!(self.phase(), Phase::Returned | Phase::Panicked)
    }

    /// The source text of what it waits for, without `.await`.
    pub fn awaits(&self) -> Option<&'static str> {
        self.info().awaits
    }

    /// Where the `.await` stands; where the function begins if it does not wait.
    pub fn location(&self) -> &'static Location<'static> {
        self.info().location
    }

    /// The state of the machine it awaits, if what it awaits is a [`StateFuture`].
    pub fn awaited(&self) -> Option<State<'a>> {
        let awaited = self.raw.awaited?;
        // SAFETY: the future is not touched while this state exists, so what it awaits is still in its place.
        let raw = unsafe { (awaited.state)(awaited.future) };
        Some(State {
            raw,
            future: PhantomData,
        })
    }

    /// This state, that of the machine it awaits, and so on inwards.
    pub fn chain(&self) -> impl Iterator<Item = State<'a>> + use<'a> {
        core::iter::successors(Some(*self), State::awaited)
    }

    /// What is known of the state without looking at the future.
    pub fn info(&self) -> &'static StatePicture {
        &self.raw.machine.states[usize::from(self.raw.index)]
    }
}

impl Display for State<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.print(formatter, false)
    }
}

/// As `{}` prints it, with the variables of the machines that derive `Debug`.
impl Debug for State<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.print(formatter, true)
    }
}

impl State<'_> {
    fn print(&self, formatter: &mut Formatter<'_>, with_variables: bool) -> fmt::Result {
        for (depth, state) in self.chain().enumerate() {
            if depth > 0 {
                formatter.write_str(" > ")?;
            }
            let (function, location) = (state.function(), state.location());
            write!(
                formatter,
                "{function} at {}:{}:{}",
                location.file(),
                location.line(),
                location.column()
            )?;
            match state.awaits() {
                Some(source) => write!(formatter, " {source}")?,
                None => write!(formatter, " ({})", state.name())?,
            }
            if let (true, Some((machine, print))) = (with_variables, state.raw.variables) {
                let mut fields = formatter.debug_struct("");
                // SAFETY: the future is not touched while this state exists.
                unsafe { print(machine, &mut fields) };
                fields.finish()?;
            }
        }
        Ok(())
    }
}

/// A state without the lifetime of its future.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct RawState {
    pub(crate) machine: &'static MachinePicture,
    pub(crate) index: u8,
    pub(crate) awaited: Option<RawAwaited>,
    /// The machine, if it prints its variables, and how.
    pub(crate) variables: Option<(*const (), PrintVariables)>,
}

/// Prints the variables of the machine at the pointer, which does not run.
type PrintVariables = unsafe fn(*const (), &mut DebugStruct<'_, '_>);

/// A future that a machine awaits, and the way to ask for its state.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct RawAwaited {
    pub(crate) future: *const (),
    /// To be called with `future` while it is suspended in its place.
    pub(crate) state: unsafe fn(*const ()) -> RawState,
}

/// A machine that was saved by other code than this, as a migration sees it.
///
/// `#[state_future(named, migrate = path)]` names a function `fn(&Saved<'_>) -> Option<&'static str>`. It says by what state of
/// today's the saved one is meant; the variables of that state must be there under their names, and others are left out. `None`
/// refuses what was saved.
#[cfg(feature = "serde")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Saved<'a> {
    /// The fingerprint of the code that saved it.
    pub code: u64,
    /// The function's name.
    pub machine: &'a str,
    /// The state's name.
    pub state: &'a str,
}
