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
    a: u32,
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
    enum Operands<A, Operand, Second, Operand2, Fourth> {
        ///Not polled yet.
        Start { a: A },
        ///Line 2: `second().await`
        Second { operand: Operand, second: Second },
        ///Line 2: `fourth().await`
        Fourth { operand_2: Operand2, fourth: Fourth },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum OperandsAt {
        Start,
        Second,
        Fourth,
        Returned,
        Panicked,
    }
    struct OperandsSlots<A, Operand, Second, Operand2, Fourth> {
        a: *mut A,
        operand: *mut Operand,
        second: *mut Second,
        operand_2: *mut Operand2,
        fourth: *mut Fourth,
    }
    unsafe impl<A, Operand, Second, Operand2, Fourth> ::core::marker::Send
    for Operands<A, Operand, Second, Operand2, Fourth>
    where
        A: ::core::marker::Send,
        Operand: ::core::marker::Send,
        Second: ::core::marker::Send,
        Operand2: ::core::marker::Send,
        Fourth: ::core::marker::Send,
    {}
    unsafe impl<A, Operand, Second, Operand2, Fourth> __state_future::States
    for Operands<A, Operand, Second, Operand2, Fourth> {
        type At = OperandsAt;
        type Slots = OperandsSlots<A, Operand, Second, Operand2, Fourth>;
        type Arguments = (A,);
        const START: OperandsAt = OperandsAt::Start;
        const RETURNED: OperandsAt = OperandsAt::Returned;
        const PANICKED: OperandsAt = OperandsAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "operands",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(__here, &[__state_future::holds::<A>("a")]),
                    __state_future::waits(
                        "Second",
                        "second()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::holds::<Operand>("operand"),
                            __state_future::awaits::<Second>("second"),
                        ],
                    ),
                    __state_future::waits(
                        "Fourth",
                        "fourth()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::holds::<Operand2>("operand_2"),
                            __state_future::awaits::<Fourth>("fourth"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2), (2, 3)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let a = __state_future::after(__states.cast::<OperandsAt>());
            let operand = __state_future::after(__states.cast::<OperandsAt>());
            let second = __state_future::after(operand);
            let operand_2 = __state_future::after(__states.cast::<OperandsAt>());
            let fourth = __state_future::after(operand_2);
            OperandsSlots {
                a,
                operand,
                second,
                operand_2,
                fourth,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (a,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.a, a);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: OperandsAt) {
            unsafe {
                match __at {
                    OperandsAt::Start => {
                        #[allow(unused_mut)]
                        let mut a = __state_future::Held::resume(__slots.a);
                    }
                    OperandsAt::Second => {
                        #[allow(unused_mut)]
                        let mut operand = __state_future::Held::resume(__slots.operand);
                        let second = __state_future::Held::resume(__slots.second);
                    }
                    OperandsAt::Fourth => {
                        #[allow(unused_mut)]
                        let mut operand_2 = __state_future::Held::resume(
                            __slots.operand_2,
                        );
                        let fourth = __state_future::Held::resume(__slots.fourth);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Operands::Start { a: a },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<u32> {
            unsafe {
                if __at == OperandsAt::Start {
                    __running.resume();
                    let mut a = __state_future::Held::resume(__slots.a);
                    {
                        let mut operand = __state_future::Held::new(
                            __slots.operand,
                            first(a.take()),
                        );
                        ::core::ptr::write(
                            __slots.second,
                            ::core::future::IntoFuture::into_future(second()),
                        );
                        operand.keep();
                        __running.suspend(OperandsAt::Second);
                        __at = OperandsAt::Second;
                    }
                }
                if __at == OperandsAt::Second {
                    let ::core::task::Poll::Ready(second_output) = __state_future::poll(
                        __slots.second,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    {
                        let mut operand = __state_future::Held::resume(__slots.operand);
                        let second_output = __state_future::finish(
                            __slots.second,
                            second_output,
                        );
                        let mut operand_2 = __state_future::Held::new(
                            __slots.operand_2,
                            add(operand.take(), second_output, third()),
                        );
                        ::core::ptr::write(
                            __slots.fourth,
                            ::core::future::IntoFuture::into_future(fourth()),
                        );
                        operand_2.keep();
                        __running.suspend(OperandsAt::Fourth);
                        __at = OperandsAt::Fourth;
                    }
                }
                if __at == OperandsAt::Fourth {
                    let ::core::task::Poll::Ready(fourth_output) = __state_future::poll(
                        __slots.fourth,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let output: u32 = {
                        let mut operand_2 = __state_future::Held::resume(
                            __slots.operand_2,
                        );
                        let fourth_output = __state_future::finish(
                            __slots.fourth,
                            fourth_output,
                        );
                        operand_2.take() + fourth_output
                    };
                    return ::core::task::Poll::Ready(output);
                }
                if false {
                    __state_future::steady!(coerced __slots.operand);
                    __state_future::steady!(coerced __slots.operand_2);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                OperandsAt::Second => {
                    (&__state_future::Awaiting(__slots.second)).awaited()
                }
                OperandsAt::Fourth => {
                    (&__state_future::Awaiting(__slots.fourth)).awaited()
                }
                _ => ::core::option::Option::None,
            }
        },
    )
}
