//! Variables that live in the machine.
//!
//! A variable that an await crosses has one place, in the machine's state, from its declaration to the end of its scope.
//! While the machine runs, a [`Held`] on the stack stands for it: dropping the `Held` drops the variable, so that Rust's
//! own scopes give the order of drops on every way out. Before the machine suspends, [`Held::keep`] leaves the variable
//! where it is.

use core::cell::Cell;

use super::Keeping;

/// A variable in the machine's state while the machine runs.
pub struct Held<T> {
    /// Where the variable lives.
    pub at: *mut T,
    // Changes behind a shared reference: a guard that drops the value early points to this, too.
    live: Cell<bool>,
}

impl<T> Held<T> {
    /// A variable that has no value yet.
    #[inline]
    pub fn empty(at: *mut T) -> Self {
        Held {
            at,
            live: Cell::new(false),
        }
    }

    /// A variable whose value is in its place already.
    #[inline]
    pub fn resume(at: *mut T) -> Self {
        Held {
            at,
            live: Cell::new(true),
        }
    }

    /// A variable whose value is in its place if `live`.
    #[inline]
    pub fn resume_if(at: *mut T, live: bool) -> Self {
        Held {
            at,
            live: Cell::new(live),
        }
    }

    /// A variable that starts with `value`.
    #[inline]
    pub fn new(at: *mut T, value: T) -> Self {
        let held = Held::empty(at);
        held.fill(value);
        held
    }

    /// Gives the variable a value. What it held before is dropped, after the new value has been computed.
    #[inline]
    pub fn fill(&self, value: T) -> *mut T {
        if self.live.get() {
            // SAFETY: `live` says that the place holds a value.
            unsafe { *self.at = value };
        } else {
            // SAFETY: `at` is the variable's own place in the state, which is big enough, aligned, and holds no value.
            unsafe { self.at.write(value) };
            self.live.set(true);
        }
        self.at
    }

    /// Fills the variable, and refers to it.
    ///
    /// # Safety
    /// Nothing but shared references may reach the variable as long as the result is used.
    #[inline]
    pub unsafe fn shared<'a>(&self, value: T) -> &'a T
    where
        T: 'a,
    {
        // SAFETY: the place holds a value; the rest is the caller's promise.
        unsafe { &*self.fill(value) }
    }

    /// Fills the variable, and refers to it.
    ///
    /// # Safety
    /// Nothing else may reach the variable as long as the result is used.
    #[inline]
    pub unsafe fn exclusive<'a>(&self, value: T) -> &'a mut T
    where
        T: 'a,
    {
        // SAFETY: the place holds a value; the rest is the caller's promise.
        unsafe { &mut *self.fill(value) }
    }

    /// What [`shared`](Self::shared) gives, in code that never runs.
    pub fn shared_type<'a>(&self) -> &'a T
    where
        T: 'a,
    {
        unreachable!()
    }

    /// What [`exclusive`](Self::exclusive) gives, in code that never runs.
    pub fn exclusive_type<'a>(&self) -> &'a mut T
    where
        T: 'a,
    {
        unreachable!()
    }

    /// Moves the value out of the variable.
    #[inline]
    pub fn take(&self) -> T {
        debug_assert!(self.live.get());
        self.live.set(false);
        // SAFETY: the value was live, and is dead from here on.
        unsafe { self.at.read() }
    }

    /// The place for an expression that consumes the variable or only borrows it, as `kind` knows.
    #[inline]
    pub fn lend<'a, K: Kind>(&self, _kind: K) -> K::Lent<'a, T>
    where
        T: 'a,
    {
        if K::CONSUMES {
            debug_assert!(self.live.get());
            self.live.set(false);
        }
        // SAFETY: the place holds a value, which belongs to the result if the expression consumes it.
        unsafe { K::lend(self.at) }
    }

    /// The value, used for the last time: it is moved if that consumes the variable, and copied otherwise.
    #[inline]
    pub fn pass<K: Kind>(&self, _kind: K) -> T {
        debug_assert!(self.live.get());
        if K::CONSUMES {
            self.live.set(false);
        }
        // SAFETY: the place holds a value, which belongs to the result unless its type is `Copy`.
        unsafe { self.at.read() }
    }

    /// What there is of a method's receiver while its arguments are awaited: the value if the method consumes it, nothing
    /// otherwise.
    #[inline]
    pub fn lend_early<K: Kind>(&self, _kind: K) -> K::Early<T> {
        if K::CONSUMES {
            debug_assert!(self.live.get());
            self.live.set(false);
        }
        // SAFETY: the place holds a value, which belongs to the result if the expression consumes it.
        unsafe { K::early(self.at) }
    }

