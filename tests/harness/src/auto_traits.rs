//! Asks for the auto traits of a future.

use std::marker::PhantomData;

/// Passes a value on that must be `Send`.
pub fn require_send<T: Send>(value: T) -> T {
    value
}

/// Passes a value on that must be `Sync`.
pub fn require_sync<T: Sync>(value: T) -> T {
    value
}

/// Carries the type of a value to [`is_send!`](crate::is_send) and [`is_sync!`](crate::is_sync).
pub struct AutoTraits<T>(PhantomData<T>);

impl<T> AutoTraits<T> {
    /// The type that `construct` would return; it is not called.
    pub fn of(_construct: impl FnOnce() -> T) -> Self {
        Self(PhantomData)
    }
}

impl<T: Send> AutoTraits<T> {
    /// Found first if the type is `Send`.
    pub fn is_send(&self) -> bool {
        true
    }
}

impl<T: Sync> AutoTraits<T> {
    /// Found first if the type is `Sync`.
    pub fn is_sync(&self) -> bool {
        true
    }
}

/// Answers for types that are not `Send`.
pub trait NotSend {
    /// Found if the type is not `Send`.
    fn is_send(&self) -> bool {
        false
    }
}

/// Answers for types that are not `Sync`.
pub trait NotSync {
    /// Found if the type is not `Sync`.
    fn is_sync(&self) -> bool {
        false
    }
}

impl<T> NotSend for AutoTraits<T> {}
impl<T> NotSync for AutoTraits<T> {}

/// Whether the type of an expression, which is not evaluated, is `Send`.
#[macro_export]
macro_rules! is_send {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::NotSend as _;
        $crate::AutoTraits::of(|| $value).is_send()
    }};
}

/// Whether the type of an expression, which is not evaluated, is `Sync`.
#[macro_export]
macro_rules! is_sync {
    ($value:expr) => {{
        #[allow(unused_imports)]
        use $crate::NotSync as _;
        $crate::AutoTraits::of(|| $value).is_sync()
    }};
}
