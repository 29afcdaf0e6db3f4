//! The room in which a named machine lives.
//!
//! `struct Fetch` cannot spell the type of its machine. It has a room of the right size and alignment instead, and the
//! function item that builds machines tells, whenever the room is used, what is in it. Whether the machine is `Send` and
//! `Sync` is found by type inference in code that never runs: method selection finds `send` for `Told<T>` if `T: Send`
//! one reference before it finds it for anything else.

use core::cell::UnsafeCell;
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{MaybeUninit, align_of, size_of};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Builder, Hidden, MachinePicture, Step, Told};

/// What a machine demands of its room.
#[derive(Clone, Copy)]
pub struct Layout {
    /// Its size.
    pub size: usize,
    /// Its alignment.
    pub align: usize,
    /// Whether it is `Send`.
    pub send: bool,
    /// Whether it is `Sync`.
    pub sync: bool,
}

/// A yes or no that type inference finds.
pub trait Answered {
    /// Which of the two.
    const IS_YES: bool;
}

/// It is.
pub struct Yes;

/// It is not.
pub struct No;

impl Answered for Yes {
    const IS_YES: bool = true;
}

impl Answered for No {
    const IS_YES: bool = false;
}

/// The layout of what `_builder` builds.
pub const fn layout<Arguments, B, S, Y>(
    _builder: &B,
    _send: &PhantomData<S>,
    _sync: &PhantomData<Y>,
) -> Layout
where
    B: Builder<Arguments>,
    S: Answered,
    Y: Answered,
{
    Layout {
        size: size_of::<Hidden<B, Arguments>>(),
        align: align_of::<Hidden<B, Arguments>>(),
        send: S::IS_YES,
        sync: Y::IS_YES,
    }
}

/// The type of what `_builder` builds, in code that never runs.
pub fn future_of<Arguments, B: Builder<Arguments>>(_builder: &B) -> Told<Hidden<B, Arguments>> {
    unreachable!()
}

/// What is known of what `_builder` builds.
pub fn picture_of_builder<Arguments, B: Builder<Arguments>>(
    _builder: &B,
) -> &'static MachinePicture {
    <B::Step as Step>::PICTURE
}

/// Says that two types are one.
pub fn agree<T>(_one: &T, _other: &T) {}

/// Chosen for what is `Send`.
pub trait IfSend {
    /// The answer.
    fn send(&self) -> PhantomData<Yes> {
        PhantomData
    }
}

impl<T: Send> IfSend for Told<T> {}

/// Chosen for what is `Sync`.
pub trait IfSync {
    /// The answer.
    fn sync(&self) -> PhantomData<Yes> {
        PhantomData
    }
}

impl<T: Sync> IfSync for Told<T> {}

/// Chosen, one reference further, for what is not `Send`.
pub trait NotSend {
    /// The answer.
    fn send(&self) -> PhantomData<No> {
        PhantomData
    }
}

impl<T> NotSend for &Told<T> {}

/// Chosen, one reference further, for what is not `Sync`.
pub trait NotSync {
    /// The answer.
    fn sync(&self) -> PhantomData<No> {
        PhantomData
    }
}

impl<T> NotSync for &Told<T> {}

/// A type that is `Send` and `Sync` at least as far as was found.
pub trait Agrees<const SEND: bool, const SYNC: bool> {}

impl<T> Agrees<false, false> for T {}
impl<T: Send> Agrees<true, false> for T {}
impl<T: Sync> Agrees<false, true> for T {}
impl<T: Send + Sync> Agrees<true, true> for T {}

/// Checks the answers with every lifetime in its place: inference looks at none.
#[inline]
pub fn agreeing<T: Agrees<SEND, SYNC>, const SEND: bool, const SYNC: bool>(machine: T) -> T {
    machine
}

/// Is `Send` and `Sync` as it says.
pub struct AutoTraits<const SEND: bool, const SYNC: bool>(PhantomData<*const ()>, PhantomPinned);

impl<const SEND: bool, const SYNC: bool> AutoTraits<SEND, SYNC> {
    /// Says it.
    #[inline]
    #[allow(clippy::new_without_default)] // Nothing but generated code makes one.
    pub const fn new() -> Self {
        AutoTraits(PhantomData, PhantomPinned)
    }
}

// SAFETY: there is no value in it. Generated code puts it beside a machine that `agreeing` has found to be so.
unsafe impl<const SYNC: bool> Send for AutoTraits<true, SYNC> {}
// SAFETY: likewise.
unsafe impl<const SEND: bool> Sync for AutoTraits<SEND, true> {}

/// A type that nothing but its alignment matters of.
pub trait Alignment {
    /// It.
    type Type: Copy;
}

/// Stands for an alignment.
pub struct Aligned<const ALIGN: usize>;

macro_rules! alignments {
    ($($name:ident $align:literal)*) => {$(
        #[doc(hidden)]
        #[repr(align($align))]
        #[derive(Clone, Copy)]
        pub struct $name;

        impl Alignment for Aligned<$align> {
            type Type = $name;
        }
    )*};
}

alignments! {
    Align1 1 Align2 2 Align4 4 Align8 8 Align16 16 Align32 32 Align64 64 Align128 128 Align256 256 Align512 512
    Align1024 1024 Align2048 2048 Align4096 4096 Align8192 8192 Align16384 16384 Align32768 32768 Align65536 65536
}