    /// The place of the receiver, its arguments evaluated.
    #[inline]
    pub fn lend_late<'a, K: Kind>(&self, early: K::Early<T>, _kind: K) -> K::Lent<'a, T>
    where
        T: 'a,
    {
        // SAFETY: the place holds a value, unless that is in `early`.
        unsafe { K::late(early, self.at) }
    }

    /// Gives the variable back what [`lend`](Self::lend) took out and nothing consumed.
    #[inline]
    pub fn give_back<L: Lent<T>>(&self, lent: L) {
        if let Some(value) = lent.into_owned() {
            self.fill(value);
        }
    }

    /// Fills the variable, then lends it.
    #[inline]
    pub fn put<'a, K: Kind>(&self, kind: K, value: T) -> K::Lent<'a, T>
    where
        T: 'a,
    {
        self.fill(value);
        self.lend(kind)
    }

    /// As [`put`](Self::put), for a method's receiver made of constants, which [has](super::drops) something to drop or not: `shared` tells
    /// whether the method only looks at it or copies it, which it then may do to the `constant`.
    #[inline]
    pub fn put_constant<'a, K: Kind, S: Kind>(
        &self,
        kind: K,
        _shared: S,
        value: T,
        constant: &'a T,
        drops: bool,
    ) -> S::Constant<'a, T, K>
    where
        T: 'a,
    {
        let lent = self.put(kind, value);
        // SAFETY: if the constant is not used, the place still holds the value, which is only looked at.
        let constant = if drops {
            unsafe { &*self.at }
        } else {
            constant
        };
        S::constant(lent, constant)
    }

    /// Whether the variable has a value.
    #[inline]
    pub(super) fn is_live(&self) -> bool {
        self.live.get()
    }

    /// Leaves the variable in its place, for the machine to come back to.
    #[inline]
    pub fn keep(&self) {
        self.live.set(false);
    }

    /// Whether the variable has a value now, which it leaves in its place.
    #[inline]
    pub fn keep_if_live(&self) -> bool {
        self.live.replace(false)
    }

    /// Drops the value, if there is one, before the end of the scope.
    #[inline]
    pub fn drop_now(&self) {
        if self.live.replace(false) {
            // SAFETY: the value was live, and is dead from here on.
            unsafe { self.at.drop_in_place() };
        }
    }

    /// Drops the value, if there is one, where an end of this kind comes before that of the scope.
    #[inline]
    pub fn drop_if<K: Keeping>(&self, _end: K) {
        if K::CONSUMES {
            self.drop_now();
        }
    }

    /// A guard that drops the value earlier than the variable's own scope ends, if `early`.
    #[inline]
    pub fn early(&self, early: bool) -> Early<Self> {
        Early::new(self, early)
    }
}

impl<T> DropNow for Held<T> {
    #[inline]
    fn drop_now(&self) {
        Held::drop_now(self);
    }
}

/// What stands for a variable.
pub trait DropNow {
    /// Drops the value, if there is one, before the end of the scope.
    fn drop_now(&self);
}

impl<T> Drop for Held<T> {
    #[inline]
    fn drop(&mut self) {
        self.drop_now();
    }
}

/// The value of a variable that is used again: a copy, or a reborrow.
///
/// # Safety
/// `at` points to a value of a type that is `Copy`, or to a unique reference which nobody uses while the result is.
#[inline]
pub unsafe fn copied<T>(at: *const T) -> T {
    // SAFETY: the caller's promise.
    unsafe { at.read() }
}

