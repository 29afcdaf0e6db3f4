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
    source: Source,
) -> ::state_future::__private::Machine<
    impl Sized,
    impl ::state_future::__private::Step<Output = Option<u32>>,
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
    enum Matched<Use1: __state_future::Keeping, Source, Next, Item, Weigh> {
        ///Not polled yet.
        Start { source: Source },
        ///Line 2: `source.next().await`
        Next { source: __state_future::Kept<Use1, Source>, next: Next },
        ///Line 3: `weigh(&item).await`
        Weigh { source: __state_future::Kept<Use1, Source>, item: Item, weigh: Weigh },
        /// Has returned.
        Returned,
        /// Has panicked.
        Panicked(__state_future::Unfrozen),
    }
    #[derive(Clone, Copy, PartialEq)]
    #[repr(u8)]
    enum MatchedAt {
        Start,
        Next,
        Weigh,
        Returned,
        Panicked,
        After,
    }
    struct MatchedSlots<Use1: __state_future::Keeping, Source, Next, Item, Weigh> {
        source: *mut Source,
        next: *mut Next,
        item: *mut Item,
        weigh: *mut Weigh,
        __use_1: ::core::marker::PhantomData<Use1>,
    }
    unsafe impl<
        Use1: __state_future::Keeping,
        Source,
        Next,
        Item,
        Weigh,
    > ::core::marker::Send for Matched<Use1, Source, Next, Item, Weigh>
    where
        Source: ::core::marker::Send,
        Next: ::core::marker::Send,
        Item: ::core::marker::Send,
        Weigh: ::core::marker::Send,
    {}
    unsafe impl<
        Use1: __state_future::Keeping,
        Source,
        Next,
        Item,
        Weigh,
    > __state_future::States for Matched<Use1, Source, Next, Item, Weigh> {
        type At = MatchedAt;
        type Slots = MatchedSlots<Use1, Source, Next, Item, Weigh>;
        type Arguments = (Source,);
        const START: MatchedAt = MatchedAt::Start;
        const RETURNED: MatchedAt = MatchedAt::Returned;
        const PANICKED: MatchedAt = MatchedAt::Panicked;
        const PICTURE: &'static __state_future::MachinePicture = &{
            const __here: &::core::panic::Location<'static> = ::core::panic::Location::caller();
            __state_future::MachinePicture {
                function: "matched",
                size: ::core::mem::size_of::<Self>(),
                states: &[
                    __state_future::start(
                        __here,
                        &[__state_future::holds::<Source>("source")],
                    ),
                    __state_future::waits(
                        "Next",
                        "source.next()",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use1,
                                __state_future::Kept<Use1, Source>,
                            >("source"),
                            __state_future::awaits::<Next>("next"),
                        ],
                    ),
                    __state_future::waits(
                        "Weigh",
                        "weigh(&item)",
                        ::core::panic::Location::caller(),
                        &[
                            __state_future::keeps::<
                                Use1,
                                __state_future::Kept<Use1, Source>,
                            >("source"),
                            __state_future::holds::<Item>("item"),
                            __state_future::awaits::<Weigh>("weigh"),
                        ],
                    ),
                    __state_future::returned(__here),
                    __state_future::panicked(__here),
                ],
                transitions: &[(0, 1), (1, 2), (1, 3), (2, 3)],
            }
        };
        #[inline]
        fn slots(__states: *mut Self) -> Self::Slots {
            let source = __state_future::after(__states.cast::<MatchedAt>());
            let next = __state_future::after(
                __state_future::after::<
                    _,
                    __state_future::Kept<Use1, Source>,
                >(__states.cast::<MatchedAt>()),
            );
            let item = __state_future::after(
                __state_future::after::<
                    _,
                    __state_future::Kept<Use1, Source>,
                >(__states.cast::<MatchedAt>()),
            );
            let weigh = __state_future::after(item);
            MatchedSlots {
                source,
                next,
                item,
                weigh,
                __use_1: ::core::marker::PhantomData,
            }
        }
        #[inline]
        unsafe fn start(__slots: Self::Slots, (source,): Self::Arguments) {
            unsafe {
                ::core::ptr::write(__slots.source, source);
            }
        }
        #[inline]
        unsafe fn cancel(__slots: Self::Slots, __at: MatchedAt) {
            unsafe {
                match __at {
                    MatchedAt::Start => {
                        #[allow(unused_mut)]
                        let mut source = __state_future::Held::resume(__slots.source);
                    }
                    MatchedAt::Next => {
                        #[allow(unused_mut)]
                        let mut source = __state_future::Held::resume_asked::<
                            Use1,
                        >(__slots.source);
                        let next = __state_future::Held::resume(__slots.next);
                    }
                    MatchedAt::Weigh => {
                        #[allow(unused_mut)]
                        let mut source = __state_future::Held::resume_asked::<
                            Use1,
                        >(__slots.source);
                        #[allow(unused_mut)]
                        let mut item = __state_future::Held::resume(__slots.item);
                        let weigh = __state_future::Held::resume(__slots.weigh);
                    }
                    _ => {}
                }
            }
        }
    }
    __state_future::coroutine(
        Matched::Start { source: source },
        |__running, __slots, mut __at, __context| -> ::core::task::Poll<Option<u32>> {
            use __state_future::{Once as _, Repeatable as _};
            let __answers = __state_future::answers::<(_,), _>(ownership);
            let __site_1 = (&__answers.pick(|(answer,)| answer)).kind();
            __state_future::answered(__slots.__use_1, __site_1);
            let mut __value_on_stack = ::core::mem::MaybeUninit::uninit();
            unsafe {
                if __at == MatchedAt::Start {
                    __running.resume();
                    let mut source = __state_future::Held::resume(__slots.source);
                    {
                        let mut value: __state_future::Held<Option<u32>> = __state_future::Held::empty(
                            __value_on_stack.as_mut_ptr(),
                        );
                        ::core::ptr::write(
                            __slots.next,
                            ::core::future::IntoFuture::into_future(
                                source.lend(__site_1).place.next(),
                            ),
                        );
                        source.keep();
                        __running.suspend(MatchedAt::Next);
                        __at = MatchedAt::Next;
                    }
                }
                if __at == MatchedAt::Next {
                    '__next: {
                        let ::core::task::Poll::Ready(next_output) = __state_future::poll(
                            __slots.next,
                            __context,
                        ) else {
                            return ::core::task::Poll::Pending;
                        };
                        __running.resume();
                        let mut source = __state_future::Held::resume_if(
                            __slots.source,
                            __state_future::leaves(__site_1),
                        );
                        {
                            let mut value = __state_future::Held::empty(
                                __value_on_stack.as_mut_ptr(),
                            );
                            let next_output = __state_future::finish(
                                __slots.next,
                                next_output,
                            );
                            match next_output {
                                Some(item) => {
                                    let mut item = __state_future::Held::new(
                                        __slots.item,
                                        item,
                                    );
                                    ::core::ptr::write(
                                        __slots.weigh,
                                        ::core::future::IntoFuture::into_future(weigh(&(*item.at))),
                                    );
                                    source.keep();
                                    item.keep();
                                    __running.suspend(MatchedAt::Weigh);
                                    __at = MatchedAt::Weigh;
                                    break '__next;
                                }
                                None => {
                                    let __value: Option<u32> = { None };
                                    value.fill(__value);
                                }
                            }
                            source.keep();
                            value.keep();
                            __at = MatchedAt::After;
                        }
                    }
                }
                if __at == MatchedAt::Weigh {
                    let ::core::task::Poll::Ready(weigh_output) = __state_future::poll(
                        __slots.weigh,
                        __context,
                    ) else {
                        return ::core::task::Poll::Pending;
                    };
                    __running.resume();
                    let mut source = __state_future::Held::resume_if(
                        __slots.source,
                        __state_future::leaves(__site_1),
                    );
                    {
                        let mut value = __state_future::Held::empty(
                            __value_on_stack.as_mut_ptr(),
                        );
                        {
                            let __value: Option<u32> = {
                                let mut item = __state_future::Held::resume(__slots.item);
                                let weigh_output = __state_future::finish(
                                    __slots.weigh,
                                    weigh_output,
                                );
                                Some(weigh_output)
                            };
                            value.fill(__value);
                        }
                        source.keep();
                        value.keep();
                        __at = MatchedAt::After;
                    }
                }
                if __at == MatchedAt::After {
                    let mut source = __state_future::Held::resume_if(
                        __slots.source,
                        __state_future::leaves(__site_1),
                    );
                    let output: Option<u32> = {
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
                MatchedAt::Next => (&__state_future::Awaiting(__slots.next)).awaited(),
                MatchedAt::Weigh => (&__state_future::Awaiting(__slots.weigh)).awaited(),
                _ => ::core::option::Option::None,
            }
        },
    )
}
