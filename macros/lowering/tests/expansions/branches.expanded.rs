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
async fn machine(
    fast: bool,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = u32>,
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
    enum Branches<Fast, Quick, Slow> {
        ///Not polled yet.
        Start { fast: Fast },
        ///Line 2: `quick().await`
        Quick { quick: Quick },
        ///Line 2: `slow().await`
        Slow { slow: Slow },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum BranchesAt {
        Start,
        Quick,
        Slow,
        Returned,
        Panicked,
        After,
    }
    struct BranchesSlots<Fast, Quick, Slow> {
        fast: *mut Fast,
        quick: *mut Quick,
        slow: *mut Slow,
    }
    unsafe impl<Fast, Quick, Slow> ::core::marker::Send for Branches<Fast, Quick, Slow>
    where
        Fast: ::core::marker::Send,
        Quick: ::core::marker::Send,
        Slow: ::core::marker::Send,
    {}
    unsafe impl<Fast, Quick, Slow> __state_future::States
    for Branches<Fast, Quick, Slow> {
        type At = BranchesAt;
        type Slots = BranchesSlots<Fast, Quick, Slow>;
        type Arguments = (Fast,);
        const START: BranchesAt = BranchesAt::Start;
        const RETURNED: BranchesAt = BranchesAt::Returned;
        const PANICKED: BranchesAt = BranchesAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "branches",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Fast>("fast")],
                    ),
                    __state_future::waits(
                        "Quick",
                        "quick()",
                        ::core::panic::Location::caller(),
                        &[__state_future::awaits::<Quick>("quick")],
                    ),
                    __state_future::waits(
                        "Slow",
                        "slow()",
                        ::core::panic::Location::caller(),
                        &[__state_future::awaits::<Slow>("slow")],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (0, 2), (1, 3), (2, 3)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let fast = __state_future::after(__states.cast::<BranchesAt>());
            let quick = __state_future::after(__states.cast::<BranchesAt>());
            let slow = __state_future::after(__states.cast::<BranchesAt>());
            BranchesSlots { fast, quick, slow }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (fast,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.fast, fast);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: BranchesAt) {
            unsafe {
                match __at {
                    BranchesAt::Start => {
                        #[allow(unused_mut)]
                        let mut fast = __state_future::Held::resume(__slots.fast);
                    }
                    BranchesAt::Quick => {
                        let quick = __state_future::Held::resume(__slots.quick);
                    }
                    BranchesAt::Slow => {
                        let slow = __state_future::Held::resume(__slots.slow);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Branches::Start { fast: fast },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<u32> {
            let mut __value_on_stack = ::core::mem::MaybeUninit::uninit();
            unsafe {
                if __at == BranchesAt::Start {
                    '__next: {
                        __running.resume();
                        let mut fast = __state_future::Held::resume(__slots.fast);
                        {
                            let mut value: __state_future::Held<u32> = __state_future::Held::empty(
                                __value_on_stack.as_mut_ptr(),
                            );
                            if fast.take() {
                                {
                                    ::core::ptr::write(
                                        __slots.quick,
                                        ::core::future::IntoFuture::into_future(quick()),
                                    );
                                    __running.suspend(BranchesAt::Quick);
                                    __at = BranchesAt::Quick;
                                    break '__next;
                                }
                            } else {
                                {
                                    ::core::ptr::write(
                                        __slots.slow,
                                        ::core::future::IntoFuture::into_future(slow()),
                                    );
                                    __running.suspend(BranchesAt::Slow);
                                    __at = BranchesAt::Slow;
                                    break '__next;
                                }
                            }
                            value.keep();
                            __at = BranchesAt::After;
                        }
                    }
                }
                if __at == BranchesAt::Quick {
                    let ::core::task::Poll::Ready(quick_output) = __state_future::poll(
                        __slots.quick,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    {
                        let mut value = __state_future::Held::empty(
                            __value_on_stack.as_mut_ptr(),
                        );
                        {
                            let __value: u32 = {
                                let quick_output = __state_future::finish(
                                    __slots.quick,
                                    quick_output,
                                );
                                quick_output
                            };
                            value.fill(__value);
                        }
                        value.keep();
                        __at = BranchesAt::After;
                    }
                }
                if __at == BranchesAt::Slow {
                    let ::core::task::Poll::Ready(slow_output) = __state_future::poll(
                        __slots.slow,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    {
                        let mut value = __state_future::Held::empty(
                            __value_on_stack.as_mut_ptr(),
                        );
                        {
                            let __value: u32 = {
                                let slow_output = __state_future::finish(
                                    __slots.slow,
                                    slow_output,
                                );
                                slow_output
                            };
                            value.fill(__value);
                        }
                        value.keep();
                        __at = BranchesAt::After;
                    }
                }
                if __at == BranchesAt::After {
                    let output: u32 = {
                        let mut value = __state_future::Held::resume(
                            __value_on_stack.as_mut_ptr(),
                        );
                        value.take()
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                BranchesAt::Quick => (&__state_future::Awaiting(__slots.quick)).awaited(),
                BranchesAt::Slow => (&__state_future::Awaiting(__slots.slow)).awaited(),
                _ => ::core::option::Option::None,
            }
        },
    )
}
