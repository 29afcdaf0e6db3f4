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
    count: u32,
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
    enum WhileLoop<Next, Count, Total> {
        ///Not polled yet.
        Start { next: __state_future::Vacant<Next>, count: Count },
        ///Line 4: `next(total).await`
        Next { next: Next, count: Count, total: Total },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum WhileLoopAt {
        Start,
        Next,
        Returned,
        Panicked,
        Loop,
        AfterLoop,
    }
    struct WhileLoopSlots<Next, Count, Total> {
        next: *mut Next,
        count: *mut Count,
        total: *mut Total,
    }
    unsafe impl<Next, Count, Total> ::core::marker::Send
    for WhileLoop<Next, Count, Total>
    where
        Next: ::core::marker::Send,
        Count: ::core::marker::Send,
        Total: ::core::marker::Send,
    {}
    unsafe impl<Next, Count, Total> __state_future::States
    for WhileLoop<Next, Count, Total> {
        type At = WhileLoopAt;
        type Slots = WhileLoopSlots<Next, Count, Total>;
        type Arguments = (Count,);
        const START: WhileLoopAt = WhileLoopAt::Start;
        const RETURNED: WhileLoopAt = WhileLoopAt::Returned;
        const PANICKED: WhileLoopAt = WhileLoopAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "while_loop",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Count>("count")],
                    ),
                    __state_future::waits(
                        "Next",
                        "next(total)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::awaits::<Next>("next"),
                            __state_future::holds::<Count>("count"),
                            __state_future::holds::<Total>("total"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (0, 2), (1, 1), (1, 2)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let next = __state_future::after(__states.cast::<WhileLoopAt>());
            let count = __state_future::after(next);
            let total = __state_future::after(count);
            WhileLoopSlots {
                next,
                count,
                total,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (count,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.count, count);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: WhileLoopAt) {
            unsafe {
                match __at {
                    WhileLoopAt::Start => {
                        #[allow(unused_mut)]
                        let mut count = __state_future::Held::resume(__slots.count);
                    }
                    WhileLoopAt::Next => {
                        #[allow(unused_mut)]
                        let mut count = __state_future::Held::resume(__slots.count);
                        #[allow(unused_mut)]
                        let mut total = __state_future::Held::resume(__slots.total);
                        let next = __state_future::Held::resume(__slots.next);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        WhileLoop::Start {
            next: __state_future::Vacant::empty(),
            count: count,
        },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<u32> {
            unsafe {
                if __at == WhileLoopAt::Start {
                    __running.resume();
                    let mut count = __state_future::Held::resume(__slots.count);
                    {
                        let mut total = __state_future::Held::new(__slots.total, 0);
                        count.keep();
                        total.keep();
                        __at = WhileLoopAt::Loop;
                    }
                }
                '__loop_1: loop {
                    if __at == WhileLoopAt::Loop {
                        '__next: {
                            let mut count = __state_future::Held::resume(__slots.count);
                            {
                                let mut total = __state_future::Held::resume(__slots.total);
                                'leave_1: {
                                    'next_1: {
                                        if !((*total.at) < (*count.at)) {
                                            break 'leave_1;
                                        }
                                        {
                                            ::core::ptr::write(
                                                __slots.next,
                                                ::core::future::IntoFuture::into_future(next((*total.at))),
                                            );
                                            count.keep();
                                            total.keep();
                                            __running.suspend(WhileLoopAt::Next);
                                            __at = WhileLoopAt::Next;
                                            break '__next;
                                        }
                                    }
                                    count.keep();
                                    total.keep();
                                    __at = WhileLoopAt::Loop;
                                    continue '__loop_1;
                                }
                                count.keep();
                                total.keep();
                                __at = WhileLoopAt::AfterLoop;
                                break '__loop_1;
                            }
                        }
                    }
                    if __at == WhileLoopAt::Next {
                        let ::core::task::Poll::Ready(next_output) = __state_future::poll(
                            __slots.next,
                            __context,
                        ) else {
                            return ::core::task::Poll::Pending;
                        };
                        __running.resume();
                        let mut count = __state_future::Held::resume(__slots.count);
                        {
                            let mut total = __state_future::Held::resume(__slots.total);
                            'leave_1: {
                                'next_1: {
                                    {
                                        let next_output = __state_future::finish(
                                            __slots.next,
                                            next_output,
                                        );
                                        ((*total.at) += next_output);
                                    }
                                }
                                count.keep();
                                total.keep();
                                __at = WhileLoopAt::Loop;
                                continue '__loop_1;
                            }
                            count.keep();
                            total.keep();
                            __at = WhileLoopAt::AfterLoop;
                            break '__loop_1;
                        }
                    }
                    break;
                }
                if __at == WhileLoopAt::AfterLoop {
                    let mut count = __state_future::Held::resume(__slots.count);
                    let output: u32 = {
                        let mut total = __state_future::Held::resume(__slots.total);
                        total.take()
                    };
                    return ::core::task::Poll::Ready(output);
                }
                __state_future::refuse(__running, __at)
            }
        },
        |__slots, __at| {
            use __state_future::{Silent as _, Telling as _};
            match __at {
                WhileLoopAt::Next => (&__state_future::Awaiting(__slots.next)).awaited(),
                _ => ::core::option::Option::None,
            }
        },
    )
}
