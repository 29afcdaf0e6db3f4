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
    value: String,
    keep: bool,
) -> ::state_future::__private::Machine<
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
    enum MovedInABranch<Keep, Pause, Value> {
        ///Not polled yet.
        Start {
            value_is_live: __state_future::Vacant<bool>,
            keep: Keep,
            pause: __state_future::Vacant<Pause>,
            value: Value,
        },
        ///Line 5: `pause().await`
        Pause {
            value_is_live: bool,
            keep: __state_future::Vacant<Keep>,
            pause: Pause,
            value: ::core::mem::MaybeUninit<Value>,
        },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum MovedInABranchAt {
        Start,
        Pause,
        Returned,
        Panicked,
    }
    struct MovedInABranchSlots<Keep, Pause, Value> {
        value_is_live: *mut bool,
        keep: *mut Keep,
        pause: *mut Pause,
        value: *mut Value,
    }
    unsafe impl<Keep, Pause, Value> ::core::marker::Send
    for MovedInABranch<Keep, Pause, Value>
    where
        Keep: ::core::marker::Send,
        Pause: ::core::marker::Send,
        Value: ::core::marker::Send,
    {}
    unsafe impl<Keep, Pause, Value> __state_future::States
    for MovedInABranch<Keep, Pause, Value> {
        type At = MovedInABranchAt;
        type Slots = MovedInABranchSlots<Keep, Pause, Value>;
        type Arguments = (Value, Keep);
        const START: MovedInABranchAt = MovedInABranchAt::Start;
        const RETURNED: MovedInABranchAt = MovedInABranchAt::Returned;
        const PANICKED: MovedInABranchAt = MovedInABranchAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "moved_in_a_branch",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[
                            __state_future::holds::<Keep>("keep"),
                            __state_future::holds::<Value>("value"),
                        ],
                    ),
                    __state_future::waits(
                        "Pause",
                        "pause()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::awaits::<Pause>("pause"),
                            __state_future::holds::<
                                ::core::mem::MaybeUninit<Value>,
                            >("value"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let value_is_live = __state_future::after(
                __states.cast::<MovedInABranchAt>(),
            );
            let keep = __state_future::after(value_is_live);
            let pause = __state_future::after(keep);
            let value = __state_future::after(pause);
            MovedInABranchSlots {
                value_is_live,
                keep,
                pause,
                value,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (value, keep): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.value, value);
                ::core::ptr::write(__slots.keep, keep);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: MovedInABranchAt) {
            unsafe {
                match __at {
                    MovedInABranchAt::Start => {
                        #[allow(unused_mut)]
                        let mut keep = __state_future::Held::resume(__slots.keep);
                        #[allow(unused_mut)]
                        let mut value = __state_future::Held::resume(__slots.value);
                    }
                    MovedInABranchAt::Pause => {
                        #[allow(unused_mut)]
                        let mut value = __state_future::Held::resume_if(
                            __slots.value,
                            *__slots.value_is_live,
                        );
                        let pause = __state_future::Held::resume(__slots.pause);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        MovedInABranch::Start {
            value_is_live: __state_future::Vacant::empty(),
            keep: keep,
            pause: __state_future::Vacant::empty(),
            value: value,
        },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<()> {
            let mut __value_is_live = false;
            unsafe {
                if __at == MovedInABranchAt::Start {
                    __running.resume();
                    let mut value = __state_future::Held::resume(__slots.value);
                    let mut keep = __state_future::Held::resume(__slots.keep);
                    {
                        if !keep.take() {
                            consume(value.take());
                        }
                        ::core::ptr::write(
                            __slots.pause,
                            ::core::future::IntoFuture::into_future(pause()),
                        );
                        *__slots.value_is_live = value.keep_if_live();
                        __running.suspend(MovedInABranchAt::Pause);
                        __at = MovedInABranchAt::Pause;
                    }
                }
                if __at == MovedInABranchAt::Pause {
                    let ::core::task::Poll::Ready(pause_output) = __state_future::poll(
                        __slots.pause,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut value = __state_future::Held::resume_if(
                        __slots.value,
                        *__slots.value_is_live,
                    );
                    let output = {
                        let pause_output = __state_future::finish(
                            __slots.pause,
                            pause_output,
                        );
                        ::core::mem::drop(pause_output);
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                MovedInABranchAt::Pause => {
                    (&__state_future::Awaiting(__slots.pause)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