/// Room for one machine. It is `Send` and `Sync` whatever is in it; the [`AutoTraits`] beside it are not.
#[repr(C)]
pub struct Room<const SIZE: usize, const ALIGN: usize>
where
    Aligned<ALIGN>: Alignment,
{
    alignment: [<Aligned<ALIGN> as Alignment>::Type; 0],
    // A cell, as machines may change behind a shared reference: what they await may hold pointers into them.
    bytes: UnsafeCell<MaybeUninit<[u8; SIZE]>>,
    // Of what is pinned no `&mut` claims to be the only pointer into it, so that of the room must not, either.
    _pinned: PhantomPinned,
}

// SAFETY: nothing can be done to it but by generated code, which puts `AutoTraits` beside it.
unsafe impl<const SIZE: usize, const ALIGN: usize> Send for Room<SIZE, ALIGN> where
    Aligned<ALIGN>: Alignment
{
}
// SAFETY: likewise.
unsafe impl<const SIZE: usize, const ALIGN: usize> Sync for Room<SIZE, ALIGN> where
    Aligned<ALIGN>: Alignment
{
}

impl<const SIZE: usize, const ALIGN: usize> Room<SIZE, ALIGN>
where
    Aligned<ALIGN>: Alignment,
{
    /// Puts a machine into it.
    #[inline]
    pub fn new<T>(machine: T) -> Self {
        const {
            assert!(size_of::<T>() == SIZE && align_of::<T>() == ALIGN);
        }
        let mut bytes = MaybeUninit::uninit();
        // SAFETY: the size has just been compared; the alignment is none of the local variable's.
        unsafe {
            (&raw mut bytes).cast::<T>().write_unaligned(machine);
        }
        Room {
            alignment: [],
            bytes: UnsafeCell::new(bytes),
            _pinned: PhantomPinned,
        }
    }

    /// Polls the machine.
    ///
    /// # Safety
    /// The room must be pinned and hold what `_builder` builds.
    #[inline]
    pub unsafe fn poll<Arguments, B: Builder<Arguments>>(
        &mut self,
        _builder: &B,
        context: &mut Context<'_>,
    ) -> Poll<<B::Step as Step>::Output> {
        let machine = self.bytes.get().cast::<Hidden<B, Arguments>>();
        // SAFETY: the caller's promise. The first field is empty and aligned like the machine, so the bytes begin where a machine may.
        unsafe { Pin::new_unchecked(&mut *machine) }.poll(context)
    }

    /// The machine.
    ///
    /// # Safety
    /// The room must hold what `_builder` builds.
    #[inline]
    pub unsafe fn machine<Arguments, B: Builder<Arguments>>(
        &self,
        _builder: &B,
    ) -> &Hidden<B, Arguments> {
        // SAFETY: the caller's promise.
        unsafe { &*self.bytes.get().cast() }
    }

    /// Drops the machine.
    ///
    /// # Safety
    /// The room must hold what `_builder` builds, and nobody may use it afterwards.
    #[inline]
    pub unsafe fn clear<Arguments, B: Builder<Arguments>>(&mut self, _builder: &B) {
        // SAFETY: the caller's promise.
        unsafe {
            self.bytes
                .get()
                .cast::<Hidden<B, Arguments>>()
                .drop_in_place()
        };
    }
}

/// Room for a machine whose variables have the types that `States` declares. It is `Send` and `Sync` if they are, and pinned as a
/// [`Room`] is.
#[repr(transparent)]
pub struct DeclaredRoom<States>(UnsafeCell<MaybeUninit<States>>, PhantomPinned);

// SAFETY: nothing can be done to it but by generated code, which treats it like the machine in it.
unsafe impl<States: Sync> Sync for DeclaredRoom<States> {}

impl<States> DeclaredRoom<States> {
    /// Puts a machine into it.
    #[inline]
    pub fn new<T>(machine: T) -> Self {
        const {
            assert!(
                size_of::<T>() <= size_of::<States>() && align_of::<T>() <= align_of::<States>()
            );
        }
        let mut states = MaybeUninit::<States>::uninit();
        // SAFETY: size and alignment have just been compared.
        unsafe { states.as_mut_ptr().cast::<T>().write(machine) };
        DeclaredRoom(UnsafeCell::new(states), PhantomPinned)
    }

    /// Polls the machine.
    ///
    /// # Safety
    /// The room must be pinned and hold what `_builder` builds.
    #[inline]
    pub unsafe fn poll<Arguments, B: Builder<Arguments>>(
        &mut self,
        _builder: &B,
        context: &mut Context<'_>,
    ) -> Poll<<B::Step as Step>::Output> {
        let machine = self.0.get().cast::<Hidden<B, Arguments>>();
        // SAFETY: the caller's promise.
        unsafe { Pin::new_unchecked(&mut *machine) }.poll(context)
    }

    /// The machine.
    ///
    /// # Safety
    /// The room must hold what `_builder` builds.
    #[inline]
    pub unsafe fn machine<Arguments, B: Builder<Arguments>>(
        &self,
        _builder: &B,
    ) -> &Hidden<B, Arguments> {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.get().cast() }
    }

    /// Drops the machine.
    ///
    /// # Safety
    /// The room must hold what `_builder` builds, and nobody may use it afterwards.
    #[inline]
    pub unsafe fn clear<Arguments, B: Builder<Arguments>>(&mut self, _builder: &B) {
        // SAFETY: the caller's promise.
        unsafe { self.0.get().cast::<Hidden<B, Arguments>>().drop_in_place() };
    }
}