/// Compiles for a static, and for a constant with nothing to drop.
#[inline]
pub fn lasts<T: ?Sized>(_place: &'static T) {}

/// Assigns a variable. It is not borrowed while the value is computed, which may itself use the variable.
///
/// # Safety
/// `held` is a variable of generated code that is in scope.
#[inline]
pub unsafe fn assign<H: Assign>(held: *mut H, value: H::Value) {
    // SAFETY: the caller says that it is there, and nothing else uses it while this runs.
    unsafe { (*held).assign(value) };
}

/// What stands for a variable that can be assigned.
pub trait Assign {
    /// The variable's type.
    type Value;

    /// Gives the variable a value.
    fn assign(&self, value: Self::Value);
}

impl<T> Assign for Held<T> {
    type Value = T;

    #[inline]
    fn assign(&self, value: T) {
        self.fill(value);
    }
}

/// Drops a variable at the end of a scope within the variable's own.
pub struct Early<H: DropNow> {
    held: *const H,
    early: bool,
}

impl<H: DropNow> Early<H> {
    /// Drops `held` if `early`.
    #[inline]
    pub fn new(held: &H, early: bool) -> Self {
        Early { held, early }
    }
}

impl<H: DropNow> Drop for Early<H> {
    #[inline]
    fn drop(&mut self) {
        if self.early {
            // SAFETY: generated code declares the guard after the variable, in the same block or one within, so that the
            // variable is still there.
            unsafe { (*self.held).drop_now() };
        }
    }
}

/// A value in a place of its own, so that a field access reaches it alike in a value and through a reference.
#[repr(transparent)]
pub struct Owned<T: ?Sized> {
    /// The value.
    pub place: T,
}

/// How an expression uses a variable it mentions.
pub trait Kind: Keeping {
    /// The variable itself, or a reference to it: either way `.place` is a place expression for it.
    type Lent<'a, T: 'a>;
    /// What there is of a receiver before its method is called.
    type Early<T>;

    /// # Safety
    /// `at` must hold a value. If the expression consumes it, that value belongs to the result.
    unsafe fn lend<'a, T: 'a>(at: *mut T) -> Self::Lent<'a, T>;

    /// # Safety
    /// `at` must hold a value. If the expression consumes it, that value belongs to the result.
    unsafe fn early<T>(at: *mut T) -> Self::Early<T>;

    /// # Safety
    /// `at` must hold a value, unless that is in `early`.
    unsafe fn late<'a, T: 'a>(early: Self::Early<T>, at: *mut T) -> Self::Lent<'a, T>;

    /// What a method is called on that does with a constant what `K` tells: the constant, if it is borrowed but not changed.
    type Constant<'a, T: 'a, K: Kind>;

    /// Of the temporary and the constant the one.
    fn constant<'a, T: 'a, K: Kind>(
        temporary: K::Lent<'a, T>,
        constant: &'a T,
    ) -> Self::Constant<'a, T, K>;
}

/// The expression moves out of the variable.
#[derive(Clone, Copy)]
pub struct Consumes;

/// The expression borrows the variable or copies it.
#[derive(Clone, Copy)]
pub struct Borrows;

impl Kind for Consumes {
    type Lent<'a, T: 'a> = Owned<T>;

    #[inline]
    unsafe fn lend<'a, T: 'a>(at: *mut T) -> Owned<T> {
        // SAFETY: the caller says that there is a value and gives it away.
        Owned {
            place: unsafe { at.read() },
        }
    }

    type Early<T> = Owned<T>;

    #[inline]
    unsafe fn early<T>(at: *mut T) -> Owned<T> {
        // SAFETY: the caller's promise.
        unsafe { Self::lend(at) }
    }

    #[inline]
    unsafe fn late<'a, T: 'a>(early: Owned<T>, _at: *mut T) -> Owned<T> {
        early
    }

    type Constant<'a, T: 'a, K: Kind> = K::Lent<'a, T>;

    #[inline]
    fn constant<'a, T: 'a, K: Kind>(temporary: K::Lent<'a, T>, _constant: &'a T) -> K::Lent<'a, T> {
        temporary
    }
}

impl Kind for Borrows {
    type Lent<'a, T: 'a> = &'a mut Owned<T>;

    #[inline]
    unsafe fn lend<'a, T: 'a>(at: *mut T) -> &'a mut Owned<T> {
        // SAFETY: the caller says that there is a value; `Owned` is transparent. That the reference ends before the
        // variable does has been checked in the untouched twin of the function.
        unsafe { &mut *at.cast::<Owned<T>>() }
    }

    type Early<T> = ();

    #[inline]
    unsafe fn early<T>(_at: *mut T) {}

    #[inline]
    unsafe fn late<'a, T: 'a>(_early: (), at: *mut T) -> &'a mut Owned<T> {
        // SAFETY: the caller's promise.
        unsafe { Self::lend(at) }
    }

    type Constant<'a, T: 'a, K: Kind> = &'a Owned<T>;

    #[inline]
    fn constant<'a, T: 'a, K: Kind>(_temporary: K::Lent<'a, T>, constant: &'a T) -> &'a Owned<T> {
        // SAFETY: `Owned` is transparent.
        unsafe { &*(&raw const *constant).cast::<Owned<T>>() }
    }
}

/// What [`Held::lend`] returns.
pub trait Lent<T> {
    /// The value, if it had been moved out of its place.
    fn into_owned(self) -> Option<T>;
}

impl<T> Lent<T> for Owned<T> {
    #[inline]
    fn into_owned(self) -> Option<T> {
        Some(self.place)
    }
}

impl<T> Lent<T> for &mut Owned<T> {
    #[inline]
    fn into_owned(self) -> Option<T> {
        None
    }
}
