#[allow(warnings, unused, deprecated, nonstandard_style, unsafe_op_in_unsafe_fn)]
#[allow(
    dangerous_implicit_autorefs,
    semicolon_in_expressions_from_macros,
    static_mut_refs
)]
#[allow(
    arithmetic_overflow,
    overflowing_literals,
    unconditional_panic,
    let_underscore_lock
)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
async fn machine() -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = ()>,
> {
    use ::state_future::__private as __state_future;
    const __EDITION_2024: bool = {
        macro_rules! __edition {
            ($_any:expr) => {
                true
            };
            (_) => {
                false
            };
        }
        __edition!(_)
    };
    #[repr(u8)]
    enum Nothing {
        ///Not polled yet.
        Start,
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum NothingAt {
        Start,
        Returned,
        Panicked,
    }
    struct NothingSlots {}
    unsafe impl ::core::marker::Send for Nothing {}
    unsafe impl __state_future::States for Nothing {
        type At = NothingAt;
        type Slots = NothingSlots;
        type Arguments = ();
        const START: NothingAt = NothingAt::Start;
        const RETURNED: NothingAt = NothingAt::Returned;
        const PANICKED: NothingAt = NothingAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "nothing",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(__here, &[]),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            NothingSlots {}
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (): Self::Arguments) {
            unsafe {}
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: NothingAt) {
            unsafe {
                match __at {
                    NothingAt::Start => {}
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Nothing::Start,
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<()> {
            unsafe {
                if __at == NothingAt::Start {
                    __running.resume();
                    let output = {};
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                _ => ::core::option::Option::None,
            }
        },
    )
}
